import { addDecimals, type Decimal, formatDecimal, parseDecimal, zero } from '../../internal/decimal.js';
import { isRecord } from '../../internal/json.js';
import { CostRows } from './cost-rows.js';
import type { CostAmount, PersonCost, UsageDays } from './person-usage.js';
import { UnitSums } from './unit-sums.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What each user cost, of the rows of the log `COSTS`. Each row counts once: the service writes a row into several files, by the
 * same `event_id`; and it documents one row for each hour, identity with its groups together, product, surface, client, model, tier and
 * reasoning. A second row of the same under another id is either a repetition or a correction, which nothing tells: it is not
 * added, and the costs are then not known whole. Nor is one of the same id that has another bill, a row that is not of one hour, or one
 * that names another organization.
 */
export class CostIndex {
  /** Rows that are not in the sums, each for one of the reasons above. */
  leftOut = 0;
  readonly #days: UsageDays;
  /** Whose logs are read. Empty where that is not known. */
  readonly #organizationIds: readonly string[];
  /** Until all rows have been read. */
  #known: CostRows | undefined = new CostRows();
  /** A number for each user, from 1; 0 is nobody who is named. */
  readonly #users = new Map<string, number>();
  /** By number. */
  readonly #rows: number[] = [0];
  readonly #rowsWithoutCost: number[] = [0];
  readonly #units = new Map<string, UnitSums>();
  readonly #double = new Float64Array(1);
  readonly #halves = new Uint32Array(this.#double.buffer);

  constructor(days: UsageDays, organizationIds: readonly string[] = []) {
    this.#days = days;
    this.#organizationIds = organizationIds;
  }

  add(event: unknown): void {
    const known = this.#known;
    if (known === undefined) return;
    const { event_id: eventId, payload } = isRecord(event) ? event : {};
    const id = typeof eventId === 'string' && eventId !== '' ? eventId : undefined;
    const row = isRecord(payload) ? payload : {};
    const { day, hour } = row;
    const isOfOneHour = typeof day === 'string' && dayPattern.test(day) && hours.has(hour);
    if (isOfOneHour && (day < this.#days.from || day >= this.#days.to)) return;
    const billing = isOfOneHour && !this.#isOfOthers(row) ? billingOf(row) : undefined;
    const verdict = id === undefined ? 'contradicts' : known.addId(id, this.#numberOfBills(billing?.bills ?? []));
    if (verdict === 'known') return;
    if (verdict === 'contradicts' || billing === undefined) {
      this.leftOut++;
      return;
    }
    const user = this.#numberOf(row);
    if (known.addRow(row, user)) this.#count(user, billing);
    else this.leftOut++;
  }

  /** No row comes any more: what they are known again by, most of the memory, is let go. */
  end(): void {
    this.#known = undefined;
  }

  /** What these users cost together; `undefined` where no row names one of them, which does not say that they cost nothing. */
  costOf(userIds: Iterable<string>): PersonCost | undefined {
    return this.#together([...new Set(userIds)].flatMap((id) => this.#users.get(id) ?? []));
  }

  /** What is nobody's: of no user, or of one whom `isKnown` does not know. */
  costOfOthers(isKnown: (userId: string) => boolean): PersonCost | undefined {
    return this.#together([0, ...[...this.#users].flatMap(([id, user]) => (isKnown(id) ? [] : [user]))]);
  }

  /** What all rows come to. */
  total(): PersonCost | undefined {
    return this.#together([0, ...this.#users.values()]);
  }

  #isOfOthers({ organization_id: id }: Fields): boolean {
    return typeof id === 'string' && this.#organizationIds.length > 0 && !this.#organizationIds.includes(id);
  }

  /** A number for what is billed, of 32 bits, whichever order it comes in: two bills that differ share one by a chance in billions. */
  #numberOfBills(bills: readonly Bill[]): number {
    let all = 0;
    for (const { unit, value } of bills) {
      this.#double[0] = Number(value.digits) / 10 ** value.scale;
      const low = this.#halves[0] ?? 0;
      const high = this.#halves[1] ?? 0;
      let one = Math.imul(low ^ 0x2c1b3c6d, 0x85ebca6b) ^ high;
      for (let index = 0; index < unit.length; index++)
        one = Math.imul(one ^ (one >>> 15) ^ unit.charCodeAt(index), 0x9e3779b1);
      all = (all + (one ^ (one >>> 16))) >>> 0;
    }
    return all;
  }

  #numberOf({ identity }: Fields): number {
    const { user_id: userId } = isRecord(identity) ? identity : {};
    if (typeof userId !== 'string' || userId === '') return 0;
    const known = this.#users.get(userId);
    if (known !== undefined) return known;
    const number = this.#rows.push(0) - 1;
    this.#rowsWithoutCost.push(0);
    this.#users.set(userId, number);
    return number;
  }

  #count(user: number, { bills, isWhole }: Billing): void {
    this.#rows[user] = (this.#rows[user] ?? 0) + 1;
    if (!isWhole) this.#rowsWithoutCost[user] = (this.#rowsWithoutCost[user] ?? 0) + 1;
    for (const { unit, value } of bills) this.#sumsOf(unit).add(user, value);
  }

  #sumsOf(unit: string): UnitSums {
    const known = this.#units.get(unit);
    if (known !== undefined) return known;
    const made = new UnitSums();
    this.#units.set(unit, made);
    return made;
  }

  #together(users: readonly number[]): PersonCost | undefined {
    const count = (of: readonly number[]) => users.reduce((sum, user) => sum + (of[user] ?? 0), 0);
    const rows = count(this.#rows);
    if (rows === 0) return undefined;
    const amounts: CostAmount[] = [];
    for (const [unit, sums] of this.#units) {
      const known = users.flatMap((user) => sums.of(user) ?? []);
      if (known.length > 0) amounts.push({ unit, amount: formatDecimal(known.reduce(addDecimals, zero)) });
    }
    amounts.sort((one, other) => (one.unit < other.unit ? -1 : 1));
    return { amounts, rows, rowsWithoutCost: count(this.#rowsWithoutCost) };
  }
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const hours: ReadonlySet<unknown> = new Set(Array.from({ length: 24 }, (_none, hour) => hour));

interface Bill {
  readonly unit: string;
  readonly value: Decimal;
}

interface Billing {
  readonly bills: readonly Bill[];
  /** Whether each article of it has a cost. */
  readonly isWhole: boolean;
}

/** The costs of a row, by unit; `undefined` where one cannot be added. The estimate in dollars is of the same credits. */
function billingOf({ measures }: Fields): Billing | undefined {
  const { billing } = isRecord(measures) ? measures : {};
  if (billing === undefined || billing === null) return { bills: [], isWhole: false };
  if (!Array.isArray(billing)) return undefined;
  const bills: Bill[] = [];
  for (const article of billing as readonly unknown[]) {
    if (!isRecord(article)) return undefined;
    const { cost } = article;
    if (cost === undefined || cost === null) continue;
    const bill = billOf(cost);
    if (bill === undefined) return undefined;
    bills.push(bill);
  }
  // An article without a cost is not free: what it costs is not said.
  return { bills, isWhole: bills.length > 0 && bills.length === billing.length };
}

function billOf(cost: unknown): Bill | undefined {
  if (!isRecord(cost) || typeof cost.unit !== 'string') return undefined;
  const value = parseDecimal(cost.value);
  const unit = cost.unit.trim().toUpperCase();
  return value === undefined || unit === '' ? undefined : { unit, value };
}
