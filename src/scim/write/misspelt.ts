import { InputError } from '../../errors/input-errors.js';
import { slipOf } from '../../errors/nearest-word.js';
import { isRecord } from '../../internal/json.js';
import type { ResourceContext } from '../resource.js';
import { commonAttributes, findAttribute, schemaOfPath } from '../schemas/known-schemas.js';
import type { Attributes, Rules } from '../schemas/rules.js';
import { GROUP_URN, USER_URN } from '../schemas/urns.js';

type Path = readonly (string | number)[];
type Context = Pick<ResourceContext, 'schema' | 'ownNames'>;

/**
 * Refuses, in what is given of a user or a group, a name that is a slip of one that RFC 7643 has: most servers take it and
 * keep nothing of it. Any other name may be one of the server's own, and so is each that it has sent.
 */
export function checkNames(context: Context, attributes: Readonly<Record<string, unknown>>, at: Path = []): void {
  for (const [name, value] of Object.entries(attributes)) checkPath(context, name, value, [...at, name]);
}

/** The same of a path, as of a PATCH, and of the names in the value that it gets. */
export function checkPath(context: Context, path: string, value: unknown, at: Path, ofValue = at): void {
  const { schema, ownNames } = context;
  if (schema.id !== USER_URN && schema.id !== GROUP_URN) return;
  // A colon in brackets is none of a URN.
  const isQualified = path.split('[', 1)[0]?.includes(':') === true;
  const owner = isQualified ? schemaOfPath([schema, ...(schema.extensions ?? [])], path) : schema;
  if (owner === undefined) return;
  const rest = isQualified ? path.slice(owner.id.length + 1) : path;
  const attributes = owner === schema ? { ...commonAttributes, ...schema.attributes } : owner.attributes;
  if (rest === '') {
    if (!isRecord(value)) return;
    if (owner === schema) checkNames(context, value, ofValue);
    else checkParts(ownNames, attributes, value, ofValue);
    return;
  }
  const [, name = '', part] = /^([^[.]*)(?:\[.*\])?(?:\.(.*))?$/s.exec(rest) ?? [];
  const found = findAttribute(attributes, name);
  if (found === undefined) refuseSlip(ownNames, name, attributes, at);
  else if (part === undefined) checkValue(ownNames, found.rules, value, ofValue);
  else if (findAttribute(found.rules?.subAttributes, part) === undefined) {
    refuseSlip(ownNames, part, found.rules?.subAttributes ?? {}, at);
  }
}

function checkValue(ownNames: ReadonlySet<string>, rules: Rules, value: unknown, at: Path): void {
  const parts = rules?.subAttributes;
  if (parts === undefined) return;
  if (isRecord(value)) checkParts(ownNames, parts, value, at);
  if (!Array.isArray(value)) return;
  for (const [index, element] of value.entries()) {
    if (isRecord(element)) checkParts(ownNames, parts, element, [...at, index]);
  }
}

function checkParts(
  ownNames: ReadonlySet<string>,
  attributes: Attributes,
  given: Readonly<Record<string, unknown>>,
  at: Path,
): void {
  for (const [name, value] of Object.entries(given)) {
    const found = findAttribute(attributes, name);
    if (found === undefined) refuseSlip(ownNames, name, attributes, [...at, name]);
    else checkValue(ownNames, found.rules, value, [...at, name]);
  }
}

function refuseSlip(ownNames: ReadonlySet<string>, name: string, known: Attributes, path: Path): void {
  const meant = slipOf(name, Object.keys(known), 2);
  if (meant === undefined || ownNames.has(name.toLowerCase())) return;
  throw new InputError(`\`${name}\` is not an attribute of RFC 7643, and nearly \`${meant}\`.`, {
    path,
    remedy: `Write \`${meant}\`. If the server has an attribute of that name, describe its type to \`resource()\`.`,
  });
}
