import type { KnownEventType } from '../../audit-logs/events/event-types.js';
import { checkList, checkNumber, checkObject, checkOptions, checkText, read } from '../../errors/check-options.js';
import type { LogEvent } from '../compliance/log-file.js';
import type { Emulator } from '../emulator.js';
import { checkOwner, generateEvents } from '../events/generate-events.js';
import type { EventOwner } from '../events/template.js';
import { type Person, personOf, userOfPerson } from '../people.js';
import { createRandom, seedOf } from '../random.js';
import { formatTimestamp, microsOf } from '../timestamp.js';

/** Adds made-up people to the directory, each with an address of their own, and gives their ids. 100,000 take half a second. */
export function seedUsers(emulator: Pick<Emulator, 'store'>, count: number): string[] {
  checkNumber('count', count, 0);
  const { users } = storeOf(emulator).store;
  const first = users.size;
  return Array.from({ length: count }, (_none, position) => {
    const number = first + position;
    return users.add(userOfPerson(personOf(number), `hr-${number}`));
  });
}

/** Adds groups to the directory, each with the next few of the members, and gives their ids. */
export function seedGroups(
  emulator: Pick<Emulator, 'store'>,
  count: number,
  options: {
    /** Ids of users to be members. @default nobody */
    readonly memberIds?: readonly string[] | undefined;
    /** Members of each group. @default 10 */
    readonly membersPerGroup?: number | undefined;
  } = {},
): string[] {
  checkNumber('count', count, 0);
  const own = checkOptions('seedGroups()', options, { memberIds: true, membersPerGroup: true });
  const { memberIds = [], membersPerGroup = 10 } = own;
  checkList('memberIds', memberIds);
  checkNumber('membersPerGroup', membersPerGroup, 0);
  const { groups } = storeOf(emulator).store;
  const first = groups.size;
  return Array.from({ length: count }, (_none, position) => {
    const number = first + position;
    const members = Array.from({ length: Math.min(membersPerGroup, memberIds.length) }, (_member, index) => ({
      value: memberIds[(number * membersPerGroup + index) % memberIds.length],
    }));
    const group = { displayName: `Team ${number + 1}`, externalId: `team-${number + 1}` };
    return groups.add(members.length === 0 ? group : { ...group, members });
  });
}

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
 * Puts made-up events into the log and tells how many. Those of a window that is not over yet are listed when the clock has
 * passed its end.
 *
 * @throws EmulatorError when `from` or `to` is not an ISO 8601 date-time.
 */
export function seedEvents(emulator: Pick<Emulator, 'store' | 'clock'>, given: SeedEventsOptions): number {
  const options = checkOptions('seedEvents()', given, {
    owner: true,
    eventType: true,
    count: true,
    from: true,
    to: true,
    duplicateShare: true,
    lateShare: true,
    people: true,
    seed: true,
  });
  const { store, clock } = storeOf(emulator);
  const [workspace] = store.workspaces;
  const owner = checkOwner(options.owner ?? { type: 'workspace', id: workspace?.id ?? '' });
  const to = options.to ?? formatTimestamp(Math.floor(clock.now()) * 1000);
  const from = options.from ?? formatTimestamp(microsOf(to) - dayMicros);
  const { eventType, count, people, seed } = options;
  checkText('eventType', eventType);
  for (const name of ['duplicateShare', 'lateShare'] as const) checkNumber(name, options[name] ?? 0, 0, false);
  checkNumber('seed', seed ?? 1, Number.NEGATIVE_INFINITY, false);
  const random = createRandom(seedOf(`late ${seed ?? 1} ${owner.id} ${eventType}`));
  for (const event of generateEvents({ owner, eventType, count, from, to, people, seed })) {
    const append = (writtenAt?: string) => store.logs.append(owner.id, [event as LogEvent], { writtenAt });
    const later = formatTimestamp(microsOf(event.timestamp) + random.integer(10, 30) * minuteMicros);
    append(random.chance(options.lateShare ?? 0) ? later : undefined);
    if (random.chance(options.duplicateShare ?? 0)) append(later);
  }
  return count;
}

/** @throws InputError for what is no emulator. */
function storeOf<Of extends Pick<Emulator, 'store'>>(emulator: Of): Of {
  read('The emulator', () => checkObject('emulator.store', emulator.store));
  return emulator;
}

const minuteMicros = 60_000_000;
const dayMicros = 24 * 60 * minuteMicros;

/** What {@link seedLogFiles} takes. */
export interface SeedLogFilesOptions {
  /** Whose log. */
  readonly owner: EventOwner;
  /** The type of the events. @default 'CONVERSATION_MESSAGE' */
  readonly eventType?: KnownEventType | undefined;
  /** Bytes of all files together. */
  readonly totalBytes: number;
  /** Bytes of one file; the last one may be smaller. @default 15_000_000 */
  readonly fileBytes?: number | undefined;
  /** `end_time` of the last file, ISO 8601; the others come ten seconds apart before it. @default now */
  readonly to?: string | undefined;
}

/**
 * Fills the log with files that take no memory, and tells how many: each is made when it is downloaded, always the same.
 *
 * @throws EmulatorError when `to` is not an ISO 8601 date-time.
 */
export function seedLogFiles(emulator: Pick<Emulator, 'store' | 'clock'>, given: SeedLogFilesOptions): number {
  const options = checkOptions('seedLogFiles()', given, {
    owner: true,
    eventType: true,
    totalBytes: true,
    fileBytes: true,
    to: true,
  });
  const { totalBytes, eventType = 'CONVERSATION_MESSAGE', fileBytes = 15_000_000 } = options;
  const owner = checkOwner(options.owner);
  checkNumber('totalBytes', totalBytes, 0);
  checkNumber('fileBytes', fileBytes);
  const { clock, store } = storeOf(emulator);
  const count = Math.ceil(totalBytes / fileBytes);
  const last = options.to === undefined ? clock.now() : microsOf(options.to) / 1000;
  for (let number = 0; number < count; number++) {
    const endTime = formatTimestamp(Math.floor(last - (count - 1 - number) * 10_000) * 1000);
    const sizeBytes = Math.min(fileBytes, totalBytes - number * fileBytes);
    const seed = number + 1;
    const [template] = generateEvents({ owner, eventType, count: 1, from: endTime, to: endTime, seed });
    // Every event has the envelope the log needs.
    store.logs.addFile(owner.id, { eventType, endTime, sizeBytes, template: template as LogEvent });
  }
  return count;
}
