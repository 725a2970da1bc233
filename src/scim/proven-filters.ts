import { foldCase } from './filter/compare.js';

/**
 * What one client has seen of how its server reads `attribute eq "value"`. A filter that found nothing proves that there is
 * nothing only where such a filter was seen to find a row: many servers answer those that they do not support, or that
 * they misread, with an empty list.
 */
export class ProvenFilters {
  readonly #seen = new Map<string, Reading>();

  /** Takes note of a row that a filter found: by what was asked, and what the row shows. */
  note(route: string, attribute: string, asked: string, stored: string): void {
    const reading = this.#of(route, attribute);
    reading.hasFound = true;
    reading.readsAnyCase ||= asked !== stored && foldCase(asked) === foldCase(stored);
    for (const character of unusual(asked)) reading.characters.add(character);
  }

  /** Takes note of a value that a row shows: by it a filter can be tried. */
  noteShown(route: string, attribute: string, shown: Shown): void {
    const reading = this.#of(route, attribute);
    reading.isShown = true;
    reading.isNeverShown = false;
    reading.isHidden = false;
    reading.withoutGiven = 0;
    // Some servers put a domain before each.
    if (hasPrefix(shown.stored)) reading.showsPrefix = true;
    const kind = [hasCase(shown.stored), ...new Set(unusual(shown.stored))].sort().join();
    if (reading.shown.has(kind) || reading.shown.size < mostKinds) reading.shown.set(kind, shown);
  }

  /** Takes note of a row that shows none, where this client gave it one: the server hides the attribute, or does not keep it. */
  noteNone(route: string, attribute: string, id: string): void {
    const reading = this.#of(route, attribute);
    if (reading.givenTo !== id) return;
    reading.givenTo = undefined;
    // One row may be shown as it was before.
    reading.isHidden = ++reading.withoutGiven >= 2;
  }

  /** How often this client wrote the attribute: a walk that began before says nothing of what was written since. */
  writes(route: string, attribute: string): number {
    return this.#of(route, attribute).writes;
  }

  /** Takes note of a walk in which no row showed the attribute: then no other tells more than the filter did. */
  noteNotShown(route: string, attribute: string, writesBefore: number): void {
    const reading = this.#of(route, attribute);
    if (reading.writes === writesBefore) reading.isNeverShown = !reading.isShown;
  }

  /** Takes note that the attribute was written: from now on a row may show it. `givenTo`: the row that must have one now. */
  noteWritten(route: string, attribute: string, givenTo: string | undefined): void {
    const reading = this.#of(route, attribute);
    reading.writes += 1;
    if (givenTo !== undefined) reading.givenTo = givenTo;
    if (!reading.isHidden) reading.isNeverShown = false;
  }

  /** A row whose value would show that a filter by the other value can be believed; only once each. */
  takeSubject(route: string, attribute: string, value: string, isCaseExact: boolean): Shown | undefined {
    for (const [kind, shown] of this.#of(route, attribute).shown) {
      if (!canProve(shown.stored, value, isCaseExact)) continue;
      this.#of(route, attribute).shown.delete(kind);
      return shown;
    }
    return undefined;
  }

  /** Whether nothing under such a filter is nothing. */
  isProven(route: string, attribute: string, value: string, isCaseExact: boolean): boolean {
    const { hasFound, readsAnyCase, showsPrefix, isNeverShown, characters } = this.#of(route, attribute);
    if (isNeverShown) return true;
    if (!hasFound || !isProvable(value) || (showsPrefix && !hasPrefix(value))) return false;
    return (isCaseExact || readsAnyCase || !hasCase(value)) && unusual(value).every((one) => characters.has(one));
  }

  #of(route: string, attribute: string): Reading {
    const key = `${route}?${attribute}`;
    const known = this.#seen.get(key);
    if (known !== undefined) return known;
    const reading: Reading = {
      hasFound: false,
      readsAnyCase: false,
      showsPrefix: false,
      isShown: false,
      isNeverShown: false,
      isHidden: false,
      withoutGiven: 0,
      writes: 0,
      givenTo: undefined,
      characters: new Set(),
      shown: new Map(),
    };
    this.#seen.set(key, reading);
    return reading;
  }
}

/** A row, and the value of an attribute that it shows. */
interface Shown {
  readonly id: string;
  readonly stored: string;
}

/** Kinds of values of which one is kept: there are as many as there are sets of unusual characters. */
const mostKinds = 50;

interface Reading {
  hasFound: boolean;
  readsAnyCase: boolean;
  showsPrefix: boolean;
  isShown: boolean;
  /** A walk through all met no row that shows it. */
  isNeverShown: boolean;
  /** Rows show none to which this client gave one. */
  isHidden: boolean;
  withoutGiven: number;
  writes: number;
  givenTo: string | undefined;
  /** One row for each kind of value. */
  readonly shown: Map<string, Shown>;
  /** Those beyond letters, digits and `.`, `_`, `-`, `@` that it was seen to read right. */
  readonly characters: Set<string>;
}

/** Whether finding one value shows that the other would be found: it has whatever may be misread in the other. */
export function canProve(stored: string, value: string, isCaseExact: boolean): boolean {
  const held = new Set(unusual(stored));
  const hasEnoughCase = isCaseExact || hasCase(stored) || !hasCase(value);
  return stored !== '' && hasEnoughCase && isProvable(stored) && unusual(value).every((one) => held.has(one));
}

/** No row shows how the server reads these: it may have cut the spaces, or hold the letters composed in another way. */
export function isProvable(value: string): boolean {
  return value.trim() === value && value.normalize('NFC') === value.normalize('NFD');
}

/** The same value in the other case. */
export function inOtherCase(value: string): string {
  const lower = value.toLowerCase();
  return lower === value ? value.toUpperCase() : lower;
}

/** Whether two values may be one that the server stores in another spelling: case, spaces, letters, a domain before it. */
export function isAlike(attribute: string, stored: unknown, value: string): boolean {
  if (typeof stored !== 'string' && typeof stored !== 'number') return false;
  const [one, other] = [normalForm(String(stored)), normalForm(value)];
  if (one === other) return true;
  return attribute === 'userName' && (one.replace(prefix, '') === other || other.replace(prefix, '') === one);
}

/** Without spaces, slashes, and what letters could be composed of: of these only the case differs. */
const plainText = /^[!-.0-[\]-~]*$/;

/** The same text for all values that are alike, be it in several steps. */
export function coarseForm(attribute: string, value: string): string {
  if (plainText.test(value)) return value.toLowerCase();
  const form = normalForm(value);
  return attribute === 'userName' ? form.replace(allPrefixes, '') : form;
}

function normalForm(value: string): string {
  return foldCase(value.normalize('NFC').trim());
}

const prefix = /^[^/\\@]+[/\\]/;
const allPrefixes = /^[^@]*[/\\]/;

function hasPrefix(value: string): boolean {
  return prefix.test(value);
}

function hasCase(value: string): boolean {
  return value.toLowerCase() !== value.toUpperCase();
}

function unusual(value: string): string[] {
  return [...value].filter((character) => !/[\w.@-]/.test(character));
}
