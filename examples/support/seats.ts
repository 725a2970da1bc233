import {
  type AdminClient,
  type DailyUsage,
  isSdkError,
  type Member,
  ResponseError,
} from 'chatgpt-enterprise-sdk/admin';
import { type Decimal, formatDecimal, readDecimal, sumOf } from './decimal.ts';

/** `never`: no use on record, as far back as was read, if that is more than `idleDays`. `unknown`: nobody says. */
export type Use = 'used' | 'unused' | 'never' | 'unknown';

/** What was stated, each by itself: a credit is no dollar. What nobody states is absent, and is not zero. */
export interface Cost {
  readonly credits: Decimal | undefined;
  readonly usd: Decimal | undefined;
  /** Days of use of which neither is stated. */
  readonly unpricedDays: number;
}

export interface Seat {
  readonly member: Member;
  readonly use: Use;
  /** Days, UTC, as YYYY-MM-DD. */
  readonly lastUse: string | undefined;
  /** Known of who is in a group. */
  readonly since: string | undefined;
  readonly groups: readonly string[];
  readonly cost: Cost;
}

export interface CostLine {
  readonly name: string;
  readonly seats: number;
  readonly cost: Cost;
}

export interface SeatReport {
  readonly workspaceId: string;
  /** Days, UTC: that of the report, and from which on use was read. */
  readonly today: string;
  readonly readFrom: string;
  readonly seats: readonly Seat[];
  /** By group, then who is in none, then who holds no seat. A person counts in each of their groups. */
  readonly groups: readonly CostLine[];
  /** Everybody, each once. */
  readonly total: CostLine;
  /** Without it nothing is known of use and cost. */
  readonly isUseRead: boolean;
  /** Whether that was read further back than `idleDays`: else nobody is known never to have used a seat. */
  readonly isNeverKnown: boolean;
  /** What could not be read, or does not add up: to be shown with the rest. */
  readonly notes: readonly string[];
}

/** After so many days without use, today included, a seat is unused; cost is that of the same days. */
export const idleDays = 30;

const daySeconds = 86_400;

/** Reads who holds a seat in a workspace, and who used and cost what in the last `days`. Fails only where the members do. */
export async function readSeats(client: AdminClient, workspaceId: string, days: number): Promise<SeatReport> {
  const now = Math.floor(Date.now() / 1_000 / daySeconds);
  const from = now - days + 1;
  const notes: string[] = [];
  const orNote = async <T>(what: string, reading: Promise<T>): Promise<T | undefined> => {
    try {
      return await reading;
    } catch (error) {
      notes.push(`${what} could not be read, and nothing is said of it. ${whyNotRead(error)}`);
      return undefined;
    }
  };
  const members = await client.members.iterate({ workspaceId }).toArray();
  const groups = (await orNote('Who is in which group', readGroups(client, workspaceId))) ?? [];
  const use = await orNote('Use and cost', readUse(client, workspaceId, from, now));
  for (const { name, isWhole } of groups)
    if (!isWhole) notes.push(`The group ${name} changed while it was read: run this again for its members.`);
  if (use !== undefined && use.undated > 0)
    notes.push(
      `Rows of use that name no day or nobody: ${use.undated}. Whoever is said to be idle may be behind them.`,
    );

  const useOf = (id: string): UseOf => use?.byUser.get(id) ?? noUse;
  const seats = members.map((member): Seat => {
    const own = groups.filter(({ since }) => since.has(member.id));
    const joined = own.map(({ since }) => since.get(member.id)).find((seconds) => seconds !== undefined);
    const { last, cost, isUndated } = useOf(member.id);
    return {
      member,
      use: use === undefined || isUndated ? 'unknown' : useSince(last, from, now),
      lastUse: last === undefined ? undefined : dayText(last),
      since: joined === undefined ? undefined : dayText(joined / daySeconds),
      groups: own.map(({ name }) => name),
      cost,
    };
  });

  const held = new Set(members.map(({ id }) => id));
  const grouped = new Set(groups.flatMap(({ since }) => [...since.keys()]));
  const line = (name: string, ids: readonly string[]): CostLine => ({
    name,
    seats: ids.filter((id) => held.has(id)).length,
    cost: sumOfCosts(ids.map((id) => useOf(id).cost)),
  });
  const users = [...(use?.byUser.keys() ?? [])];
  const others = users.filter((id) => !held.has(id) && !grouped.has(id));
  const total = line('Everybody, each once', [...new Set([...held, ...users])]);
  if (total.cost.unpricedDays > 0)
    notes.push(`Days of use of which no amount is stated: ${total.cost.unpricedDays}. The sums are of what is stated.`);
  return {
    workspaceId,
    today: dayText(now),
    readFrom: dayText(from),
    seats,
    groups: [
      ...groups.map(({ name, since }) => line(name, [...since.keys()])),
      ...(groups.length === 0
        ? []
        : [
            line(
              '(in no group)',
              [...held].filter((id) => !grouped.has(id)),
            ),
          ]),
      ...(others.length === 0 ? [] : [line('(no seat, or nobody named)', others)]),
    ],
    total,
    isUseRead: use !== undefined,
    isNeverKnown: use !== undefined && days > idleDays,
    notes,
  };
}

