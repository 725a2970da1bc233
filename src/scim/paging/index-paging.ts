import { CursorPaging } from './cursor-paging.js';
import type { FetchedPage, Paging, ResumePoint, Step } from './page.js';

/**
 * Walks by `startIndex`, advancing by the rows received (RFC 7644 §3.4.2.4).
 *
 * A total is believed only when the first page does not reach it: some servers report the page, or the rows so far, as the
 * total. Without one the walk goes on until a page is empty or brings nothing new. Where the total shrinks during the
 * walk, as many rows may have moved up into pages already read, which are read again.
 */
export class IndexPaging implements Paging {
  hasDrifted = false;

  readonly #count: number;
  #asked: number;
  #total: number | undefined;
  #isTotalBelievable: boolean;
  /** Rows of the first page, the step of a walk in which every page is full. */
  #stride = 0;
  /** Pages in a row that confirmed the total and the stride. */
  #confirmations = 0;
  /** The first page said nothing of pages and had room left: it is all there is. */
  #unpaged = false;
  /** Rows below `until` may have moved into pages already read; after them the walk goes on at `resumeAt`. */
  #rereading: { readonly until: number; readonly resumeAt: number } | undefined;
  /** Index of the page that was last followed by such a reading. */
  #reread = 0;

  constructor({ count, startIndex = 1, total }: ResumePoint) {
    this.#count = count;
    this.#asked = startIndex;
    this.#total = total;
    this.#isTotalBelievable = total !== undefined;
  }

  get total(): number | undefined {
    return this.#isTotalBelievable ? this.#total : undefined;
  }

  get rowsOfFirstPage(): number {
    return this.#stride;
  }

  get predictable(): { readonly stride: number; readonly total: number } | undefined {
    const { total } = this;
    return total === undefined || this.#confirmations === 0 ? undefined : { stride: this.#stride, total };
  }

  get mayBePastTheEnd(): boolean {
    // For a server that counts from 1 row 0 is none.
    if (this.#asked === 0) return true;
    return this.#stride > 0 && this.#asked >= (this.total ?? 0);
  }

  /** Then there are not as many rows as were believed. */
  get pageNotThere(): FetchedPage<never> {
    const isShort = this.#asked >= 1 && this.#asked <= (this.total ?? 0);
    return isShort ? { rows: [], totalResults: this.#asked - 1 } : { rows: [] };
  }

  byCursor(): Paging {
    return new CursorPaging({ count: this.#count });
  }

  after(page: FetchedPage<unknown>, freshRows: number): Step {
    const rows = page.rows.length;
    const start = this.#asked;
    // Rows that went since the last page: as many may have moved up.
    const drift = Math.max(0, (this.total ?? 0) - (page.totalResults ?? Infinity));
    this.#note(page, freshRows);

    if (this.#rereading !== undefined) {
      if (drift > 0) this.hasDrifted = true;
      const { until, resumeAt } = this.#rereading;
      const next = start + rows;
      if (rows > 0 && next < until) return this.#ask(next);
      this.#rereading = undefined;
      return this.#askUnlessDone(resumeAt);
    }
    if (drift > 0 && start > 1) {
      if (rows === 0 && this.#reread === start) {
        this.hasDrifted = true;
        return { stop: 'end' };
      }
      this.#reread = start;
      this.#rereading = { until: start, resumeAt: start + rows };
      return this.#ask(Math.max(1, start - drift));
    }
    if (rows === 0) return { stop: 'end' };
    if (freshRows === 0) return { stop: this.#unpaged ? 'end' : 'stalled' };
    return this.#askUnlessDone(start + rows);
  }

  #note(page: FetchedPage<unknown>, freshRows: number): void {
    const rows = page.rows.length;
    const total = page.totalResults ?? this.#total;
    const isAsBefore = this.#stride > 0 && total === this.#total && rows === this.#stride && freshRows === rows;
    this.#confirmations = isAsBefore ? this.#confirmations + 1 : 0;
    if (this.#stride === 0) {
      this.#stride = rows;
      this.#unpaged = total === undefined && page.startIndex === undefined && rows < this.#count;
      // A walk that goes on has rows before it: those count too, unless an earlier one believed the total.
      this.#isTotalBelievable ||= total !== undefined && total > Math.max(0, this.#asked - 1) + rows;
    }
    this.#total = total;
  }

  #askUnlessDone(startIndex: number): Step {
    // Exactly the total: done. More rows than the total: the total was wrong, so go on.
    return this.total === startIndex - 1 ? { stop: 'end' } : this.#ask(startIndex);
  }

  #ask(startIndex: number): Step {
    this.#asked = startIndex;
    return { next: { startIndex, count: this.#count } };
  }
}
