import { isRecord } from '../../internal/json.js';
import { foldCase } from '../filter/compare.js';
import { readAttribute } from '../schemas/names.js';
import type { Rules } from '../schemas/rules.js';
import { canonicalJson, entryKey, valueKey } from './values.js';

/** Where in a list the values with a key are; a value whose key is `undefined` is nowhere. */
export class PositionIndex {
  readonly #keyOf: (value: unknown) => string | undefined;
  readonly #keys: (string | undefined)[] = [];
  /** Most keys have one position. */
  readonly #positions = new Map<string, number | Set<number>>();

  constructor(keyOf: (value: unknown) => string | undefined) {
    this.#keyOf = keyOf;
  }

  put(position: number, value: unknown): void {
    const key = this.#keyOf(value);
    this.#keys[position] = key;
    if (key === undefined) return;
    const known = this.#positions.get(key);
    if (known === undefined) this.#positions.set(key, position);
    else if (typeof known === 'number') this.#positions.set(key, new Set([known, position]));
    else known.add(position);
  }

  drop(position: number): void {
    const key = this.#keys[position];
    if (key === undefined) return;
    this.#keys[position] = undefined;
    const known = this.#positions.get(key);
    if (typeof known === 'object' && known.size > 1) known.delete(position);
    else this.#positions.delete(key);
  }

  first(key: string): number | undefined {
    const known = this.#positions.get(key);
    if (typeof known !== 'object') return known;
    for (const position of known) return position;
    return undefined;
  }

  all(key: string): readonly number[] {
    const known = this.#positions.get(key);
    if (known === undefined) return [];
    return typeof known === 'number' ? [known] : [...known];
  }
}

/** Under which values stand that only the filter itself can judge. */
export const OTHER = 'other';

export function keyReader(kind: string, rules: Rules): (value: unknown) => string | undefined {
  if (kind === 'text') return (value) => canonicalJson(value);
  if (kind === 'entry') return (value) => entryKey(value, rules);
  if (kind === 'value') return (value) => valueKey(value, rules);
  const name = kind.slice('part '.length);
  return (value) => {
    const part = isRecord(value) ? readAttribute(value, name) : name === 'value' ? value : undefined;
    if (typeof part === 'string') return `=${foldCase(part)}`;
    return typeof part === 'object' && part !== null ? OTHER : undefined;
  };
}
