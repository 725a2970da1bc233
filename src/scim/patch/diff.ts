import { checkNumber, checkObject, checkOptions } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isRecord, isUnassigned } from '../../internal/json.js';
import { isAttributeName, isAttributePath } from '../filter/attribute-path.js';
import type { PatchOperation } from '../schemas/common.js';
import {
  findAttribute,
  findCoreAttribute,
  findSchema,
  type KnownSchemas,
  knownSchemas,
  type NamedAttribute,
} from '../schemas/known-schemas.js';
import { type KeyIndex, keyIndexOf, readAttribute, storedKey } from '../schemas/names.js';
import { checkSchema, type ResourceSchema, type Rules } from '../schemas/rules.js';
import { chunksOf } from './chunk.js';
import { diffStored } from './stored.js';
import { canonicalValues, copyJson, hasDuplicates, isKeyedByValue, type JsonObject, PatchProblem } from './values.js';

/** How two states are compared. */
export interface DiffPatchOptions {
  /** Rules of the attributes. @default the user or the group, by the resource's `schemas`; else both together */
  readonly schema?: ResourceSchema | undefined;
  /** What to do with what `after` lacks. `null` and an empty list always remove. @default 'remove' */
  readonly absent?: 'remove' | 'keep' | undefined;
  /** Ignore case where the schema does: a server may have changed it (RFC 7643 §2.2). @default false */
  readonly ignoreCase?: boolean | undefined;
  /** Maximum number of members in one `add` operation. @default 100 */
  readonly chunkSize?: number | undefined;
}

interface DiffContext {
  readonly schemas: KnownSchemas;
  readonly keepAbsent: boolean;
  readonly names: typeof namesOf;
  readonly ignoreCase: boolean;
  readonly chunkSize: number;
  /** Whether an extension given as `null` is removed as a whole, with the parts that the server does not show. */
  readonly removesWhole?: boolean;
  readonly diffValue: typeof diffWritable;
}

/**
 * The fewest PATCH operations that lead from one state of a resource to another, each with the path of one attribute, as
 * most servers accept it. Do not send an empty list.
 *
 * - A complex attribute is changed part by part (`name.givenName`), since servers differ on what replacing it means.
 * - Members of a group are added in lists of `chunkSize` and removed one by one (`members[value eq "…"]`). Where members
 *   without a `value` differ, the list is replaced.
 * - Other multi-valued attributes are replaced whole; the order of values means nothing.
 * - Left alone: `schemas`, which follows the extensions; attributes that are read-only or never returned, such as `id`
 *   and `password`; immutable ones that have a value; the removal of required ones; keys that are neither names of
 *   attributes nor URNs of extensions.
 *
 * `applyPatch(before, diffPatch(before, after))` equals `after` but for what is left alone. Absent, `null` and empty are
 * the same, as are `primary: false` and no `primary`. The operations share nothing with `after`.
 *
 * @throws {InputError} `chunkSize` is not a positive integer; a value is nested too deeply to be compared.
 *
 * @example
 * ```ts
 * import { diffPatch } from 'chatgpt-enterprise-sdk/scim';
 *
 * diffPatch({ displayName: 'Ops', title: 'Lead' }, { displayName: 'Operations' });
 * // [ { op: 'replace', path: 'displayName', value: 'Operations' }, { op: 'remove', path: 'title' } ]
 * ```
 */
export function diffPatch(before: object, after: object, options: DiffPatchOptions = {}): PatchOperation[] {
  checkObject('before', before);
  checkObject('after', after);
  const own = checkOptions('diffPatch()', options, { schema: true, absent: true, ignoreCase: true, chunkSize: true });
  const { schema, absent, ignoreCase = false, chunkSize = 100 } = own;
  checkSchema(schema);
  checkNumber('chunkSize', chunkSize);
  try {
    return diffResources(before, after, {
      schemas: knownSchemas(schema, [...urnsOf(before), ...urnsOf(after)]),
      keepAbsent: absent === 'keep',
      names: namesOf,
      ignoreCase,
      chunkSize,
      diffValue: diffWritable,
    });
  } catch (problem) {
    if (!(problem instanceof PatchProblem)) throw problem;
    throw new InputError('A value of the resource is nested too deeply to be compared.');
  }
}

