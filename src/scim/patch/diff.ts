import { checkNumber } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isRecord } from '../../internal/json.js';
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
import type { ResourceSchema, Rules } from '../schemas/rules.js';
import {
  canonicalValues,
  checkDepth,
  hasDuplicates,
  isKeyedByValue,
  isUnassigned,
  type JsonObject,
  PatchProblem,
} from './values.js';

/** How two states are compared. */
export interface DiffPatchOptions {
  /**
   * Rules of the resource's attributes. @default the user or the group, by the resource's `schemas`; else both together
   */
  readonly schema?: ResourceSchema | undefined;
  /**
   * What it means that `after` lacks an attribute: `remove` it, or `keep` it as it is because nothing is said of it. The
   * same goes for the parts of a complex attribute. What is given as `null` or as an empty list is removed in either
   * case. @default 'remove'
   */
  readonly absent?: 'remove' | 'keep' | undefined;
  /**
   * Treats values as equal that differ in case alone, where the schema says that case does not matter: a server may have
   * changed it (RFC 7643 §2.2). @default false
   */
  readonly ignoreCase?: boolean | undefined;
  /** Members in one `add` operation at most. @default 100 */
  readonly chunkSize?: number | undefined;
}

/** What is the same for every attribute of one comparison. */
interface DiffContext {
  readonly keepAbsent: boolean;
  readonly ignoreCase: boolean;
  readonly chunkSize: number;
}

/**
 * The operations of a PATCH request that lead from one state of a resource to another: as few as possible, each with
 * the path of one attribute, the form that the most servers take. None where nothing differs: an empty PATCH must not be
 * sent.
 *
 * - A complex attribute is changed part by part (`name.givenName`), since servers differ on what replacing it whole means.
 * - Members of a group are added in lists of `chunkSize` and removed one by one (`members[value eq "…"]`), known by
 *   `value` alone. Members that are not in `before` are never removed; unless members without a `value` differ, to which
 *   no path leads: then the list is replaced whole.
 * - Other multi-valued attributes are replaced whole; the order of values means nothing.
 * - Left alone: `schemas`, which follows the extensions; attributes that are read-only or never returned, such as `id`, `meta`, `groups` and
 *   `password`, and immutable ones that have a value; the removal of a required attribute; keys that are not the names
 *   of attributes, nor the URNs of objects of them.
 *
 * `applyPatch(before, diffPatch(before, after))` equals `after` but for what is left alone, where absent, `null` and
 * empty are the same, and so are `primary: false` and no word of it. The operations share nothing with `after`.
 *
 * @throws {InputError} `chunkSize` is not a whole number from 1; a value is nested too deeply to be compared.
 *
 * @example
 * ```ts
 * import { diffPatch } from 'chatgpt-enterprise-sdk/scim';
 *
 * diffPatch({ displayName: 'Ops', members: [{ value: '1' }] }, { displayName: 'Operations', members: [{ value: '2' }] });
 * // [ { op: 'replace', path: 'displayName', value: 'Operations' },
 * //   { op: 'add', path: 'members', value: [{ value: '2' }] },
 * //   { op: 'remove', path: 'members[value eq "1"]' } ]
 * ```
 */
export function diffPatch(before: object, after: object, options: DiffPatchOptions = {}): PatchOperation[] {
  const { chunkSize = 100 } = options;
  checkNumber('chunkSize', chunkSize);
  const context = { keepAbsent: options.absent === 'keep', ignoreCase: options.ignoreCase === true, chunkSize };
  const schemas = knownSchemas(options.schema, [...urnsOf(before), ...urnsOf(after)]);
  const [from, to] = [fieldsOf(before), fieldsOf(after)];
  try {
    return namesOf(from, to).flatMap((key) =>
      key.includes(':') ? diffExtension(key, from, to, schemas, context) : diffCore(key, from, to, schemas, context),
    );
  } catch (problem) {
    if (!(problem instanceof PatchProblem)) throw problem;
    throw new InputError('A value of the resource is nested too deeply to be compared.');
  }
}

