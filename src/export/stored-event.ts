import { formatInstant, isUsualTime, readInstant } from '../internal/dates.js';
import type { EventRow } from './event-row.js';

/** An event as the columns of a table have it. */
export interface StoredEvent {
  readonly eventId: string;
  readonly eventType: string;
  /** UTC with microseconds, so that it sorts as text. */
  readonly timestamp: string | null;
  readonly principal: string;
  readonly userId: string | null;
  readonly action: string | null;
  readonly fileId: string;
  readonly line: number;
  readonly raw: string;
}

/** The columns of events. Throws nothing for what the service wrote. */
export async function storedEvents(rows: readonly EventRow[]): Promise<readonly StoredEvent[]> {
  // What must be hashed is rare, and is so at once for all: to wait for each row would cost more than to store it.
  const long = new Map<string, string>();
  for (const { eventId, userId = '' } of rows) {
    for (const text of [eventId, userId]) if (text.length > longestKey) long.set(text, '');
  }
  for (const text of long.keys()) long.set(text, await storedKey(text));
  const keyOf = (text: string) => long.get(text) ?? storedText(text);
  // Nearly all rows have what the one before has.
  const [typeOf, principalOf, actionOf, fileOf] = [storedAgain(), storedAgain(), storedAgain(), storedAgain()];
  return rows.map(({ eventId, eventType, timestamp, principal, userId, action, fileId, line, raw }) => ({
    eventId: keyOf(eventId),
    eventType: typeOf(eventType),
    timestamp: timestamp === undefined ? null : storedTime(timestamp),
    principal: principalOf(principal.id),
    userId: userId === undefined ? null : keyOf(userId),
    action: action === undefined ? null : actionOf(action),
    fileId: fileOf(fileId),
    line,
    raw: storedRaw(raw),
  }));
}

// An entry of an index of PostgreSQL holds 2,704 bytes, and an escaped character takes six.
const longestKey = 400;
const keptOfLong = 336;

/**
 * A text of an index: a long one as its beginning and its SHA-256. That is longer than any that is kept whole, so that two
 * texts are never the same key.
 */
export async function storedKey(text: string): Promise<string> {
  if (text.length <= longestKey) return storedText(text);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(storedText(text)));
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${storedText(text.slice(0, keptOfLong))}#sha256:${hex}`;
}

// A text of PostgreSQL holds no NUL, and UTF-8 no half of a surrogate pair. With the backslash escaped too, two different texts
// stay different.
const unstorable = /[\\\p{Cc}\p{Cs}]/u;
const allUnstorable = /[\\\p{Cc}\p{Cs}]/gu;

function storedText(text: string): string {
  return unstorable.test(text) ? text.replace(allUnstorable, (unit) => (unit === '\\' ? '\\\\' : escaped(unit))) : text;
}

function storedAgain(): (text: string) => string {
  let [last, stored] = ['', ''];
  return (text) => {
    if (text !== last) [last, stored] = [text, storedText(text)];
    return stored;
  };
}

// Of the control characters only these stand in JSON, the first three between values. So what was a record stays as it is.
// Finds more, at a third of the time: what is right, halves of a surrogate that belong together, is left as it is.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is they that are looked for.
const maybeNotInJson = /[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]/;
const allNotInJson = /[^\P{Cc}\t\n\r\u007f-\u009f]|\p{Cs}/gu;

function storedRaw(raw: string): string {
  return maybeNotInJson.test(raw) ? raw.replace(allNotInJson, escaped) : raw;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function storedTime(text: string): string | null {
  if (isUsualTime(text)) return text.length === 27 ? text : `${text.slice(0, -1)}000Z`;
  const instant = readInstant(text);
  return instant === undefined ? null : formatInstant(instant);
}
