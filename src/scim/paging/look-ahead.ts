import { tracedFromHere } from '../../errors/sdk-error.js';
import type { FetchedPage, FetchPage, PageRequest } from './page.js';

/** Asks for the next pages before they are wanted, a bounded number at a time, and hands them out in order. */
export class PageLookahead<Row> {
  readonly #fetchPage: FetchPage<Row>;
  readonly #depth: number;
  readonly #signal: AbortSignal | undefined;
  readonly #pages = new Map<number, Promise<FetchedPage<Row>>>();
  #controller = new AbortController();

  constructor(fetchPage: FetchPage<Row>, depth: number, signal: AbortSignal | undefined) {
    this.#fetchPage = fetchPage;
    this.#depth = depth;
    this.#signal = signal;
  }

  /** Brings a page: the one under way, where there is one. */
  async read(request: PageRequest): Promise<FetchedPage<Row>> {
    const page = this.#pages.get(request.startIndex ?? 0);
    if (page === undefined) {
      // The walk went elsewhere: what is under way was guessed wrong.
      this.clear();
      return await this.#fetchPage(request, this.#signal);
    }
    this.#pages.delete(request.startIndex ?? 0);
    try {
      return await page;
    } catch (failure) {
      throw tracedFromHere(failure);
    }
  }

  /** Asks for the pages from `next` on, at `stride` rows each, as far as the depth and the total allow. */
  fill(next: PageRequest, stride: number, total: number): void {
    for (let ahead = 0; ahead < this.#depth; ahead += 1) {
      const startIndex = (next.startIndex ?? 1) + ahead * stride;
      if (startIndex > total || this.#pages.has(startIndex)) continue;
      const controller = this.#controller;
      const signal = this.#signal ? AbortSignal.any([this.#signal, controller.signal]) : controller.signal;
      const page = this.#fetchPage({ startIndex, count: next.count }, signal);
      // A page that is never read may fail without anyone listening.
      page.catch(() => {});
      this.#pages.set(startIndex, page);
    }
  }

  clear(): void {
    if (this.#pages.size === 0) return;
    this.#pages.clear();
    this.#controller.abort();
    this.#controller = new AbortController();
  }
}
