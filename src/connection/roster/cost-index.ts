import { addDecimals, type Decimal, formatDecimal, parseDecimal } from '../../internal/decimal.js';
import { isRecord } from '../../internal/json.js';
import { CostRows } from './cost-rows.js';
import type { CostAmount, PersonCost, UsageDays } from './person-usage.js';

type Fields = Readonly<Record<string, unknown>>;

/** What one user, or nobody who is named, came to. */
interface Sum {
  rows: number;
  rowsWithoutCost: number;
  readonly amounts: Map<string, Decimal>;
}

/**
 * What each user cost, of the rows of the log `COSTS`. Each row counts once: the service writes a row into several files, by the
 * same `event_id`; and it documents one row for each hour, identity with its groups together, product, surface, client, model, tier and
 * reasoning. A second row of the same under another id is either a repetition or a correction, which nothing tells: it is not
 * added, and the costs are then not known whole. Nor is a row added that is not of one hour, or that names another organization.
 */
export class CostIndex {
  /** Rows that are not in the sums, each for one of the reasons above. */
  leftOut = 0;
  readonly #days: UsageDays;
  /** Whose logs are read. Empty where that is not known. */
  readonly #organizationIds: readonly string[];
  /** Until all rows have been read. */
  #known: CostRows | undefined = new CostRows();
  readonly #sums = new Map<string | undefined, Sum>();

  constructor(days: UsageDays, organizationIds: readonly string[] = []) {
    this.#days = days;
    this.#organizationIds = organizationIds;
  }

  add(event: unknown): void {
    const known = this.#known;
    if (known === undefined) return;
    const { event_id: eventId, payload } = isRecord(event) ? event : {};
    const id = typeof eventId === 'string' && eventId !== '' ? eventId : undefined;
    if (id !== undefined && known.hasId(id)) return;
    const row = isRecord(payload) ? payload : {};
    const { day, hour } = row;
    const isOfOneHour = typeof day === 'string' && dayPattern.test(day) && hours.has(hour);
    if (isOfOneHour && (day < this.#days.from || day >= this.#days.to)) return;
    if (id !== undefined) known.addId(id);
    const billing = isOfOneHour && !this.#isOfOthers(row) ? billingOf(row) : undefined;
    if (id === undefined || billing === undefined || !known.addRow(row)) this.leftOut++;
    else this.#count(row, billing);
  }

  /** No row comes any more: what they are known again by, most of the memory, is let go. */
  end(): void {
    this.#known = undefined;
  }

  /** What these users cost together; `undefined` where no row names one of them, which does not say that they cost nothing. */
  costOf(userIds: Iterable<string>): PersonCost | undefined {
    return together([...new Set(userIds)].flatMap((id) => this.#sums.get(id) ?? []));
  }

  /** What is nobody's: of no user, or of one whom `isKnown` does not know. */
  costOfOthers(isKnown: (userId: string) => boolean): PersonCost | undefined {
    return together([...this.#sums].flatMap(([id, sum]) => (id !== undefined && isKnown(id) ? [] : [sum])));
  }

  /** What all rows come to. */
  total(): PersonCost | undefined {
    return together([...this.#sums.values()]);
  }

  #isOfOthers({ organization_id: id }: Fields): boolean {
    return typeof id === 'string' && this.#organizationIds.length > 0 && !this.#organizationIds.includes(id);
  }

  #count({ identity }: Fields, { bills, isWhole }: Billing): void {
    const { user_id: userId } = isRecord(identity) ? identity : {};
    const sum = this.#sumOf(typeof userId === 'string' && userId !== '' ? userId : undefined);
    sum.rows++;
    if (!isWhole) sum.rowsWithoutCost++;
    for (const { unit, value } of bills) {
      const known = sum.amounts.get(unit);
      sum.amounts.set(unit, known === undefined ? value : addDecimals(known, value));
    }
  }

  #sumOf(userId: string | undefined): Sum {
    const known = this.#sums.get(userId);
    if (known !== undefined) return known;
    const made: Sum = { rows: 0, rowsWithoutCost: 0, amounts: new Map() };
    this.#sums.set(userId, made);
    return made;
  }
}

const dayPattern = /^\d{4}-\d\d-\d\d$/;
const hours: ReadonlySet<unknown> = new Set(Array.from({ length: 24 }, (_none, hour) => hour));

interface Billing {
  readonly bills: readonly { readonly unit: string; readonly value: Decimal }[];
  /** Whether each article of it has a cost. */
  readonly isWhole: boolean;
}

/** The costs of a row, by unit; `undefined` where one cannot be added. The estimate in dollars is of the same credits. */
function billingOf({ measures }: Fields): Billing | undefined {
  const { billing } = isRecord(measures) ? measures : {};
  const articles: readonly unknown[] = Array.isArray(billing) ? billing : [];
  if (!Array.isArray(billing) && billing !== undefined && billing !== null) return undefined;
  const costs = articles.map((article) => (isRecord(article) ? (article.cost ?? undefined) : null));
  const bills = costs.flatMap((cost) => (cost === undefined ? [] : [billOf(cost)]));
  // An article without a cost is not free: what it costs is not said.
  const isWhole = bills.length > 0 && bills.length === articles.length;
  const usable = bills.filter((bill) => bill !== undefined);
  return usable.length === bills.length ? { bills: usable, isWhole } : undefined;
}

function billOf(cost: unknown): Billing['bills'][number] | undefined {
  if (!isRecord(cost) || typeof cost.unit !== 'string') return undefined;
  const value = parseDecimal(cost.value);
  const unit = cost.unit.trim().toUpperCase();
  return value === undefined || unit === '' ? undefined : { unit, value };
}

function together(sums: readonly Sum[]): PersonCost | undefined {
  if (sums.length === 0) return undefined;
  const amounts = new Map<string, Decimal>();
  for (const sum of sums) {
    for (const [unit, value] of sum.amounts) {
      const known = amounts.get(unit);
      amounts.set(unit, known === undefined ? value : addDecimals(known, value));
    }
  }
  const count = (of: 'rows' | 'rowsWithoutCost') => sums.reduce((total, sum) => total + sum[of], 0);
  return {
    amounts: [...amounts].sort(byUnit).map(([unit, value]): CostAmount => ({ unit, amount: formatDecimal(value) })),
    rows: count('rows'),
    rowsWithoutCost: count('rowsWithoutCost'),
  };
}

function byUnit([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
