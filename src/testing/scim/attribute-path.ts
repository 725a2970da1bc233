import { commonAttributes } from '../../scim/schemas/known-schemas.js';
import type { AttributeCharacteristics, Attributes } from '../../scim/schemas/rules.js';
import type { ResourceData, ResourceKind } from './resource-table.js';

/** An attribute path taken apart: `urn:…:User:manager.value` is the extension, `manager`, `value`. */
export interface AttributePath {
  /** URN of the extension, in the schema's own spelling; absent for the core schema. */
  readonly extension: string | undefined;
  /** Absent where the whole extension is meant. */
  readonly attribute: string | undefined;
  readonly subAttribute: string | undefined;
}

/** Splits a path at the schema it names, whatever the case. */
export function splitAttributePath(path: string, kind: ResourceKind): AttributePath {
  const lower = path.toLowerCase();
  const core = `${kind.schema.id.toLowerCase()}:`;
  if (lower.startsWith(core)) return { extension: undefined, ...splitName(path.slice(core.length)) };
  for (const { id } of kind.schema.extensions ?? []) {
    const urn = id.toLowerCase();
    if (lower === urn) return { extension: id, attribute: undefined, subAttribute: undefined };
    if (lower.startsWith(`${urn}:`)) return { extension: id, ...splitName(path.slice(urn.length + 1)) };
  }
  return { extension: undefined, ...splitName(path) };
}

function splitName(name: string): { attribute: string; subAttribute: string | undefined } {
  const [attribute = '', ...rest] = name.split('.');
  return { attribute, subAttribute: rest.length === 0 ? undefined : rest.join('.') };
}

/** Reads a property whatever the case of its name. */
export function readAttribute(data: unknown, name: string): unknown {
  const key = findKey(data, name);
  return key === undefined ? undefined : (data as ResourceData)[key];
}

/** The property's own spelling of a name; `undefined` when there is none. */
export function findKey(data: unknown, name: string): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (Object.hasOwn(data, name)) return name;
  const lower = name.toLowerCase();
  return Object.keys(data).find((key) => key.toLowerCase() === lower);
}

/** What the schema says of an attribute, common ones included. */
export function attributeOf({ schema }: ResourceKind, path: AttributePath): AttributeCharacteristics | undefined {
  if (path.attribute === undefined) return undefined;
  const extension = schema.extensions?.find(({ id }) => id === path.extension);
  const attributes =
    path.extension === undefined ? { ...commonAttributes, ...schema.attributes } : extension?.attributes;
  const top = inAttributes(attributes, path.attribute);
  return path.subAttribute === undefined ? top : inAttributes(top?.subAttributes, path.subAttribute);
}

function inAttributes(attributes: Attributes | undefined, name: string): AttributeCharacteristics | undefined {
  const key = findKey(attributes, name);
  return key === undefined ? undefined : attributes?.[key];
}
