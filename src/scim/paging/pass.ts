import { CursorPaging } from './cursor-paging.js';
import { IndexPaging, type IndexPagingRules } from './index-paging.js';
import type { FetchedPage, PageRequest, Paging, ResumePoint, Sight } from './page.js';

/** One way through the list; a second begins where the first missed rows or lost its cursor. */
export class Pass {
  request: PageRequest;
  /** Where it began. */
  readonly startIndex: number | undefined;
  paging: Paging;
  /** Ids met on this way. */
  readonly seen: Set<string>;
  /** Id of the last row used. */
  lastId: string | undefined;
  /** The total that the first page told. */
  firstTotal: number | undefined;
  /** Whether the first page says that it begins behind the first row: rows before it may be missing, or the server counts oddly. */
  beginsLate: boolean | undefined;
  /** Ids of the page fetched last, used or not. */
  #fetched: readonly string[] = [];

  constructor(place: ResumePoint, seen: Set<string>, rules: IndexPagingRules) {
    this.request = place;
    this.startIndex = place.startIndex;
    this.paging = place.cursor === undefined ? new IndexPaging(place, rules) : new CursorPaging(place);
    this.seen = seen;
  }

  /** What is new in a page, and what it shares with those before. */
  look<Row>({ rows, totalResults, startIndex }: FetchedPage<Row>, idOf: (row: Row) => string): Sight {
    const { seen, lastId } = this;
    const before = this.#fetched;
    const ids: string[] = [];
    const fresh = new Set<string>();
    let known = 0;
    let isRepeat = rows.length === before.length;
    for (const row of rows) {
      const id = idOf(row);
      isRepeat &&= id === before[ids.length];
      ids.push(id);
      if (seen.has(id)) known += 1;
      else fresh.add(id);
    }
    this.#fetched = ids;
    this.firstTotal ??= totalResults;
    this.beginsLate ??= this.startIndex === 1 && startIndex !== undefined && startIndex > 1;
    return {
      fresh: fresh.size,
      known,
      beginsWithLastRow: lastId !== undefined && ids[0] === lastId,
      isRepeat,
    };
  }
}
