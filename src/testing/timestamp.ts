import { EmulatorError } from '../errors/emulator-error.js';

const dateTime = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * Microseconds since the epoch of an ISO 8601 date-time; `undefined` when it is none. Without a zone it is read as UTC.
 * A safe integer until the year 2255.
 */
export function parseTimestamp(text: string): number | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const milliseconds = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (new Date(milliseconds).getUTCDate() !== Number(day) || Number(month) > 12 || Number(hour) > 23) return undefined;
  const micros = Number(fraction.padEnd(6, '0').slice(0, 6));
  return (milliseconds - zoneMs(zone)) * 1000 + micros;
}

function zoneMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
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
