import { tracedFromHere } from '../../errors/sdk-error.js';
import { type AbortScope, openAbortScope } from '../../internal/abort.js';
import { yieldToEventLoop } from '../../internal/clock.js';
import type { FetchedPage, FetchPage, PageRequest } from './page.js';

/** Where the pages are that may be asked for ahead. */
interface Forecast {
  readonly stride: number;
  readonly count: number;
  /** Index of the page that comes next. */
  next: number;
  /** Index of the last row that such a page may begin with. */
  last: number;
}

/**
 * Asks for the next pages before they are wanted, a bounded number at a time, and hands them out in order. One that came makes
 * room for another at once, be the reader still busy with an earlier one: twice as many are held at most.
 */
export class PageLookahead<Row> {
  readonly #fetchPage: FetchPage<Row>;
  readonly #depth: number;
  readonly #signal: AbortSignal | undefined;
  readonly #pages = new Map<number, Promise<FetchedPage<Row>>>();
  #forecast: Forecast | undefined;
  #underWay = 0;
  #turn = Promise.resolve();
  #asking: { readonly controller: AbortController; readonly scope: AbortScope } | undefined;

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

  /** Asks for the pages from the next one on, at `stride` rows each, as far as the depth and the total allow. */
  fill({ startIndex = 1, count }: PageRequest, stride: number, total: number): void {
    const known = this.#forecast;
    const goesOn = known?.stride === stride && (known.next === startIndex || this.#pages.has(startIndex));
    const forecast = goesOn ? known : { stride, count, next: startIndex, last: 0 };
    forecast.last = Math.min(total, startIndex + (2 * this.#depth - 1) * stride);
    this.#forecast = forecast;
    this.#ask(forecast);
  }

  #ask(forecast: Forecast): void {
    const asking = this.#open();
    for (; forecast.next <= forecast.last && this.#underWay < this.#depth; forecast.next += forecast.stride) {
      if (this.#pages.has(forecast.next)) continue;
      const request = { startIndex: forecast.next, count: forecast.count };
      let isUnderWay = true;
      const end = () => {
        // Of those before a new start none is counted any more.
        if (isUnderWay && this.#asking === asking) this.#underWay -= 1;
        isUnderWay = false;
      };
      const goOn = () => {
        end();
        if (this.#forecast === forecast) this.#ask(forecast);
      };
      const page = this.#fetchPage(request, asking.scope.signal, () => {
        goOn();
        return this.#takeTurn();
      });
      this.#pages.set(forecast.next, page);
      this.#underWay += 1;
      // A page that is never read may fail without anyone listening. After it no reader may come any more.
      page.then(goOn, end);
    }
  }

  /** Pages that came together are read one a turn: what was asked for then leaves, and what came since makes room, in between. */
  #takeTurn(): Promise<void> {
    this.#turn = this.#turn.then(yieldToEventLoop);
    return this.#turn;
  }

  clear(): void {
    this.#forecast = undefined;
    if (this.#pages.size > 0) this.#asking?.controller.abort();
    this.#asking?.scope.end();
    this.#asking = undefined;
    this.#pages.clear();
    this.#underWay = 0;
  }

  /** One listener for all pages, which comes off the caller's signal again. */
  #open() {
    if (this.#asking !== undefined) return this.#asking;
    const controller = new AbortController();
    this.#asking = { controller, scope: openAbortScope([this.#signal, controller.signal]) };
    return this.#asking;
  }
}
