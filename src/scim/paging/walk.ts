import { IncompleteListError, type IncompleteListReason } from '../../errors/response-errors.js';
import { has } from '../../internal/json.js';
import { type AskPage, askUnlessRefused, isRowAtZero, isWholeList } from './end-checks.js';
import { PageLookahead } from './look-ahead.js';
import {
  type FetchedPage,
  type FetchPage,
  formatResumeCursor,
  markOf,
  ownPlace,
  type PageRequest,
  type ResumePoint,
  type Sight,
  type Step,
} from './page.js';
import { Pass } from './pass.js';
import { findPlace } from './resume.js';

export interface WalkOptions<Row> {
  readonly from: ResumePoint;
  readonly idOf: (row: Row) => string;
  /** Whether an error may only mean that the page asked for does not exist. */
  readonly isRefusal: (error: unknown) => boolean;
  /** Whether an error means that the cursor no longer works (RFC 9865 §2.1). */
  readonly isExpiredCursor: (error: unknown) => boolean;
  readonly maxPages: number;
  readonly prefetch: number;
  /** To walk again until nothing new comes. */
  readonly isProven?: boolean | undefined;
  /** Whether to look for a row before the first, on a server that may count from 0. @default true */
  readonly looksBeforeFirst?: boolean | undefined;
  /** What is known of the server, and learned. */
  readonly knowledge: { countsWholePages: boolean | undefined; countsFromOne: boolean };
  readonly onIncomplete?: ((verdict: IncompleteListError) => unknown) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A page of rows not seen before, and where to go on. */
export interface WalkedPage<Row> extends FetchedPage<Row> {
  /** Where to go on after this page; `undefined` on the last one. */
  readonly resumeCursor: string | undefined;
}

/**
 * Walks a list to its end, page by page, each row once, and remembers only the ids seen.
 *
 * @throws IncompleteListError after the last page, when rows are or may be missing.
 */
export function walkPages<Row>(
  fetchPage: FetchPage<Row>,
  options: WalkOptions<Row>,
): AsyncGenerator<WalkedPage<Row>, void> {
  return new PageWalk(fetchPage, options).pages();
}

const restartsAllowed = 3;
const proofsAllowed = 3;

class PageWalk<Row> {
  readonly #options: WalkOptions<Row>;
  readonly #lookahead: PageLookahead<Row>;
  readonly #ask: AskPage<Row>;
  /** Ids of the rows delivered, by an earlier walk too as far as they are known. */
  readonly #delivered = new Set<string>();
  #received = 0;
  /** Other rows that an earlier, interrupted walk delivered. By cursor nobody knows how many. */
  #deliveredBefore: number;
  /** A page that was fetched to find the place to go on at. */
  #pageAtHand: FetchedPage<Row> | undefined;
  #pass: Pass;
  #total: number | undefined;
  #requests = 0;
  #restarts = 0;
  #proofs = 0;
  #deliveredBeforeProof: number | undefined;
  /** Why the first way through the list was not enough. */
  #firstVerdict: IncompleteListReason | undefined;

