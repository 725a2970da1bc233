import type { Person } from '../people.js';
import type { Random } from '../random.js';
import { formatTimestamp } from '../timestamp.js';

/** Whose log it is. */
export interface EventOwner {
  /** Which of the two it is. */
  readonly type: 'workspace' | 'organization';
  /** The workspace's UUID, or the organization's `org-…`. */
  readonly id: string;
}

/** What people ask, and what they are told. */
export interface Topic {
  readonly title: string;
  readonly question: string;
  readonly answer: string;
}

/** What fills the placeholders of a template. One for the events that belong together. */
export interface EventContext {
  readonly random: Random;
  readonly owner: EventOwner;
  /** Who does it. */
  readonly person: Person;
  /** To whom, where an action has someone at its other end. */
  readonly other: Person;
  readonly topic: Topic;
  /** Microseconds since the epoch. */
  readonly micros: number;
  /** Values of the placeholders with a `#name`. */
  readonly named: Map<string, string>;
}

/**
 * A sample record with placeholders in its texts, and functions where text will not do:
 *
 * - `<owner.id>`, `<person.email>`, `<other.userId>`, `<topic.title>`: from the context;
 * - `<uuid>`, `<hex 24>`, `<text 4>`, `<integer 1 254>`, `<pick one|other>`: by the seed; with a `#name` (`<uuid #call>`)
 *   the same wherever it stands in events that belong together;
 * - `<time>`, `<time -600>`: the event's time, or so many seconds from it; `<seconds>` as seconds since the epoch.
 */
export type Template<T> =
  | T
  | ((context: EventContext) => T)
  | { readonly [Key in keyof T]: T[Key] | Template<NonNullable<T[Key]>> };

export type Fill<T> = (context: EventContext) => T;

/** Makes a function that gives the record a template is a sample of, anew each time. */
export function compileTemplate(template: unknown): Fill<unknown> {
  if (typeof template === 'string') return compileText(template);
  if (typeof template === 'function') return template as Fill<unknown>;
  if (typeof template !== 'object' || template === null) return () => template;
  if (Array.isArray(template)) {
    const elements = template.map(compileTemplate);
    return (context) => elements.map((fill) => fill(context));
  }
  const fields = Object.entries(template).map(([key, value]) => [compileText(key), compileTemplate(value)] as const);
  return (context) => {
    const record: Record<string, unknown> = {};
    for (const [key, value] of fields) record[key(context)] = value(context);
    return record;
  };
}

function compileText(text: string): Fill<string> {
  // Text and placeholders in turn.
  const [start = '', ...rest] = text.split(/<([^>]+)>/);
  if (rest.length === 0) return () => text;
  const parts = rest.map((part, index) => (index % 2 === 0 ? compilePlaceholder(part) : () => part));
  return (context) => parts.reduce((filled, part) => filled + part(context), start);
}

function compilePlaceholder(placeholder: string): Fill<string> {
  const fill = placeholderKind(placeholder);
  if (!placeholder.includes('#')) return fill;
  return (context) => {
    const value = context.named.get(placeholder) ?? fill(context);
    context.named.set(placeholder, value);
    return value;
  };
}

function placeholderKind(placeholder: string): Fill<string> {
  const [kind = '', ...words] = placeholder.split(' ');
  const [first = 0, second = 0] = words.map(Number);
  const choices = words.join(' ').split('|');
  switch (kind) {
    case 'uuid':
      return ({ random }) => random.uuid();
    case 'hex':
      return ({ random }) => random.hex(first);
    case 'text':
      return ({ random }) => random.text(first);
    case 'integer':
      return ({ random }) => String(random.integer(first, second));
    case 'pick':
      return ({ random }) => random.pick(choices);
    case 'time':
      return ({ micros }) => formatTimestamp(micros + first * 1_000_000);
    case 'seconds':
      return ({ micros }) => String(Math.floor(micros / 1_000_000) + first);
    default: {
      const [part, field] = kind.split('.') as [keyof EventContext, string];
      return (context) => String((context[part] as unknown as Record<string, unknown>)[field]);
    }
  }
}
