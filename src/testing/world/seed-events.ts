import type { KnownEventType } from '../../audit-logs/events/event-types.js';
import type { LogEvent } from '../compliance/event-types.js';
import { createRandom, seedOf } from '../core/random.js';
import { formatTimestamp, microsOf } from '../core/timestamp.js';
import type { Emulator } from '../emulator.js';
import type { EventOwner } from '../events/event-context.js';
import { generateEvents } from '../events/generate-events.js';
import type { Person } from './people.js';

/** What {@link seedEvents} takes. */
export interface SeedEventsOptions {
  /** Whose log. @default the first workspace */
  readonly owner?: EventOwner | undefined;
  /** Their type, such as `AUTH_LOG`. */
  readonly eventType: KnownEventType;
  /** How many different events. */
  readonly count: number;
  /** They are spread from here on, as ISO 8601. @default a day before `to` */
  readonly from?: string | undefined;
  /** Up to here, as ISO 8601. @default now, by the emulator's clock */
  readonly to?: string | undefined;
  /** The share of events that come again in a later file. @default 0 */
  readonly duplicateShare?: number | undefined;
  /** The share of events that come in a later file than their time would have it. @default 0 */
  readonly lateShare?: number | undefined;
  /** The people they are about. @default the people of the default world */
  readonly people?: readonly Person[] | undefined;
  /** The same seed gives the same events. @default 1 */
  readonly seed?: number | undefined;
}

/**
 * Puts made-up events into the log. Those of a window that is not over yet are listed when the clock has passed its end.
 *
 * @returns How many different events it put there.
 *
 * @throws EmulatorError when `from` or `to` is not an ISO 8601 date-time.
 *
 * @example
 * import { createEmulator, seedEvents } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator({ world: 'empty' });
 * const id = '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11';
 * emulator.store.workspaces.add({ id, name: 'Northwind', organizationId: emulator.compliance.organizationId });
 * seedEvents(emulator, { owner: { type: 'workspace', id }, eventType: 'AUTH_LOG', count: 500, duplicateShare: 0.02 });
 */
export function seedEvents(emulator: Pick<Emulator, 'store' | 'clock'>, options: SeedEventsOptions): number {
  const { store, clock } = emulator;
  const owner = options.owner ?? firstWorkspace(store.workspaces);
  const to = options.to ?? formatTimestamp(Math.floor(clock.now()) * 1000);
  const from = options.from ?? formatTimestamp(microsOf(to) - dayMicros);
  const { eventType, count, people, seed } = options;
  const random = createRandom(seedOf(`late ${seed ?? 1} ${owner.id} ${eventType}`));
  for (const event of generateEvents({ owner, eventType, count, from, to, people, seed })) {
    const later = laterThan(event.timestamp, random.integer(10, 30));
    if (random.chance(options.lateShare ?? 0)) store.logs.append(owner.id, [event as LogEvent], { writtenAt: later });
    else store.logs.append(owner.id, [event as LogEvent]);
    if (random.chance(options.duplicateShare ?? 0))
      store.logs.append(owner.id, [event as LogEvent], { writtenAt: later });
  }
  return count;
}

const minuteMicros = 60_000_000;
const dayMicros = 24 * 60 * minuteMicros;

function laterThan(timestamp: string, minutes: number): string {
  return formatTimestamp(microsOf(timestamp) + minutes * minuteMicros);
}

function firstWorkspace(workspaces: Iterable<{ readonly id: string }>): EventOwner {
  const [workspace] = workspaces;
  return { type: 'workspace', id: workspace?.id ?? '' };
}
