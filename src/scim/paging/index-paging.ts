import type { FetchedPage, Paging, ResumePoint, Step } from './page.js';

/**
 * Walks by `startIndex`, advancing by the rows received (RFC 7644 §3.4.2.4).
 *
 * A total is believed only when the first page does not reach it: some servers report the page, or the rows so far, as the
 * total. Without a believable total the walk goes on until a page is empty or brings nothing new.
 */
export class IndexPaging implements Paging {
  readonly count: number;
  /** Rows of the first page, the step of a walk in which every page is full. */
  stride = 0;
  /** Pages in a row that confirmed the total and the stride. */
  confirmations = 0;
  /** Rows moved while rows that had moved before were read again: only a second walk can tell what was missed. */
  moved = false;

  #asked: number;
  #total: number | undefined;
  #believable: boolean;
  /** The first page said nothing of pages and had room left: all there is, by cursors (RFC 9865) that were not needed. */
  #unpaged = false;
  /** Rows below this index may have moved into pages already read; after them the walk goes on at `resumeAt`. */
  #rereading: { readonly until: number; readonly resumeAt: number } | undefined;

  /** Index of the page that was last followed by such a reading. */
  #reread = 0;

  constructor({ count, startIndex = 1, total }: ResumePoint) {
    this.count = count;
    this.#asked = startIndex;
    this.#total = total;
    this.#believable = total !== undefined;
  }

  /** The total, where it can be believed. */
  get total(): number | undefined {
    return this.#believable ? this.#total : undefined;
  }

  /** Whether the page asked for last may lie past the end, where servers answer with errors; for some that is row 0. */
  get mayBePastTheEnd(): boolean {
    return this.stride > 0 && (!this.#believable || this.#asked >= (this.#total ?? 0));
  }

  /** The page asked for last, where the server says there is none: then there are not as many rows as were believed. */
  get pageNotThere(): FetchedPage<never> {
    const isShort = this.#believable && this.#asked >= 1 && this.#asked <= (this.#total ?? 0);
    return isShort ? { rows: [], totalResults: this.#asked - 1 } : { rows: [] };
  }

  after(page: FetchedPage<unknown>, freshRows: number): Step {
    const rows = page.rows.length;
    const start = this.#asked;
    const lost = this.#believable ? Math.max(0, (this.#total ?? 0) - (page.totalResults ?? Infinity)) : 0;
    this.#note(page, freshRows);

    if (this.#rereading !== undefined) {
      if (lost > 0) this.moved = true;
      const { until, resumeAt } = this.#rereading;
      const next = start + rows;
      if (rows > 0 && next < until) return this.#ask(next);
      this.#rereading = undefined;
      return this.#askUnlessDone(resumeAt);
    }
    if (lost > 0 && start > 1) {
      if (rows === 0 && this.#reread === start) {
        this.moved = true;
        return { stop: 'end' };
      }
      this.#reread = start;
      this.#rereading = { until: start, resumeAt: start + rows };
      return this.#ask(Math.max(1, start - lost));
    }
    if (rows === 0) return { stop: 'end' };
    if (freshRows === 0) return { stop: this.#unpaged ? 'end' : 'stalled' };
    return this.#askUnlessDone(start + rows);
  }

  #note(page: FetchedPage<unknown>, freshRows: number): void {
    const rows = page.rows.length;
    const total = page.totalResults ?? this.#total;
    const asBefore = this.stride > 0 && total === this.#total && rows === this.stride && freshRows === rows;
    this.confirmations = asBefore ? this.confirmations + 1 : 0;
    if (this.stride === 0) {
      this.stride = rows;
      this.#unpaged = total === undefined && page.startIndex === undefined && rows < this.count;
      // A walk that goes on has rows before it: those count too, unless an earlier one believed the total.
      this.#believable ||= total !== undefined && total > Math.max(0, this.#asked - 1) + rows;
    }
    this.#total = total;
  }

  #askUnlessDone(startIndex: number): Step {
    // Exactly the total: done. More rows than the total: the total was wrong, so go on.
    return this.#believable && startIndex - 1 === this.#total ? { stop: 'end' } : this.#ask(startIndex);
  }

  #ask(startIndex: number): Step {
    this.#asked = startIndex;
    return { next: { startIndex, count: this.count } };
  }
}
