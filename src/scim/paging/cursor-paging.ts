import type { FetchedPage, FetchPage, PageRequest, Paging, Step } from './page.js';

/** Pages in a row that hold rows and none that is new. */
const repeatsAllowed = 3;

/**
 * Follows `nextCursor` until a page has none (RFC 9865 §2.1). An empty page is not the end. Circles are noticed by Brent's
 * method, which remembers one cursor and not all of them.
 */
export class CursorPaging implements Paging {
  // Cursors hold their place: a page that was promised exists, totals decide nothing, and no page can be foretold.
  readonly mayBePastTheEnd = false;
  readonly pageNotThere: FetchedPage<never> = { rows: [] };
  readonly total = undefined;
  readonly hasDrifted = false;
  readonly predictable = undefined;
  readonly rowsOfFirstPage = undefined;

  readonly #count: number;
  #landmark: string | undefined;
  #stepsSinceLandmark = 0;
  #stepsToNextLandmark = 1;
  #repeats = 0;

  constructor({ count, cursor }: PageRequest) {
    this.#count = count;
    this.#landmark = cursor;
  }

  byCursor(): Paging {
    return this;
  }

  after({ rows, nextCursor: cursor }: FetchedPage<unknown>, freshRows: number): Step {
    if (cursor === undefined) return { stop: 'end' };
    if (freshRows > 0) this.#repeats = 0;
    else if (rows.length > 0) this.#repeats += 1;
    // Round in circles, by the same cursors or by new ones.
    if (cursor === this.#landmark || this.#repeats === repeatsAllowed) return { stop: 'stalled' };
    this.#stepsSinceLandmark += 1;
    if (this.#stepsSinceLandmark === this.#stepsToNextLandmark) {
      this.#landmark = cursor;
      this.#stepsSinceLandmark = 0;
      this.#stepsToNextLandmark *= 2;
    }
    return { next: { cursor, count: this.#count } };
  }
}

/**
 * Whether a server that only ever gives its first page does so because it pages by cursor (RFC 9865) and that page is
 * all it has: asked for half of it, such a server must say where to go on.
 */
export async function pagesByCursor(
  fetchPage: FetchPage<unknown>,
  rows: number,
  isRefusal: (error: unknown) => boolean,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const count = Math.floor(rows / 2);
  if (count === 0) return false;
  try {
    return (await fetchPage({ cursor: '', count }, signal)).nextCursor !== undefined;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
