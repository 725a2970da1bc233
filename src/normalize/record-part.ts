import { isRecord } from '../internal/json.js';
import { hasEmail, pathOf, type Sieve, set } from './sensitive.js';

/** Fields one after the other, of which the first that has a value counts; `data.role` is a field of an object in it. */
export type Fields = string | readonly string[];

/**
 * One object of a record. What is taken from it has a place of its own in the event; `rest()` is all the others, so that nothing
 * is lost. What is of another type than it should be, or may not be told, is not taken.
 */
export class RecordPart {
  readonly #sieve: Sieve;
  /** Where it stands; the record itself has no path. */
  readonly #path: string | undefined;
  // Its own fields, side by side: to look for one of a few is faster so than by a name that is another each time.
  readonly #fields: readonly string[];
  /** What is opened stands in its place as a part; what is taken is `undefined`. */
  readonly #values: unknown[];

  constructor(values: object, sieve: Sieve, path?: string) {
    this.#sieve = sieve;
    this.#path = path;
    this.#fields = Object.keys(values);
    this.#values = Object.values(values);
  }

  /** Where it stands; -1 where it does not. */
  #find(field: string): number {
    const fields = this.#fields;
    for (let index = 0; index < fields.length; index += 1) if (fields[index] === field) return index;
    return -1;
  }

  /** An object in it; an empty one where there is none. */
  part(field: string): RecordPart {
    const index = this.#find(field);
    const value = index === -1 ? undefined : this.#values[index];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return nothing;
    return value instanceof RecordPart ? value : this.#open(index, field, value);
  }

  /** The objects of a list, where it is one of objects. */
  parts(field: string): readonly RecordPart[] {
    const index = this.#find(field);
    const value = this.#values[index];
    if (!(Array.isArray(value) && value.every(isRecord))) return [];
    const list = this.#open(index, field, value);
    return value.map((_item, position) => list.part(`${position}`));
  }

  #open(index: number, field: string, value: object): RecordPart {
    const part = new RecordPart(value, this.#sieve, pathOf(this.#path, field));
    this.#values[index] = part;
    return part;
  }

  /** A value as it stands there, and stays. */
  peek(field: string): unknown {
    const index = this.#find(field);
    return index === -1 ? undefined : this.#values[index];
  }

  /** Whether there is a text, or this one, which stays. */
  says(fields: Fields, text?: string): boolean {
    if (typeof fields !== 'string') return fields.some((field) => this.says(field, text));
    const path = splitOf(fields);
    if (path !== null) return this.part(path[0]).says(path[1], text);
    const value = this.peek(fields);
    return text === undefined ? this.#mayTell(value) : value === text;
  }

  /** Takes a text that is not empty and may be told. */
  text(fields: Fields | undefined): string | undefined {
    if (typeof fields === 'string') return this.#text(fields);
    if (fields !== undefined) {
      for (let index = 0; index < fields.length; index += 1) {
        const value = this.#text(fields[index] as string);
        if (value !== undefined) return value;
      }
    }
    return undefined;
  }

  #text(field: string): string | undefined {
    const index = this.#find(field);
    if (index !== -1) return this.#takeText(index);
    const path = splitOf(field);
    return path === null ? undefined : this.part(path[0]).#text(path[1]);
  }

  /** The same of a field of its own, whatever dots are in its name. */
  own(field: string): string | undefined {
    const index = this.#find(field);
    return index === -1 ? undefined : this.#takeText(index);
  }

  #takeText(index: number): string | undefined {
    const value = this.#values[index];
    if (!this.#mayTell(value)) return undefined;
    this.#values[index] = undefined;
    return value;
  }

  /** Takes an address of a person, where those may be told. */
  email(field: Fields | undefined): string | undefined {
    return this.#sieve.included.emails ? this.text(field) : undefined;
  }

  /** Takes a whole number, also one that is written as text. */
  integer(field: string): number | undefined {
    const value = this.peek(field);
    const number = typeof value === 'string' && /^(?:0|[1-9]\d*)$/.test(value) ? Number(value) : value;
    return Number.isSafeInteger(number) ? this.#take(field, number as number) : undefined;
  }

  /** Takes a number with a fraction, also one that is written as text. */
  decimal(field: string): number | undefined {
    const value = this.peek(field);
    const number = typeof value === 'string' && /^-?\d{1,3}(?:\.\d{1,12})?$/.test(value) ? Number(value) : value;
    return Number.isFinite(number) ? this.#take(field, number as number) : undefined;
  }

  /** Takes a text, or each of a list of texts; how many there are where they may not be told or are no texts. */
  texts(fields: Fields | undefined, mayTell = true): readonly string[] | number {
    if (fields === undefined) return 0;
    let count = 0;
    for (const field of typeof fields === 'string' ? [fields] : fields) {
      const found = this.#texts(field, mayTell);
      if (typeof found !== 'number') return found;
      count ||= found;
    }
    return count;
  }

  #texts(field: string, mayTell: boolean): readonly string[] | number {
    const path = splitOf(field);
    if (path !== null) return this.part(path[0]).#texts(path[1], mayTell);
    const value = this.peek(field);
    if (typeof value === 'string' && value !== '')
      return mayTell && this.#mayTell(value) ? [this.#take(field, value)] : 1;
    if (!Array.isArray(value) || value.length === 0) return 0;
    const isTold = mayTell && value.every((text) => this.#mayTell(text));
    return isTold ? this.#take(field, value as readonly string[]) : value.length;
  }

  /** Each of a list of addresses of people, or how many there are. */
  emails(fields: Fields | undefined): readonly string[] | number {
    return this.texts(fields, this.#sieve.included.emails);
  }

  /** Takes a field of which the value is known: it stands in the event, and is no address. */
  repeats(field: string, value: string): void {
    const index = this.#find(field);
    if (index !== -1 && this.#values[index] === value) this.#values[index] = undefined;
  }

  /** What was not taken and may be told; `undefined` where nothing is left. */
  rest(): Record<string, unknown> | undefined {
    const sieve = this.#sieve;
    const fields = this.#fields;
    let rest: Record<string, unknown> | undefined;
    for (let index = 0; index < fields.length; index += 1) {
      const value = this.#values[index];
      if (value === undefined) continue;
      // There are as many fields as values.
      const field = fields[index] as string;
      const isOpen = typeof value === 'object' && value instanceof RecordPart;
      const left = isOpen ? value.rest() : sieve.sift(value, field, this.#path);
      if (left === undefined) continue;
      rest ??= {};
      if (field === '__proto__') set(rest, field, left);
      else rest[field] = left;
    }
    return rest;
  }

  #mayTell(value: unknown): value is string {
    return typeof value === 'string' && value !== '' && (this.#sieve.included.emails || !hasEmail(value));
  }

  #take<Value>(field: string, value: Value): Value {
    this.#values[this.#find(field)] = undefined;
    return value;
  }
}

type Split = readonly [part: string, rest: string];

// The paths of the tables, taken apart once: texts that are cut anew are slow to compare.
const splits = /* @__PURE__ */ new Map<string, Split | null>();

/** Of a path: the first name, and what follows; null where it is one name. */
function splitOf(field: string): Split | null {
  const known = splits.get(field);
  if (known !== undefined) return known;
  const dot = field.indexOf('.');
  const split: Split | null = dot === -1 ? null : [field.slice(0, dot), field.slice(dot + 1)];
  splits.set(field, split);
  return split;
}

/** Where there is no object: nothing is taken from it, so that one does for all. */
const nothing: RecordPart = /* @__PURE__ */ new RecordPart({}, {
  included: { content: false, emails: false },
} as Sieve);
