import { has } from '../../internal/json.js';
import type { AskPage } from './end-checks.js';
import { type FetchedPage, markOf, type ResumePoint, rowsOfEvidence } from './page.js';

/** Where a walk that stopped goes on. */
export interface Place<Row> {
  readonly page: FetchedPage<Row>;
  /** Index of the page's first row. */
  readonly startIndex: number;
  /** The row that was read last, of which the page may hold what came after only. */
  readonly lastRow: Row;
  /** Whether only a server that counts in whole pages answers so. */
  readonly countsWholePages?: true;
}

/**
 * Finds the row that was read last, which tells that none of those behind it moved to where the walk no longer looks: it
 * begins the page asked for, or one that is as many rows nearer as the total fell by; or rows came in before it; or it ends
 * the page of a server that counts in whole pages. `undefined` where it is at none of these places.
 */
export async function findPlace<Row>(
  ask: AskPage<Row>,
  { startIndex = 1, count, total = 0, lastRow: mark }: ResumePoint,
  idOf: (row: Row) => string,
  /** What is known of the server. */
  countsWholePages: boolean | undefined,
): Promise<Place<Row> | undefined> {
  const isLast = (row: Row) => markOf(idOf(row)) === mark;
  const startsWithIt = async (index: number): Promise<Place<Row> | FetchedPage<Row> | undefined> => {
    const page = await ask({ startIndex: index, count });
    const [first] = page?.rows ?? [];
    if (page === undefined || first === undefined || !isLast(first)) return page;
    return { page, startIndex: index, lastRow: first };
  };

  const before = await startsWithIt(startIndex - 1);
  if (before === undefined || has(before, 'page')) return before;
  const drift = total - (before.totalResults ?? total);
  if (drift > 0) {
    const nearer = drift < startIndex - 1 ? await startsWithIt(startIndex - 1 - drift) : undefined;
    return nearer !== undefined && has(nearer, 'page') ? nearer : undefined;
  }
  const page = await ask({ startIndex, count });
  if (page === undefined) return undefined;
  const isRepeat = page.rows.map(idOf).join('\n') === before.rows.map(idOf).join('\n');
  const movedDown = page.rows.find(isLast);
  if (movedDown !== undefined) {
    return isRepeat ? undefined : { page, startIndex, lastRow: movedDown };
  }
  const ending = before.rows.at(-1);
  // Rows that went between the two answers may have moved from the second page to the first.
  const hasChanged = page.totalResults !== undefined && page.totalResults < (before.totalResults ?? 0);
  if (ending === undefined || !isLast(ending) || hasChanged) return undefined;
  if (!(countsWholePages ?? before.rows.length >= rowsOfEvidence)) return undefined;
  return { page, startIndex, lastRow: ending, countsWholePages: true };
}
