import type { FetchedPage, PageRequest, Paging, Sight, Step } from './page.js';

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
  readonly countsWholePages = undefined;

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
