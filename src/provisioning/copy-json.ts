import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { deepestNesting } from '../internal/json-limits.js';

/** The keys of an object, and the same ones sorted. */
interface KeyOrder {
  readonly given: readonly string[];
  readonly sorted: readonly string[];
}

/** Of objects with so many keys, orders that are kept. */
const mostOrders = 8;

/**
 * Makes of values what JSON would make of them, without the text in between, and with the keys in one order, so that equal
 * values are equal texts: a desired state has many thousands of entries, and is to stay as it was when it was read.
 */
export class JsonCopier {
  /** By the number of keys: the entries of a list have the same ones, and sorting them is most of the work. */
  readonly #orders: KeyOrder[][] = [];

  /** @throws InputError for what JSON cannot hold. */
  copy(value: unknown, depth = 0): unknown {
    if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (depth > deepestNesting) throw notJson();
    if (Array.isArray(value)) return value.map((entry) => (entry === undefined ? null : this.copy(entry, depth + 1)));
    if (!isRecord(value)) throw notJson();
    // Such as a date.
    if (typeof value.toJSON === 'function') return this.copy(value.toJSON(), depth + 1);
    const copy: Record<string, unknown> = {};
    for (const key of this.#sortedKeysOf(value)) {
      const part = value[key];
      if (part !== undefined && key !== '__proto__') copy[key] = this.copy(part, depth + 1);
    }
    return copy;
  }

  #sortedKeysOf(value: object): readonly string[] {
    const given = Object.keys(value);
    let orders = this.#orders[given.length];
    if (orders === undefined) {
      orders = [];
      this.#orders[given.length] = orders;
    }
    for (const order of orders) if (given.every((key, index) => key === order.given[index])) return order.sorted;
    const order = { given, sorted: given.toSorted() };
    if (orders.length < mostOrders) orders.push(order);
    return order.sorted;
  }
}

function notJson(): InputError {
  return new InputError('The desired state must be what JSON can hold: no cycle, no BigInt, no function.', {
    path: ['desired'],
  });
}
