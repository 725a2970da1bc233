import { addDecimals, type Decimal, formatDecimal, parseDecimal } from '../../internal/decimal.js';
import { isRecord } from '../../internal/json.js';
import { NumberRows } from './number-rows.js';
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
  /** Those that are UUIDs, as all that the service was seen to write: of 128 bits each. */
  readonly #uuids = new NumberRows(4);
  readonly #otherIds = new Set<string>();
  readonly #words = new ValueNumbers();
  /** What kinds of use there are: few, beside the rows. */
  readonly #kinds = new NumberRows(8);
  readonly #users = new ValueNumbers();
  readonly #groups = new ValueNumbers();
  readonly #groupLists = new ValueNumbers();
  /** A row is known again by its hour, its user, the groups, and the kind of use. */
  readonly #rows = new NumberRows(4);
  readonly #sums = new Map<string | undefined, Sum>();

  constructor(days: UsageDays, organizationIds: readonly string[] = []) {
    this.#days = days;
    this.#organizationIds = organizationIds;
  }

  add(event: unknown): void {
    const { event_id: eventId, payload } = isRecord(event) ? event : {};
    const id = typeof eventId === 'string' && eventId !== '' ? eventId : undefined;
    const isUuid = id !== undefined && readUuid(id, this.#uuids.row);
    if (id !== undefined && (isUuid ? this.#uuids.has() : this.#otherIds.has(id))) return;
    const row = isRecord(payload) ? payload : {};
    const { day, hour } = row;
    const isOfOneHour = typeof day === 'string' && dayPattern.test(day) && hours.has(hour);
    if (isOfOneHour && (day < this.#days.from || day >= this.#days.to)) return;
    if (isUuid) this.#uuids.add();
    else if (id !== undefined) this.#otherIds.add(id);
    const billing = isOfOneHour && !this.#isOfOthers(row) ? billingOf(row) : undefined;
    if (id === undefined || billing === undefined || !this.#isFirst(row)) this.leftOut++;
    else this.#count(row, billing);
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

  /** Whether no row of the same was there before: from now on there was. */
  #isFirst(of: Fields): boolean {
    const identity = isRecord(of.identity) ? of.identity : {};
    const words = this.#words;
    const kind = this.#kinds.row;
    kind[0] = words.of(of.organization_id);
    kind[1] = words.of(isRecord(identity.agent) ? identity.agent.id : undefined);
    kind[2] = words.of(of.product);
    kind[3] = words.of(of.surface);
    kind[4] = words.of(of.client);
    kind[5] = words.of(of.model);
    kind[6] = words.of(of.service_tier);
    kind[7] = words.of(of.reasoning);
    const { row, size } = this.#rows;
    row[0] = words.of(of.day) * hours.size + Number(of.hour);
    // Names and addresses change within an hour, and are not who it is.
    row[1] = this.#users.of(identity.user_id ?? identity.email);
    row[2] = this.#groupsNumber(identity.groups);
    row[3] = this.#kinds.add();
    return this.#rows.add() === size;
  }

  /** Of all groups together, in whichever order: even of one, odd of more. */
  #groupsNumber(groups: unknown): number {
    if (!Array.isArray(groups) || groups.length === 0) return 0;
    const numbers = groups.map((group: unknown) => this.#groups.of(isRecord(group) ? group.id : group));
    if (numbers.length === 1) return ((numbers[0] ?? 0) + 1) * 2;
    return this.#groupLists.of(numbers.sort((one, other) => one - other).join(' ')) * 2 + 1;
  }
}

/** A number for each value of a field, from 1; 0 is none. */
class ValueNumbers {
  readonly #ofTexts = new Map<string, number>();
  /** By their JSON. */
  readonly #ofOthers = new Map<string, number>();

  of(value: unknown): number {
    if (typeof value === 'string') return this.#numberIn(this.#ofTexts, value);
    return value === undefined || value === null ? 0 : this.#numberIn(this.#ofOthers, JSON.stringify(value) ?? '');
  }

  #numberIn(numbers: Map<string, number>, text: string): number {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#ofTexts.size + this.#ofOthers.size + 1;
    numbers.set(text, number);
    return number;
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

const dashes: ReadonlySet<number> = new Set([8, 13, 18, 23]);

/** Reads a UUID in small letters, 32 bits after the other; false for any other text. */
function readUuid(text: string, into: Uint32Array): boolean {
  if (text.length !== 36) return false;
  let bits = 0;
  let digits = 0;
  for (let index = 0; index < 36; index++) {
    const unit = text.charCodeAt(index);
    if (dashes.has(index)) {
      if (unit !== 0x2d) return false;
      continue;
    }
    const digit = unit >= 0x30 && unit <= 0x39 ? unit - 0x30 : unit >= 0x61 && unit <= 0x66 ? unit - 0x57 : -1;
    if (digit === -1) return false;
    bits = (bits << 4) | digit;
    digits++;
    if (digits % 8 === 0) into[digits / 8 - 1] = bits;
  }
  return true;
}
