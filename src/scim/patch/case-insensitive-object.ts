import type { KnownSchemas } from '../schemas/known-schemas.js';
import { type KeyIndex, keyIndexOf, MANY_NAMES, readAttribute, storedKey } from '../schemas/names.js';
import { isObject, isUnassigned, type JsonObject, PatchProblem } from './values.js';

/** What an operation does. */
export type Op = 'add' | 'remove' | 'replace';

/** What every operation of one patch is applied with. */
export interface PatchContext {
  readonly schemas: KnownSchemas;
  readonly tolerant: boolean;
  readonly refuseUnknown: boolean;
  /** The copy of the resource that this patch has made. It alone may be changed in place: nobody else has seen it. */
  draft: Record<string, unknown> | undefined;
  /** Kept where a patch makes many changes, so that the time for each does not grow with their number. */
  many: ManyChanges | undefined;
}

export interface ManyChanges {
  /** All copies that the patch has made: of the resource, of extensions, of complex values. */
  readonly drafts: Set<object>;
  /** Their keys, and those of what they are copies of. */
  readonly indexes: Map<object, KeyIndex>;
}

/** What a patch keeps for so many changes. */
export function manyChanges(count: number): ManyChanges | undefined {
  return count > MANY_NAMES ? { drafts: new Set(), indexes: new Map() } : undefined;
}

/** Sets an attribute under the key it has, whatever its case, or removes it. */
export function setAttribute(object: JsonObject, name: string, value: unknown): JsonObject {
  const key = keyFor(object, name, undefined);
  if (value === undefined) return Object.hasOwn(object, key) ? withoutKey(object, key) : object;
  // Twice as fast as a computed key in the literal.
  const copy: Record<string, unknown> = { ...object };
  copy[key] = value;
  return copy;
}

/** The same for the resource, which a patch copies once and then changes in place. */
export function setInResource(resource: JsonObject, name: string, value: unknown, context: PatchContext): JsonObject {
  if (context.many !== undefined) return setIn(resource, name, value, context);
  const key = keyFor(resource, name, undefined);
  if (value === undefined) {
    if (!Object.hasOwn(resource, key)) return resource;
    context.draft = withoutKey(resource, key);
    return context.draft;
  }
  if (resource !== context.draft) context.draft = { ...resource };
  context.draft[key] = value;
  return context.draft;
}

/** The same for an extension or a complex value, of which a patch that makes many changes makes one copy. */
export function setIn(container: JsonObject, name: string, value: unknown, context: PatchContext): JsonObject {
  const { many } = context;
  if (many === undefined) return setAttribute(container, name, value);
  const index = indexOf(container, many);
  const key = keyFor(container, name, index);
  // What this patch has made itself it may write to.
  const draft = (many.drafts.has(container) ? container : { ...container }) as Record<string, unknown>;
  many.drafts.add(draft);
  many.indexes.set(draft, index);
  if (value === undefined) {
    delete draft[key];
    index.delete(name.toLowerCase());
  } else {
    draft[key] = value;
    index.set(name.toLowerCase(), key);
  }
  return draft;
}

/** The key that such an object stores a name under. */
export function keyIn(container: JsonObject, name: string, context: PatchContext): string | undefined {
  return storedKey(container, name, context.many === undefined ? undefined : indexOf(container, context.many));
}

export function readFrom(container: unknown, name: string, context: PatchContext): unknown {
  if (context.many === undefined || !isObject(container)) return readAttribute(container, name);
  const key = keyIn(container, name, context);
  return key === undefined ? undefined : container[key];
}

/** Kept for the whole patch: between two operations nobody but the patch changes a key. */
function indexOf(container: JsonObject, { indexes }: ManyChanges): KeyIndex {
  const known = indexes.get(container);
  if (known !== undefined) return known;
  const index = keyIndexOf(container);
  indexes.set(container, index);
  return index;
}

function keyFor(object: JsonObject, name: string, index: KeyIndex | undefined): string {
  // The one key whose assignment would replace the object's prototype.
  if (name === '__proto__') throw new PatchProblem('invalidPath', 'the path is not the name of an attribute');
  return storedKey(object, name, index) ?? name;
}

function withoutKey(object: JsonObject, key: string): Record<string, unknown> {
  const { [key]: _left, ...rest } = object;
  return rest;
}

/** To ask an object with many keys whether it has any would take as long as to list them. */
export function hasNothing(value: unknown, { many }: PatchContext): boolean {
  const index = isObject(value) ? many?.indexes.get(value) : undefined;
  return (index === undefined || index.size === 0) && isUnassigned(value);
}

/** The attributes of an object, found by name in any case, in time that does not grow with their number. */
export interface Fields {
  readonly object: JsonObject;
  readonly index: KeyIndex;
}

/** Those of anything else than an object are none. */
export function fieldsOf(value: unknown): Fields {
  const object = isObject(value) ? value : {};
  return { object, index: keyIndexOf(object) };
}

export function readField({ object, index }: Fields, name: string): unknown {
  const key = storedKey(object, name, index);
  return key === undefined ? undefined : object[key];
}

/** The names of both, each once, in the spelling and the order of the first. */
export function namesOf(first: Fields, second: Fields): string[] {
  const names = [...first.index.values()];
  for (const [lower, name] of second.index) if (!first.index.has(lower)) names.push(name);
  return names;
}
