import { checkChoice, checkNumber, type OptionNames } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { IncompleteListError, ResponseError } from '../errors/response-errors.js';
import { ScimError } from '../errors/scim-errors.js';
import { untilAnswered } from '../internal/callbacks.js';
import { type List, pagedListOf } from '../transport/list.js';
import { checkQuery, type RequestOptions } from '../transport/options.js';
import { firstRequest, listResources, type PageOptions, type ResourcePage, splitRows } from './list.js';
import { type FetchedPage, ownPlace, type PageRequest } from './paging/page.js';
import { walkPages } from './paging/walk.js';
import { checkQueryNames, listQueryNames, type ResourceQuery } from './query.js';
import { InvalidRow, type ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import { requestOptionsOf } from './server.js';

/** Which resources to walk through, and how. */
export interface IterateQuery<T = never> extends ResourceQuery<T> {
  /** Resources asked for in one request. @default the profile's: 100 */
  readonly count?: number | undefined;
  /** `nextCursor` of an earlier page, to go on after it. */
  readonly cursor?: string | undefined;
  /** Pages under way at once, in order, once two pages have confirmed the total. @default 1 */
  readonly prefetch?: number | undefined;
  /** Requests made at most. @default 10_000 */
  readonly maxPages?: number | undefined;
  /**
   * `evident`: pages overlap by one row, which shows rows that came or went while the order stayed. `proven`: the list is
   * walked through again, until it brings nothing new, which also finds a row that moved in the order, past the reader.
   * Not together with `cursor`. @default 'evident'
   */
  readonly completeness?: 'evident' | 'proven' | undefined;
  /** Told what is missing at the end, and waited for, instead of the error being thrown. */
  readonly onIncomplete?: ((verdict: IncompleteListError) => unknown) | undefined;
}

/** Resources one by one, or page by page. Nothing is asked for before the first is wanted; each loop starts anew. */
export interface ResourceList<T> extends List<T> {
  /** The same, page by page: store `nextCursor` after each page to be able to go on after a crash. */
  pages(): AsyncIterable<ResourcePage<T>>;
}

export const iterateQueryNames: OptionNames<IterateQuery> = {
  ...listQueryNames,
  prefetch: true,
  maxPages: true,
  completeness: true,
  onIncomplete: true,
};

export function iterateResources(
  context: ResourceContext,
  given: IterateQuery = {},
  options: RequestOptions = {},
  /** Whether to look for a row before the first, on a server that may count from 0. */
  looksBeforeFirst = true,
): ResourceList<Resource> {
  const query = checkQuery<IterateQuery>('iterate()', given, iterateQueryNames);
  checkQueryNames(context, query);
  const from = firstRequest(context, query);
  const { prefetch = 1, maxPages = 10_000, completeness = 'evident' } = query;
  checkNumber('prefetch', prefetch);
  checkNumber('maxPages', maxPages);
  checkChoice('completeness', completeness, ['evident', 'proven']);
  const isProven = completeness === 'proven';
  const { onIncomplete: tell } = query;
  if (isProven && query.cursor !== undefined) {
    throw new InputError('A walk that goes on from a `cursor` cannot prove that the list is complete.', {
      path: ['completeness'],
      remedy: "Leave out `cursor`, or `completeness: 'proven'`.",
    });
  }

  async function fetchRows(page: PageRequest, requestOptions: PageOptions): Promise<FetchedPage<Resource>> {
    try {
      return await listResources(context, query, page, requestOptions);
    } catch (error) {
      // Counting from 1, some databases are asked for row -1 here.
      if (ownPlace(page).startIndex === 0 && error instanceof ResponseError && error.status === 500)
        return { rows: [], startIndex: 1 };
      throw error;
    }
  }

  async function* pages(signal: AbortSignal): AsyncGenerator<ResourcePage<Resource>, void> {
    const { clientSignal } = context.server.transport;
    const onIncomplete =
      tell && ((verdict: IncompleteListError) => untilAnswered(tell(verdict), [signal, clientSignal]));
    // One deadline for all pages: of each loop, and what is left of it is read for each page.
    const shared = context.server.sharedOptions(options);
    let requests = 0;
    const fetchPage = async (page: PageRequest, ofPage = signal, onReceived?: () => Promise<void>) => {
      requests += 1;
      const fetched = await fetchRows(page, { ...requestOptionsOf(shared), signal: ofPage, onReceived });
      if (ownPlace(page).cursor === '' && fetched.nextCursor !== undefined)
        context.server.knowledge.pagesByCursor = true;
      return fetched;
    };
    const walk = walkPages(fetchPage, {
      from,
      idOf: ({ id }) => id,
      isRefusal: (error) => error instanceof ResponseError && [400, 404, 416, 422, 501].includes(error.status),
      isExpiredCursor: (error) => error instanceof ScimError && error.scimType === 'expiredCursor',
      prefetch,
      maxPages,
      isProven,
      knowledge: context.server.knowledge,
      looksBeforeFirst,
      onIncomplete,
      signal,
    });
    let pageNumber = 0;
    let received = 0;
    let invalid: { readonly row: number; readonly page: number } | undefined;
    for await (const { rows, resumeCursor, ...page } of walk) {
      pageNumber += 1;
      const row = rows.findIndex((one) => one instanceof InvalidRow) + 1;
      if (row > 0) invalid ??= { row, page: pageNumber };
      const split = splitRows(rows);
      received += split.items.length;
      yield { ...page, ...split, nextCursor: resumeCursor };
    }
    if (invalid === undefined) return;
    const verdict = new IncompleteListError('row_without_id', { received, requests, invalid });
    if (onIncomplete === undefined) throw verdict;
    await onIncomplete(verdict);
  }
  return pagedListOf(pages, [options.signal]);
}
