import { msOf, readInstant } from '../internal/dates.js';
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

/** Where an event belongs: its type, and its day in UTC, or that of its writing where it names no time. */
export class EventPlaces {
  readonly #today: string;
  readonly #types = new Map<string, string>();
  #lastDate = '';
  #lastIsDay = false;

  constructor(nowMs: number) {
    this.#today = dayOf(nowMs);
  }

  typeOf({ eventType }: EventRow): string {
    let name = this.#types.get(eventType);
    if (name === undefined) {
      name = safeName(eventType, 'upper');
      this.#types.set(eventType, name);
    }
    return name;
  }

  dayOf({ timestamp }: EventRow): string {
    if (timestamp === undefined) return `undated-${this.#today}`;
    // As nearly all are written. To read each one as a date takes as long as to write it.
    if (timestamp[10] === 'T' && timestamp.endsWith('Z')) {
      const date = timestamp.slice(0, 10);
      if (date !== this.#lastDate) {
        this.#lastDate = date;
        this.#lastIsDay = /^\d{4}-\d\d-\d\d$/.test(date);
      }
      if (this.#lastIsDay) return date;
    }
    const instant = readInstant(timestamp);
    return instant === undefined ? `undated-${this.#today}` : dayOf(msOf(instant));
  }
}

/** Such as `2026-11-30`, in UTC. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

// FNV-1a with 64 bits. Two names that end in one file or object lose nothing by it.
function hashOf(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}
