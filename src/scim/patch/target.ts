import { isRecord } from '../../internal/json.js';
import { isAttributeName, scanAttributeName } from '../filter/attribute-path.js';
import type { FilterExpression } from '../filter/filter.js';
import {
  builtInSchemas,
  everySchema,
  findAttribute,
  findCoreAttribute,
  findSchema,
  type KnownSchemas,
  type NamedAttribute,
  schemaOfPath,
} from '../schemas/known-schemas.js';
import type { SchemaAttributes } from '../schemas/rules.js';
import { isUnassignedIn, keyIn, type Op, type PatchContext, readFrom, setIn } from './case-insensitive-object.js';
import { type PathParts, readPath } from './path.js';
import { type JsonObject, PatchProblem } from './values.js';

/** A path, resolved by the schemas. */
export interface PatchTarget {
  /** URN of the extension; missing for the resource itself. */
  readonly urn: string | undefined;
  readonly extension: SchemaAttributes | undefined;
  /** Missing where the whole extension is meant. */
  readonly attribute: NamedAttribute | undefined;
  readonly filter: FilterExpression | undefined;
  readonly part: NamedAttribute | undefined;
}

export interface Edit {
  readonly op: Op;
  readonly target: PatchTarget;
  readonly value: unknown;
}

export type AttributeEdit = Edit & { readonly target: { readonly attribute: NamedAttribute } };

/** An extension, or without a URN the resource itself. */
type Owner = Pick<PatchTarget, 'urn' | 'extension'>;

const RESOURCE: Owner = { urn: undefined, extension: undefined };

export const WHOLE_RESOURCE: PatchTarget = { ...RESOURCE, attribute: undefined, filter: undefined, part: undefined };

/** What paths mean in the schemas of users and groups: programs name the same few for one resource after another. */
const remembered: ReadonlyMap<KnownSchemas, Map<string, PatchTarget>> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ builtInSchemas.map((schemas) => [schemas, /* @__PURE__ */ new Map<string, PatchTarget>()]),
);
const mostRemembered = 200;
const longestRemembered = 150;
const usualTypes: ReadonlySet<unknown> = /* @__PURE__ */ new Set(['work', 'home', 'other', 'mobile', 'User', 'Group']);

export function readTarget(path: string, resource: JsonObject, context: PatchContext): PatchTarget {
  const targets = remembered.get(context.schemas);
  const known = targets?.get(path);
  if (known !== undefined) return known;
  const target = resolvePath(path, resource, context);
  if (targets !== undefined && targets.size < mostRemembered && isWorthRemembering(path, target))
    targets.set(path, target);
  return target;
}

/** Not what hangs on the resource, is long, or holds an address or an id: nobody's data stays in memory. */
function isWorthRemembering(path: string, { attribute, filter, part }: PatchTarget): boolean {
  const isInSchema = attribute?.rules !== undefined && (part === undefined || part.rules !== undefined);
  if (!isInSchema || path.length > longestRemembered) return false;
  return filter === undefined || (filter.op === 'eq' && filter.path === 'type' && usualTypes.has(filter.value));
}

function resolvePath(path: string, resource: JsonObject, context: PatchContext): PatchTarget {
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
  const parsed = readPath(path);
  return targetIn(parsed.urn === undefined ? RESOURCE : { urn: parsed.urn, extension: undefined }, parsed, context);
}

export function checkNotCore(path: string): void {
  if (schemaOfPath(everySchema.core, path) !== undefined) {
    throw new PatchProblem('invalidPath', 'the path belongs to another type of resource');
  }
}

export function unknownExtension(urn: string, { refuseUnknown }: PatchContext): PatchTarget {
  if (refuseUnknown) throw new PatchProblem('invalidPath', 'the extension is not in the schema');
  return extensionTarget(urn, undefined);
}

export function extensionTarget(urn: string, extension: SchemaAttributes | undefined): PatchTarget {
  return { urn, extension, attribute: undefined, filter: undefined, part: undefined };
}

export function targetOfName(name: string, owner: Owner, context: PatchContext): PatchTarget {
  if (!isAttributeName(name)) {
    throw new PatchProblem('invalidPath', 'a key of the value is not the name of an attribute');
  }
  return targetIn(owner, { urn: owner.urn, attribute: name, filter: undefined, subAttribute: undefined }, context);
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

function named(found: NamedAttribute | undefined, name: string, context: PatchContext): NamedAttribute {
  if (found !== undefined) return found;
  if (context.refuseUnknown) throw new PatchProblem('invalidPath', 'the attribute is not in the schema');
  return { name, rules: undefined };
}

/** Where a value is, whatever of it is meant. */
export type Place = Pick<PatchTarget, 'urn' | 'attribute'>;

export function currentValue(resource: JsonObject, { urn, attribute }: Place, context: PatchContext): unknown {
  const container = urn === undefined ? resource : readFrom(resource, urn, context);
  return attribute === undefined ? container : readFrom(container, attribute.name, context);
}

export function withValue(
  resource: JsonObject,
  { urn, attribute }: Place,
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

function noteExtension(resource: JsonObject, urn: string, isInUse: boolean, context: PatchContext): void {
  if (context.extensions === undefined) {
    const schemas = readFrom(resource, 'schemas', context);
    if (!Array.isArray(schemas) || (isInUse && schemas.includes(urn))) return;
    context.extensions = new Map();
  }
  context.extensions.set(urn.toLowerCase(), { urn, isInUse });
}

/** The resource with `schemas` brought up to date (RFC 7644 §3.5.2). */
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