export interface SeatCounts extends Readonly<Record<Use, number>> {
  readonly seatType: string;
  readonly held: number;
}

/** How the seats of each type are used, and then all of them. */
export function seatCounts({ seats }: SeatReport): readonly SeatCounts[] {
  const count = (seatType: string, own: readonly Seat[]): SeatCounts => {
    const of = (use: Use) => own.filter((seat) => seat.use === use).length;
    return {
      ...{ seatType, held: own.length },
      ...{ used: of('used'), unused: of('unused'), never: of('never'), unknown: of('unknown') },
    };
  };
  const typeOf = ({ member }: Seat) => member.seat_type ?? 'not stated';
  const types = [...new Set(seats.map(typeOf))];
  return [
    ...types.map((type) =>
      count(
        type,
        seats.filter((seat) => typeOf(seat) === type),
      ),
    ),
    count('all', seats),
  ];
}

/** Credits and dollars, as decimal numbers. */
export function costTexts({ credits, usd }: Cost, absent: string): readonly [credits: string, usd: string] {
  return [credits === undefined ? absent : formatDecimal(credits), usd === undefined ? absent : formatDecimal(usd, 2)];
}

/** Why something is missing, where it may be: a refusal, or a feature that is not there. What else fails is thrown. */
function whyNotRead(error: unknown): string {
  if (!(error instanceof ResponseError) || (error.status !== 403 && error.status !== 404)) throw error;
  return `${error.message} ${isSdkError(error) ? (error.remedy ?? '') : ''}`.trim();
}

interface ReadGroup {
  readonly name: string;
  /** When each of its members joined the workspace, by id, in Unix seconds. */
  readonly since: ReadonlyMap<string, number | undefined>;
  readonly isWhole: boolean;
}

async function readGroups(client: AdminClient, workspaceId: string): Promise<readonly ReadGroup[]> {
  const read: ReadGroup[] = [];
  for await (const { id, name = id, member_count: count } of client.groups.iterate({ workspaceId })) {
    const since = new Map<string, number | undefined>();
    for await (const member of client.groups.members(id, { workspaceId })) since.set(member.id, member.created_at);
    read.push({ name, since, isWhole: count === undefined || count === since.size });
  }
  // In whatever order they come, two reports can be compared.
  return read.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

interface UseOf {
  /** Days since 1970. */
  readonly last: number | undefined;
  readonly cost: Cost;
  /** Something of it names no day. */
  readonly isUndated: boolean;
}

const noCost: Cost = { credits: undefined, usd: undefined, unpricedDays: 0 };
const noUse: UseOf = { last: undefined, cost: noCost, isUndated: false };

/** By user; of what names nobody, under ''. */
async function readUse(client: AdminClient, workspaceId: string, from: number, now: number) {
  const byUser = new Map<string, UseOf>();
  let undated = 0;
  const window = { startTime: dayText(from), endTime: dayText(now + 1) };
  for await (const row of client.usage.iterate({ workspaceId, ...window })) {
    if (isIdle(row)) continue;
    const user = row.user_id ?? row.actor?.user_id ?? '';
    const known = byUser.get(user) ?? noUse;
    const day = row.start_time === undefined ? undefined : Math.floor(row.start_time / daySeconds);
    if (user === '' || day === undefined) undated += 1;
    byUser.set(user, {
      last: day === undefined || (known.last ?? 0) > day ? known.last : day,
      cost: day === undefined || day <= now - idleDays ? known.cost : sumOfCosts([known.cost, costOf(row)]),
      isUndated: known.isUndated || day === undefined,
    });
  }
  return { byUser, undated };
}

function costOf({ totals }: DailyUsage): Cost {
  const credits = readDecimal(totals?.credits);
  const usd = readDecimal(totals?.cost_usd);
  return { credits, usd, unpricedDays: credits === undefined && usd === undefined ? 1 : 0 };
}

function sumOfCosts(costs: readonly Cost[]): Cost {
  return {
    credits: sumOf(costs.map(({ credits }) => credits)),
    usd: sumOf(costs.map(({ usd }) => usd)),
    unpricedDays: costs.reduce((sum, { unpricedDays }) => sum + unpricedDays, 0),
  };
}

/** A day without use may have a row that says so. One that says nothing is one of use: nobody is idle by a guess. */
function isIdle({ totals, clients, models }: DailyUsage): boolean {
  const amounts = [totals ?? {}, ...(clients ?? []), ...(models ?? [])].flatMap((part) =>
    Object.values(part).filter((value) => typeof value === 'number'),
  );
  return amounts.length > 0 && amounts.every((amount) => amount === 0);
}

function useSince(last: number | undefined, from: number, now: number): Use {
  if (last === undefined) return now - from < idleDays ? 'unused' : 'never';
  return now - last < idleDays ? 'used' : 'unused';
}

/** The last day of use, or what is known in its place. */
export function lastUseText({ lastUse, use }: Seat, { readFrom }: SeatReport): string {
  return lastUse ?? (use === 'never' ? 'never' : `not since ${readFrom}`);
}

function dayText(day: number): string {
  return new Date(Math.floor(day) * daySeconds * 1_000).toISOString().slice(0, 10);
}
