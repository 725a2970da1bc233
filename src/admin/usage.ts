import { checkChoice, type OptionNames, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';

import { msOf, readInstant } from '../internal/dates.js';
import { isRecord, ownCopy } from '../internal/json.js';
import type { AdminAnswer, Workspaces } from './api.js';
import { foldAddress } from './fold-address.js';
import type { QueryArguments } from './options.js';
import {
  type AdminIterateQuery,
  type AdminList,
  type AdminListQuery,
  type AdminPage,
  checkListCall,
  iterateNames,
  iteratePages,
  type LimitQuery,
  type ListSource,
  limitParameter,
  listNames,
  readPage,
} from './paging.js';
import { anothers, checkWorkspace, readRecord } from './rows.js';
import type { DailyUsage } from './schemas/usage.js';

/** Which page of daily use. */
export interface UsageListQuery extends AdminListQuery {
  /** From this day on: a `Date` at midnight UTC, or a day such as `2026-11-01`. @default what the service takes */
  readonly startTime?: Date | string | undefined;
  /** Up to this day, which is not included: likewise at midnight UTC. @default what the service takes */
  readonly endTime?: Date | string | undefined;
  /** `workspace`: one row a day for everybody together. @default one row for each person and day */
  readonly group?: 'workspace' | undefined;
  /** Rows asked for in one request, 1 to 30_000. @default 1_000 */
  readonly limit?: LimitQuery['limit'];
}

/** Which daily use to walk through. */
export interface UsageIterateQuery extends AdminIterateQuery, UsageListQuery {}

const usageListNames: OptionNames<UsageListQuery> = {
  ...listNames,
  startTime: true,
  endTime: true,
  group: true,
  limit: true,
};
const usageIterateNames: OptionNames<UsageIterateQuery> = { ...iterateNames, ...usageListNames };
const mostRows = 30_000;
// A row has a value for each client and model, and an answer may hold only so many: more would not fit.
const usualRows = 1_000;
const dayMs = 86_400_000;

/**
 * Use by day. Needs the permission to read the Enterprise analytics API. Rows are revised later and never said to be final; in
 * `totals` what is absent is not zero.
 */
export class AdminUsage<Several extends boolean = false> {
  readonly #workspaces: Workspaces;

  /** @hidden */
  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  /** One page of daily use. */
  async list(...[query, options]: QueryArguments<UsageListQuery, Several>): Promise<AdminPage<DailyUsage>> {
    const call = checkListCall('list()', query, options, usageListNames);
    const source = usageSource(call.query);
    return readPage(this.#workspaces, source, call);
  }

  /** All daily use. @throws IncompleteListError where the service contradicts itself, in place of an end. */
  iterate(...[query, options]: QueryArguments<UsageIterateQuery, Several>): AdminList<DailyUsage> {
    const call = checkListCall('iterate()', query, options, usageIterateNames);
    return iteratePages(this.#workspaces, usageSource(call.query), call);
  }
}

function usageSource({ startTime, endTime, group, limit }: UsageListQuery): ListSource<DailyUsage> {
  const start = startTime === undefined ? undefined : midnight('startTime', startTime);
  const end = endTime === undefined ? undefined : midnight('endTime', endTime);
  if (start !== undefined && end !== undefined && end <= start) {
    throw new InputError('`endTime` must be after `startTime`: the day that it names is not included.', {
      path: ['endTime'],
      remedy: 'To read one day, give the day after it.',
    });
  }
  if (group !== undefined) checkChoice('group', group, ['workspace']);
  return {
    request: {
      route: '/analytics/workspaces/{workspace_id}/usage',
      query: [
        ...(start === undefined ? [] : [['start_time', String(start)] as const]),
        ...(end === undefined ? [] : [['end_time', String(end)] as const]),
        ...(group === undefined ? [] : [['group', group] as const]),
        limitParameter(limit, mostRows, usualRows),
      ],
    },
    dialect: 'page',
    keyOf: (row) => keyOf(row, group !== undefined),
    readRow: (row, index, answer) => readUsage(row, index, answer, start, end),
  };
}

/** A day, and whose: counted twice, it would cost twice. */
function keyOf(row: DailyUsage, isOfAll: boolean): string | undefined {
  const { day, user, actor } = readWhose(row);
  const { user_id: id, email } = actor;
  const whose =
    user ?? id ?? (typeof email === 'string' ? foldAddress(email.trim()) : undefined) ?? (isOfAll ? '' : undefined);
  return day !== undefined && typeof whose === 'string' ? `${day} ${whose}` : undefined;
}

/** Of a row that nobody validated: the day, as a number or as text, and who it says it is of. */
function readWhose(row: DailyUsage) {
  const { start_time: start, user_id: user, actor } = ownCopy(row, ['start_time', 'user_id', 'actor']);
  const said: unknown = start;
  const isText = typeof said === 'string' && /^\d{1,12}(?:\.0+)?$/.test(said);
  const day = typeof said === 'number' || isText ? Number(said) : undefined;
  return { day, user, actor: isRecord(actor) ? ownCopy(actor, ['user_id', 'email']) : {} };
}

function readUsage(
  value: unknown,
  index: number,
  answer: AdminAnswer,
  start = Number.NEGATIVE_INFINITY,
  end = Number.POSITIVE_INFINITY,
): DailyUsage {
  // Typed as far as it is known, and not validated.
  const row = readRecord(value, ['data', index], answer) as DailyUsage;
  const { day, user, actor } = readWhose(row);
  checkWorkspace(actor, ['data', index, 'actor'], answer);
  if (day !== undefined && (day < start || day >= end))
    throw anothers(answer, ['data', index, 'start_time'], 'was answered with another time than was asked for.');
  if (typeof user === 'string' && typeof actor.user_id === 'string' && actor.user_id !== user)
    throw anothers(answer, ['data', index, 'actor'], 'was answered with a row that names two people.');
  return row;
}

/** Unix seconds, as the service takes them. */
function midnight(name: string, given: Date | string): number {
  const ms = read(`\`${name}\``, () =>
    given instanceof Date ? given.getTime() : typeof given === 'string' ? msOfText(given) : Number.NaN,
  );
  if (Number.isFinite(ms) && ms % dayMs === 0) return ms / 1_000;
  throw new InputError(`\`${name}\` must be a day: a Date at midnight UTC, or text such as '2026-11-01'.`, {
    path: [name],
    remedy: `Cut the time off: \`${name}: date.toISOString().slice(0, 10)\`.`,
  });
}

function msOfText(text: string): number {
  const instant = readInstant(text);
  return instant === undefined ? Number.NaN : msOf(instant);
}
