import type { EventOf, KnownEventType } from '../../audit-logs/schemas/event-types.js';
import { createRandom, type Random, seedOf } from '../random.js';
import { microsOf } from '../timestamp.js';
import { type Person, personOf } from '../world/people.js';
import type { EventContext, EventMaker, EventOwner } from './event-context.js';
import { eventMakers } from './event-makers.js';

/** What {@link generateEvents} takes. */
export interface GenerateEventsOptions<Type extends KnownEventType = KnownEventType> {
  /** Whose log they are for. */
  readonly owner: EventOwner;
  /** Their type, such as `AUTH_LOG`. */
  readonly eventType: Type;
  /** How many events. */
  readonly count: number;
  /** They are spread evenly between these two times, oldest first. ISO 8601. */
  readonly from: string;
  /** ISO 8601. None is as late as this. */
  readonly to: string;
  /** The people they are about. @default a dozen made-up ones */
  readonly people?: readonly Person[] | undefined;
  /** The same seed gives the same events. @default 1 */
  readonly seed?: number | undefined;
}

/** What {@link generateEveryKind} takes. */
export interface GenerateEveryKindOptions<Type extends KnownEventType = KnownEventType>
  extends Omit<GenerateEventsOptions<Type>, 'count' | 'from' | 'to'> {
  /** When the first one happens, ISO 8601; the others follow a second apart. */
  readonly at: string;
}

/**
 * Makes up events as they come: realistic, of every documented kind, the same for the same options.
 *
 * @throws EmulatorError when `from` or `to` is not an ISO 8601 date-time.
 *
 * @example
 * import { generateEvents } from 'chatgpt-enterprise-sdk/testing';
 *
 * const events = generateEvents({
 *   owner: { type: 'workspace', id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11' },
 *   eventType: 'AUTH_LOG',
 *   count: 3,
 *   from: '2026-11-23T08:00:00Z',
 *   to: '2026-11-23T09:00:00Z',
 * });
 * for (const event of events) console.log(event.timestamp, event.action_data.action);
 */
export function* generateEvents<Type extends KnownEventType>(
  options: GenerateEventsOptions<Type>,
): Generator<EventOf<Type>, void, undefined> {
  const { owner, eventType, count } = options;
  const maker: EventMaker = eventMakers[eventType];
  const people = options.people ?? aDozenPeople();
  const random = createRandom(seedOf(`${options.seed ?? 1} ${owner.id} ${eventType}`));
  const from = microsOf(options.from);
  const step = (microsOf(options.to) - from) / Math.max(1, count);
  for (let index = 0; index < count; ) {
    const micros = Math.floor(from + step * (index + random.next() * 0.9));
    const events = maker.make(contextOf(owner, people, random, micros), usualKind(maker.kinds, random));
    for (const event of events.slice(0, count - index)) {
      index += 1;
      yield event as EventOf<Type>;
    }
  }
}

/**
 * Makes up one event of every documented kind of a type: every action, every sub-type. For a test that wants to have
 * seen them all.
 *
 * @throws EmulatorError when `at` is not an ISO 8601 date-time.
 *
 * @example
 * import { generateEveryKind } from 'chatgpt-enterprise-sdk/testing';
 *
 * const events = generateEveryKind({
 *   owner: { type: 'workspace', id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11' },
 *   eventType: 'AUDIT_LOG',
 *   at: '2026-11-23T08:00:00Z',
 * });
 * for (const { action } of events) console.log(action);
 */
export function* generateEveryKind<Type extends KnownEventType>(
  options: GenerateEveryKindOptions<Type>,
): Generator<EventOf<Type>, void, undefined> {
  const { owner, eventType } = options;
  const maker: EventMaker = eventMakers[eventType];
  const people = options.people ?? aDozenPeople();
  const random = createRandom(seedOf(`${options.seed ?? 1} ${owner.id} ${eventType}`));
  for (let kind = 0; kind < maker.kinds; kind++) {
    const micros = microsOf(options.at) + kind * 1_000_003;
    for (const event of maker.make(contextOf(owner, people, random, micros), kind)) yield event as EventOf<Type>;
  }
}

function contextOf(owner: EventOwner, people: readonly Person[], random: Random, micros: number): EventContext {
  return { owner, random, person: random.pick(people), other: random.pick(people), micros };
}

// The first kinds of a list are the usual ones: they come more often.
function usualKind(kinds: number, random: Random): number {
  return Math.floor(kinds * random.next() ** 3);
}

function aDozenPeople(): readonly Person[] {
  return Array.from({ length: 12 }, (_none, number) => personOf(number));
}
