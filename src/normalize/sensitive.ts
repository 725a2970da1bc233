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
const emailInText = /[^\s@＠](?:@|＠|%40)[^\s@＠]/i;

/** As deep as a record is looked into, and as many objects: what lies beyond is left out, for nobody has looked at it. */
const deepest = 64;
const most = 1_000_000;

/** Whether a text has an e-mail address in it, or what may be one. */
export function hasEmail(text: string): boolean {
  return (text.includes('@') || text.includes('%40') || text.includes('＠')) && emailInText.test(text);
}

/** What a field holds by its name, if it is what may have to be left out. */
export function kindOf(field: string): keyof Included | undefined {
  if (contentFields.has(field)) return 'content';
  return field.includes('mail') && emailField.test(field) ? 'emails' : undefined;
}

/** Lets through what may be told of a record, and notes the path of what may not. Copies only where it must. */
export class Sieve {
  readonly included: Included;
  /** Paths of what was left out: the names from the record down, with dots between them. */
  readonly omitted: string[] = [];
  #seen = 0;

  constructor(included: Included) {
    this.included = included;
  }

  /** What may be told of a field: its value, a copy with less, or `undefined`. */
  sift(value: unknown, field: string, parent: string | undefined, depth = 0): unknown {
    // A name may be an address too, and would be told by its path.
    if (!this.included.emails && hasEmail(field)) return this.#omit('*', parent);
    const kind = kindOf(field);
    if (kind !== undefined && !this.included[kind] && value !== '' && value !== null) return this.#omit(field, parent);
    return this.#siftValue(value, field, parent, depth);
  }

  #siftValue(value: unknown, field: string, parent: string | undefined, depth: number): unknown {
    if (typeof value === 'string') {
      return this.included.emails || !hasEmail(value) ? value : this.#omit(field, parent);
    }
    if (typeof value !== 'object' || value === null) return value;
    this.#seen += 1;
    if (depth > deepest || this.#seen > most) return this.#omit(field, parent);
    const path = pathOf(parent, field);
    return Array.isArray(value)
      ? this.#siftList(value, path, depth + 1)
      : this.#siftObject(value as Readonly<Record<string, unknown>>, path, depth + 1);
  }

  #siftList(values: readonly unknown[], path: string, depth: number): readonly unknown[] | undefined {
    let isWhole = true;
    const told = values.map((value, index) => {
      const left = this.#siftValue(value, `${index}`, path, depth);
      isWhole &&= left === value;
      return left;
    });
    if (isWhole) return values;
    const left = told.filter((value) => value !== undefined);
    return left.length === 0 ? undefined : left;
  }

  #siftObject(values: Readonly<Record<string, unknown>>, path: string, depth: number): object | undefined {
    const told: Record<string, unknown> = {};
    let count = 0;
    let isWhole = true;
    for (const field of Object.keys(values)) {
      const value = values[field];
      const left = this.sift(value, field, path, depth);
      isWhole &&= left === value;
      if (left === undefined) continue;
      set(told, field, left);
      count += 1;
    }
    if (isWhole) return values;
    return count === 0 ? undefined : told;
  }

  #omit(field: string, parent: string | undefined): undefined {
    this.omitted.push(pathOf(parent, field));
  }
}

/** Of a field in what has a path; the record itself has none. */
export function pathOf(parent: string | undefined, field: string): string {
  return parent === undefined ? field : `${parent}.${field}`;
}

/** Also a field called `__proto__`, which an assignment would take for the prototype. */
export function set(target: Record<string, unknown>, field: string, value: unknown): void {
  if (field !== '__proto__') target[field] = value;
  else Object.defineProperty(target, field, { value, configurable: true, enumerable: true, writable: true });
}
