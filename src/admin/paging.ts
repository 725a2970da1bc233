import { checkNumber, checkText, type OptionNames } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { IncompleteListError, type IncompleteListReason } from '../errors/response-errors.js';
import { isRecord, ownOnly } from '../internal/json.js';
import { type List, pagedListOf } from '../transport/list.js';
import { checkCall, checkQuery, type RequestOptions } from '../transport/options.js';
import { leadsOn, totalOf } from '../transport/page-end.js';
import { type AdminAnswer, type AdminRequest, type WorkspaceApi, type Workspaces, wrongAdminAnswer } from './api.js';
import type { WorkspaceQuery } from './options.js';
import { checkEnvelope } from './rows.js';

/** Some rows of a list, as the service sent them. */
export interface AdminPage<T> {
  /** The rows, in the service's order, as they came: fields that this version does not know are in them. */
  readonly items: readonly T[];
  /** Where to go on: give it back as `cursor`, in the same query. Missing on the last page. */
  readonly nextCursor?: string | undefined;
  /** What the answer says beside the rows. Empty where it is a bare array. */
  readonly envelope: Readonly<Record<string, unknown>>;
  /** The service's own id of the exchange. */
  readonly requestId?: string | undefined;
}

/** Rows one by one, or page by page. Nothing is asked for before the first is wanted; each loop starts anew. */
export interface AdminList<T> extends List<T> {
  /** The same, page by page: store `nextCursor` after each page to be able to go on after a crash. */
  pages(): AsyncIterable<AdminPage<T>>;
}

/** One page of a list. */
export interface AdminListQuery extends WorkspaceQuery {
  /** `nextCursor` of an earlier page of the same query, to go on after it. */
  readonly cursor?: string | undefined;
}

/** All pages of a list. */
export interface AdminIterateQuery extends AdminListQuery {
  /** Requests made at most. @default 10_000 */
  readonly maxPages?: number | undefined;
}

/** How many rows are asked for. */
export interface LimitQuery {
  /** Rows asked for in one request, up to what the service takes. */
  readonly limit?: number | undefined;
}

export const listNames: OptionNames<AdminListQuery> = { workspaceId: true, cursor: true };
export const iterateNames: OptionNames<AdminIterateQuery> = { ...listNames, maxPages: true };

/**
 * How a list says where it goes on. The Admin API has three ways: `after` takes the `last_id` of the page before, `cursor` an
 * opaque `cursor`, `page` a `next_page`. The last page of the first kind has a `last_id` too.
 */
export type Dialect = 'after' | 'cursor' | 'page';

const placeOf: Readonly<Record<Dialect, string>> = { after: 'last_id', cursor: 'cursor', page: 'next_page' };

/** What a resource knows of its list. */
export interface ListSource<T> {
  readonly request: AdminRequest;
  /** `unknown` for a list whose envelope nobody has described: whichever of them its answers have, or a bare array. */
  readonly dialect: Dialect | 'unknown';
  /** Reads and judges a row; throws for one that cannot be right, such as another workspace's. */
  readonly readRow: (row: unknown, index: number, answer: AdminAnswer) => T;
  /** What a row cannot have in common with another one of the list; `undefined` for a row of which nothing is known. */
  readonly keyOf: (row: T) => string | undefined;
}

/** How many rows are asked for: as many as the service takes, unless it is said otherwise. @throws InputError */
export function limitParameter(limit: number | undefined, most: number, usual = most): [name: string, value: string] {
  if (limit === undefined) return ['limit', String(usual)];
  checkNumber('limit', limit);
  if (limit <= most) return ['limit', String(limit)];
  throw new InputError(`\`limit\` must be ${most} or less: the service takes no more.`, {
    path: ['limit'],
    remedy: 'Leave it out, and read further pages with `iterate`.',
  });
}

/** What is asked for, and how. */
export interface ListCall<Query> {
  readonly query: Query;
  readonly options: RequestOptions;
}

/** The query of a list and how it is called, checked; both methods of a resource begin with it. */
export function checkListCall<Query extends AdminListQuery>(
  of: string,
  query: Query | undefined,
  options: RequestOptions | undefined,
  names: OptionNames<Query>,
): ListCall<Query> {
  const own = checkQuery(of, query, names);
  if (own.cursor !== undefined) checkText('cursor', own.cursor);
  if (own.cursor === '')
    throw new InputError('`cursor` must not be empty: the list would begin anew.', { path: ['cursor'] });
  return { query: own, options: checkCall(of, options, names) };
}

