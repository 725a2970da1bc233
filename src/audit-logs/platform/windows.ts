import { IncompleteListError } from '../../errors/response-errors.js';
import { isVanished, nothingNew, type PlatformPage, type PlatformRow } from './page.js';

// The list runs from now into the past, and so does its cursor: who delivers what it shows as it comes, or stops in the middle,
// leaves out what is older. So it is read in stretches of time, from old to new, each to its end, before any of it is delivered.

/** An event with its second. */
export type PlacedRow = PlatformRow & { readonly second: number };

/** Asks for a page of the events from one second on, up to another one that is left out; behind that cursor. */
export type AskForEvents = (range: {
  readonly from: number;
  /** Infinite for all that there is. */
  readonly to: number;
  readonly cursor: string | undefined;
  /** Throws where a page cannot be right: it is then asked for again, as after a failure. */
  readonly check?: ((page: PlatformPage) => void) | undefined;
}) => Promise<PlatformPage>;

interface WindowsPlan {
  readonly ask: AskForEvents;
  readonly route: string;
  readonly from: number;
  readonly to: number;
  /** Told when a window is not newest first, as often as it is so. It is read all the same. */
  readonly onDisorder?: (() => void) | undefined;
}

/** So much is held in memory of a stretch of time; a longer one is halved, down to a second. At 100 events a page. */
const mostPages = 10;

/** Of one second. A list that goes on for longer makes up its rows. */
const mostPagesOfSecond = 1_000;

/** How often a window is read from its beginning again, when an event vanishes to which a cursor led. */
const mostRestarts = 3;

/** Of a window that was too large: between which seconds there is too much. */
interface TooLarge {
  readonly oldest: number;
  readonly newest: number;
}

/** Reads events from old to new, in windows; those of each are oldest first. */
export class PlatformWindows {
  readonly #plan: WindowsPlan;
  /** Everything before this second was handed out. */
  readTo: number;
  #requests = 0;
  #received = 0;

  constructor(plan: WindowsPlan) {
    this.#plan = plan;
    this.readTo = plan.from;
  }

  async *read(): AsyncGenerator<readonly PlacedRow[], void, undefined> {
    const { to } = this.#plan;
    let length = Number.POSITIVE_INFINITY;
    /** Too much lies from the one second on to the other: nothing is known of what comes after it. */
    let [oldest, top] = [this.readTo, this.readTo];
    while (this.readTo < to) {
      const from = this.readTo;
      const end = Math.min(to, from + length);
      const rows = await this.#readWindow(from, end);
      if ('newest' in rows) {
        top = Math.min(end, Math.max(from, rows.newest) + 1);
        oldest = rows.oldest;
        // Half of where so many were. To be too short costs a request, to be too long ten.
        length = Math.max(1, Math.floor(Math.min(top - from, top - oldest) / 2));
        continue;
      }
      this.#received += rows.length;
      yield rows;
      this.readTo = end;
      if (rows.length < (mostPages * rowsOnPage) / 2) length *= 2;
      if (end + length >= top) {
        length = end > oldest ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor((top - end) / 2));
      }
    }
  }

  async #readWindow(from: number, to: number): Promise<readonly PlacedRow[] | TooLarge> {
    /** What was shown before the window was begun again, and not since. */
    const gone = new Map<string, PlatformRow>();
    for (let restarts = 0; ; restarts += 1) {
      const rows = new Map<string, PlatformRow>();
      try {
        const tooLarge = await this.#readPages(from, to, rows);
        if (tooLarge !== undefined) return tooLarge;
        for (const id of rows.keys()) gone.delete(id);
        return this.#oldestFirst([...rows.values()], [...gone.values()], from, to);
      } catch (error) {
        if (!isVanished(error) || restarts === mostRestarts) throw error;
        for (const [id, row] of rows) gone.set(id, row);
      }
    }
  }

  async #readPages(from: number, to: number, rows: Map<string, PlatformRow>): Promise<TooLarge | undefined> {
    const { ask, route } = this.#plan;
    const check = (page: PlatformPage) => {
      const leadsOn = page.cursor !== undefined && page.rows.some(({ id }) => !rows.has(id));
      if (page.hasMore && !leadsOn) throw nothingNew(route);
    };
    let cursor: string | undefined;
    for (let pages = 1; ; pages += 1) {
      this.#requests += 1;
      const page = await ask({ from, to, cursor, check });
      for (const row of page.rows) if (!rows.has(row.id)) rows.set(row.id, row);
      if (!page.hasMore) return undefined;
      cursor = page.cursor;
      if (pages < mostPages) continue;
      const seconds = [...rows.values()].flatMap(({ second }) => second ?? []);
      // Of what says no time, nobody knows where there is less of it: it is read on, as a single second is.
      if (to > from + 1 && seconds.length > 0) return extremesOf(seconds);
      // There is nothing shorter to ask for; where it shows other seconds too, it takes no range at all.
      const isOfSecond = seconds.every((second) => second === from);
      if (!isOfSecond || pages >= mostPagesOfSecond) throw this.#stuck();
    }
  }

  /** By time. Those of one second are in the order of the list, whichever that is. */
  #oldestFirst(
    rows: readonly PlatformRow[],
    gone: readonly PlatformRow[],
    from: number,
    to: number,
  ): readonly PlacedRow[] {
    let last = rows.find(({ second }) => second !== undefined)?.second ?? from;
    const placed = rows.map((row): PlacedRow => {
      last = row.second ?? last;
      return { ...row, second: last };
    });
    const isNewestFirst = placed.every(({ second }, index) => second <= (placed[index - 1]?.second ?? second));
    if (!isNewestFirst) this.#plan.onDisorder?.();
    const [first, end] = [placed[0], placed.at(-1)];
    const isOldestFirst = !isNewestFirst && first !== undefined && end !== undefined && first.second < end.second;
    return (
      [
        ...(isOldestFirst ? placed : placed.toReversed()),
        ...gone.map((row) => ({ ...row, second: row.second ?? from })),
      ]
        // What was not asked for comes in its own window.
        .filter(({ second }) => second >= from && second < to)
        .sort((one, other) => one.second - other.second)
    );
  }

  #stuck(): IncompleteListError {
    const stuckAt = { method: 'GET', route: this.#plan.route };
    return new IncompleteListError('cursor_stuck', { received: this.#received, requests: this.#requests, stuckAt });
  }
}

function extremesOf(seconds: readonly number[]): TooLarge {
  return seconds.reduce(
    ({ oldest, newest }, second) => ({ oldest: Math.min(oldest, second), newest: Math.max(newest, second) }),
    { oldest: Number.POSITIVE_INFINITY, newest: Number.NEGATIVE_INFINITY },
  );
}

/** The most that the service takes as `limit`. */
export const rowsOnPage = 100;