function diffCore(
  key: string,
  before: Fields,
  after: Fields,
  schemas: KnownSchemas,
  context: DiffContext,
): PatchOperation[] {
  const found = findCoreAttribute(schemas, key);
  if (found?.name === 'schemas') return [];
  return diffAttribute('', found ?? { name: key, rules: undefined }, before, after, context);
}

function diffExtension(
  key: string,
  before: Fields,
  after: Fields,
  schemas: KnownSchemas,
  context: DiffContext,
): PatchOperation[] {
  const extension = findSchema(schemas.extensions, key);
  const prefix = extension?.id ?? key;
  const given = readField(after, prefix);
  if (given === undefined && context.keepAbsent) return [];
  // What is neither an extension nor the lack of one is left alone: no path leads to it.
  if (!(isRecord(given) || isUnassigned(given))) return [];
  // An extension given as null has no value, whatever it held.
  const inner = isRecord(given) ? context : { ...context, keepAbsent: false };
  const [from, to] = [fieldsOf(readField(before, prefix)), fieldsOf(given)];
  return namesOf(from, to).flatMap((name) => {
    const found = findAttribute(extension?.attributes, name) ?? { name, rules: undefined };
    return diffAttribute(`${prefix}:`, found, from, to, inner);
  });
}

function diffAttribute(
  prefix: string,
  { name, rules }: NamedAttribute,
  before: Fields,
  after: Fields,
  context: DiffContext,
): PatchOperation[] {
  const path = `${prefix}${name}`;
  if (!isAttributeName(name) || !isAttributePath(path) || !isWritable(rules)) return [];
  const given = readField(after, name);
  if (given === undefined && context.keepAbsent) return [];
  const stored = readField(before, name);
  const from = writableValue(stored, rules);
  const to = writableValue(given, rules);
  if (isSetOnce(rules, from)) return [];
  const edits = isKeyedByValue(rules) ? diffMembers(path, from, to, context.chunkSize) : undefined;
  if (edits !== undefined) return edits;
  // An object that says nothing of a part says to keep it, where that is asked.
  const isPartial = isRecord(to) || (context.keepAbsent && isRecord(given));
  if (isRecord(from) && isPartial)
    return diffParts(path, rules, fieldsOf(from), fieldsOf(to), fieldsOf(given), context);
  // A list of nothing is no value, and yet a list that grows by what is added.
  const op = isUnassigned(stored) ? 'add' : 'replace';
  return diffValue(op, path, rules, from, to, context);
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
    return isSetOnce(part, before) ? [] : diffValue(op, `${path}.${name}`, part, before, readField(to, name), context);
  });
}

function diffValue(
  op: 'add' | 'replace',
  path: string,
  rules: Rules,
  from: unknown,
  to: unknown,
  context: DiffContext,
): PatchOperation[] {
  if (canonicalValues(from, rules, context.ignoreCase) === canonicalValues(to, rules, context.ignoreCase)) return [];
  if (to === undefined) return rules?.required === true ? [] : [{ op: 'remove', path }];
  // A list that grows merges them.
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

/**
 * The operations that lead from one list of members to another: additions first, so that a group that changes hands is
 * at no time empty, which some servers refuse. None where members without an id differ, since no path leads to those.
 */
function diffMembers(path: string, before: unknown, after: unknown, chunkSize: number): PatchOperation[] | undefined {
  const from = byValue(before);
  const to = byValue(after);
  if (canonicalValues(from.others, undefined, false) !== canonicalValues(to.others, undefined, false)) return undefined;
  const added = [...to.known].filter(([value]) => !from.known.has(value)).map(([, member]) => member);
  const removed = [...from.known.keys()].filter((value) => !to.known.has(value));
  return [...addOperations(path, added, chunkSize), ...removed.map((value) => removeOperation(path, value))];
}

function addOperations(path: string, members: readonly unknown[], chunkSize: number): PatchOperation[] {
  const operations: PatchOperation[] = [];
  for (let start = 0; start < members.length; start += chunkSize) {
    operations.push({ op: 'add', path, value: members.slice(start, start + chunkSize) });
  }
  return operations;
}

function removeOperation(path: string, value: string): PatchOperation {
  return { op: 'remove', path: `${path}[value eq ${JSON.stringify(value)}]` };
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

/** Whether a client can read the attribute and change it, so that comparing it means something. */
function isWritable(rules: Rules): boolean {
  return rules?.mutability !== 'readOnly' && rules?.mutability !== 'writeOnly' && rules?.returned !== 'never';
}

/**
 * What of a value can be written: with the schema's spelling of names, without parts that are read-only or have no
 * value, and sharing nothing with what was given. `undefined` where nothing is left.
 *
 * @throws {PatchProblem} The value is nested too deeply.
 */
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
  return isBare ? { value } : copyOf(value, 0);
}

function writableParts(value: JsonObject, rules: Rules): JsonObject | undefined {
  const parts: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    const found = findAttribute(rules?.subAttributes, key);
    if (key !== '__proto__' && !isUnassigned(part) && isWritable(found?.rules)) {
      parts[found?.name ?? key] = copyOf(part, 0);
    }
  }
  return isUnassigned(parts) ? undefined : parts;
}

