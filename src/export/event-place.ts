import { msOf, readInstant } from '../internal/dates.js';
import { principalKey } from '../transport/principal.js';
import { EventLines } from './event-lines.js';
import type { EventRow } from './event-row.js';

/** The letters that most names of a kind have: what else is in one is told apart on systems that see no difference. */
type UsualCase = 'lower' | 'upper';

/** Names that Windows keeps for devices, with any ending. */
const deviceName = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Systems allow 255 bytes in a name; endings are added to this. */
const longestName = 150;

/**
 * A name for a file or a part of a key, made of what a service or a caller named: no path leads out of it, and two that differ
 * have names that differ, also where upper and lower case are one. What is usual stays as it is: `AUTH_LOG`, or a UUID.
 */
export function safeName(text: string, usualCase: UsualCase): string {
  const plain = text.replaceAll(/[^\w-]/gu, (character) => {
    const bytes = new TextEncoder().encode(character);
    return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  });
  const unusual = usualCase === 'lower' ? /[A-Z]/ : /[a-z]/;
  // The hexadecimal digits are not part of what was named.
  const letters = plain.replaceAll(/%../g, '%');
  const marks = [...letters].map((letter) => (unusual.test(letter) ? '1' : '0')).join('');
  const mark = marks.includes('1') ? `~${BigInt(`0b${marks}`).toString(16)}` : '';
  const name = `${plain}${mark}`;
  if (name.length > longestName) return `${plain.slice(0, 80)}~~${hashOf(text)}`;
  return name === '' || deviceName.test(name) ? `%${name}` : name;
}

/**
 * The name of what stands under a key of a sink: of a workspace or an organization its id, in small letters; of the API Platform
 * `platform.` and that. Two keys that differ have names that differ.
 */
export function keyName(key: string): string {
  const [, type, id = ''] = /^(workspace|organization|platform):(.*)$/s.exec(key) ?? [];
  // No safe name has a point in it.
  if (type === 'platform') return `platform.${safeName(id, 'lower')}`;
  // As ids of organizations begin, and no others: without the type, one would be taken for the other.
  const isPlain = type !== undefined && id.startsWith('org-') === (type === 'organization');
  return isPlain ? safeName(id, 'lower') : `${notPlain}${safeName(key, 'lower')}`;
}

/** Whether this is the name of what stands under the key of the API Platform's log. */
export function isNameOfPlatform(name: string): boolean {
  return name.startsWith('platform.');
}

/** No safe name begins so. */
const notPlain = '%%';

/** What is pruned is told by its day: a log file may not be taken for one. */
function fileName(fileId: string): string {
  const name = safeName(fileId, 'lower');
  return /^(undated-)?\d{4}-\d\d-\d\d(-\d+)?$/.test(name) ? `${notPlain}${name}` : name;
}

/** Events that belong into one place. */
export interface PlacedEvents {
  readonly lines: EventLines;
  readonly first: EventRow;
  last: EventRow;
}

/**
 * Events by their places, such as `AUTH_LOG/2026-11-30`: the type and, in UTC, the day, or that of writing where an event names
 * no time; with `file`, the log file in place of the day. Those of a principal that is not the key stand in a place of its own.
 */
export function placedEvents(
  rows: readonly EventRow[],
  key: string,
  nowMs: number,
  by: 'day' | 'file',
): ReadonlyMap<string, PlacedEvents> {
  const places = new Map<string, PlacedEvents>();
  const types = new Names((type) => safeName(type, 'upper'));
  const [files, keys] = [new Names(fileName), new Names(keyName)];
  const undated = `undated-${dayOf(nowMs)}`;
  let [before, beforeDay, events]: [EventRow | undefined, string, PlacedEvents | undefined] = [
    undefined,
    '',
    undefined,
  ];
  for (const row of rows) {
    const { timestamp, principal, eventType, fileId } = row;
    const day = (timestamp === undefined ? undefined : dayOfTime(timestamp, beforeDay)) ?? undated;
    // Nearly all stand where the one before stands: to make the place of each anew takes longer than to write it.
    const isOthers = before?.principal.id !== principal.id || before.principal.type !== principal.type;
    const isElsewhere = isOthers || before?.eventType !== eventType || before.fileId !== fileId;
    if (events === undefined || isElsewhere || day !== beforeDay) {
      const name = by === 'day' || day === undated ? day : files.of(fileId);
      const owner = principalKey(principal);
      const whose = owner === key ? '' : `${keys.of(owner)}/`;
      const place = `${whose}${types.of(eventType)}/${name}`;
      events = places.get(place) ?? { lines: new EventLines(), first: row, last: row };
      places.set(place, events);
    }
    events.lines.add(row);
    events.last = row;
    [before, beforeDay] = [row, day];
  }
  return places;
}

// As nearly all are written. To read each one as a date takes as long as to write it.
const plainTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

function dayOfTime(timestamp: string, likely: string): string | undefined {
  if (plainTime.test(timestamp)) return likely !== '' && timestamp.startsWith(likely) ? likely : timestamp.slice(0, 10);
  const instant = readInstant(timestamp);
  return instant === undefined ? undefined : dayOf(msOf(instant));
}

/** A log has few names, and as many events as there are. */
class Names {
  readonly #nameOf: (text: string) => string;
  readonly #known = new Map<string, string>();

  constructor(nameOf: (text: string) => string) {
    this.#nameOf = nameOf;
  }

  of(text: string): string {
    let name = this.#known.get(text);
    if (name === undefined) {
      name = this.#nameOf(text);
      this.#known.set(text, name);
    }
    return name;
  }
}

/** Such as `2026-11-30`, in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** FNV-1a with 64 bits. Two names that end in one file or object lose nothing by it. */
export function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}
