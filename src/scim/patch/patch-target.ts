import type { FilterExpression } from '../filter/filter.js';
import { formatValueFilter } from '../filter/format-filter.js';
import { isAttributeName } from '../filter/scan-attribute-path.js';
import { type PatchPath, readPath } from '../path/parse-path.js';
import { isSameUrn } from '../schemas/is-same-urn.js';
import { findAttribute, findCoreAttribute, findSchema, type NamedAttribute } from '../schemas/known-schemas.js';
import type { SchemaAttributes } from '../schemas/resource-schema.js';
import type { PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';

/** What an operation points at, resolved by the schemas. */
export interface PatchTarget {
  /** URN of the extension that the attribute belongs to; missing for the resource itself. */
  readonly urn?: string | undefined;
  /** The schema of that extension, where it is known. */
  readonly extension?: SchemaAttributes | undefined;
  /** Missing where the whole extension is meant. */
  readonly attribute?: NamedAttribute | undefined;
  readonly filter?: FilterExpression | undefined;
  readonly part?: NamedAttribute | undefined;
}

/** What holds an attribute: an extension, or without a URN the resource itself. */
type Owner = Pick<PatchTarget, 'urn' | 'extension'>;

/** Reads the path of an operation on a resource. */
export function readTarget(path: string, resource: object, context: PatchContext): PatchTarget {
  if (!path.includes(':')) return targetIn({}, readPath(path), context);
  const { core, extensions } = context.schemas;
  for (const extension of extensions) {
    const rest = pathBelow(extension.id, path);
    if (rest === '') return { urn: extension.id, extension };
    if (rest !== undefined) return targetIn({ urn: extension.id, extension }, readPath(rest), context);
  }
  for (const { id } of core) {
    const rest = pathBelow(id, path);
    if (rest === '')
      throw new PatchProblem('invalidPath', 'the path names the schema of the resource and no attribute');
    if (rest !== undefined) return targetIn({}, readPath(rest), context);
  }
  // Nothing is known of the schema: the resource may have a value for it, else it ends at the last colon.
  if (Object.hasOwn(resource, path)) return { urn: path };
  const parsed = readPath(path);
  return targetIn(parsed.urn === undefined ? {} : { urn: parsed.urn }, parsed, context);
}

/** What follows the URN of a schema in a path: nothing where the path is the URN; `undefined` where it is of another. */
function pathBelow(urn: string, path: string): string | undefined {
  if (path.length < urn.length || (path.length > urn.length && path.charCodeAt(urn.length) !== 0x3a)) return undefined;
  if (!path.startsWith(urn) && !isSameUrn(path.slice(0, urn.length), urn)) return undefined;
  const rest = path.slice(urn.length + 1);
  const bracket = rest.indexOf('[');
  // One more colon, and the URN is a longer one.
  return (bracket === -1 ? rest : rest.slice(0, bracket)).includes(':') ? undefined : rest;
}

/** The target that the name of an attribute means in the resource, or in the extension with this URN. */
export function targetOfName(name: string, urn: string | undefined, context: PatchContext): PatchTarget {
  if (!isAttributeName(name)) {
    throw new PatchProblem('invalidPath', 'a key of the value is not the name of an attribute');
  }
  return targetIn(urn === undefined ? {} : ownerOf(urn, context), { attribute: name }, context);
}

function ownerOf(urn: string, { schemas }: PatchContext): Owner {
  if (findSchema(schemas.core, urn) !== undefined) return {};
  const extension = findSchema(schemas.extensions, urn);
  return { urn: extension?.id ?? urn, extension };
}

function targetIn({ urn, extension }: Owner, path: PatchPath, context: PatchContext): PatchTarget {
  const { attribute: name = '', filter, subAttribute } = path;
  const found =
    urn === undefined ? findCoreAttribute(context.schemas, name) : findAttribute(extension?.attributes, name);
  const attribute = named(found, name, context);
  if (subAttribute === undefined) return { urn, extension, attribute, filter };
  const part = findAttribute(attribute.rules?.subAttributes, subAttribute);
  if (part === undefined && attribute.rules !== undefined && attribute.rules.type !== 'complex') {
    throw new PatchProblem('invalidPath', 'the attribute has no parts');
  }
  return { urn, extension, attribute, filter, part: named(part, subAttribute, context) };
}

/** The path as it may be told: with every literal masked. */
export function maskPath({ urn, attribute, filter, subAttribute }: PatchPath): string {
  const name = [urn, attribute].filter((part) => part !== undefined).join(':');
  const brackets = filter === undefined ? '' : `[${formatValueFilter(maskFilter(filter))}]`;
  const masked = `${name}${brackets}${subAttribute === undefined ? '' : `.${subAttribute}`}`;
  return masked.length > 200 ? `${masked.slice(0, 199)}…` : masked;
}

function maskFilter(filter: FilterExpression): FilterExpression {
  switch (filter.op) {
    case 'and':
    case 'or':
      return { op: filter.op, filters: filter.filters.map(maskFilter) };
    case 'not':
    case 'valuePath':
      return { ...filter, filter: maskFilter(filter.filter) };
    case 'pr':
      return filter;
    default:
      return { ...filter, value: '…' };
  }
}

function named(found: NamedAttribute | undefined, name: string, context: PatchContext): NamedAttribute {
  if (found !== undefined) return found;
  if (context.refuseUnknown) throw new PatchProblem('invalidPath', 'the attribute is not in the schema');
  return { name, rules: undefined };
}
