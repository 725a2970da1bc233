import { addDecimals, type Decimal, formatDecimal, parseDecimal } from '../../internal/decimal.js';
import { isRecord } from '../../internal/json.js';
import type { DailyUsageSum, UsageSum } from './person-usage.js';

interface Sum {
  rows: number;
  readonly totals: Map<SummedName, { value: Decimal; rows: number }>;
}

const daySeconds = 86_400;
// The estimate of a price is not among them: it is of the same credits.
const summedNames = ['credits', 'cost_usd'] as const;
type SummedName = (typeof summedNames)[number];

/** What the members of one workspace used, of its rows of daily use: each of one member and one day. */
export class DailyIndex {
  /** Rows that are not in the sums: of another grain than a day of UTC, or of nobody, as one of the whole workspace. */
  leftOut = 0;
  readonly #sums = new Map<string, Sum>();
  readonly #rows = new Set<string>();

  add(row: unknown): void {
    const { start_time: start, end_time: end, user_id, actor, totals } = isRecord(row) ? row : {};
    const userId = user_id ?? (isRecord(actor) ? actor.user_id : undefined);
    // Two that begin at other times tell of some hours twice.
    const isOfOneDay =
      typeof start === 'number' && start % daySeconds === 0 && (end === undefined || end === start + daySeconds);
    const amounts = amountsOf(totals);
    const key = `${String(start)} ${String(userId)}`;
    if (typeof userId !== 'string' || userId === '' || !isOfOneDay || amounts === undefined || this.#rows.has(key)) {
      this.leftOut++;
      return;
    }
    this.#rows.add(key);
    const sum = this.#sums.get(userId) ?? { rows: 0, totals: new Map() };
    this.#sums.set(userId, sum);
    addTo(sum, 1, amounts);
  }

  usageOf(userIds: Iterable<string>): DailyUsageSum | undefined {
    return together([...new Set(userIds)].flatMap((id) => this.#sums.get(id) ?? []));
  }

  usageOfOthers(isKnown: (userId: string) => boolean): DailyUsageSum | undefined {
    return together([...this.#sums].flatMap(([id, sum]) => (isKnown(id) ? [] : [sum])));
  }

  total(): DailyUsageSum | undefined {
    return together([...this.#sums.values()]);
  }
}

type Amounts = ReadonlyMap<SummedName, { readonly value: Decimal; readonly rows: number }>;

/** `undefined` where one is there and is no number. */
function amountsOf(totals: unknown): Amounts | undefined {
  const given = isRecord(totals) ? totals : {};
  const amounts = new Map<SummedName, { readonly value: Decimal; readonly rows: number }>();
  for (const name of summedNames) {
    if (given[name] === undefined || given[name] === null) continue;
    const value = parseDecimal(given[name]);
    if (value === undefined) return undefined;
    amounts.set(name, { value, rows: 1 });
  }
  return amounts;
}

function addTo(sum: Sum, rows: number, amounts: Amounts): void {
  sum.rows += rows;
  for (const [name, { value, rows: more }] of amounts) {
    const known = sum.totals.get(name);
    if (known === undefined) sum.totals.set(name, { value, rows: more });
    else Object.assign(known, { value: addDecimals(known.value, value), rows: known.rows + more });
  }
}

function together(sums: readonly Sum[]): DailyUsageSum | undefined {
  if (sums.length === 0) return undefined;
  const all: Sum = { rows: 0, totals: new Map() };
  for (const { rows, totals } of sums) addTo(all, rows, totals);
  const credits = sumOf(all, 'credits');
  const costUsd = sumOf(all, 'cost_usd');
  return {
    rows: all.rows,
    ...(credits === undefined ? {} : { credits }),
    ...(costUsd === undefined ? {} : { costUsd }),
  };
}

function sumOf({ totals }: Sum, name: SummedName): UsageSum | undefined {
  const found = totals.get(name);
  return found && { amount: formatDecimal(found.value), rows: found.rows };
}
