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
export function pageAsSaid(
  { rows, ...page }: FetchedPage<Resource>,
  { startIndex = 1, count }: PageRequest,
): ResourcePage<Resource> {
  const next = startIndex + rows.length;
  const isLast = rows.length === 0 || next > (page.totalResults ?? Infinity);
  const { nextCursor: cursor } = page;
  const nextCursor =
    cursor !== undefined
      ? formatResumeCursor({ cursor, count })
      : isLast
        ? undefined
        : formatResumeCursor({ startIndex: next, count });
  return { ...page, items: rows, nextCursor };
}
