import { isRecord } from '../internal/json.js';
import { hasEmail, kindOf, pathOf, type Sieve, set } from './sensitive.js';

/** Fields one after the other, of which the first that has a value counts; `data.role` is a field of an object in it. */
export type Fields = string | readonly string[];

type Values = Readonly<Record<string, unknown>>;

/**
 * One object of a record. What is taken from it has a place of its own in the event; `rest()` is all the others, so that nothing
 * is lost. What is of another type than it should be, or may not be told, is not taken.
 */
export class RecordPart {
  readonly #values: Values;
  readonly #sieve: Sieve;
  /** Its name where it stands; the record itself has none. */
  readonly #field: string | undefined;
  readonly #parent: RecordPart | undefined;
  // The parts of it that were opened, each with the next: no list is made for the many that have none.
  #first: RecordPart | undefined;
  #next: RecordPart | undefined;
  #taken: string[] | undefined;

  constructor(values: object, sieve: Sieve, field?: string, parent?: RecordPart) {
    // By name, also the entries of a list.
    this.#values = values as Values;
    this.#sieve = sieve;
    this.#field = field;
    this.#parent = parent;
  }

  /** An object in it; an empty one where there is none. */
  part(field: string): RecordPart {
    const values = this.peek(field);
    return isRecord(values) ? this.#open(field, values) : nothing;
  }

  /** The objects of a list, where it is one of objects. */
  parts(field: string): readonly RecordPart[] {
    const values = this.peek(field);
    if (!(Array.isArray(values) && values.every(isRecord))) return [];
    const list = this.#open(field, values);
    return values.map((_value, index) => list.part(`${index}`));
  }

  #open(field: string, values: object): RecordPart {
    const known = this.#opened(field);
    if (known !== undefined) return known;
    // A name that may not be told stays out of paths.
    if (!this.#sieve.included.emails && kindOf(field) === 'address') return nothing;
    const part = new RecordPart(values, this.#sieve, field, this);
    part.#next = this.#first;
    this.#first = part;
    return part;
  }

  #opened(field: string): RecordPart | undefined {
    for (let part = this.#first; part !== undefined; part = part.#next) if (part.#field === field) return part;
    return undefined;
  }

  /** A value as it stands there, and stays. */
  peek(field: string): unknown {
    return this.#values[field];
  }

  /** Whether there is a text, or this one, which stays. */
  says(fields: Fields, text?: string): boolean {
    if (typeof fields !== 'string') return fields.some((field) => this.says(field, text));
    const dot = fields.indexOf('.');
    if (dot !== -1) return this.part(fields.slice(0, dot)).says(fields.slice(dot + 1), text);
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
    if (typeof value === 'string') return this.#mayTell(value) ? this.#take(field, value) : undefined;
    if (value !== undefined) return undefined;
    const dot = field.indexOf('.');
    return dot === -1 ? undefined : this.part(field.slice(0, dot)).#text(field.slice(dot + 1));
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
    const dot = field.indexOf('.');
    if (dot !== -1) return this.part(field.slice(0, dot)).#texts(field.slice(dot + 1), mayTell);
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

  /** Takes a field of which the value stands in the event already. */
  repeats(field: string, value: string): void {
    if (this.peek(field) === value) this.#take(field, value);
  }

  /** What was not taken and may be told; `undefined` where nothing is left. */
  rest(): Record<string, unknown> | undefined {
    const values = this.#values;
    const sieve = this.#sieve;
    const path = this.#path;
    let rest: Record<string, unknown> | undefined;
    for (const field in values) {
      if (!Object.hasOwn(values, field) || this.#isTaken(field)) continue;
      const part = this.#first === undefined ? undefined : this.#opened(field);
      const left = part === undefined ? sieve.sift(values[field], field, path) : part.rest();
      if (left === undefined) continue;
      rest ??= {};
      if (field === '__proto__') set(rest, field, left);
      else rest[field] = left;
    }
    return rest;
  }

  get #path(): string | undefined {
    return this.#field === undefined ? undefined : pathOf(this.#parent?.#path, this.#field);
  }

  #isTaken(field: string): boolean {
    const taken = this.#taken;
    if (taken === undefined) return false;
    for (let index = 0; index < taken.length; index += 1) if (taken[index] === field) return true;
    return false;
  }

  #mayTell(value: unknown): value is string {
    return typeof value === 'string' && value !== '' && (this.#sieve.included.emails || !hasEmail(value));
  }

  #take<Value>(field: string, value: Value): Value {
    if (this.#taken === undefined) this.#taken = [field];
    else this.#taken.push(field);
    return value;
  }
}

/** Where there is no object: nothing is taken from it, so that one does for all. */
const nothing: RecordPart = /* @__PURE__ */ new RecordPart({}, {
  included: { content: false, emails: false },
} as Sieve);
