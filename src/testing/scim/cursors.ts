import type { Random } from '../random.js';
import { ScimRefusal } from './answer.js';

/** A walk through a result that was fixed when it began. */
interface Walk<T> {
  readonly query: string;
  readonly items: readonly T[];
  readonly offset: number;
  readonly expiresAt: number;
}

/** Cursors of RFC 9865: each names a place in a result, for one query, for a while. */
export class CursorStore<T> {
  readonly #walks = new Map<string, Walk<T>>();
  readonly #random: Random;
  readonly #now: () => number;
  readonly #timeoutMs: number;
  readonly #type: 'text' | 'number';

  constructor(random: Random, now: () => number, timeoutSeconds: number, type: 'text' | 'number') {
    this.#random = random;
    this.#now = now;
    this.#timeoutMs = timeoutSeconds * 1000;
    this.#type = type;
  }

  /** The page a cursor names; the first one for an empty cursor, of the items `find` gives. */
  page(cursor: string, query: string, count: number, find: () => readonly T[]) {
    const walk = cursor === '' ? undefined : this.#resume(cursor, query);
    const items = walk?.items ?? find();
    const offset = walk?.offset ?? 0;
    const end = offset + count;
    const previous = Math.max(0, offset - count);
    return {
      items: items.slice(offset, end),
      total: items.length,
      nextCursor: end < items.length ? this.#name(query, items, end) : undefined,
      previousCursor: offset > 0 ? this.#name(query, items, previous) : undefined,
    };
  }

  clear(): void {
    this.#walks.clear();
  }

  #resume(cursor: string, query: string): Walk<T> {
    const walk = this.#walks.get(cursor);
    if (walk === undefined) throw new ScimRefusal(400, 'Unknown cursor.', 'invalidCursor');
    if (this.#now() > walk.expiresAt) throw new ScimRefusal(400, 'The cursor has expired.', 'expiredCursor');
    if (walk.query === query) return walk;
    const onlyCountDiffers = withoutCount(walk.query) === withoutCount(query);
    if (onlyCountDiffers) throw new ScimRefusal(400, "'count' must be the same for every page.", 'invalidCount');
    throw new ScimRefusal(400, 'The cursor belongs to another query.', 'invalidCursor');
  }

  #name(query: string, items: readonly T[], offset: number): string {
    this.#forgetOld();
    const cursor = this.#type === 'text' ? this.#random.text(24) : String(this.#random.integer(1, 2 ** 31));
    this.#walks.set(cursor, { query, items, offset, expiresAt: this.#now() + this.#timeoutMs });
    return cursor;
  }

  // A cursor that has expired is remembered for a while, to say so. Oldest first, as a Map keeps them.
  #forgetOld(): void {
    for (const [cursor, { expiresAt }] of this.#walks) {
      if (expiresAt + this.#timeoutMs > this.#now()) return;
      this.#walks.delete(cursor);
    }
  }
}

function withoutCount(query: string): string {
  return JSON.stringify({ ...JSON.parse(query), count: undefined });
}