/**
 * The operations that turn a resource, as a server shows it, into the wanted one. What `wanted` does not mention, or the
 * server merely stores in its own way ({@link isStoredAs}), is left alone; values are sent as they are given.
 */
export function diffFromStored(stored: object, wanted: object, schema: ResourceSchema): PatchOperation[] {
  return diffResources(stored, wanted, {
    schemas: knownSchemas(schema),
    keepAbsent: true,
    names: (before, after) => namesOf(after, before),
    ignoreCase: true,
    chunkSize: 1,
    removesWhole: true,
    diffValue: (prefix, { name, rules }, before, after) =>
      rules?.mutability === 'readOnly' ? [] : diffStored(`${prefix}${name}`, name, before, after, prefix === ''),
  });
}

function diffResources(before: object, after: object, context: DiffContext): PatchOperation[] {
  const [from, to] = [fieldsOf(before), fieldsOf(after)];
  return context.names(from, to).flatMap((key) => {
    if (key.includes(':')) return diffExtension(key, from, to, context);
    const found = findCoreAttribute(context.schemas, key) ?? { name: key, rules: undefined };
    return found.name === 'schemas' ? [] : diffAttribute('', found, from, to, context);
  });
}

function diffExtension(key: string, before: Fields, after: Fields, context: DiffContext): PatchOperation[] {
  const extension = findSchema(context.schemas.extensions, key);
  const prefix = extension?.id ?? key;
  const given = readField(after, prefix);
  if (given === undefined && context.keepAbsent) return [];
  if (isUnassigned(given) && context.removesWhole) {
    return isUnassigned(readField(before, prefix)) ? [] : [{ op: 'remove', path: prefix }];
  }
  // Anything else may be an attribute with the URN of its schema.
  if (!(isRecord(given) || isUnassigned(given))) {
    return diffAttribute('', { name: key, rules: undefined }, before, after, context);
  }
  // An extension given as null has no value, whatever it held.
  const inner = isRecord(given) ? context : { ...context, keepAbsent: false };
  const [from, to] = [fieldsOf(readField(before, prefix)), fieldsOf(given)];
  return context.names(from, to).flatMap((name) => {
    const found = findAttribute(extension?.attributes, name) ?? { name, rules: undefined };
    return diffAttribute(`${prefix}:`, found, from, to, inner);
  });
}

function diffAttribute(
  prefix: string,
  attribute: NamedAttribute,
  before: Fields,
  after: Fields,
  context: DiffContext,
): PatchOperation[] {
  const given = readField(after, attribute.name);
  if (given === undefined && context.keepAbsent) return [];
  return context.diffValue(prefix, attribute, readField(before, attribute.name), given, context);
}

function diffWritable(
  prefix: string,
  { name, rules }: NamedAttribute,
  stored: unknown,
  given: unknown,
  context: DiffContext,
): PatchOperation[] {
  const path = `${prefix}${name}`;
  if (!isAttributeName(name) || !isAttributePath(path) || !isWritable(rules)) return [];
  const from = writableValue(stored, rules);
  const to = writableValue(given, rules);
  if (isSetOnce(rules, from)) return [];
  const edits = isKeyedByValue(rules) ? diffMembers(path, from, to, context.chunkSize) : undefined;
  if (edits !== undefined) return edits;
  const isPartial = isRecord(to) || (context.keepAbsent && isRecord(given));
  if (isRecord(from) && isPartial)
    return diffParts(path, rules, fieldsOf(from), fieldsOf(to), fieldsOf(given), context);
  const op = isUnassigned(stored) ? 'add' : 'replace';
  return diffSimple(op, path, rules, from, to, context);
}

function diffParts(
  path: string,
  rules: Rules,
  from: Fields,
  to: Fields,
  given: Fields,
  context: DiffContext,
): PatchOperation[] {
  return namesOf(from, to).flatMap((name) => {
    if (!isAttributeName(name)) return [];
    if (context.keepAbsent && readField(given, name) === undefined) return [];
    const part = findAttribute(rules?.subAttributes, name)?.rules;
    const before = readField(from, name);
    const op = before === undefined ? 'add' : 'replace';
    return isSetOnce(part, before) ? [] : diffSimple(op, `${path}.${name}`, part, before, readField(to, name), context);
  });
}

