import { isRecord } from '../../internal/json.js';
import { isAttributeName, scanAttributeName } from '../filter/attribute-path.js';
import type { FilterExpression } from '../filter/filter.js';
import { formatValueFilter } from '../filter/format.js';
import {
  everySchema,
  findAttribute,
  findCoreAttribute,
  findSchema,
  type NamedAttribute,
  schemaOfPath,
} from '../schemas/known-schemas.js';
import type { SchemaAttributes } from '../schemas/rules.js';
import { isUnassignedIn, keyIn, type Op, type PatchContext, readFrom, setIn } from './case-insensitive-object.js';
import { type PatchPath, type PathParts, readPath } from './path.js';
import { type JsonObject, PatchProblem } from './values.js';

/** What an operation points at, resolved by the schemas. */
export interface PatchTarget {
  /** URN of the extension that the attribute belongs to; missing for the resource itself. */
  readonly urn: string | undefined;
  /** The schema of that extension, where it is known. */
  readonly extension: SchemaAttributes | undefined;
  /** Missing where the whole extension is meant. */
  readonly attribute: NamedAttribute | undefined;
  readonly filter: FilterExpression | undefined;
  readonly part: NamedAttribute | undefined;
}

/** An operation with its path resolved. */
export interface Edit {
  readonly op: Op;
  readonly target: PatchTarget;
  readonly value: unknown;
}

/** An operation on an attribute, not on a whole extension. */
export type AttributeEdit = Edit & { readonly target: { readonly attribute: NamedAttribute } };

/** What holds an attribute: an extension, or without a URN the resource itself. */
type Owner = Pick<PatchTarget, 'urn' | 'extension'>;

const RESOURCE: Owner = { urn: undefined, extension: undefined };

/** What an operation without a path points at. */
export const WHOLE_RESOURCE: PatchTarget = {
  urn: undefined,
  extension: undefined,
  attribute: undefined,
  filter: undefined,
  part: undefined,
};

/** Reads the path of an operation on a resource. */
export function readTarget(path: string, resource: JsonObject, context: PatchContext): PatchTarget {
  const end = scanAttributeName(path, 0);
  // Most paths begin with the name of an attribute. A colon after a bracket is not part of a URN.
  const isCore = end === path.length || path.charCodeAt(end) === 0x5b || !path.includes(':');
  if (isCore) return targetIn(RESOURCE, readPath(path, end), context);
  const { core, extensions } = context.schemas;
  const own = schemaOfPath(core, path);
  const extension = schemaOfPath(extensions, path);
  if (extension !== undefined && (own === undefined || extension.id.length > own.id.length)) {
    const { id } = extension;
    if (path.length === id.length) return extensionTarget(id, extension);
    return targetIn({ urn: id, extension }, readPath(path.slice(id.length + 1)), context);
  }
  if (own === undefined) return readUnknown(path, resource, context);
  if (path.length === own.id.length) {
    throw new PatchProblem('invalidPath', 'the path names the schema of the resource, not an attribute');
  }
  return targetIn(RESOURCE, readPath(path.slice(own.id.length + 1)), context);
}

/** A path of a schema that the resource is not known to have. */
function readUnknown(path: string, resource: JsonObject, context: PatchContext): PatchTarget {
  checkNotCore(path);
  const whole = keyIn(resource, path, context) ?? findSchema(everySchema.extensions, path)?.id;
  if (whole !== undefined) return unknownExtension(whole, context);
  // Nothing is known of the schema: it ends at the last colon.
  const parsed = readPath(path);
  return targetIn(parsed.urn === undefined ? RESOURCE : { urn: parsed.urn, extension: undefined }, parsed, context);
}

/** Refuses what belongs to another type of resource. */
export function checkNotCore(path: string): void {
  if (schemaOfPath(everySchema.core, path) !== undefined) {
    throw new PatchProblem('invalidPath', 'the path belongs to another type of resource');
  }
}

export function unknownExtension(urn: string, { refuseUnknown }: PatchContext): PatchTarget {
  if (refuseUnknown) throw new PatchProblem('invalidPath', 'the extension is not in the schema');
  return extensionTarget(urn, undefined);
}

