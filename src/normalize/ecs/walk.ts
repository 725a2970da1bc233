import type { Draft } from './draft.js';

/**
 * What becomes of a value: it was given its field (`taken`), it stays under its own name (`kept`), it is left out unless asked
 * for (`content`; `message`, which has a field; `hidden`, whose name may tell of the content too; `email`), or what is in it is
 * looked at one by one.
 */
export type Verdict = 'taken' | 'kept' | 'content' | 'message' | 'hidden' | 'email' | Place;

/**
 * Gives a value of a record its field. A text with an address in it that may not be told comes as `undefined`: it can be taken
 * nowhere, and is still known by its name.
 */
export type Place = (key: string, value: unknown, draft: Draft) => Verdict;

/** Elasticsearch takes 20 levels of objects; above these are two. */
const deepest = 16;

/** Something before an @, and a host with a dot behind it. */
const address = /[^\s@]@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/u;

/** Content by the names that it has in the types that are known, for whatever is not known. */
export const anywhere: Place = (key, value) => {
  switch (key) {
    case 'arguments':
    case 'content':
    case 'input':
    case 'instructions':
    case 'output':
    case 'prompt':
    case 'prompt_text':
    case 'quote':
    case 'response_text':
    case 'result_preview':
    case 'starter_prompts':
    case 'system_instruction':
    case 'system_instructions':
    case 'text':
    case 'tool_input':
    case 'user_message_text':
      return 'content';
    case 'message':
      return typeof value === 'object' ? 'kept' : 'content';
    default:
      return 'kept';
  }
};

/** What of an object found no place, without what is empty; `undefined` where nothing is left. */
export function rest(
  record: object,
  place: Place,
  draft: Draft,
  path = '',
  depth = 0,
): Record<string, unknown> | undefined {
  let left: Record<string, unknown> | undefined;
  for (const key of Object.keys(record)) {
    const kept = restOf(key, Reflect.get(record, key), place, draft, path, depth);
    if (kept === undefined) continue;
    left ??= {};
    put(left, key, kept);
  }
  return left;
}

/** Assigning to `__proto__` would change what the object inherits. */
function put(to: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') to[key] = value;
  else Object.defineProperty(to, key, { value, enumerable: true, configurable: true, writable: true });
}

function restOf(key: string, value: unknown, place: Place, draft: Draft, path: string, depth: number): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  const isSecret = typeof value === 'string' && !draft.emails && value.includes('@') && address.test(value);
  const verdict = place(key, isSecret ? undefined : value, draft);
  switch (verdict) {
    case 'taken':
      return undefined;
    case 'kept':
      if (!draft.emails && (isSecret || isAboutAddresses(key, value))) return leaveOut(draft, path, key);
      return copy(key, value, anywhere, draft, path, depth);
    case 'content':
      return draft.content ? asItIs(value, depth) : leaveOut(draft, path, key);
    case 'hidden':
      return draft.content ? asItIs(value, depth) : leaveOut(draft, path, '*');
    case 'message':
      if (!draft.content) return leaveOut(draft, path, key);
      if (typeof value !== 'string' || draft.document.message !== undefined) return asItIs(value, depth);
      draft.document.message = value;
      return undefined;
    case 'email':
      if (!draft.emails) return leaveOut(draft, path, key);
      draft.related(value);
      return asItIs(value, depth);
    default:
      return copy(key, value, verdict, draft, path, depth);
  }
}

function copy(key: string, value: unknown, place: Place, draft: Draft, path: string, depth: number): unknown {
  // A name of a field may be an address too.
  if (!draft.emails && key.includes('@')) return leaveOut(draft, path, '*');
  if (typeof value !== 'object' || value === null) return plain(value);
  if (depth >= deepest) return draft.content && draft.emails ? asText(value) : leaveOut(draft, path, key);
  if (!Array.isArray(value)) return rest(value, place, draft, `${path}${key}.`, depth + 1);
  const kept: unknown[] = [];
  for (const item of value) {
    const left = isObject(item)
      ? rest(item, place, draft, `${path}${key}.`, depth + 1)
      : restOf(key, item, anywhere, draft, path, depth + 1);
    if (left !== undefined) kept.push(left);
  }
  return kept.length > 0 ? kept : undefined;
}

/** Content that was asked for, with whatever people wrote in it. */
function asItIs(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return plain(value);
  if (depth >= deepest) return asText(value);
  if (Array.isArray(value)) return value.map((item) => asItIs(item, depth + 1) ?? null);
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) put(copied, key, asItIs(Reflect.get(value, key), depth + 1));
  return copied;
}

function leaveOut(draft: Draft, path: string, name: string): undefined {
  draft.omit(`${path}${name}`);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is named after addresses, however they are written. */
function isAboutAddresses(key: string, value: unknown): boolean {
  const isText = typeof value === 'string' || (Array.isArray(value) && value.some((item) => typeof item === 'string'));
  return isText && /e-?mail/i.test(key);
}

/** What JSON can hold. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value))) return String(value);
  return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
}

function asText(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'Nested too deep to be written.';
  }
}
