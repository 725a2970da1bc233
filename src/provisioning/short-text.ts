import { KeyOrders } from '../internal/key-orders.js';

/** Keys that are told by a number from then on, or are written each time. */
type Keys = number | readonly string[];

/** So many orders of keys are told by numbers: more of them than a list of people has. */
const mostNumbers = 100;

/**
 * Writes JSON with keys in order as texts that are equal for equal values in equal order, at a fraction of the time that JSON
 * takes: keys, of which most entries have the same, are written once, at the end.
 */
export class ShortText {
  readonly #numbered: (readonly string[])[] = [];
  readonly #keys = new KeyOrders((keys): Keys => {
    if (this.#numbered.length === mostNumbers) return keys;
    return this.#numbered.push(keys) - 1;
  });

  of(values: readonly unknown[]): string {
    const parts: unknown[] = [];
    for (const value of values) this.#add(value, parts);
    return JSON.stringify(parts);
  }

  /** What numbers in the texts mean. */
  get numberedKeys(): readonly (readonly string[])[] {
    return this.#numbered;
  }

  /** An object is its keys, a list its length, below zero; then comes what is in it. So a number is a list of one. */
  #add(value: unknown, parts: unknown[]): void {
    if (Array.isArray(value)) {
      parts.push(-1 - value.length);
      for (const entry of value) this.#add(entry, parts);
    } else if (typeof value === 'object' && value !== null) {
      parts.push(this.#keys.of(value));
      for (const part of Object.values(value)) this.#add(part, parts);
    } else parts.push(typeof value === 'number' ? [value] : value);
  }
}
