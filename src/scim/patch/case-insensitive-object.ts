import { isRecord, isUnassigned } from '../../internal/json.js';
import type { KnownSchemas } from '../schemas/known-schemas.js';
import { findKey, type KeyIndex, keyIndexOf } from '../schemas/names.js';
import type { OpenList } from './value-list.js';
import { type JsonObject, PatchProblem } from './values.js';

export type Op = 'add' | 'remove' | 'replace';

export interface PatchContext {
  readonly schemas: KnownSchemas;
  readonly tolerant: boolean;
  readonly refuseUnknown: boolean;
  /** The copy that this patch made last. It may be written to: nobody else has seen it. */
  draft: JsonObject | undefined;
  /** All its copies, once there were many lookups. */
  drafts: Set<JsonObject> | undefined;
  lookups: number;
  indexes: Map<object, KeyIndex> | undefined;
  /** Whether a list that changed is likely to change again. */
  readonly keepsLists: boolean;
  /** The lists that changed and are not stored yet. */
  lists: Map<string, OpenList> | undefined;
  /** The extensions that changed since `schemas` was brought up to date, by URN in lower case. */
  extensions: Map<string, { readonly urn: string; readonly isInUse: boolean }> | undefined;
}

/** From here on an index of the keys pays: comparing each key with each name is quadratic. */
const MANY_LOOKUPS = 32;

export function keyIn(container: JsonObject, name: string, context: PatchContext): string | undefined {
  context.lookups += 1;
  if (Object.hasOwn(container, name)) return name;
  const lower = name.toLowerCase();
  return context.lookups > MANY_LOOKUPS ? indexOf(container, context).get(lower) : findKey(container, lower);
}

export function readFrom(container: unknown, name: string, context: PatchContext): unknown {
  if (!isRecord(container)) return undefined;
  const key = keyIn(container, name, context);
  return key === undefined ? undefined : container[key];
}

/** Sets an attribute under the key it has, or removes it: in this patch's own copy of the object. */
export function setIn(container: JsonObject, name: string, value: unknown, context: PatchContext): JsonObject {
  const key = keyToSet(name, keyIn(container, name, context));
  const index = context.indexes?.get(container);
  const isDraft = container === context.draft || context.drafts?.has(container) === true;
  let draft = container as Record<string, unknown>;
  if (value !== undefined) {
    if (!isDraft) draft = { ...container };
    draft[key] = value;
    index?.set(name.toLowerCase(), key);
  } else if (Object.hasOwn(container, key)) {
    if (isDraft) delete draft[key];
    else draft = withoutKey(container, key);
    index?.delete(name.toLowerCase());
  }
  if (draft !== container) keepDraft(draft, index, context);
  return draft;
}

function keepDraft(draft: JsonObject, index: KeyIndex | undefined, context: PatchContext): void {
  context.draft = draft;
  if (index !== undefined) context.indexes?.set(draft, index);
  if (context.lookups <= MANY_LOOKUPS) return;
  context.drafts ??= new Set();
  context.drafts.add(draft);
}

/** The object with a value under a key, or without the key. */
export function withKey(object: JsonObject, key: string, value: unknown): JsonObject {
  if (value === undefined) return withoutKey(object, key);
  // Twice as fast as a computed key in the literal.
  const copy: Record<string, unknown> = { ...object };
  copy[key] = value;
  return copy;
}

export function isUnassignedIn(value: unknown, context: PatchContext): boolean {
  if (context.lookups <= MANY_LOOKUPS || !isRecord(value)) return isUnassigned(value);
  return indexOf(value, context).size === 0;
}

function indexOf(container: object, context: PatchContext): KeyIndex {
  context.indexes ??= new Map();
  let index = context.indexes.get(container);
  if (index === undefined) {
    index = keyIndexOf(container);
    context.indexes.set(container, index);
  }
  return index;
}

export function keyToSet(name: string, stored: string | undefined): string {
  // Its assignment would replace the object's prototype.
  if (name === '__proto__') throw new PatchProblem('invalidPath', 'the path is not the name of an attribute');
  return stored ?? name;
}

function withoutKey(object: JsonObject, key: string): Record<string, unknown> {
  const { [key]: _left, ...rest } = object;
  return rest;
}
