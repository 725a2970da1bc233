import type { Random } from '../random.js';
import { formatTimestamp } from '../timestamp.js';
import type { Person } from '../world/people.js';

/** Whose log it is. */
export interface EventOwner {
  /** Which of the two it is. */
  readonly type: 'workspace' | 'organization';
  /** The workspace's UUID, or the organization's `org-…`. */
  readonly id: string;
}

/** What an event is made from. */
export interface EventContext {
  readonly random: Random;
  readonly owner: EventOwner;
  /** Who does it. */
  readonly person: Person;
  /** To whom, where an action has someone at its other end. */
  readonly other: Person;
  /** Microseconds since the epoch. */
  readonly micros: number;
}

/** Makes events of one type. */
export interface EventMaker<Event = unknown> {
  /** How many kinds there are: sub-types, actions. */
  readonly kinds: number;
  /** One event of a kind, from 0; or several that belong together, such as a prompt and its answer. */
  make(context: EventContext, kind: number): readonly [Event, ...Event[]];
}

/** Names of functions that make the details of each kind. */
export type DetailMakers<Details> = { readonly [Kind in keyof Details]: (context: EventContext) => Details[Kind] };

/** What every event begins with. `laterMs` sets it that long after the context's own time. */
export function envelope<Type extends string>(type: Type, context: EventContext, laterMs = 0) {
  const { owner, random, micros } = context;
  const principalType = owner.type === 'workspace' ? 'CHATGPT_WORKSPACE' : 'API_PLATFORM_ORG';
  return {
    event_id: random.uuid(),
    type,
    timestamp: formatTimestamp(micros + laterMs * 1000),
    principal: { id: owner.id, type: principalType },
    actor: accountUser(context.person),
  };
}

/** A member of the workspace as an actor. */
export function accountUser(person: Person) {
  return { type: 'ACCOUNT_USER' as const, user_id: person.userId, user_email: person.email };
}

/** An id with a prefix, such as `g-…`. */
export function idOf(context: EventContext, prefix: string, length = 12): string {
  return `${prefix}${context.random.hex(length)}`;
}

/** Seconds since the epoch. */
export function seconds(context: EventContext): number {
  return Math.floor(context.micros / 1_000_000);
}
