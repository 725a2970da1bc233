import { InputError } from '../../errors/input-errors.js';
import { ownCopy } from '../../internal/json.js';

/** Which page to ask for: by index or by cursor, never both. */
export interface PageRequest {
  /** 1-based index of the first row (RFC 7644 §3.4.2.4). */
  readonly startIndex?: number | undefined;
  /** The server's own cursor, sent back verbatim (RFC 9865). Empty for the first page. */
  readonly cursor?: string | undefined;
  /** Rows asked for. */
  readonly count: number;
}

/** A page as the server gave it. Nothing in it is to be believed by itself. */
export interface FetchedPage<Row> {
  readonly rows: readonly Row[];
  readonly totalResults?: number | undefined;
  readonly startIndex?: number | undefined;
  readonly itemsPerPage?: number | undefined;
  readonly nextCursor?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Brings a page; `onReceived` is told when its answer is there, and waited for before it is read. */
export type FetchPage<Row> = (
  request: PageRequest,
  signal?: AbortSignal,
  onReceived?: () => Promise<void>,
) => Promise<FetchedPage<Row>>;

/** What a page holds, compared with what was met before on the same way through the list. */
export interface Sight {
  /** Rows that were not met before. */
  readonly fresh: number;
  /** Rows that were. */
  readonly known: number;
  /** It begins with the last row that was used. */
  readonly beginsWithLastRow: boolean;
  /** It is the page that was fetched before it, row by row. */
  readonly isRepeat: boolean;
}

/** What to do after a page: ask for another, or stop and why. A page that is unused counts as not read. */
export type Step =
  | { readonly next: PageRequest; readonly isUnused?: boolean }
  | { readonly stop: 'end' | 'stalled'; readonly isUnused?: undefined };

/** Decides from page to page. Holds no rows and sends nothing. */
export interface Paging {
  /** Takes note of a page and of what is new in it. */
  after(page: FetchedPage<unknown>, sight: Sight): Step;
  /** How to go on where the server gave a cursor. */
  byCursor(): Paging;
  /** Whether the page asked for last may lie past the end, where servers answer with errors. */
  readonly mayBePastTheEnd: boolean;
  /** The page asked for last, where the server says that it does not exist. */
  readonly pageNotThere: FetchedPage<never>;
  /** The total, where it can be believed. */
  readonly total: number | undefined;
  /** Whether rows drifted in a way that only a second walk can make up for. */
  readonly hasDrifted: boolean;
  /** Where the next pages are, once the pages read have confirmed it. */
  readonly predictable: { readonly stride: number; readonly total: number } | undefined;
  /** Rows of the first page, where the walk goes by index. */
  readonly rowsOfFirstPage: number | undefined;
  /** Index behind the last row, at which another walk could go on; `undefined` while rows before it are sought. */
  readonly resumeAt: number | undefined;
  /** Whether the server was seen to count in whole pages, or in rows. */
  readonly countsWholePages: boolean | undefined;
}

/** Rows that have to speak for what a server counts: rows that move make one short page look like anything. */
export const rowsOfEvidence = 6;

/** Where a walk goes on. */
export interface ResumePoint extends PageRequest {
  /** The total that the walk had believed: where there are fewer rows by now, some moved into pages already read. */
  readonly total?: number | undefined;
  /** What tells the row read last, which is the one before `startIndex`: see {@link markOf}. */
  readonly lastRow?: string | undefined;
}

/** Tells a row from others by its id, and does not show it (FNV-1a): some ids are addresses. */
export function markOf(id: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}

const namesOfPlace = ['startIndex', 'cursor', 'count', 'total', 'lastRow'];

/** A place in a list by what it says itself: without a cursor of its own it is an index. */
export function ownPlace<Place extends PageRequest>(place: Place): Place {
  return ownCopy(place, namesOfPlace);
}

/** Writes where to go on as one string, for a program to store and give back. */
export function formatResumeCursor(point: ResumePoint): string {
  const { startIndex = 1, cursor, count, total, lastRow } = ownPlace(point);
  if (cursor !== undefined) return `cursor:${count}:${cursor}`;
  // Without the row read last nobody can know whether others moved.
  return lastRow === undefined ? `index:${count}:1` : `index:${count}:${startIndex}:${total ?? ''}:${lastRow}`;
}

/** Reads what {@link formatResumeCursor} wrote. */
export function parseResumeCursor(text: string): ResumePoint {
  const [, kind, count, position = ''] = /^(index|cursor):([1-9]\d{0,8}):(.*)$/s.exec(text) ?? [];
  if (kind === 'cursor') return { cursor: position, count: Number(count) };
  if (kind === 'index' && position === '1') return { startIndex: 1, count: Number(count) };
  const [, startIndex, total, lastRow] = /^(\d{1,15}):(\d{0,15}):([0-9a-z]{1,7})$/.exec(position) ?? [];
  if (kind === 'index' && startIndex !== undefined) {
    const from = { startIndex: Number(startIndex), count: Number(count), lastRow };
    return total === '' ? from : { ...from, total: Number(total) };
  }
  throw new InputError('`cursor` must be the `nextCursor` of an earlier page.', {
    path: ['cursor'],
    remedy: 'Pass `nextCursor` of an earlier page, unchanged.',
  });
}
