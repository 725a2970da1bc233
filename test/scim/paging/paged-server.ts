import type { FetchedPage, FetchPage, PageRequest } from '../../../src/scim/paging/page.js';

export interface Row {
  readonly id: string;
}

/** How a pretended server pages, in the ways real ones do. */
export interface PagedServerOptions {
  /** Rows in a page at most, whatever is asked. */
  readonly cap?: number;
  /** What it says the total is. */
  readonly total?: 'true' | 'page' | 'so_far' | 'absent' | 'at_most_20' | number;
  /** Past the end: an empty page, an error, the last page again, or page one. */
  readonly pastTheEnd?: 'empty' | 'error' | 'last' | 'first';
  readonly startIndex?: 'honoured' | 'ignored' | 'zero_based' | 'whole_pages';
  /** Runs before each answer: rows may come and go. */
  readonly beforeAnswer?: (rows: Row[], requestNumber: number) => void;
}

/** The error of a server that has no page there. */
export class Refusal extends Error {}

/** The error of a server that no longer knows a cursor. */
export class ExpiredCursor extends Error {}

export const rowsNamed = (count: number, prefix = 'u'): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index}` }));

export interface PagedServer {
  readonly fetchPage: FetchPage<Row>;
  readonly requests: PageRequest[];
  readonly rows: Row[];
}

/** A server that pages by index. */
export function pagedServer(initial: readonly Row[], options: PagedServerOptions = {}): PagedServer {
  const { cap = Infinity, total = 'true', pastTheEnd = 'empty', startIndex = 'honoured' } = options;
  const rows = [...initial];
  const requests: PageRequest[] = [];
  const fetchPage: FetchPage<Row> = async (request) => {
    requests.push(request);
    options.beforeAnswer?.(rows, requests.length);
    const size = Math.min(cap, request.count);
    let offset = Math.max(0, startIndex === 'zero_based' ? (request.startIndex ?? 0) : (request.startIndex ?? 1) - 1);
    if (startIndex === 'ignored') offset = 0;
    if (startIndex === 'whole_pages') offset -= offset % size;
    if (offset > 0 && offset >= rows.length) {
      if (pastTheEnd === 'error') throw new Refusal();
      if (pastTheEnd === 'last') offset = Math.max(0, rows.length - size);
      if (pastTheEnd === 'first') offset = 0;
    }
    const page = rows.slice(offset, offset + size);
    const answer: FetchedPage<Row> = { rows: page, startIndex: request.startIndex };
    if (total === 'absent') return answer;
    const said =
      total === 'true'
        ? rows.length
        : total === 'page'
          ? page.length
          : total === 'so_far'
            ? offset + page.length
            : total === 'at_most_20'
              ? Math.min(rows.length, 20)
              : total;
    return { ...answer, totalResults: said };
  };
  return { fetchPage, requests, rows };
}

/** A server that pages by cursor (RFC 9865). */
export function cursorServer(
  initial: readonly Row[],
  options: { readonly total?: boolean; readonly expireAt?: readonly number[]; readonly emptyPages?: boolean } = {},
): PagedServer {
  const rows = [...initial];
  const requests: PageRequest[] = [];
  const fetchPage: FetchPage<Row> = async (request) => {
    requests.push(request);
    if (request.cursor && options.expireAt?.includes(requests.length)) throw new ExpiredCursor();
    const offset = request.cursor ? Number(request.cursor.slice(1)) : 0;
    const gap = options.emptyPages === true && offset % 2 === 0 && offset > 0 && !request.cursor?.startsWith('e');
    if (gap) return { rows: [], nextCursor: `e${offset}` };
    const end = offset + request.count;
    return {
      rows: rows.slice(offset, end),
      ...(options.total === true && { totalResults: rows.length }),
      ...(end < rows.length && { nextCursor: `c${end}` }),
    };
  };
  return { fetchPage, requests, rows };
}
