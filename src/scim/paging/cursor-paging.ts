import type { FetchedPage, PageRequest, Paging, Step } from './page-request.js';

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

  constructor(request: PageRequest) {
    this.count = request.count;
    this.#landmark = request.cursor;
  }

  after(page: FetchedPage<unknown>): Step {
    const cursor = page.nextCursor;
    if (cursor === undefined) return { stop: 'end' };
    if (cursor === this.#landmark) return { stop: 'stalled' };
    this.#stepsSinceLandmark += 1;
    if (this.#stepsSinceLandmark === this.#stepsToNextLandmark) {
      this.#landmark = cursor;
      this.#stepsSinceLandmark = 0;
      this.#stepsToNextLandmark *= 2;
    }
    return { next: { cursor, count: this.count } };
  }
}