/** A whole extension. */
export function extensionTarget(urn: string, extension: SchemaAttributes | undefined): PatchTarget {
  return { urn, extension, attribute: undefined, filter: undefined, part: undefined };
}

/** The target that the name of an attribute means in the resource, or in the extension with this URN. */
export function targetOfName(name: string, urn: string | undefined, context: PatchContext): PatchTarget {
  if (!isAttributeName(name)) {
    throw new PatchProblem('invalidPath', 'a key of the value is not the name of an attribute');
  }
  const path = { urn, attribute: name, filter: undefined, subAttribute: undefined };
  return targetIn(urn === undefined ? RESOURCE : ownerOf(urn, context), path, context);
}

function ownerOf(urn: string, { schemas }: PatchContext): Owner {
  if (findSchema(schemas.core, urn) !== undefined) return RESOURCE;
  const extension = findSchema(schemas.extensions, urn);
  return { urn: extension?.id ?? urn, extension };
}

function targetIn({ urn, extension }: Owner, path: PathParts, context: PatchContext): PatchTarget {
  const { attribute: name, filter, subAttribute } = path;
  const found =
    urn === undefined ? findCoreAttribute(context.schemas, name) : findAttribute(extension?.attributes, name);
  const attribute = named(found, name, context);
  if (subAttribute === undefined) return { urn, extension, attribute, filter, part: undefined };
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

/** The value of the target's attribute now. */
export function currentValue(resource: JsonObject, { urn, attribute }: PatchTarget, context: PatchContext): unknown {
  const container = urn === undefined ? resource : readFrom(resource, urn, context);
  return attribute === undefined ? container : readFrom(container, attribute.name, context);
}

/**
 * The resource with another value of the target's attribute, or without one. Only the objects on the way to it are
 * copied. The key keeps the spelling it is stored under; `schemas` follows the extensions that are in use (RFC 7644 §3.5.2).
 */
export function withValue(
  resource: JsonObject,
  { urn, attribute }: PatchTarget,
  value: unknown,
  context: PatchContext,
): JsonObject {
  const next = isUnassignedIn(value, context) ? undefined : value;
  if (urn === undefined) {
    return attribute === undefined ? resource : setIn(resource, attribute.name, next, context);
  }
  const stored = readFrom(resource, urn, context);
  const extension =
    attribute === undefined ? next : setIn(isRecord(stored) ? stored : {}, attribute.name, next, context);
  const isInUse = !isUnassignedIn(extension, context);
  noteExtension(resource, urn, isInUse, context);
  return extension === stored && isInUse ? resource : setIn(resource, urn, isInUse ? extension : undefined, context);
}

/** Notes whether an extension has values now. */
function noteExtension(resource: JsonObject, urn: string, isInUse: boolean, context: PatchContext): void {
  if (context.extensions === undefined) {
    // Most are listed already.
    const schemas = readFrom(resource, 'schemas', context);
    if (!Array.isArray(schemas) || (isInUse && schemas.includes(urn))) return;
    context.extensions = new Map();
  }
  context.extensions.set(urn.toLowerCase(), { urn, isInUse });
}

/** The resource with `schemas` as the extensions in use have it, all that were changed at once. */
export function withSchemas(resource: JsonObject, context: PatchContext): JsonObject {
  const { extensions } = context;
  if (extensions === undefined) return resource;
  context.extensions = undefined;
  const schemas = readFrom(resource, 'schemas', context);
  if (!Array.isArray(schemas)) return resource;
  const listed = new Set<string>();
  const kept = schemas.filter((item: unknown) => {
    if (typeof item !== 'string') return true;
    const lower = item.toLowerCase();
    listed.add(lower);
    return extensions.get(lower)?.isInUse !== false;
  });
  const added = [...extensions].flatMap(([lower, { urn, isInUse }]) => (isInUse && !listed.has(lower) ? [urn] : []));
  const isSame = kept.length === schemas.length && added.length === 0;
  return isSame ? resource : setIn(resource, 'schemas', [...kept, ...added], context);
}
