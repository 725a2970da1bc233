import { hasEmail, kindOf, ownValues, pathOf, set } from '../sensitive.js';
import type { Draft } from './draft.js';

/**
 * What becomes of a value: it was given its field (`taken`), it stays under its own name unless that, or an address in it, says
 * that it may not be told (`kept`), it is left out unless asked for (`content`; `message`, which has a field; `hidden`, of which
 * the name may tell too; `email`), or what is in it is looked at one by one.
 */
export type Verdict = 'taken' | 'kept' | 'content' | 'message' | 'hidden' | 'email' | Place | Part;

/**
 * Gives a value of a record its field. A text with an address that may not be told comes as `undefined`: it is taken nowhere,
 * and still known by its name.
 */
export type Place = (key: string, value: unknown, draft: Draft) => Verdict;

/** An object that nearly every record has: gives its values their fields itself, and gives back what found none. */
export interface Part {
  readonly rest: (values: Readonly<Record<string, unknown>>, draft: Draft, path: string) => Left;
}

/** What found no place; `undefined` where nothing is left. */
export type Left = Record<string, unknown> | undefined;

/** What of an object found no place, without what is empty; `undefined` where nothing is left. */
export function rest(values: Readonly<Record<string, unknown>>, place: Place, draft: Draft, path?: string): Left {
  let left: Left;
  for (const key in values) {
    const value = values[key];
    if (value !== null && value !== undefined && value !== '') left = give(left, key, value, place, draft, path);
  }
  return left;
}

/** Gives a value that is not empty its place; what is left, with what of it found none. */
export function give(left: Left, key: string, value: unknown, place: Place, draft: Draft, path?: string): Left {
  const isSecret = !draft.tellsEmails && typeof value === 'string' && hasEmail(value);
  const verdict = place(key, isSecret ? undefined : value, draft);
  if (verdict === 'taken') return left;
  // What `sift` would find out of a text once more.
  const isPlain = verdict === 'kept' && typeof value === 'string' && !isSecret && kindOf(key) === 'plain';
  return add(left, key, isPlain ? value : restOf(key, value, verdict, isSecret, draft, path));
}

/** The same with a value that found no place, unless it is empty or may not be told. */
export function keep(left: Left, key: string, value: unknown, draft: Draft, path?: string): Left {
  if (value === null || value === undefined || value === '') return left;
  return add(left, key, draft.sieve.sift(plain(value), key, path));
}

export function add(left: Left, key: string, kept: unknown): Left {
  if (kept === undefined) return left;
  const target = left ?? {};
  if (key === '__proto__') set(target, key, kept);
  else target[key] = kept;
  return target;
}

function restOf(
  key: string,
  value: unknown,
  verdict: Verdict,
  isSecret: boolean,
  draft: Draft,
  path: string | undefined,
): unknown {
  if (typeof verdict === 'function' || typeof verdict === 'object') return restOfPart(key, value, verdict, draft, path);
  const { content, emails } = draft.sieve.included;
  switch (verdict) {
    case 'content':
      return content ? draft.sieve.sift(plain(value), key, path) : draft.omit(pathOf(path, key));
    case 'hidden':
      return content ? draft.sieve.sift(plain(value), key, path) : draft.omit(pathOf(path, '*'));
    case 'message':
      if (!content || isSecret) return draft.omit(pathOf(path, key));
      if (typeof value !== 'string' || draft.document.message !== undefined) return draft.sieve.sift(value, key, path);
      draft.document.message = value;
      return undefined;
    case 'email':
      if (!emails) return draft.omit(pathOf(path, key));
      draft.related(value);
      return draft.sieve.sift(plain(value), key, path);
    default:
      return draft.sieve.sift(plain(value), key, path);
  }
}

/** Of an object, or of each in a list. Anything else is not what the place was made for. */
export function restOfPart(key: string, value: unknown, place: Place | Part, draft: Draft, path?: string): unknown {
  if (typeof value !== 'object' || value === null) return draft.sieve.sift(value, key, path);
  if (!Array.isArray(value)) return restOfObject(value, place, draft, pathOf(path, key));
  const kept: unknown[] = [];
  for (const [index, item] of value.entries()) {
    const left: unknown =
      typeof item === 'object' && item !== null && !Array.isArray(item)
        ? restOfObject(item, place, draft, pathOf(path, `${key}.${index}`))
        : draft.sieve.sift(plain(item), `${index}`, pathOf(path, key));
    if (left !== undefined) kept.push(left);
  }
  return kept.length > 0 ? kept : undefined;
}

function restOfObject(object: object, place: Place | Part, draft: Draft, path: string): Left {
  const values = ownValues(object);
  return typeof place === 'function' ? rest(values, place, draft, path) : place.rest(values, draft, path);
}

/** What JSON cannot hold, where somebody made the record himself. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
