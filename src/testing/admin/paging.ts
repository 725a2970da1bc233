import { type ComplianceRefusal, parseLimit, refusal, unprocessable } from '../compliance/log-query.js';
import { seedOf } from '../random.js';

/** What a list was asked for. */
export interface ListQuery {
  readonly parameters: URLSearchParams;
  /** Whose list it is, such as the path: a cursor of another one is refused. */
  readonly list: string;
}

interface LimitRule {
  readonly byDefault: number;
  readonly maximum: number;
  /** What a limit gets that is none. */
  readonly status: 400 | 422;
}

interface Part<Row> {
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
  /** Names the next part. */
  readonly next: string | null;
}

interface Identified {
  readonly id: string;
}

/** `limit`, `after` and `last_id`. The rows come ascending by id. */
export function afterPage<Row extends Identified>({ parameters }: ListQuery, rule: LimitRule, rows: readonly Row[]) {
  const limit = limitOf(parameters, rule);
  const after = parameters.get('after');
  const left = after === null ? rows : rows.filter(({ id }) => id > after);
  const shown = left.slice(0, limit);
  const ids = { first_id: shown[0]?.id ?? null, last_id: shown.at(-1)?.id ?? null };
  return {
    rows: shown,
    page: <T>(data: readonly T[]) => ({ object: 'list', data, ...ids, has_more: left.length > limit }),
  };
}

/** `limit` and an opaque `cursor`, which belongs to the other parameters. */
export function cursorPage<Row extends Identified>(query: ListQuery, rule: LimitRule, rows: readonly Row[]) {
  const { rows: shown, hasMore, next } = partOf(query, 'cursor', rule, rows);
  const last_id = shown.at(-1)?.id ?? null;
  return {
    rows: shown,
    page: <T>(data: readonly T[]) => ({ object: 'list', data, last_id, cursor: next, has_more: hasMore }),
  };
}

/** `limit`, `page` and `next_page`, as the analytics have it. */
export function analyticsPage<Row extends Identified>(query: ListQuery, rule: LimitRule, rows: readonly Row[]) {
  const { rows: shown, hasMore, next } = partOf(query, 'page', rule, rows);
  return {
    rows: shown,
    page: <T>(data: readonly T[]) => ({ object: 'page', data, has_more: hasMore, next_page: next }),
  };
}

function partOf<Row extends Identified>(
  { parameters, list }: ListQuery,
  name: 'cursor' | 'page',
  rule: LimitRule,
  rows: readonly Row[],
): Part<Row> {
  const limit = limitOf(parameters, rule);
  const others = [...parameters].filter(([key]) => key !== 'limit' && key !== name).sort();
  const bound = seedOf(JSON.stringify([list, others]));
  const cursor = parameters.get(name);
  const start = cursor === null ? 0 : startAt(readCursor(cursor, bound, name), rows);
  const shown = rows.slice(start, start + limit);
  const hasMore = start + limit < rows.length;
  const next = hasMore ? writeCursor(bound, start + limit, shown) : null;
  return { rows: shown, hasMore, next };
}

/** Where a list goes on: behind as many rows, the last of which were these, newest first. */
interface Place {
  readonly index: number;
  readonly last: readonly number[];
}

const remembered = 10;

/** Behind the last row that is still there: where several are gone, rather one twice than one left out. */
function startAt({ index, last }: Place, rows: readonly Identified[]): number {
  if (last.length > 0 && seedOf(rows[index - 1]?.id ?? '') === last[0]) return index;
  const places = new Map(rows.map(({ id }, at) => [seedOf(id), at]));
  const nearest = last.find((id) => places.has(id));
  return nearest === undefined ? Math.max(0, index - last.length) : (places.get(nearest) ?? 0) + 1;
}

function writeCursor(bound: number, index: number, rows: readonly Identified[]): string {
  const last = rows
    .slice(-remembered)
    .map(({ id }) => seedOf(id))
    .reverse();
  return btoa(JSON.stringify([bound, index, last]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function readCursor(cursor: string, bound: number, name: string): Place {
  const [of, index, last] = decoded(cursor);
  const isPlace = typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 && Array.isArray(last);
  if (of !== bound || !isPlace) throw badCursor(name);
  return { index, last: last.filter((id) => typeof id === 'number') };
}

function decoded(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function badCursor(name: string): ComplianceRefusal {
  return refusal(400, `Invalid ${name}.`, { param: name });
}

function limitOf(parameters: URLSearchParams, { byDefault, maximum, status }: LimitRule): number {
  const limit = parseLimit(parameters.get('limit'), byDefault, maximum);
  if (typeof limit === 'number') return limit;
  throw status === 422 ? unprocessable([limit]) : refusal(400, `Invalid limit: 1 to ${maximum}.`, { param: 'limit' });
}
