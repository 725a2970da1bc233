import { parseDateTime } from '../../internal/dates.js';
import { isRecord, isUnassigned } from '../../internal/json.js';
import { foldCase, isSameButForCase } from '../filter/compare.js';
import type { Comparison, FilterExpression } from '../filter/filter.js';
import { findAttribute, type NamedAttribute } from '../schemas/known-schemas.js';
import { readAttribute, storedKey } from '../schemas/names.js';
import type { Rules } from '../schemas/rules.js';
import { keyReader, OTHER, PositionIndex } from './position-index.js';
import { canonicalJson, entryKey, entryValue, isEqualJson, type JsonObject, PatchProblem } from './values.js';

/** Up to here reading the whole list each time is faster than an index of it. */
const FEW_SCANS = 32;
const FEW_PAIRS = 256;

/** Stands where a value was, so that the others keep their positions. */
const GONE = Symbol('gone');

/** A list that is not stored yet, and where it belongs. */
export interface OpenList {
  readonly urn: string | undefined;
  readonly attribute: NamedAttribute;
  readonly list: ValueList;
}

/** The values of one attribute while operations change them: copied once, and indexed once there are many operations. */
export class ValueList {
  readonly #rules: Rules;
  readonly #before: readonly unknown[];
  #own: unknown[] | undefined;
  #gone = 0;
  #scans = 0;
  #indexes: Map<string, PositionIndex> | undefined;
  #primaries: Set<number> | undefined;

  constructor(before: readonly unknown[], rules: Rules) {
    this.#before = before;
    this.#rules = rules;
  }

  /** The list that was given, where nothing changed; else one that this object must not change again. */
  result(): readonly unknown[] {
    const all = this.#all();
    return this.#gone === 0 ? all : all.filter((value) => value !== GONE);
  }

  get isChanged(): boolean {
    return this.#own !== undefined;
  }

  /** What tells its kind: nothing, or a list that is not empty. */
  get shape(): readonly unknown[] | undefined {
    return this.#all().length === this.#gone ? undefined : this.#all();
  }

  at(position: number): unknown {
    return this.#all()[position];
  }

  append(value: unknown): number {
    const position = this.#writable().push(value) - 1;
    this.#note(position, value);
    return position;
  }

  set(position: number, value: unknown): void {
    this.#writable()[position] = value;
    this.#forget(position);
    this.#note(position, value);
  }

  remove(position: number): void {
    const own = this.#writable();
    if (own[position] === GONE) return;
    own[position] = GONE;
    this.#gone += 1;
    this.#forget(position);
  }

