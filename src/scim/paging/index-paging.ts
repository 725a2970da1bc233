import { CursorPaging } from './cursor-paging.js';
import { type FetchedPage, type Paging, type ResumePoint, rowsOfEvidence, type Sight, type Step } from './page.js';

const searchesAllowed = 3;

/**
 * What a page is asked for: the first one; one behind the last row; one that begins with the last row; whether anything
 * lies behind a first page that is its own total, or behind a total that was reached; what an overlap that did not fit means;
 * where the rows went that moved.
 */
type Aim = 'first' | 'plain' | 'overlap' | 'probe' | 'past_total' | 'question' | 'search';

export interface IndexPagingRules {
  /** Whether the server is known to count in whole pages, or in rows. */
  readonly countsWholePages: boolean | undefined;
  /** Whether to look for rows behind a total that was reached: some stop counting at a limit. */
  readonly asksPastTotal: boolean;
}

/**
 * Walks by `startIndex`, advancing by the rows received (RFC 7644 §3.4.2.4), each page beginning with the last row of the
 * one before. A page that holds a row already met leaves no gap, whatever came and went: in an order that stays, all that
 * stood before that row was met too. A page that holds none is not used, and the walk goes back to where it holds one.
 *
 * Servers that count in whole pages, `(startIndex - 1) / count`, answer an overlap with the page before. They are known
 * by the next request (with short pages by the next few), and read without: there a total that falls is the only sign, after
 * which as many rows as went are read again. One that was seen to count rows is never taken for one of them.
 *
 * A total is believed only when the first page does not reach it: some servers report the page, or the rows so far, as the
 * total. Without one the walk goes on until there is nothing behind the last row.
 */
export class IndexPaging implements Paging {
  hasDrifted = false;
  /** The step of a walk in which every page is full. */
  rowsOfFirstPage = 0;
  countsWholePages: boolean | undefined;

  readonly #count: number;
  readonly #asksPastTotal: boolean;
  #asked: number;
  #aim: Aim = 'first';
  /** Index of the last row that was used. */
  #last: number;
  #total: number | undefined;
  #isTotalBelievable: boolean;
  /** Pages in a row that confirmed the total and the rows of each. */
  #confirmations = 0;
  /** Rows of overlaps that only a server shows that counts rows. */
  #rowsCounted = 0;
  /** The first page said nothing of pages and had room left: it is all there is. */
  #unpaged = false;
  #probed: 'nothing' | 'the_same' | undefined;
  #overlap: 'last_row' | 'known_rows' | 'strangers' = 'strangers';
  /** That overlap was the page before it once more, under the total believed: nothing moved. */
  #isQuiet = false;
  /** Searches since there was a new row, and in all. */
  #searches = 0;
  #allSearches = 0;
  #distance = 0;
  /** Without overlap: rows below `until` may have moved into pages already read; after them the walk goes on. */
  #rereading: { readonly until: number; readonly resumeAt: number } | undefined;
  /** Index of the page that was last followed by such a reading. */
  #reread = 0;

  constructor({ count, startIndex = 1, total }: ResumePoint, { countsWholePages, asksPastTotal }: IndexPagingRules) {
    this.#count = count;
    this.#asksPastTotal = asksPastTotal;
    this.#asked = startIndex;
    this.#last = startIndex - 1;
    this.#total = total;
    this.#isTotalBelievable = total !== undefined;
    this.countsWholePages = countsWholePages;
  }

  get total(): number | undefined {
    return this.#isTotalBelievable ? this.#total : undefined;
  }

  get resumeAt(): number | undefined {
    return this.#aim === 'search' || this.#rereading !== undefined ? undefined : this.#last + 1;
  }