function diffSimple(
  op: 'add' | 'replace',
  path: string,
  rules: Rules,
  from: unknown,
  to: unknown,
  context: DiffContext,
): PatchOperation[] {
  if (canonicalValues(from, rules, context.ignoreCase) === canonicalValues(to, rules, context.ignoreCase)) return [];
  if (to === undefined) return rules?.required === true ? [] : [{ op: 'remove', path }];
  // `add` would merge them.
  const isMerged = op === 'add' && Array.isArray(to) && hasDuplicates(to, rules);
  return [{ op: isMerged ? 'replace' : op, path, value: to }];
}

function isSetOnce(rules: Rules, value: unknown): boolean {
  return rules?.mutability === 'immutable' && value !== undefined;
}

function urnsOf(resource: object): unknown[] {
  const schemas = readAttribute(resource, 'schemas');
  return Array.isArray(schemas) ? schemas : [];
}

/** Additions first: some servers refuse a group without members. `undefined` where members without an id differ. */
function diffMembers(path: string, before: unknown, after: unknown, chunkSize: number): PatchOperation[] | undefined {
  const from = byValue(before);
  const to = byValue(after);
  if (canonicalValues(from.others, undefined, false) !== canonicalValues(to.others, undefined, false)) return undefined;
  const added = [...to.known].filter(([value]) => !from.known.has(value)).map(([, member]) => member);
  const removed = [...from.known.keys()].filter((value) => !to.known.has(value));
  return [
    ...chunksOf(added, chunkSize).map((value) => ({ op: 'add' as const, path, value })),
    ...removed.map((value) => ({ op: 'remove' as const, path: `${path}[value eq ${JSON.stringify(value)}]` })),
  ];
}

function byValue(members: unknown): { readonly known: Map<string, unknown>; readonly others: readonly unknown[] } {
  const known = new Map<string, unknown>();
  const others: unknown[] = [];
  for (const member of Array.isArray(members) ? members : []) {
    if (isRecord(member) && typeof member.value === 'string') known.set(member.value, member);
    else others.push(member);
  }
  return { known, others };
}

function isWritable(rules: Rules): boolean {
  return rules?.mutability !== 'readOnly' && rules?.mutability !== 'writeOnly' && rules?.returned !== 'never';
}

/** A copy of what of a value can be written, in the schema's spelling; `undefined` where nothing is left. */
function writableValue(value: unknown, rules: Rules): unknown {
  if (isUnassigned(value)) return undefined;
  if (Array.isArray(value)) {
    const values = value.map((item) => writableElement(item, rules)).filter((item) => item !== undefined);
    return values.length === 0 ? undefined : values;
  }
  const element = writableElement(value, rules);
  return rules?.multiValued === true && element !== undefined ? [element] : element;
}

function writableElement(value: unknown, rules: Rules): unknown {
  if (isUnassigned(value)) return undefined;
  if (isRecord(value)) return writableParts(value, rules);
  // Some servers and clients know a complex value, such as the manager, by its bare id.
  const isBare = rules?.type === 'complex' && findAttribute(rules.subAttributes, 'value') !== undefined;
  return isBare ? { value } : copyJson(value);
}

function writableParts(value: JsonObject, rules: Rules): JsonObject | undefined {
  const parts: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const found = findAttribute(rules?.subAttributes, key);
    if (key !== '__proto__' && !isUnassigned(part) && isWritable(found?.rules)) {
      parts[found?.name ?? key] = copyJson(part);
    }
  }
  return isUnassigned(parts) ? undefined : parts;
}

interface Fields {
  readonly object: JsonObject;
  readonly index: KeyIndex;
}

function fieldsOf(value: unknown): Fields {
  const object = isRecord(value) ? value : {};
  return { object, index: keyIndexOf(object) };
}

function readField({ object, index }: Fields, name: string): unknown {
  const key = storedKey(object, name, index);
  return key === undefined ? undefined : object[key];
}

/** The names of both, in the order and spelling of the first. */
function namesOf(first: Fields, second: Fields): string[] {
  const names = [...first.index.values()];
  for (const [lower, name] of second.index) if (!first.index.has(lower)) names.push(name);
  return names;
}
