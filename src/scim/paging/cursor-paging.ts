import type { FetchedPage, FetchPage, PageRequest, Paging, Sight, Step } from './page.js';

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
  readonly resumeAt = undefined;
  readonly countsWholePages = false;

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

  after({ rows, nextCursor: cursor }: FetchedPage<unknown>, { fresh }: Sight): Step {
    if (cursor === undefined) return { stop: 'end' };
    if (fresh > 0) this.#repeats = 0;
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
 * Whether a first page that comes again, whatever is asked for, is all there is. Asked for the page
 * behind a full one, a server that counts in whole pages has nothing. Asked for half of it, a server that
 * pages by cursor (RFC 9865) must say where to go on; one with a total of its own must keep to it.
 */
export async function isWholeList(
  fetchPage: FetchPage<unknown>,
  page: {
    readonly rows: number;
    readonly totalResults: number | undefined;
    readonly startIndex: number | undefined;
    readonly count: number;
  },
  isRefusal: (error: unknown) => boolean,
): Promise<boolean> {
  const { rows, totalResults, startIndex, count } = page;
  try {
    if (rows === 1) {
      // Nobody makes pages of one row for whoever asks for more.
      return totalResults === 1 && (count > 1 || (await fetchPage({ startIndex: 1, count: 2 })).rows.length === 1);
    }
    const half = Math.floor(rows / 2);
    if (half === 0) return false;
    const isPaged = totalResults !== undefined || startIndex !== undefined;
    if (isPaged && rows < count && (await fetchPage({ startIndex: count + 1, count })).rows.length === 0) return true;
    if (totalResults === undefined) {
      return startIndex === undefined && (await fetchPage({ cursor: '', count: half })).nextCursor !== undefined;
    }
    const answer = await fetchPage({ startIndex: 1, count: half });
    return answer.rows.length <= half && answer.totalResults === rows;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