  get predictable(): { readonly stride: number; readonly total: number } | undefined {
    const { total } = this;
    if (total === undefined || this.#confirmations === 0) return undefined;
    if (this.#aim === 'overlap') return { stride: this.rowsOfFirstPage - 1, total: total - 1 };
    return this.#aim === 'plain' ? { stride: this.rowsOfFirstPage, total } : undefined;
  }

  get mayBePastTheEnd(): boolean {
    // For a server that counts from 1 row 0 is none.
    return this.#asked === 0 || (this.rowsOfFirstPage > 0 && this.#asked >= (this.total ?? 0));
  }

  /** Then there are not as many rows as were believed. */
  get pageNotThere(): FetchedPage<never> {
    if (this.#aim === 'probe') return { rows: [], totalResults: this.#last };
    const isShort = this.#aim !== 'question' && this.#asked >= 1 && this.#asked <= (this.total ?? 0);
    return isShort ? { rows: [], totalResults: this.#asked - 1 } : { rows: [] };
  }

  byCursor(): Paging {
    return new CursorPaging({ count: this.#count });
  }

  after(page: FetchedPage<unknown>, sight: Sight): Step {
    switch (this.#aim) {
      case 'first':
      case 'plain':
        return this.#afterPlain(page, sight);
      case 'probe':
        return this.#afterProbe(page, sight);
      case 'past_total':
        return this.#afterPastTotal(page, sight);
      case 'overlap':
        return this.#afterOverlap(page, sight);
      case 'question':
        return this.#afterQuestion(page, sight);
      case 'search':
        return this.#afterSearch(page, sight);
    }
  }

  #afterPlain(page: FetchedPage<unknown>, sight: Sight): Step {
    const rows = page.rows.length;
    const start = this.#asked;
    // Rows that went since the last page: as many may have moved up.
    const drift = this.#driftOf(page);
    this.#note(page, sight);

    if (this.#rereading !== undefined) {
      if (drift > 0) this.hasDrifted = true;
      const { until, resumeAt } = this.#rereading;
      // Rows stood there: a list that was told to be empty, and then to be so again, is no list yet.
      if (rows === 0) this.hasDrifted = true;
      if (rows > 0 && start + rows < until) return this.#ask(start + rows, 'plain');
      this.#rereading = undefined;
      this.#last = resumeAt - 1;
      return this.#goOn();
    }
    if (drift > 0 && start > 1) {
      if (rows === 0 && this.#reread === start) {
        this.hasDrifted = true;
        return { stop: 'end' };
      }
      this.#reread = start;
      this.#rereading = { until: start, resumeAt: start + rows };
      const moved = Math.max(1, start - drift);
      // A whole page may begin before the row that is wanted.
      const placeInPage = this.countsWholePages ? (moved - 1) % Math.max(1, this.rowsOfFirstPage) : 0;
      return this.#ask(moved - placeInPage, 'plain');
    }
    if (rows === 0) return { stop: 'end' };
    // A walk that goes on may find the last row alone.
    if (sight.fresh === 0 && this.#aim !== 'first') {
      // Behind the rows of a whole page that is not full, an index still means that page.
      const isSamePage = this.countsWholePages && sight.isRepeat && rows < this.rowsOfFirstPage;
      return { stop: this.#unpaged || isSamePage ? 'end' : 'stalled' };
    }
    this.#last = start + rows - 1;
    return this.#goOn();
  }

  #afterProbe(page: FetchedPage<unknown>, sight: Sight): Step {
    if (page.rows.length === 0) {
      if (this.#unpaged || page.totalResults === this.#last) return { stop: 'end' };
      this.#probed = 'nothing';
    } else if (sight.isRepeat) {
      // Then it may page by cursor, or be cut at a size, which another request tells better than an overlap.
      if (this.#total === undefined && page.startIndex === undefined) return { stop: 'stalled' };
      this.#probed = 'the_same';
    } else if (sight.known > 0) {
      return this.#use(page, sight);
    }
    return this.#ask(this.#last, 'overlap', true);
  }

  #afterPastTotal(page: FetchedPage<unknown>, sight: Sight): Step {
    if (sight.fresh === 0) return { stop: 'end' };
    this.#isTotalBelievable = false;
    return this.#use(page, sight);
  }

  #afterOverlap(page: FetchedPage<unknown>, sight: Sight): Step {
    if (page.rows.length === 0) return this.#search(page, sight);
    if (sight.known > 0 && sight.fresh > 0) {
      if (sight.beginsWithLastRow && sight.known === 1) this.#rowsCounted += page.rows.length;
      if (this.#rowsCounted >= rowsOfEvidence) this.countsWholePages ??= false;
      return this.#use(page, sight);
    }
    const isLastRow = sight.beginsWithLastRow && page.rows.length === 1;
    this.#overlap = sight.known === 0 ? 'strangers' : isLastRow ? 'last_row' : 'known_rows';
    if (this.#overlap !== 'strangers' && this.#probed !== undefined) {
      const isRepeating = this.#probed === 'the_same' && this.#overlap === 'known_rows';
      return { stop: isRepeating ? 'stalled' : 'end' };
    }
    this.#isQuiet = sight.isRepeat && this.total !== undefined && page.totalResults === this.total;
    return this.#ask(this.#last + 1, 'question', true);
  }

  #afterQuestion(page: FetchedPage<unknown>, sight: Sight): Step {
    const overlap = this.#overlap;
    const isNothing = page.rows.length === 0;
    if (overlap === 'strangers') {
      // One row further is the same page: twice, since rows may have moved by one meanwhile.
      const isSure = !isNothing && sight.isRepeat && this.#isInWholePages(this.#searches);
      return isSure ? this.#use(page, sight) : this.#search(page, sight);
    }
    // What went since may have drawn those behind it into the page that was met.
    const mayHaveMovedUp = overlap === 'known_rows' && this.#driftOf(page) > 0;
    if (isNothing) return mayHaveMovedUp ? this.#search(page, sight) : { stop: 'end' };
    if (sight.isRepeat && overlap === 'known_rows') {
      // Once past the first page the server is known to move on: then the rows did.
      const mayHaveMoved = this.#last > this.rowsOfFirstPage && this.#searches < searchesAllowed;
      return mayHaveMoved ? this.#search(page, sight) : { stop: 'stalled' };
    }
    if (sight.fresh === 0) {
      // Behind the last row of all some servers begin again. Else rows came in before it.
      if (overlap === 'last_row') return { stop: 'end' };
      this.#searches += 1;
      if (this.#searches > searchesAllowed) return { stop: 'stalled' };
    } else if (overlap === 'known_rows' && sight.known === 0) {
      const isQuiet = this.#isQuiet && page.totalResults === this.total;
      if (!this.#isInWholePages(this.#searches + (isQuiet ? 1 : 0))) return this.#search(page, sight);
    }
    return this.#use(page, sight);
  }

  /** Takes note that the server counts in whole pages, once it was seen often enough not to be rows that moved. */
  #isInWholePages(times: number): boolean {
    if (times * this.rowsOfFirstPage >= rowsOfEvidence) this.countsWholePages ??= true;
    return this.countsWholePages === true;
  }

  /** Goes back to where a row is that was met, since the page asked for has none. */
  #search(page: FetchedPage<unknown>, sight: Sight): Step {
    this.#searches += 1;
    this.#allSearches += 1;
    const pages = (this.#total ?? this.#last) / this.rowsOfFirstPage;
    if (this.#searches > searchesAllowed || this.#allSearches > 10 + pages) {
      this.hasDrifted = true;
      return sight.fresh === 0 ? { stop: 'end' } : this.#use(page, sight);
    }
    this.#distance = this.#driftOf(page) || Math.max(1, this.rowsOfFirstPage - 1);
    return this.#ask(Math.max(1, this.#last - this.#distance), 'search', true);
  }

  #afterSearch(page: FetchedPage<unknown>, sight: Sight): Step {
    const isFound = sight.known > 0 || this.#asked <= 1;
    // Nothing is left of the rows that were met: either all went, or pages that say so are wrong.
    if (isFound && page.rows.length === 0) this.hasDrifted = true;
    if (isFound) return page.rows.length === 0 ? { stop: 'end' } : this.#use(page, sight);
    this.#distance *= 2;
    return this.#ask(Math.max(1, this.#last - this.#distance), 'search', true);
  }

  #use(page: FetchedPage<unknown>, sight: Sight): Step {
    this.#note(page, sight);
    if (sight.fresh > 0) this.#searches = 0;
    this.#probed = undefined;
    this.#last = this.#asked + page.rows.length - 1;
    return this.#goOn();
  }

  #goOn(): Step {
    const next = this.#last + 1;
    // Exactly the total: done. More rows than the total: the total was wrong, so go on.
    if (this.total === this.#last) return this.#asksPastTotal ? this.#ask(next, 'past_total') : { stop: 'end' };
    // Of pages of one row nothing can overlap.
    const canOverlap = this.rowsOfFirstPage > 1 || (this.#aim === 'first' && this.#last > 1);
    if (this.countsWholePages || !canOverlap) return this.#ask(next, 'plain');
    if (this.#aim === 'first' && this.total === undefined) return this.#ask(next, 'probe');
    return this.#ask(this.#last, 'overlap');
  }

  #driftOf({ totalResults = Infinity }: FetchedPage<unknown>): number {
    return Math.max(0, (this.total ?? 0) - totalResults);
  }

  #note(page: FetchedPage<unknown>, { fresh }: Sight): void {
    const rows = page.rows.length;
    const total = page.totalResults ?? this.#total;
    const expected = this.#aim === 'overlap' ? rows - 1 : rows;
    const isAsBefore = rows > 0 && rows === this.rowsOfFirstPage && total === this.#total && fresh === expected;
    this.#confirmations = isAsBefore ? this.#confirmations + 1 : 0;
    if (this.rowsOfFirstPage === 0) {
      this.rowsOfFirstPage = rows;
      this.#unpaged = this.#asked <= 1 && total === undefined && page.startIndex === undefined && rows < this.#count;
      // A walk that goes on has rows before it: those count too, unless an earlier one believed the total.
      this.#isTotalBelievable ||= total !== undefined && total > Math.max(0, this.#asked - 1) + rows;
    }
    this.#total = total;
  }

  #ask(startIndex: number, aim: Aim, isUnused = false): Step {
    this.#asked = startIndex;
    this.#aim = aim;
    return { next: { startIndex, count: this.#count }, ...(isUnused && { isUnused }) };
  }
}
