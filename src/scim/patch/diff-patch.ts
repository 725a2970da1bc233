import { InputError } from '../../errors/input-error.js';
import { isAttributeName, isAttributePath } from '../filter/scan-attribute-path.js';
import { readAttribute } from '../path/read-attribute.js';
import { findKey } from '../schemas/find-key.js';
import {
  findAttribute,
  findCoreAttribute,
  findSchema,
  type KnownSchemas,
  knownSchemas,
} from '../schemas/known-schemas.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import type { AttributeCharacteristics, ResourceSchema } from '../schemas/resource-schema.js';

import { comparableText } from './comparable-text.js';
import { diffMembers } from './diff-members.js';
import { isObject, isUnassigned, type JsonObject } from './json-value.js';
import { isKeyedByValue } from './value-identity.js';
import { isWritable, writableValue } from './writable-value.js';

/** How two states are compared. */
export interface DiffPatchOptions {
  /**
   * Rules of the resource's attributes. @default the user or the group, by the resource's `schemas`; else both together
   */
  readonly schema?: ResourceSchema | undefined;
  /**
   * What it means that `after` lacks an attribute: `remove` it, or `keep` it as it is because nothing is said of it. An
   * attribute given as `null` or as an empty list is removed in either case. @default 'remove'
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

type Rules = AttributeCharacteristics | undefined;

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
 *   `value` alone. Members that are not in `before` are never removed.
 * - Other multi-valued attributes are replaced whole; the order of values means nothing.
 * - Left alone: `schemas`, which follows the extensions; attributes that are read-only or never returned, such as `id`, `meta`, `groups` and
 *   `password`; the removal of a required attribute; keys that are not the names of attributes.
 *
 * `applyPatch(before, diffPatch(before, after))` equals `after` but for what is left alone, where absent, `null` and
 * empty are the same.
 *
 * @throws {InputError} `chunkSize` is not a whole number from 1.
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
  if (!Number.isInteger(chunkSize) || chunkSize < 1) {
    throw new InputError('chunkSize is not a whole number from 1.', { path: ['chunkSize'] });
  }
  const context = { keepAbsent: options.absent === 'keep', ignoreCase: options.ignoreCase === true, chunkSize };
  const schemas = knownSchemas(options.schema, [...urnsOf(before), ...urnsOf(after)]);
  const [from, to] = [before, after] as [JsonObject, JsonObject];
  return keysOf(from, to).flatMap((key) =>
    key.includes(':') ? diffExtension(key, from, to, schemas, context) : diffCore(key, from, to, schemas, context),
  );
}

function diffCore(
  key: string,
  before: JsonObject,
  after: JsonObject,
  schemas: KnownSchemas,
  context: DiffContext,
): PatchOperation[] {
  const found = findCoreAttribute(schemas, key);
  if (found?.name === 'schemas') return [];
  return diffAttribute('', found?.name ?? key, found?.rules, before, after, context);
}

function diffExtension(
  key: string,
  before: JsonObject,
  after: JsonObject,
  schemas: KnownSchemas,
  context: DiffContext,
): PatchOperation[] {
  const extension = findSchema(schemas.extensions, key);
  const [from, to] = [readAttribute(before, key), readAttribute(after, key)];
  if (to === undefined && context.keepAbsent) return [];
  // An extension given as null has no value, whatever it held.
  const inner = isUnassigned(to) ? { ...context, keepAbsent: false } : context;
  const [fromParts, toParts] = [isObject(from) ? from : {}, isObject(to) ? to : {}];
  return keysOf(fromParts, toParts).flatMap((name) => {
    const found = findAttribute(extension?.attributes, name);
    const prefix = `${extension?.id ?? key}:`;
    return diffAttribute(prefix, found?.name ?? name, found?.rules, fromParts, toParts, inner);
  });
}

function diffAttribute(
  prefix: string,
  name: string,
  rules: Rules,
  before: JsonObject,
  after: JsonObject,
  context: DiffContext,
): PatchOperation[] {
  const path = `${prefix}${name}`;
  if (!isAttributeName(name) || !isAttributePath(path) || !isWritable(rules)) return [];
  const given = readAttribute(after, name);
  if (given === undefined && context.keepAbsent) return [];
  const from = writableValue(readAttribute(before, name), rules);
  const to = writableValue(given, rules);
  if (isKeyedByValue(rules)) return diffMembers(path, from, to, context.chunkSize);
  if (isObject(from) && isObject(to)) return diffParts(path, rules, from, to, given, context);
  return diffValue(path, rules, from, to, context);
}

function diffParts(
  path: string,
  rules: Rules,
  from: JsonObject,
  to: JsonObject,
  given: unknown,
  context: DiffContext,
): PatchOperation[] {
  return keysOf(from, to).flatMap((name) => {
    if (!isAttributeName(name)) return [];
    if (context.keepAbsent && readAttribute(given, name) === undefined) return [];
    const part = findAttribute(rules?.subAttributes, name)?.rules;
    return diffValue(`${path}.${name}`, part, readAttribute(from, name), readAttribute(to, name), context);
  });
}

function diffValue(path: string, rules: Rules, from: unknown, to: unknown, context: DiffContext): PatchOperation[] {
  if (comparableText(from, rules, context.ignoreCase) === comparableText(to, rules, context.ignoreCase)) return [];
  if (to === undefined) return rules?.required === true ? [] : [{ op: 'remove', path }];
  return [{ op: from === undefined ? 'add' : 'replace', path, value: to }];
}

/** The keys of both, each once, in the spelling and the order of the first. */
function keysOf(before: JsonObject, after: JsonObject): string[] {
  const keys = Object.keys(before);
  return keys.concat(Object.keys(after).filter((key) => findKey(before, key.toLowerCase()) === undefined));
}

function urnsOf(resource: object): unknown[] {
  const schemas = readAttribute(resource, 'schemas');
  return Array.isArray(schemas) ? schemas : [];
}
