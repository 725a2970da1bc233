import { IncompleteListError, type IncompleteListReason } from '../../errors/response-errors.js';
import { CursorPaging } from './cursor-paging.js';
import { IndexPaging } from './index-paging.js';
import type { PageLookahead } from './look-ahead.js';
import {
  type FetchedPage,
  type FetchPage,
  formatResumeCursor,
  type PageRequest,
  type Paging,
  type ResumePoint,
} from './page.js';

/** How a list is walked. */
export interface WalkOptions<Row> {
  /** Where to begin. */
  readonly from: ResumePoint;
  /** Tells rows apart. */
  readonly idOf: (row: Row) => string;
  /** Whether an error may only mean that the page asked for is not there. */
  readonly isRefusal: (error: unknown) => boolean;
  /** Whether an error means that the cursor no longer works (RFC 9865 §2.1). */
  readonly isExpiredCursor: (error: unknown) => boolean;
  /** Requests made at most. */
  readonly maxPages: number;
  /** Pages under way at once, where the total is confirmed. `1` asks for each when it is wanted. */
  readonly prefetch: number;
  /** Told what is missing, instead of the error being thrown. */
  readonly onIncomplete?: ((verdict: IncompleteListError) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A page of rows not seen before, and where to go on. */
export interface WalkedPage<Row> extends FetchedPage<Row> {
  /** Where to go on after this page; `undefined` on the last one. */
  readonly resumeCursor: string | undefined;
}

/** One way through the list; a second begins where the first missed rows or lost its cursor. */
interface Pass {
  request: PageRequest;
  paging: Paging;
  /** Ids met on this way. */
  readonly seen: Set<string>;
}

const restartsAllowed = 3;
const confirmationsWanted = 1;

const beginPass = (request: ResumePoint, seen: Set<string>): Pass => ({
  request,
  paging: request.cursor === undefined ? new IndexPaging(request) : new CursorPaging(request),
  seen,
});

/** Loaded where it is asked for: most walks do without. */
async function openLookahead<Row>(
  fetchPage: FetchPage<Row>,
  { prefetch, signal }: WalkOptions<Row>,
): Promise<PageLookahead<Row>> {
  const { PageLookahead } = await import('./look-ahead.js');
  return new PageLookahead(fetchPage, prefetch, signal);
}

/**
 * Walks a list to its end, page by page, each row once, and says at the end whether that was all.
 *
 * Remembers the ids seen and nothing else of the rows.
 *
 * @throws IncompleteListError after the last page, when rows are or may be missing.
 */
export async function* walkPages<Row>(
  fetchPage: FetchPage<Row>,
  options: WalkOptions<Row>,
): AsyncGenerator<WalkedPage<Row>, void> {
  const { from, idOf, isRefusal, signal } = options;
  const delivered = new Set<string>();
  // Rows that an earlier, interrupted walk delivered. By cursor nobody knows how many.
  let deliveredBefore = from.cursor ? Infinity : Math.max(0, (from.startIndex ?? 1) - 1);
  let total: number | undefined;
  let requests = 0;
  let restarts = 0;
  let firstVerdict: IncompleteListReason | undefined;
  let pass = beginPass(from, delivered);
  let lookahead: PageLookahead<Row> | undefined;

  const firstPage = (startIndex: number): PageRequest =>
    from.cursor === undefined ? { startIndex, count: from.count } : { cursor: '', count: from.count };
  const missing = () => (total ?? 0) - delivered.size - deliveredBefore;
  const mayNotExist = () =>
    pass.request.startIndex === 0 || (pass.paging instanceof IndexPaging && pass.paging.mayBePastTheEnd);

  // The place to go on at is past the end: rows went since, or there were no more. If it is something else, the first page
  // will tell.
  const isGone = (error: unknown) => (from.startIndex ?? 1) > 1 && isRefusal(error);

  try {
    for (;;) {
      signal?.throwIfAborted();
      if (requests === options.maxPages) return conclude('page_limit');
      requests += 1;
      let page: FetchedPage<Row>;
      try {
        page = await (lookahead?.read(pass.request) ?? fetchPage(pass.request, signal));
      } catch (error) {
        if (mayNotExist() && isRefusal(error)) {
          page = pass.paging instanceof IndexPaging ? pass.paging.pageNotThere : { rows: [] };
        } else if ((pass.request.cursor && options.isExpiredCursor(error)) || (requests === 1 && isGone(error))) {
          if (restarts === restartsAllowed) return conclude('cursor_expired');
          restarts += 1;
          deliveredBefore = 0;
          pass = beginPass(firstPage(1), new Set());
          continue;
        } else {
          throw error;
        }
      }

      let fresh = 0;
      const rows = page.rows.filter((row) => {
        const id = idOf(row);
        if (!pass.seen.has(id)) fresh += 1;
        const isNew = !delivered.has(id);
        pass.seen.add(id);
        delivered.add(id);
        return isNew;
      });
      total = page.totalResults ?? total;
      if (page.nextCursor !== undefined && pass.paging instanceof IndexPaging) {
        pass.paging = new CursorPaging(pass.request);
      }

      const step = pass.paging.after(page, fresh);
      let isStalled = 'stop' in step && step.stop === 'stalled';
      // Some servers have a next cursor on every page.
      const isAll = page.nextCursor !== undefined && fresh === 0 && total !== undefined && delivered.size >= total;
      let next = 'next' in step && !isAll ? step.next : undefined;
      let verdict: IncompleteListReason | undefined;
      if (next === undefined || (firstVerdict === 'rows_missing' && missing() <= 0)) {
        next = undefined;
        if (isStalled && (await isWhole(page))) isStalled = false;
        verdict = judge(isStalled);
        const worthAnotherPass = verdict === 'rows_missing' || verdict === 'changed';
        if (worthAnotherPass && firstVerdict === undefined && deliveredBefore === 0) {
          // A server that counts from 0 is short by exactly the first row.
          next = firstPage(missing() === 1 ? 0 : 1);
          firstVerdict = verdict;
          pass = beginPass(next, new Set());
        }
      }
      const believed = pass.paging instanceof IndexPaging ? pass.paging.total : undefined;
      yield { ...page, rows, resumeCursor: next && formatResumeCursor({ ...next, total: believed }) };

      if (next === undefined) return conclude(verdict);
      pass.request = next;
      if (pass.paging instanceof IndexPaging) {
        const { confirmations, stride } = pass.paging;
        if (options.prefetch > 1 && believed !== undefined && confirmations >= confirmationsWanted) {
          lookahead ??= await openLookahead(fetchPage, options);
          lookahead.fill(next, stride, believed);
        }
      }
    }
  } finally {
    lookahead?.clear();
  }

  /** Whether a page that came again is all there is, on a server that pages by cursor and says nothing of it. */
  async function isWhole({ startIndex }: FetchedPage<Row>): Promise<boolean> {
    const isFirstAgain = pass.paging instanceof IndexPaging && pass.paging.stride === delivered.size;
    if (!isFirstAgain || total !== undefined || startIndex !== undefined || deliveredBefore > 0) return false;
    requests += 1;
    const { pagesByCursor } = await import('./cursor-paging.js');
    return pagesByCursor(fetchPage, delivered.size, isRefusal, signal);
  }

  function judge(stalled: boolean): IncompleteListReason | undefined {
    if (pass.paging instanceof IndexPaging && pass.paging.moved) return 'changed';
    if (stalled && (total === undefined || missing() > 0)) return 'stalled';
    return missing() > 0 ? 'rows_missing' : undefined;
  }

  function conclude(reason: IncompleteListReason | undefined): void {
    if (reason === undefined) return;
    const error = new IncompleteListError(reason, { received: delivered.size, totalResults: total, requests });
    if (options.onIncomplete === undefined) throw error;
    options.onIncomplete(error);
  }
}
