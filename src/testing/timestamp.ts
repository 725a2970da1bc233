import { EmulatorError } from '../errors/emulator-error.js';
import { readInstant } from '../internal/dates.js';

const dateTime = /^\d{4}-\d\d-\d\d[Tt ](?:[01]\d|2[0-3]):[0-5]\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[+-]\d\d:?\d\d)?$/;

/** Microseconds since the epoch of an ISO 8601 date-time, by default UTC; a safe integer until the year 2255. */
export function parseTimestamp(text: string): number | undefined {
  const instant = typeof text === 'string' && dateTime.test(text) ? readInstant(text) : undefined;
  return instant === undefined ? undefined : Number(instant / 1000n);
}

/** `2026-07-16T01:00:00.123456Z`, or with `+00:00` in place of the `Z`. */
export function formatTimestamp(micros: number, zone: 'Z' | '+00:00' = 'Z'): string {
  const milliseconds = Math.floor(micros / 1000);
  const rest = String(micros - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}${zone}`;
}

/** Microseconds since the epoch of an ISO 8601 date-time. @throws EmulatorError when it is none. */
export function microsOf(timestamp: string): number {
  const micros = parseTimestamp(timestamp);
  if (micros === undefined) throw new EmulatorError('invalid_world', 'A timestamp must be an ISO 8601 date-time.');
  return micros;
}