/** Without the one key whose assignment would replace an object's prototype, at any depth: no patch takes it. */
function copyOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  checkDepth(depth);
  if (Array.isArray(value)) return value.map((item) => copyOf(item, depth + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) if (key !== '__proto__') copy[key] = copyOf(part, depth + 1);
  return copy;
}

/**
 * Splits operations, in order, into requests that change at most so many values each: servers limit how many members one
 * request may add or remove (100 at AWS). A list of members to add is split where it is longer; any other operation counts
 * as one, since values of other attributes can depend on each other (the primary one).
 *
 * @throws {InputError} `chunkSize` is not a whole number from 1.
 *
 * @example
 * ```ts
 * import { chunkOperations, diffPatch } from 'chatgpt-enterprise-sdk/scim';
 *
 * const operations = diffPatch({ members: [] }, { members: [{ value: '1' }, { value: '2' }, { value: '3' }] });
 * chunkOperations(operations, 2).length; // 2 requests
 * ```
 */
export function chunkOperations(operations: readonly PatchOperation[], chunkSize: number): PatchOperation[][] {
  checkNumber('chunkSize', chunkSize);
  const chunks: PatchOperation[][] = [];
  let room = 0;
  const put = (operation: PatchOperation, weight: number): void => {
    const last = chunks.at(-1);
    if (last === undefined || weight > room) {
      chunks.push([operation]);
      room = chunkSize - weight;
    } else {
      last.push(operation);
      room -= weight;
    }
  };
  for (const operation of operations) {
    const { op, path = '', value } = operation;
    if (op !== 'add' || !/(?:^|:)members$/i.test(path) || !Array.isArray(value) || value.length < 2) {
      put(operation, 1);
      continue;
    }
    for (let start = 0; start < value.length; ) {
      // What is left of the request at hand is filled first.
      const end = start + (room > 0 ? room : chunkSize);
      const part = value.slice(start, end);
      put({ ...operation, value: part }, part.length);
      start = end;
    }
  }
  return chunks;
}

/** The attributes of an object, found by name in any case, in time that does not grow with their number. */
interface Fields {
  readonly object: JsonObject;
  readonly index: KeyIndex;
}

/** What is not an object has none. */
function fieldsOf(value: unknown): Fields {
  const object = isRecord(value) ? value : {};
  return { object, index: keyIndexOf(object) };
}

function readField({ object, index }: Fields, name: string): unknown {
  const key = storedKey(object, name, index);
  return key === undefined ? undefined : object[key];
}

/** The names of both, each once, in the spelling and the order of the first. */
function namesOf(first: Fields, second: Fields): string[] {
  const names = [...first.index.values()];
  for (const [lower, name] of second.index) if (!first.index.has(lower)) names.push(name);
  return names;
}
