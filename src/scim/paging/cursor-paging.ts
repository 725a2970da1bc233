import type { FetchedPage, PageRequest, Paging, Step } from './page-request.js';

/** Pages in a row that hold rows and none that is new. */
const repeatsAllowed = 3;

/**
 * Follows `nextCursor` until a page has none (RFC 9865 §2.1). An empty page is not the end.
 *
 * A server that goes round in circles is noticed by Brent's method, which remembers one cursor and not all of them.
 */
export class CursorPaging implements Paging {
  readonly count: number;
  #landmark: string | undefined;
  #stepsSinceLandmark = 0;
  #stepsToNextLandmark = 1;
  #repeats = 0;

  constructor(request: PageRequest) {
    this.count = request.count;
    this.#landmark = request.cursor;
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
    return { next: { cursor, count: this.count } };
  }
}
