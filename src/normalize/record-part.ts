import { isRecord } from '../internal/json.js';
import { hasEmail, ownValues, pathOf, type Sieve, set } from './sensitive.js';

/** Fields one after the other, of which the first that has a value counts; `data.role` is a field of an object in it. */
export type Fields = string | readonly string[];

/**
 * One object of a record. What is taken from it has a place of its own in the event; `rest()` is all the others, so that nothing
 * is lost. What is of another type than it should be, or may not be told, is not taken.
 */
export class RecordPart {
  readonly #sieve: Sieve;
  readonly #values: Readonly<Record<string, unknown>>;
  /** Its name where it stands; and how to get there: the record itself has no path. */
  readonly #field: string;
  readonly #path: string | undefined;
  // Lists of few, which are quicker than sets; most parts have none of one of them.
  #taken: string[] | undefined;
  #parts: RecordPart[] | undefined;

  constructor(values: object, sieve: Sieve, field = '', path?: string) {
    this.#sieve = sieve;
    this.#values = ownValues(values);
    this.#field = field;
    this.#path = path;
  }

  /** An object in it; an empty one where there is none. */
  part(field: string): RecordPart {
    const value = this.#values[field];
    if (typeof value !== 'object' || value === null || Array.isArray(value) || this.#hasTaken(field)) return nothing;
    return this.#opened(field) ?? this.#open(field, value);
  }

  /** The objects of a list, where it is one of objects. */
  parts(field: string): readonly RecordPart[] {
    const value = this.peek(field);
    if (!(Array.isArray(value) && value.every(isRecord))) return [];
    const list = this.#open(field, value);
    return value.map((_item, position) => list.part(`${position}`));
  }

  #open(field: string, value: object): RecordPart {
    const part = new RecordPart(value, this.#sieve, field, pathOf(this.#path, field));
    if (this.#parts === undefined) this.#parts = [part];
    else this.#parts.push(part);
    return part;
  }

  #opened(field: string): RecordPart | undefined {
    const parts = this.#parts;
    if (parts === undefined) return undefined;
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index];
      if (part !== undefined && part.#field === field) return part;
    }
    return undefined;
  }

  #hasTaken(field: string): boolean {
    const taken = this.#taken;
    if (taken === undefined) return false;
    for (let index = 0; index < taken.length; index += 1) if (taken[index] === field) return true;
    return false;
  }

  #take<Value>(field: string, value: Value): Value {
    if (this.#taken === undefined) this.#taken = [field];
    else this.#taken.push(field);
    return value;
  }

  /** A value as it stands there, and stays. */
  peek(field: string): unknown {
    const value = this.#values[field];
    return value === undefined || this.#hasTaken(field) ? undefined : value;
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
    const value = this.#values[field];
    if (value !== undefined) return this.#takeText(field, value);
    const path = splitOf(field);
    return path === null ? undefined : this.part(path[0]).#text(path[1]);
  }

  /** The same of a field of its own, whatever dots are in its name. */
  own(field: string): string | undefined {
    return this.#takeText(field, this.#values[field]);
  }

  #takeText(field: string, value: unknown): string | undefined {
    return this.#mayTell(value) && !this.#hasTaken(field) ? this.#take(field, value) : undefined;
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
    if (this.#values[field] === value) this.#take(field, value);
  }

  /** What was not taken and may be told; `undefined` where nothing is left. */
  rest(): Record<string, unknown> | undefined {
    const values = this.#values;
    let rest: Record<string, unknown> | undefined;
    for (const field in values) {
      if (this.#hasTaken(field)) continue;
      const value = values[field];
      const part = typeof value === 'object' && value !== null ? this.#opened(field) : undefined;
      const left = part === undefined ? this.#sieve.sift(value, field, this.#path) : part.rest();
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
const nothing: RecordPart = /* @__PURE__ */ new RecordPart(Object.create(null), {
  included: { content: false, emails: false },
} as Sieve);
