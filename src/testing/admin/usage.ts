import { refusal } from '../compliance/log-query.js';
import { type Activity, type Cost, sum } from './activity.js';
import { analyticsPage } from './paging.js';
import type { AdminCall } from './parts.js';

const ofUsage = { byDefault: 1000, maximum: 30_000, status: 400 } as const;
const daySeconds = 86_400;
/** What a credit costs, by our guess: the service's estimate is another number than the bill, too. */
const usdPerCredit = 0.04;

/** One row for each member and day, or for each day; of days on which there was nothing there is none. */
export function listUsage(call: AdminCall): unknown {
  const { parts, workspace, parameters } = call;
  const [start, end] = windowOf(parameters, parts.now());
  const group = parameters.get('group');
  if (group !== null && group !== 'workspace') throw refusal(400, 'Invalid group: workspace.', { param: 'group' });
  const days = new Map<string, Activity[]>();
  for (const activity of parts.activity.of(workspace)) {
    const midnight = midnightOf(activity.day);
    if (midnight === undefined || midnight < start || midnight >= end) continue;
    const id = group === null ? `${activity.day} ${activity.userId}` : activity.day;
    const known = days.get(id);
    if (known === undefined) days.set(id, [activity]);
    else known.push(activity);
  }
  const sorted = [...days].map(([id, activities]) => ({ id, activities })).sort(byId);
  const { rows, page } = analyticsPage(call, ofUsage, sorted);
  return page(rows.map(({ activities }) => usageRow(activities, group === null)));
}

function usageRow(activities: readonly Activity[], isOfMember: boolean) {
  const [first] = activities;
  const start_time = midnightOf(first?.day ?? '') ?? 0;
  const user_id = first?.userId;
  const actor = { type: 'ACCOUNT_USER', user_id, email: activities.find(({ email }) => email !== undefined)?.email };
  const costs = activities.flatMap(({ cost }) => cost ?? []);
  return {
    object: 'workspace.usage.result',
    start_time,
    end_time: start_time + daySeconds,
    user_id: isOfMember ? user_id : null,
    actor: isOfMember ? actor : null,
    totals: totalsOf(costs),
    clients: parted(costs, 'client').map(([client_id, own]) => ({ client_id, ...totalsOf(own) })),
    models: parted(costs, 'model').map(([model, own]) => ({ model, ...totalsOf(own) })),
  };
}

function parted(costs: readonly Cost[], by: 'client' | 'model'): readonly (readonly [string, readonly Cost[]])[] {
  const names = new Set(costs.flatMap((cost) => cost[by] ?? []));
  return [...names].sort().map((name) => [name, costs.filter((cost) => cost[by] === name)]);
}

/** What is not known is left out: absent is not zero. */
function totalsOf(costs: readonly Cost[]): Readonly<Record<string, number | undefined>> {
  const of = (name: keyof Cost) => sum(costs.map((cost) => numberOr(cost[name])));
  const credits = of('credits');
  const usd = of('usd');
  const uncached = of('uncachedInputTokens');
  const cached = of('cachedInputTokens');
  const output = of('outputTokens');
  // JSON leaves out what is undefined.
  return {
    credits,
    cost_usd: usd,
    estimated_cost_usd: credits === undefined ? undefined : Math.round(credits * usdPerCredit * 100) / 100,
    uncached_text_input_tokens: uncached,
    cached_text_input_tokens: cached,
    text_output_tokens: output,
    text_total_tokens: sum([uncached, cached, output]),
  };
}

/** Credits of one member, by calendar month of UTC. */
export interface MonthlyCredits {
  readonly current: number;
  readonly last: number;
}

/** What the members of a workspace used in this month and the one before, by id. */
export function monthlyCredits({ parts, workspace }: AdminCall): ReadonlyMap<string, MonthlyCredits> {
  const now = new Date(parts.now());
  const current = now.toISOString().slice(0, 7);
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)).toISOString().slice(0, 7);
  const used = new Map<string, MonthlyCredits>();
  for (const { day, userId, cost } of parts.activity.of(workspace)) {
    const month = day.slice(0, 7);
    const { current: soFar = 0, last: before = 0 } = used.get(userId) ?? {};
    const credits = cost?.credits ?? 0;
    used.set(userId, {
      current: sum([soFar, month === current ? credits : 0]) ?? 0,
      last: sum([before, month === last ? credits : 0]) ?? 0,
    });
  }
  return used;
}

/** Unix seconds. The last thirty days, this one included, where nothing is said. */
function windowOf(parameters: URLSearchParams, nowMs: number): readonly [number, number] {
  const tomorrow = (Math.floor(nowMs / 1000 / daySeconds) + 1) * daySeconds;
  const end = midnight(parameters, 'end_time') ?? tomorrow;
  const start = midnight(parameters, 'start_time') ?? end - 30 * daySeconds;
  if (start >= end) throw refusal(400, "'start_time' must be before 'end_time'.", { param: 'start_time' });
  return [start, end];
}

function midnight(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  if (/^\d{1,12}$/.test(text) && Number(text) % daySeconds === 0) return Number(text);
  throw refusal(400, `'${name}' must be a Unix timestamp at midnight, UTC.`, { param: name });
}

function midnightOf(day: string): number | undefined {
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