  constructor(fetchPage: FetchPage<Row>, options: WalkOptions<Row>) {
    const { prefetch, signal } = options;
    const from = ownPlace(options.from);
    this.#options = options;
    this.#lookahead = new PageLookahead(fetchPage, prefetch, signal);
    this.#ask = askUnlessRefused((request) => {
      this.#requests += 1;
      return fetchPage(request, signal);
    }, options.isRefusal);
    this.#deliveredBefore = from.cursor ? Infinity : 0;
    this.#pass = this.#beginPass(from, this.#delivered);
  }

  async *pages(): AsyncGenerator<WalkedPage<Row>, void> {
    try {
      if (this.#options.from.lastRow !== undefined) await this.#goOn();
      for (;;) {
        this.#options.signal?.throwIfAborted();
        if (this.#requests === this.#options.maxPages) return this.#conclude('page_limit');
        const page = await this.#fetch();
        if (page === undefined) {
          if (this.#restarts === restartsAllowed) return this.#conclude('cursor_expired');
          this.#restarts += 1;
          this.#beginAnew(1);
          continue;
        }
        this.#total = page.totalResults ?? this.#total;
        const sight = this.#pass.look(page, this.#options.idOf);
        const step = this.#step(page, sight);
        const rows = step.isUnused ? [] : this.#deliver(page);
        const { next, verdict } = await this.#decide(page, step, sight.fresh);
        const resumeCursor = this.#resumeCursor(next);
        if (next !== undefined) this.#fetchAhead(next);
        if (rows.length > 0 || next === undefined) yield { ...page, rows, resumeCursor };
        if (next === undefined) return this.#conclude(verdict);
      }
    } finally {
      this.#lookahead.clear();
    }
  }

  /** Goes on after an earlier walk; from the first page where the row it read last is not found. */
  async #goOn(): Promise<void> {
    const { from, idOf } = this.#options;
    const place = await findPlace(this.#ask, from, idOf, this.#options.knowledge.countsWholePages);
    if (place === undefined) {
      this.#pass = this.#beginPass(this.#firstPage(1), this.#delivered);
      return;
    }
    const { page, startIndex, countsWholePages } = place;
    const lastId = idOf(place.lastRow);
    this.#delivered.add(lastId);
    // What is known by its id is not counted twice.
    this.#deliveredBefore = startIndex - (page.rows.some((row) => idOf(row) === lastId) ? 1 : 2);
    this.#options.knowledge.countsWholePages ??= countsWholePages;
    const total = from.total === undefined ? undefined : page.totalResults;
    this.#pass = this.#beginPass({ startIndex, count: from.count, total }, this.#delivered);
    this.#pageAtHand = page;
  }

  /** The page wanted; `undefined` where the cursor to go on by is lost, and the walk has to begin anew. */
  async #fetch(): Promise<FetchedPage<Row> | undefined> {
    const { isRefusal, isExpiredCursor } = this.#options;
    const { request, paging } = this.#pass;
    const atHand = this.#pageAtHand;
    this.#pageAtHand = undefined;
    if (atHand !== undefined) return atHand;
    this.#requests += 1;
    try {
      return await this.#lookahead.read(request);
    } catch (error) {
      if (paging.mayBePastTheEnd && isRefusal(error)) return paging.pageNotThere;
      if (request.cursor && isExpiredCursor(error)) return undefined;
      const { startIndex = 1 } = request;
      if (startIndex > 1 && isRefusal(error)) {
        // By the total it should be there: it is not, where the list shrank since.
        const { totalResults = Infinity } = (await this.#ask(this.#firstPage(1))) ?? {};
        if (totalResults < startIndex) return { rows: [], totalResults };
      }
      throw error;
    }
  }

  #step(page: FetchedPage<Row>, sight: Sight): Step {
    const pass = this.#pass;
    if (page.nextCursor !== undefined) pass.paging = pass.paging.byCursor();
    const step = pass.paging.after(page, sight);
    this.#options.knowledge.countsWholePages ??= pass.paging.countsWholePages;
    return step;
  }

  /** The rows that were not delivered yet. */
  #deliver(page: FetchedPage<Row>): readonly Row[] {
    const pass = this.#pass;
    const delivered = this.#delivered;
    // The first way through a list has no other ids than those that were delivered.
    const seen = pass.seen === delivered ? undefined : pass.seen;
    const rows = page.rows.filter((row) => {
      const id = this.#options.idOf(row);
      const before = delivered.size;
      delivered.add(id);
      seen?.add(id);
      pass.lastId = id;
      return delivered.size > before;
    });
    this.#received += rows.length;
    return rows;
  }

  #resumeCursor(next: PageRequest | undefined): string | undefined {
    if (next === undefined) return undefined;
    const { lastId, paging } = this.#pass;
    const { total, resumeAt: startIndex } = paging;
    const lastRow = startIndex === undefined || lastId === undefined ? undefined : markOf(lastId);
    return formatResumeCursor({ ...next, total, startIndex, lastRow });
  }

  /** What comes after a page: another one, a second way through the list, or the end, with what is missing. */
  async #decide(
    page: FetchedPage<Row>,
    step: Step,
    freshRows: number,
  ): Promise<{ readonly next: PageRequest | undefined; readonly verdict?: IncompleteListReason | undefined }> {
    // Some servers have a next cursor on every page.
    const isAll =
      page.nextCursor !== undefined &&
      freshRows === 0 &&
      this.#total !== undefined &&
      this.#delivered.size >= this.#total;
    const hasFoundMissing = this.#firstVerdict === 'rows_missing' && this.#proofs === 0 && this.#missing() <= 0;
    if (has(step, 'next') && !isAll && !hasFoundMissing) return step;

    const isStalled = has(step, 'stop') && step.stop === 'stalled' && !(await this.#isWhole(page));
    const verdict = this.#reason(isStalled);
    if (verdict === undefined && (await this.#hasRowAtZero())) return { next: this.#beginAnew(0) };
    if (verdict === undefined && this.#options.isProven) {
      // A whole way through the list brought nothing that an earlier one had not.
      if (this.#delivered.size === this.#deliveredBeforeProof) return { next: undefined };
      if (this.#proofs === proofsAllowed) return { next: undefined, verdict: 'changed' };
      this.#proofs += 1;
      this.#deliveredBeforeProof = this.#delivered.size;
      return { next: this.#beginAnew(1) };
    }
    const isFirst = this.#firstVerdict === undefined && this.#deliveredBefore === 0;
    const isWorthAnotherPass = isFirst && (verdict === 'rows_missing' || verdict === 'changed');
    if (!isWorthAnotherPass) return { next: undefined, verdict };
    this.#firstVerdict = verdict;
    // A server that counts from 0 is short by exactly the first row.
    const countsFromZero = this.#missing() === 1 && !this.#pass.paging.countsWholePages;
    return { next: this.#beginAnew(countsFromZero ? 0 : 1) };
  }

  /** Whether there is a row before the first, where no total would show that it is missing. */
  async #hasRowAtZero(): Promise<boolean> {
    const { idOf, isProven, knowledge, looksBeforeFirst = true } = this.#options;
    const { paging, startIndex } = this.#pass;
    const isDoubtful = looksBeforeFirst && (paging.total === undefined || isProven === true);
    const isByIndex = paging.rowsOfFirstPage !== undefined && startIndex !== 0;
    if (knowledge.countsFromOne || !isDoubtful || !isByIndex) return false;
    const isThere = await isRowAtZero(this.#ask, idOf, this.#delivered, this.#deliveredBefore > 0);
    if (isThere === false) knowledge.countsFromOne = true;
    return isThere === true;
  }

  /** Whether a first page that came again is all there is. */
  async #isWhole({ startIndex }: FetchedPage<Row>): Promise<boolean> {
    const [rows, totalResults] = [this.#delivered.size, this.#total];
    if (this.#pass.paging.rowsOfFirstPage !== rows || this.#deliveredBefore > 0) return false;
    if (totalResults !== undefined && totalResults !== rows) return false;
    return isWholeList(this.#ask, { rows, totalResults, startIndex, count: this.#options.from.count });
  }

  #reason(isStalled: boolean): IncompleteListReason | undefined {
    const isShort = this.#missing() > 0;
    const isFirstPageAgain = this.#pass.paging.rowsOfFirstPage === this.#delivered.size;
    // A list that is empty on a second way through it cannot be told from one that is out of order.
    const isEmptyNow = this.#pass.seen !== this.#delivered && this.#pass.lastId === undefined && this.#received > 0;
    const isCut = this.#pass.beginsLate === true && this.#firstVerdict === undefined;
    if (isEmptyNow || isCut || this.#pass.paging.hasDrifted) return 'changed';
    // A total that is the size of the only page says nothing of what is behind it.
    if (isStalled && (this.#total === undefined || isShort || isFirstPageAgain)) return 'stalled';
    if (!isShort) return undefined;
    return this.#firstVerdict !== undefined && this.#total !== this.#pass.firstTotal ? 'changed' : 'rows_missing';
  }

  #beginAnew(startIndex: number): PageRequest {
    this.#deliveredBefore = 0;
    const next = this.#firstPage(startIndex);
    this.#pass = this.#beginPass(next, new Set());
    return next;
  }

  /** Before the reader has the page: while they are busy with it, others are on their way. */
  #fetchAhead(next: PageRequest): void {
    this.#pass.request = next;
    const ahead = this.#pass.paging.predictable;
    if (ahead !== undefined && this.#options.prefetch > 1) this.#lookahead.fill(next, ahead.stride, ahead.total);
  }

  #firstPage(startIndex: number): PageRequest {
    const { cursor, count } = this.#options.from;
    return cursor === undefined ? { startIndex, count } : { cursor: '', count };
  }

  #missing(): number {
    return (this.#total ?? 0) - this.#delivered.size - this.#deliveredBefore;
  }

  async #conclude(reason: IncompleteListReason | undefined): Promise<void> {
    if (reason === undefined) return;
    const facts = { received: this.#received, totalResults: this.#total, requests: this.#requests };
    const error = new IncompleteListError(reason, facts);
    if (this.#options.onIncomplete === undefined) throw error;
    await this.#options.onIncomplete(error);
  }

  #beginPass(place: ResumePoint, seen: Set<string>): Pass {
    const { isProven, knowledge } = this.#options;
    const { countsWholePages } = knowledge;
    return new Pass(ownPlace(place), seen, { countsWholePages, asksPastTotal: isProven === true && this.#proofs > 0 });
  }
}