/** One page, as data. */
export async function readPage<T>(
  workspaces: Workspaces,
  source: ListSource<T>,
  { query: { workspaceId, cursor }, options }: ListCall<AdminListQuery>,
): Promise<AdminPage<T>> {
  const walk = new Walk(source, cursor);
  const read = await walk.read(workspaces.of(workspaceId), options);
  walk.judge(read);
  return read.page;
}

/** All pages, in turn. */
export function iteratePages<T>(
  workspaces: Workspaces,
  source: ListSource<T>,
  { query: { workspaceId, cursor, maxPages = 10_000 }, options }: ListCall<AdminIterateQuery>,
): AdminList<T> {
  const api = workspaces.of(workspaceId);
  checkNumber('maxPages', maxPages);
  async function* pages(signal: AbortSignal): AsyncGenerator<AdminPage<T>, void, undefined> {
    const walk = new Walk(source, cursor);
    // One deadline for all pages of a loop.
    const shared = api.shared({ ...options, signal });
    for (let count = 1; ; count += 1) {
      const read = await walk.read(api, shared);
      let verdict: unknown;
      try {
        walk.judge(read);
      } catch (error) {
        verdict = error;
      }
      // What was read is delivered, whatever is to be said of what comes after it.
      yield { ...read.page, items: walk.fresh };
      if (verdict !== undefined) throw verdict;
      if (read.page.nextCursor === undefined) return;
      if (count >= maxPages) throw walk.incomplete('page_limit');
    }
  }
  return pagedListOf(pages, [options.signal]);
}

/** One way through a list, with what it showed. Whatever does not add up is an error, and never the end. */
class Walk<T> {
  readonly #source: ListSource<T>;
  readonly #keys = new Set<string>();
  readonly #cursors = new Set<string>();
  readonly #isWhole: boolean;
  #cursor: string | undefined;
  #received = 0;
  #requests = 0;
  /** The rows of the last page that were not there before. */
  fresh: readonly T[] = [];

  constructor(source: ListSource<T>, cursor: string | undefined) {
    this.#source = source;
    this.#cursor = cursor;
    this.#isWhole = cursor === undefined;
  }

