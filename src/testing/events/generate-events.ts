import type { EventOf, KnownEventType } from '../../audit-logs/events/event-types.js';
import {
  checkChoice,
  checkList,
  checkNumber,
  checkObject,
  checkOptions,
  checkText,
  checkWord,
  read,
} from '../../errors/check-options.js';
import { checkPerson, type Person, personOf } from '../people.js';
import { createRandom, type Random, seedOf } from '../random.js';
import { microsOf } from '../timestamp.js';
import { topics } from './samples/conversations.js';
import { compileTemplate, type EventContext, type EventOwner, type Fill } from './template.js';
import { envelope, eventTemplates } from './templates.js';

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
 * @throws InputError for a name that there is not, also in `owner` and in one of `people`; EmulatorError when `from` or `to` is not
 * an ISO 8601 date-time.
 */
export function* generateEvents<Type extends KnownEventType>(
  given: GenerateEventsOptions<Type>,
): Generator<EventOf<Type>, void, undefined> {
  const options = checkOptions<GenerateEventsOptions<Type>>('generateEvents()', given, {
    ...sourceOptions,
    count: true,
    from: true,
    to: true,
  });
  const { eventType, count } = options;
  checkNumber('count', count, 0);
  const events = new EventSource(options);
  const kinds = eventTemplates[eventType].length;
  const from = microsOf(options.from);
  const step = (microsOf(options.to) - from) / Math.max(1, count);
  for (let index = 0; index < count; ) {
    const micros = Math.floor(from + step * (index + events.random.next() * 0.9));
    // The first kinds of a type are the usual ones: they come more often.
    const kind = Math.floor(kinds * events.random.next() ** 3);
    for (const event of events.make(kind, micros).slice(0, count - index)) {
      index += 1;
      yield event as EventOf<Type>;
    }
  }
}

/**
 * Makes up one event of every documented kind of a type: every action, every sub-type.
 *
 * @throws InputError for a name that there is not, also in `owner` and in one of `people`; EmulatorError when `at` is not
 * an ISO 8601 date-time.
 */
export function* generateEveryKind<Type extends KnownEventType>(
  given: GenerateEveryKindOptions<Type>,
): Generator<EventOf<Type>, void, undefined> {
  const options = checkOptions<GenerateEveryKindOptions<Type>>('generateEveryKind()', given, {
    ...sourceOptions,
    at: true,
  });
  const events = new EventSource(options);
  const at = microsOf(options.at);
  for (const kind of eventTemplates[options.eventType].keys()) {
    for (const event of events.make(kind, at + kind * 1_000_003)) yield event as EventOf<Type>;
  }
}

const sourceOptions = { owner: true, eventType: true, people: true, seed: true } as const;

/** @throws InputError when it has no id, another type than the two, or a name that there is not. */
export function checkOwner(owner: EventOwner): EventOwner {
  checkObject('owner', owner);
  const own = checkOptions<EventOwner>('an owner', owner, { type: true, id: true });
  checkText('owner.id', own.id);
  checkChoice('owner.type', own.type, ['workspace', 'organization']);
  return own;
}

/** Makes events of one type from its templates: tests hold that each comes out in the documented shape. */
class EventSource {
  readonly random: Random;
  readonly #kinds: readonly (readonly Fill<unknown>[])[];
  readonly #owner: EventOwner;
  readonly #people: readonly Person[];

  constructor(options: Pick<GenerateEventsOptions, 'owner' | 'eventType' | 'people' | 'seed'>) {
    const { owner, eventType, people, seed = 1 } = options;
    checkWord('an event type', eventType, Object.keys(eventTemplates));
    this.#owner = checkOwner(owner);
    checkNumber('seed', seed, Number.NEGATIVE_INFINITY, false);
    if (people !== undefined) checkList('people', people);
    this.random = createRandom(seedOf(`${seed} ${this.#owner.id} ${eventType}`));
    this.#kinds = compiledTemplates(eventType);
    this.#people = people?.map(checkPerson) ?? Array.from({ length: 12 }, (_none, number) => personOf(number));
  }

  /** The events of a kind, by its number: one, or several that belong together. */
  make(kind: number, micros: number): unknown[] {
    const random = this.random;
    const [person, other, topic] = [random.pick(this.#people), random.pick(this.#people), random.pick(topics)];
    const context: EventContext = { random, owner: this.#owner, person, other, topic, micros, named: new Map() };
    return read('`people`', () => (this.#kinds[kind] ?? []).map((fill) => fill(context)));
  }
}

const compiled = new Map<KnownEventType, readonly (readonly Fill<unknown>[])[]>();

function compiledTemplates(type: KnownEventType): readonly (readonly Fill<unknown>[])[] {
  const compile = (event: object) => compileTemplate({ ...envelope(type), ...event });
  const kinds = compiled.get(type) ?? eventTemplates[type].map((events) => events.map(compile));
  compiled.set(type, kinds);
  return kinds;
}
