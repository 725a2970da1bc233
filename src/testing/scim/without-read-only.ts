import { isRecord } from '../../internal/json.js';
import { commonAttributes } from '../../scim/schemas/known-schemas.js';
import type { AttributeCharacteristics, Attributes } from '../../scim/schemas/rules.js';
import { findKey } from './attribute-path.js';
import type { ResourceKind } from './resource-kind.js';
import type { ResourceData } from './resource-table.js';

/** The body of a POST or PUT without what is ignored there: read-only attributes (RFC 7644 §3.3, §3.5.1), and secrets. */
export function withoutReadOnly(body: ResourceData, kind: ResourceKind): ResourceData {
  const { schema } = kind;
  const extensions = (schema.extensions ?? []).map(({ id, attributes }): [string, AttributeCharacteristics] => [
    id,
    { type: 'complex', subAttributes: attributes },
  ]);
  return writable(body, { ...commonAttributes, ...schema.attributes, ...Object.fromEntries(extensions) });
}

function writable(data: ResourceData, attributes: Attributes): ResourceData {
  const kept = Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
    const key = findKey(attributes, name);
    const rules = key === undefined ? undefined : attributes[key];
    if (rules?.mutability === 'readOnly' || rules?.returned === 'never') return [];
    return [[name, writableParts(value, rules?.subAttributes)]];
  });
  return Object.fromEntries(kept);
}

function writableParts(value: unknown, parts: Attributes | undefined): unknown {
  if (parts === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => writableParts(element, parts));
  return isRecord(value) ? writable(value, parts) : value;
}
