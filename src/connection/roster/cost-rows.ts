import { isRecord } from '../../internal/json.js';
import { NumberRows } from './number-rows.js';

type Fields = Readonly<Record<string, unknown>>;

/** By what a row of the log `COSTS` is known again: the id of its event, and the documented grain. */
export class CostRows {
  /** Those that are UUIDs, as all that the service was seen to write: of 128 bits each. */
  readonly #uuids = new NumberRows(4);
  /** By the number of the UUID, what was billed. */
  #bills = new Uint32Array(1_024);
  readonly #otherIds = new Map<string, number>();
  readonly #words = new ValueNumbers();
  /** What kinds of use there are: few, beside the rows. */
  readonly #kinds = new NumberRows(8);
  /** Whoever is not named by the id of a user. */
  readonly #others = new ValueNumbers();
  readonly #groups = new ValueNumbers();
  readonly #groupLists = new ValueNumbers();
  /** A row is known again by its hour, its user, the groups, and the kind of use. */
  readonly #rows = new NumberRows(4);

  /** Whether an event is new, was there before, or was there with another bill: of which some number tells. */
  addId(id: string, bill: number): 'new' | 'known' | 'contradicts' {
    if (!readUuid(id, this.#uuids.row)) {
      const known = this.#otherIds.get(id);
      if (known !== undefined) return known === bill ? 'known' : 'contradicts';
      this.#otherIds.set(id, bill);
      return 'new';
    }
    const { size } = this.#uuids;
    const number = this.#uuids.add();
    if (number < size) return this.#bills[number] === bill ? 'known' : 'contradicts';
    if (number === this.#bills.length) {
      const bills = this.#bills;
      this.#bills = new Uint32Array(bills.length * 2);
      this.#bills.set(bills);
    }
    this.#bills[number] = bill;
    return 'new';
  }

  /** Whether no row of the same was there before: from now on there was. A user has a number, from 1; 0 is nobody who is named. */
  addRow(of: Fields, user: number): boolean {
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
    row[0] = words.of(of.day) * 24 + Number(of.hour);
    // Names and addresses change within an hour, and are not who it is.
    row[1] = user === 0 ? this.#others.of(identity.user_id ?? identity.email) * 2 : user * 2 + 1;
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

/** Reads a UUID in small letters, 32 bits after the other; false for any other text. */
function readUuid(text: string, into: Uint32Array): boolean {
  if (text.length !== 36) return false;
  let word = 0;
  let bits = 0;
  let digits = 0;
  for (let index = 0; index < 36; index++) {
    const unit = text.charCodeAt(index);
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (unit !== 0x2d) return false;
      continue;
    }
    if (unit >= 0x30 && unit <= 0x39) bits = (bits << 4) | (unit - 0x30);
    else if (unit >= 0x61 && unit <= 0x66) bits = (bits << 4) | (unit - 0x57);
    else return false;
    if (++digits % 8 === 0) into[word++] = bits;
  }
  return true;
}
