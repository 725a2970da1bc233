import { isRecord } from '../internal/json.js';
import { hasEmail, kindOf, pathOf, type Sieve, set } from './sensitive.js';

/** Fields one after the other, of which the first that has a value counts; `data.role` is a field of an object in it. */
export type Fields = string | readonly string[];

/**
 * One object of a record. What is taken from it has a place of its own in the event; `rest()` is all the others, so that nothing
 * is lost. What is of another type than it should be, or may not be told, is not taken.
 */
export class RecordPart {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #path: string | undefined;
  readonly #sieve: Sieve;
  readonly #taken: string[] = [];
  // The names of its parts, and beside them the parts.
  readonly #names: string[] = [];
  readonly #parts: RecordPart[] = [];

  constructor(values: object, sieve: Sieve, path?: string) {
    // By name, also the entries of a list.
    this.#values = values as Readonly<Record<string, unknown>>;
    this.#sieve = sieve;
    this.#path = path;
  }

  /** An object in it; an empty one where there is none. */
  part(field: string): RecordPart {
    const values = this.peek(field);
    return isRecord(values) ? this.#open(field, values) : new RecordPart({}, this.#sieve);
  }

  /** The objects of a list, where it is one of objects. */
  parts(field: string): readonly RecordPart[] {
    const values = this.peek(field);
    if (!(Array.isArray(values) && values.every(isRecord))) return [];
    const list = this.#open(field, values);
    return values.map((_value, index) => list.part(`${index}`));
  }

  #open(field: string, values: object): RecordPart {
    const known = this.#parts[this.#names.indexOf(field)];
    if (known !== undefined) return known;
    // A name that may not be told stays out of paths.
    if (!this.#sieve.included.emails && hasEmail(field)) return new RecordPart({}, this.#sieve);
    const part = new RecordPart(values, this.#sieve, pathOf(this.#path, field));
    this.#names.push(field);
    this.#parts.push(part);
    return part;
  }

  /** A value as it stands there, and stays. */
  peek(field: string): unknown {
    return Object.hasOwn(this.#values, field) ? this.#values[field] : undefined;
  }

  /** Whether there is a text, or this one, which stays. */
  says(fields: Fields, text?: string): boolean {
    const found = this.#first(fields, (part, field) => {
      const value = part.peek(field);
      return typeof value === 'string' && value !== '' && part.#mayTell(field, value) ? value : undefined;
    });
    return text === undefined ? found !== undefined : found === text;
  }

  /** Takes a text that is not empty and may be told. */
  text(fields: Fields | undefined): string | undefined {
    return this.#first(fields, (part, field) => {
      const value = part.peek(field);
      return typeof value === 'string' && value !== '' && part.#mayTell(field, value)
        ? part.#take(field, value)
        : undefined;
    });
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
  texts(fields: Fields | undefined): readonly string[] | number {
    let count = 0;
    const taken = this.#first(fields, (part, field) => {
      const value = part.peek(field);
      if (typeof value === 'string' && value !== '') count ||= 1;
      if (!Array.isArray(value) || value.length === 0) return undefined;
      count ||= value.length;
      const mayTell = value.every((text) => typeof text === 'string' && text !== '' && part.#mayTell(field, text));
      return mayTell ? part.#take(field, value as readonly string[]) : undefined;
    });
    if (taken !== undefined) return taken;
    const text = this.text(fields);
    return text === undefined ? count : [text];
  }

  /** Takes a field of which the value stands in the event already. */
  repeats(field: string, value: string): void {
    if (this.peek(field) === value) this.#taken.push(field);
  }

  /** What was not taken and may be told; `undefined` where nothing is left. */
  rest(): Record<string, unknown> | undefined {
    let rest: Record<string, unknown> | undefined;
    for (const field of Object.keys(this.#values)) {
      if (this.#taken.includes(field)) continue;
      const value = this.#values[field];
      const part = this.#parts[this.#names.indexOf(field)];
      const left = part === undefined ? this.#sieve.sift(value, field, this.#path) : part.rest();
      if (left === undefined) continue;
      rest ??= {};
      set(rest, field, left);
    }
    return rest;
  }

  #first<Value>(fields: Fields | undefined, take: (part: RecordPart, field: string) => Value): Value | undefined {
    if (fields === undefined) return undefined;
    if (typeof fields === 'string') return this.#inner(fields, take);
    for (const field of fields) {
      const value = this.#inner(field, take);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  #inner<Value>(field: string, take: (part: RecordPart, field: string) => Value): Value {
    const dot = field.indexOf('.');
    return dot === -1 ? take(this, field) : this.part(field.slice(0, dot)).#inner(field.slice(dot + 1), take);
  }

  #mayTell(field: string, text: string): boolean {
    const { included } = this.#sieve;
    const kind = kindOf(field);
    return (kind === undefined || included[kind]) && (included.emails || !hasEmail(text));
  }

  #take<Value>(field: string, value: Value): Value {
    this.#taken.push(field);
    return value;
  }
}
