import { add, hasEmail, kindOf, type Left, pathOf } from '../sensitive.js';
import type { Draft } from './draft.js';

/**
 * What becomes of a value: it was given its field (`taken`), it stays under its own name unless that, or an address in it, says
 * that it may not be told (`kept`), it is left out unless asked for (`content`; `message`, which has a field; `hidden`, of which
 * the name may tell too; `email`), or what is in it is looked at one by one.
 */
export type Verdict = 'taken' | 'kept' | 'content' | 'message' | 'hidden' | 'email' | Part;

/**
 * Gives a value of a record its field. A text with an address that may not be told comes as `undefined`: it is taken nowhere,
 * and still known by its name.
 */
export type Give = (value: unknown, draft: Draft) => Verdict;

/** The action in a record, which has its field already. */
export const actionTaken: Give = (value, draft) =>
  value !== undefined && value === draft.document.event.action ? 'taken' : 'kept';

/** What becomes of the values of an object, by their names: worked out once for each name. */
export class Places implements Part {
  // `plain` is kept by a name that says nothing.
  readonly #entries: Map<string, Verdict | Give | 'plain'>;
  readonly #others: Verdict;
  #room = 100;

  constructor(entries: Readonly<Record<string, Verdict | Give>>, others: Verdict = 'kept') {
    this.#entries = new Map(Object.entries(entries));
    this.#others = others;
  }

  /** What of an object found no place, without what is empty; `undefined` where nothing is left. */
  rest(values: Readonly<Record<string, unknown>>, draft: Draft, path?: string): Left {
    let left: Left;
    for (const key in values) {
      const value = values[key];
      if (value !== null && value !== undefined && value !== '') left = give(left, key, value, this, draft, path);
    }
    return left;
  }

  at(key: string): Verdict | Give | 'plain' {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    if (this.#others !== 'kept' || kindOf(key) !== 'plain') return this.#others;
    // Made-up names do not fill the memory.
    if (this.#room > 0 && key.length < 60) {
      this.#room -= 1;
      this.#entries.set(key, 'plain');
    }
    return 'plain';
  }
}

/** An object that nearly every record has: gives its values their fields itself, and gives back what found none. */
export interface Part {
  readonly rest: (values: Readonly<Record<string, unknown>>, draft: Draft, path: string) => Left;
}

/** Gives a value that is not empty its place; what is left, with what of it found none. */
export function give(left: Left, key: string, value: unknown, places: Places, draft: Draft, path?: string): Left {
  const entry = places.at(key);
  if (!draft.tellsContent && (entry === 'content' || entry === 'message')) {
    draft.omit(pathOf(path, key));
    return left;
  }
  const isText = typeof value === 'string';
  const isSecret = isText && !draft.tellsEmails && hasEmail(value);
  if (entry === 'plain' && isText && !isSecret) return add(left, key, value);
  const verdict = typeof entry === 'function' ? entry(isSecret ? undefined : value, draft) : entry;
  if (typeof verdict === 'object') return add(left, key, restOfPart(key, value, verdict, draft, path));
  if (verdict === 'taken') return left;
  // What `sift` would find out of a text once more.
  if (verdict === 'kept' && isText && !isSecret && kindOf(key) === 'plain') return add(left, key, value);
  return add(left, key, restOf(key, value, verdict, isSecret, draft, path));
}

/** The same with a value that found no place, unless it is empty or may not be told. */
export function keep(left: Left, key: string, value: unknown, draft: Draft, path?: string): Left {
  if (value === null || value === undefined || value === '') return left;
  return add(left, key, draft.sieve.sift(plain(value), key, path));
}

function restOf(
  key: string,
  value: unknown,
  verdict: Exclude<Verdict, object> | 'plain',
  isSecret: boolean,
  draft: Draft,
  path: string | undefined,
): unknown {
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
export function restOfPart(key: string, value: unknown, place: Part, draft: Draft, path?: string): unknown {
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

function restOfObject(object: object, place: Part, draft: Draft, path: string): Left {
  const values = draft.sieve.own(object);
  return place.rest(values, draft, path);
}

/** What JSON cannot hold, where somebody made the record himself. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
