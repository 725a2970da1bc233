import type { FetchedPage, PageRequest } from '../paging/page-request.js';
import { formatResumeCursor } from '../paging/resume-cursor.js';
import type { Resource } from '../schemas/common.js';
import type { ResourcePage } from './iterate-resources.js';
import type { ResourceQuery } from './list-resources.js';

/** Which page of which resources. */
export interface ListQuery<T = never> extends ResourceQuery<T> {
  /** 1-based index of the first resource. @default 1 */
  readonly startIndex?: number | undefined;
  /** Resources in the page at most. Servers may give fewer. @default the profile's: 100 */
  readonly count?: number | undefined;
  /** `nextCursor` of an earlier page. */
  readonly cursor?: string | undefined;
}

/** A page as the server describes it: no more is asked to find out whether that is true. */
export function pageAsSaid({ rows, ...page }: FetchedPage<Resource>, request: PageRequest): ResourcePage<Resource> {
  const next = nextRequest({ rows, ...page }, request);
  return { ...page, items: rows, nextCursor: next && formatResumeCursor(next) };
}

function nextRequest(
  { rows, totalResults = Infinity, nextCursor }: FetchedPage<Resource>,
  { startIndex = 1, cursor, count }: PageRequest,
): PageRequest | undefined {
  if (nextCursor !== undefined) return { cursor: nextCursor, count };
  // Without another cursor a list read by cursor is at its end (RFC 9865 §2.1): it has no indices to go on by.
  if (cursor !== undefined) return undefined;
  const next = startIndex + rows.length;
  return rows.length === 0 || next > totalResults ? undefined : { startIndex: next, count };
}