  async read(api: WorkspaceApi, options: RequestOptions): Promise<ReadPage<T>> {
    const { request, dialect } = this.#source;
    const cursor = this.#cursor;
    const place = cursor === undefined ? undefined : parseCursor(cursor, dialect);
    const query = [...(request.query ?? []), ...(place === undefined ? [] : [place])];
    this.#requests += 1;
    if (cursor !== undefined) this.#cursors.add(cursor);
    const read = await api.get({ ...request, query }, options, (answer) => this.#pageOf(answer, place?.[0]));
    this.#cursor = read.page.nextCursor;
    return read;
  }

  /** @throws IncompleteListError where what the page says cannot lead to all rows, each once. */
  judge({ page: { items, nextCursor, envelope }, hasMore, isPart }: ReadPage<T>): void {
    const fresh = items.filter((row) => this.#isFresh(row));
    this.fresh = fresh;
    this.#received += fresh.length;
    if (fresh.length < items.length) throw this.incomplete('row_repeated');
    if (isPart) throw this.incomplete('end_unclear');
    if (!this.#endsAtLastRow(items, envelope)) throw this.incomplete('cursor_elsewhere');
    if (!hasMore) {
      this.#judgeEnd(envelope);
      return;
    }
    if (items.length === 0) throw this.incomplete('page_empty');
    if (nextCursor === undefined) throw this.incomplete('cursor_missing');
    if (this.#cursors.has(nextCursor)) throw this.incomplete('cursor_repeated');
  }

  /** What is `after` another row than the last one of the page would leave out those between. */
  #endsAtLastRow(items: readonly T[], envelope: Readonly<Record<string, unknown>>): boolean {
    const [last, { last_id: lastId }] = [items.at(-1), ownOnly(envelope)];
    const isSaid = typeof lastId === 'string' && lastId !== '' && last !== undefined;
    return this.#source.dialect !== 'after' || !isSaid || lastId === this.#source.keyOf(last);
  }

  /** An end that names a way on, or more rows than there were, is none. `last_id` stands on last pages too. */
  #judgeEnd(envelope: Readonly<Record<string, unknown>>): void {
    // What lay before the cursor that was given was not counted.
    const total = this.#isWhole ? totalOf(envelope) : undefined;
    if (total !== undefined && total > this.#received) throw this.incomplete('rows_missing', total);
    // By OpenAI's words a `cursor` is to be passed where `has_more` is true: beside an end it says nothing.
    const says = this.#source.dialect === 'cursor' ? { ...envelope, cursor: undefined } : envelope;
    if (leadsOn(says)) throw this.incomplete('end_unclear');
  }

  incomplete(reason: IncompleteListReason, totalResults?: number): IncompleteListError {
    const { route } = this.#source.request;
    return new IncompleteListError(reason, {
      received: this.#received,
      requests: this.#requests,
      ...(totalResults !== undefined && { totalResults }),
      ...(reason !== 'page_limit' && totalResults === undefined && { stuckAt: { method: 'GET', route } }),
    });
  }

  #isFresh(row: T): boolean {
    const key = this.#source.keyOf(row);
    if (key === undefined) return true;
    if (this.#keys.has(key)) return false;
    this.#keys.add(key);
    return true;
  }

  #pageOf(answer: AdminAnswer, followed: Dialect | undefined): ReadPage<T> {
    const { body, requestId } = answer;
    const { dialect, readRow } = this.#source;
    const isUnknown = dialect === 'unknown';
    const rows = isUnknown && Array.isArray(body) ? body : isRecord(body) ? body.data : undefined;
    if (!Array.isArray(rows)) {
      const issue = { path: ['data'], message: 'expected a list of rows' };
      throw wrongAdminAnswer(answer, 'was answered without a list.', issue);
    }
    const { data: _, ...envelope } = isRecord(body) ? body : {};
    const said = ownOnly(envelope);
    checkEnvelope(said, answer);
    const items = rows.map((row, index) => readRow(row, index, answer));
    const used = followed ?? (isUnknown ? dialectOf(said) : dialect);
    const given = used && said[placeOf[used]];
    const hasMore = hasMoreOf(answer, said.has_more, isUnknown ? { used, given } : undefined);
    const next = hasMore && used !== undefined ? readCursor(given, answer, placeOf[used]) : undefined;
    const nextCursor = next === undefined || !isUnknown ? next : `${used}:${next}`;
    const page = {
      items,
      ...(nextCursor !== undefined && { nextCursor }),
      envelope,
      ...(requestId !== undefined && { requestId }),
    };
    return { page, hasMore, isPart: answer.status === 206 };
  }
}

interface ReadPage<T> {
  readonly page: AdminPage<T>;
  readonly hasMore: boolean;
  /** By its status (206) it is a part of an answer, which nobody asked for. */
  readonly isPart: boolean;
}

/** Which of the three an answer speaks. `last_id` stands beside the others, and on last pages: it counts last. */
function dialectOf(envelope: Readonly<Record<string, unknown>>): Dialect | undefined {
  const dialects: readonly Dialect[] = ['cursor', 'page', 'after'];
  return dialects.find((dialect) => typeof envelope[placeOf[dialect]] === 'string');
}

function hasMoreOf(
  answer: AdminAnswer,
  said: unknown,
  unknown: { readonly used: Dialect | undefined; readonly given: unknown } | undefined,
): boolean {
  if (typeof said === 'boolean') return said;
  // A bare array, or rows beside which nothing leads on, are all there is to know of it.
  if (unknown !== undefined && said === undefined) {
    if (typeof unknown.given !== 'string') return false;
    if (unknown.used !== 'after') return true;
  }
  const issue = { path: ['has_more'], message: 'expected true or false' };
  throw wrongAdminAnswer(answer, 'does not say whether there is more.', issue);
}

function readCursor(given: unknown, answer: AdminAnswer, name: string): string | undefined {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given === 'string') return given;
  const issue = { path: [name], message: 'expected text' };
  throw wrongAdminAnswer(answer, 'was answered with a cursor that is no text.', issue);
}

function parseCursor(cursor: string, dialect: Dialect | 'unknown'): [name: Dialect, value: string] {
  if (dialect !== 'unknown') return [dialect, cursor];
  const [, name, value] = /^(after|cursor|page):(.+)$/s.exec(cursor) ?? [];
  // The pattern has no others.
  if (value !== undefined) return [name as Dialect, value];
  throw new InputError('`cursor` is none of this list.', {
    path: ['cursor'],
    remedy: 'Give `nextCursor` of an earlier page of the same list, unchanged.',
  });
}