  /** Where an equal value is, else the same entry, else -1. */
  find(value: unknown): number {
    if (this.#mayScan()) return this.#search(value);
    const equal = this.#index('text').first(canonicalJson(value));
    return equal ?? this.#index('entry').first(entryKey(value, this.#rules)) ?? -1;
  }

  /** Where the values with a key are, by their `value` alone or as entries. */
  withKey(kind: 'value' | 'entry', key: string): readonly number[] {
    return this.#index(kind).all(key);
  }

  positions(): number[] {
    return [...this.#all().keys()].filter((position) => this.at(position) !== GONE);
  }

  /** Where the values are that a filter chooses. */
  matching(filter: FilterExpression, matches: (value: unknown) => boolean): number[] {
    const found: number[] = [];
    const all = this.#all();
    const term = this.#mayScan() ? undefined : indexedTerm(filter, this.#rules);
    if (term === undefined) {
      for (let position = 0; position < all.length; position += 1) {
        const value = all[position];
        if (value !== GONE && matches(value)) found.push(position);
      }
      return found;
    }
    const index = this.#index(`part ${term.path.toLowerCase()}`);
    for (const position of [...index.all(`=${foldCase(term.value)}`), ...index.all(OTHER)]) {
      if (matches(all[position])) found.push(position);
    }
    return found.sort((a, b) => a - b);
  }

  /** Of values that a change made equal to others, the first stays. */
  removeRepeats(changed: readonly number[]): void {
    const all = this.#all();
    if (changed.length * all.length <= FEW_PAIRS || (changed.length === 1 && this.#mayScan())) {
      for (const position of changed) this.#removeRepeatsOf(position);
      return;
    }
    const index = this.#index('text');
    for (const position of changed) {
      const value = all[position];
      if (value === GONE) continue;
      const [, ...repeats] = index.all(canonicalJson(value)).toSorted((a, b) => a - b);
      for (const repeat of repeats) this.remove(repeat);
    }
  }

  /** Makes the primary one among these the only one (RFC 7644 §3.5.2). */
  choosePrimary(among: Iterable<number>): void {
    const all = this.#all();
    const [chosen, another] = [...new Set(among)].filter((position) => isPrimary(all[position]));
    if (chosen === undefined) return;
    if (another !== undefined) throw new PatchProblem('invalidValue', 'more than one value would be primary');
    this.#primaries ??= new Set(this.positions().filter((position) => isPrimary(all[position])));
    for (const position of [...this.#primaries]) {
      const value = this.at(position);
      if (position === chosen || !isPrimary(value)) continue;
      this.set(position, { ...value, [storedKey(value, 'primary') ?? 'primary']: false });
    }
  }

  #all(): readonly unknown[] {
    return this.#own ?? this.#before;
  }

  #writable(): unknown[] {
    this.#own ??= this.#before.slice();
    return this.#own;
  }

  #mayScan(): boolean {
    this.#scans += 1;
    return this.#scans <= FEW_SCANS;
  }

  #search(value: unknown): number {
    const all = this.#all();
    const key = entryValue(value);
    let own: string | undefined;
    let entry = -1;
    for (let position = 0; position < all.length; position += 1) {
      const other = all[position];
      if (other === GONE || !mayBeSame(key, entryValue(other))) continue;
      if (isEqualJson(other, value)) return position;
      if (entry !== -1) continue;
      own ??= entryKey(value, this.#rules);
      if (entryKey(other, this.#rules) === own) entry = position;
    }
    return entry;
  }

  #removeRepeatsOf(position: number): void {
    const all = this.#all();
    const value = all[position];
    if (value === GONE) return;
    const key = entryValue(value);
    let isSeen = false;
    for (let other = 0; other < all.length; other += 1) {
      const candidate = all[other];
      const isSame =
        other === position ||
        (candidate !== GONE && isSameKey(key, entryValue(candidate)) && isEqualJson(candidate, value));
      if (isSame && isSeen) this.remove(other);
      isSeen ||= isSame;
    }
  }

  #note(position: number, value: unknown): void {
    if (this.#indexes !== undefined) for (const index of this.#indexes.values()) index.put(position, value);
    if (this.#primaries !== undefined && isPrimary(value)) this.#primaries.add(position);
  }

  #forget(position: number): void {
    if (this.#indexes !== undefined) for (const index of this.#indexes.values()) index.drop(position);
    this.#primaries?.delete(position);
  }

  #index(kind: string): PositionIndex {
    this.#indexes ??= new Map();
    let index = this.#indexes.get(kind);
    if (index === undefined) {
      index = new PositionIndex(keyReader(kind, this.#rules));
      for (const position of this.positions()) index.put(position, this.at(position));
      this.#indexes.set(kind, index);
    }
    return index;
  }
}

export function isPrimary(value: unknown): value is JsonObject {
  if (!isRecord(value)) return false;
  // Most values do not say, and are many.
  for (const key in value) {
    const mayBeIt = key.length === 7 && (key.charCodeAt(0) | 0x20) === 0x70;
    if (mayBeIt) return readAttribute(value, 'primary') === true;
  }
  return false;
}

function isSameKey(key: unknown, other: unknown): boolean {
  return key === other || typeof key !== 'string' || typeof other !== 'string';
}

function mayBeSame(key: unknown, other: unknown): boolean {
  if (typeof key === 'string' && typeof other === 'string') return isSameButForCase(key, other);
  return isUnassigned(key) === isUnassigned(other);
}

/** A term that all chosen values satisfy, where equal texts are all that satisfies it. */
function indexedTerm(filter: FilterExpression, rules: Rules): TextComparison | undefined {
  const terms = filter.op === 'and' ? filter.filters : [filter];
  return terms.find((term) => isOfTexts(term, rules));
}

type TextComparison = Comparison & { readonly value: string };

function isOfTexts(term: FilterExpression, rules: Rules): term is TextComparison {
  if (term.op !== 'eq' || typeof term.value !== 'string' || /[.:]/.test(term.path)) return false;
  if (rules === undefined) return parseDateTime(term.value) === undefined;
  const { subAttributes } = rules;
  const part = subAttributes === undefined ? rules : findAttribute(subAttributes, term.path)?.rules;
  return part === undefined ? parseDateTime(term.value) === undefined : part.type !== 'dateTime';
}
