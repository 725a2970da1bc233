import { ownOnly } from '../internal/json.js';
import type { Included } from './options.js';

/** Fields that hold what people and models wrote, and what tools were given and gave back, wherever they stand. */
const contentFields: ReadonlySet<string> = new Set([
  'annotations',
  'arguments',
  'content',
  'download_url',
  'input',
  'instructions',
  'message',
  'messages',
  'output',
  'prompt',
  'prompt_text',
  'quote',
  'response',
  'response_text',
  'result',
  'result_preview',
  'starter_prompts',
  'system_instruction',
  'system_instructions',
  'text',
  'title',
  'tool_input',
  'tool_meta',
  'tool_output',
  'user_message_text',
]);
const emailField = /(?:^|_)e?mails?(?:_addr(?:ess(?:es)?)?)?$/i;
// Also as a URL within a URL has it, JSON as a text, HTML, and keyboards of East Asia.
const emailInText = /[^\s@](?:[@＠﹫]|%(?:25)*40|\\u0040|&#(?:0*64|x0*40);|&commat;)[^\s@]/i;
const signOfEmail = /[@%\\&＠﹫]/;

/** As deep as a record is looked into, and as many objects: what lies beyond is left out, for nobody has looked at it. */
const deepest = 64;
const most = 1_000_000;

/** Whether a text has an e-mail address in it, or what may be one. */
export function hasEmail(text: string): boolean {
  // Nearly all have no sign of one, which is quickly found out.
  return text.length > 2 && signOfEmail.test(text) && emailInText.test(text);
}

/** What a field holds by its name: what may have to be left out, or a name that is an address itself. */
export type FieldKind = keyof Included | 'address' | 'plain';

// Names of fields are few, and told again and again: what they hold is looked up. Made-up ones do not fill the memory.
const kinds = /* @__PURE__ */ new Map<string, FieldKind>();
const mostKinds = 2_000;

export function kindOf(field: string): FieldKind {
  const known = kinds.get(field);
  if (known !== undefined) return known;
  const kind = contentFields.has(field)
    ? 'content'
    : emailField.test(field)
      ? 'emails'
      : hasEmail(field)
        ? 'address'
        : 'plain';
  if (kinds.size < mostKinds && field.length < 60 && kind !== 'address') kinds.set(field, kind);
  return kind;
}

/** Lets through what may be told of a record, and notes the path of what may not. Copies only where it must. */
export class Sieve {
  readonly included: Included;
  readonly #tellsEmails: boolean;
  /** Whether somebody put names on what all objects inherit from. */
  readonly #hasStrangers: boolean = hasStrangers();
  /** Paths of what was left out: the names from the record down, with dots between them. */
  omitted: string[] | undefined;
  #seen = 0;

  constructor(included: Included) {
    this.included = included;
    this.#tellsEmails = included.emails;
  }

  /** Whether it is a text that has something in it and may be told. */
  tells(value: unknown): value is string {
    return typeof value === 'string' && value !== '' && (this.#tellsEmails || !hasEmail(value));
  }

  /** What has no names but its own. */
  own(object: object): Readonly<Record<string, unknown>> {
    // What is neither a list nor null has its values by name, and a list by number.
    const values = object as Readonly<Record<string, unknown>>;
    return this.#hasStrangers ? ownOnly(values) : values;
  }

  /** What may be told of a field: its value, a copy with less, or `undefined`. */
  sift(value: unknown, field: string, parent: string | undefined, depth = 0): unknown {
    return this.siftAs(kindOf(field), value, field, parent, depth);
  }

  /** The same of a field of which it is known what it holds by its name. */
  siftAs(kind: FieldKind, value: unknown, field: string, parent: string | undefined, depth = 0): unknown {
    if (kind === 'plain') return this.#siftValue(value, field, parent, depth);
    // A name that is an address would be told by its path.
    if (kind === 'address') {
      return this.included.emails ? this.#siftValue(value, field, parent, depth) : this.#omit('*', parent);
    }
    const mayTell = this.included[kind] || value === '' || value === null;
    return mayTell ? this.#siftValue(value, field, parent, depth) : this.#omit(field, parent);
  }

  #siftValue(value: unknown, field: string, parent: string | undefined, depth: number): unknown {
    if (typeof value === 'string') {
      return this.#tellsEmails || !hasEmail(value) ? value : this.#omit(field, parent);
    }
    if (typeof value !== 'object' || value === null) return value;
    this.#seen += 1;
    if (depth > deepest || this.#seen > most) return this.#omit(field, parent);
    const path = pathOf(parent, field);
    return Array.isArray(value)
      ? this.#siftList(value, path, depth + 1)
      : // What is neither a list nor null has its values by name.
        this.#siftObject(value as Readonly<Record<string, unknown>>, path, depth + 1);
  }

  #siftList(values: readonly unknown[], path: string, depth: number): readonly unknown[] | undefined {
    let copy: unknown[] | undefined;
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index];
      const left = this.#siftValue(value, `${index}`, path, depth);
      if (left === value) copy?.push(value);
      else {
        copy ??= values.slice(0, index);
        if (left !== undefined) copy.push(left);
      }
    }
    return copy === undefined ? values : copy.length === 0 ? undefined : copy;
  }

  #siftObject(values: Readonly<Record<string, unknown>>, path: string, depth: number): object | undefined {
    let copy: Record<string, unknown> | undefined;
    let count = 0;
    const own = this.own(values);
    for (const field in own) {
      const value = values[field];
      const left = this.sift(value, field, path, depth);
      if (left === undefined) copy ??= firstOf(values, count);
      else {
        if (left !== value) copy ??= firstOf(values, count);
        count += 1;
        if (copy !== undefined) set(copy, field, left);
      }
    }
    return copy === undefined ? values : count === 0 ? undefined : copy;
  }

  #omit(field: string, parent: string | undefined): undefined {
    this.omit(pathOf(parent, field));
  }

  omit(path: string): undefined {
    if (this.omitted === undefined) this.omitted = [path];
    else this.omitted.push(path);
  }
}

/** What has no names but its own: a copy, where somebody put some on what all objects inherit from. */
export function ownValues(object: object): Readonly<Record<string, unknown>> {
  // What is neither a list nor null has its values by name, and a list by number.
  const values = object as Readonly<Record<string, unknown>>;
  return hasStrangers() ? ownOnly(values) : values;
}

function hasStrangers(): boolean {
  for (const _ in Object.prototype) return true;
  return false;
}

/** Of a field in what has a path; the record itself has none. */
export function pathOf(parent: string | undefined, field: string): string {
  return parent === undefined ? field : `${parent}.${field}`;
}

function firstOf(values: Readonly<Record<string, unknown>>, count: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const field of Object.keys(values).slice(0, count)) set(copy, field, values[field]);
  return copy;
}

/** What found no place; `undefined` where nothing is left. */
export type Left = Record<string, unknown> | undefined;

/** The same with what is left of one more field, if anything is. */
export function add(left: Left, field: string, kept: unknown): Left {
  if (kept === undefined) return left;
  const target = left ?? {};
  if (field === '__proto__') set(target, field, kept);
  else target[field] = kept;
  return target;
}

/** Also a field called `__proto__`, which an assignment would take for the prototype. */
export function set(target: Record<string, unknown>, field: string, value: unknown): void {
  if (field !== '__proto__') target[field] = value;
  else Object.defineProperty(target, field, { value, configurable: true, enumerable: true, writable: true });
}
