import type { FetchedPage, FetchPage, PageRequest } from './page.js';

/** Asks for a page; `undefined` where the server refuses to have it. */
export type AskPage<Row> = (request: PageRequest) => Promise<FetchedPage<Row> | undefined>;

export function askUnlessRefused<Row>(fetchPage: FetchPage<Row>, isRefusal: (error: unknown) => boolean): AskPage<Row> {
  return async (request) => {
    try {
      return await fetchPage(request);
    } catch (error) {
      if (isRefusal(error)) return undefined;
      throw error;
    }
  };
}

/** Whether there is a row before the first, as some servers count from 0; `undefined` where nobody can tell. */
export async function isRowAtZero<Row>(
  ask: AskPage<Row>,
  idOf: (row: Row) => string,
  delivered: ReadonlySet<string>,
  hasGoneOn: boolean,
): Promise<boolean | undefined> {
  const zeroth = await ask({ startIndex: 0, count: 1 });
  // A walk that went on has not met the first row.
  const first = hasGoneOn ? await ask({ startIndex: 1, count: 1 }) : undefined;
  const known = new Set(first?.rows.map(idOf) ?? delivered);
  if (zeroth?.rows.some((row) => !known.has(idOf(row)))) return true;
  // Of an empty list nobody can tell, unless the server says how it took the index.
  return zeroth === undefined || known.size > 0 || zeroth.startIndex === 1 ? false : undefined;
}

/**
 * Whether a first page that comes again, whatever is asked for, is all there is. Asked for the page behind a full one, a
 * server that counts in whole pages has nothing. Asked for half of it, a server that pages by cursor (RFC 9865) must say
 * where to go on; one with a total of its own must keep to it; and a bare list must not be what a size cut off.
 */
export async function isWholeList(
  ask: AskPage<unknown>,
  page: {
    readonly rows: number;
    readonly totalResults: number | undefined;
    readonly startIndex: number | undefined;
    readonly count: number;
  },
): Promise<boolean> {
  const { rows, totalResults, startIndex, count } = page;
  // Nobody makes pages of one row for whoever asks for more.
  if (rows === 1 && count > 1) return totalResults === undefined || totalResults === 1;
  if (rows === 1) return totalResults === 1 && (await ask({ startIndex: 1, count: 2 }))?.rows.length === 1;
  const half = Math.floor(rows / 2);
  if (half === 0) return false;
  const isPaged = totalResults !== undefined || startIndex !== undefined;
  if (isPaged && rows < count) {
    const behind = await ask({ startIndex: count + 1, count });
    if (behind === undefined || behind.rows.length === 0) return true;
  }
  if (totalResults !== undefined) {
    const answer = await ask({ startIndex: 1, count: half });
    return answer !== undefined && answer.rows.length <= half && answer.totalResults === rows;
  }
  if (startIndex !== undefined) return false;
  const answer = await ask({ cursor: '', count: half });
  return answer?.nextCursor !== undefined || (rows < count && answer?.rows.length === rows);
}
