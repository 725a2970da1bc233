import { IncompleteListError } from '../../../src/errors/response-errors.js';
import { type WalkOptions, walkPages } from '../../../src/scim/paging/walk.js';
import { ExpiredCursor, type PagedServer, Refusal, type Row } from './paged-server.js';

export interface Walked {
  readonly ids: string[];
  readonly cursors: (string | undefined)[];
  /** Rows of each page delivered. */
  readonly sizes: number[];
  readonly error: IncompleteListError | undefined;
}

export type Knowledge = WalkOptions<Row>['knowledge'];

export const walkOptions = (options: Partial<WalkOptions<Row>> = {}): WalkOptions<Row> => ({
  from: { startIndex: 1, count: 10 },
  idOf: (row) => row.id,
  isRefusal: (error) => error instanceof Refusal,
  isExpiredCursor: (error) => error instanceof ExpiredCursor,
  maxPages: 1000,
  prefetch: 1,
  knowledge: { countsWholePages: undefined, countsFromOne: true },
  ...options,
});

/** Walks to the end and keeps the verdict. */
export async function walk(server: PagedServer, options: Partial<WalkOptions<Row>> = {}): Promise<Walked> {
  const ids: string[] = [];
  const cursors: (string | undefined)[] = [];
  const sizes: number[] = [];
  try {
    for await (const page of walkPages(server.fetchPage, walkOptions(options))) {
      ids.push(...page.rows.map((row) => row.id));
      cursors.push(page.resumeCursor);
      sizes.push(page.rows.length);
    }
  } catch (error) {
    if (!(error instanceof IncompleteListError)) throw error;
    return { ids, cursors, sizes, error };
  }
  return { ids, cursors, sizes, error: undefined };
}
