import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { deepestNesting } from '../internal/json-limits.js';
import { KeyOrders } from '../internal/key-orders.js';

/**
 * Makes of values what JSON would make of them, without the text in between, and with the keys in one order, so that equal
 * values are equal texts: a desired state has many thousands of entries, and is to stay as it was when it was read.
 */
export class JsonCopier {
  /** Sorting them would be most of the work. */
  readonly #sortedKeys = new KeyOrders((keys) => keys.toSorted());

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
    for (const key of this.#sortedKeys.of(value)) {
      const part = value[key];
      if (part !== undefined && key !== '__proto__') copy[key] = this.copy(part, depth + 1);
    }
    return copy;
  }
}

function notJson(): InputError {
  return new InputError('The desired state must be what JSON can hold: no cycle, no BigInt, no function.', {
    path: ['desired'],
  });
}
