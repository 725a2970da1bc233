/** A point in time, in nanoseconds since the epoch: milliseconds, as `Date` counts, would make ties of different times. */
export type Instant = bigint;

const dateTime =
  /^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,](\d+))?(?:[Zz]|([+-]\d\d)(?::?(\d\d))?)?)?$/;
const nanosecondsPerMs = 1_000_000n;

/** Reads an ISO 8601 date-time, in its extended or its basic form; without a zone it is read as UTC, as the service does. `undefined` when it is none. */
export function readInstant(text: string): Instant | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone, zoneMinutes = '00'] =
    match;
  const offset = zone === undefined ? 'Z' : `${zone}:${zoneMinutes}`;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(ms) ? undefined : BigInt(ms) * nanosecondsPerMs + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}

/** For strings that were read before. */
export function instantOf(text: string): Instant {
  return readInstant(text) ?? 0n;
}

export function instantOfMs(ms: number): Instant {
  return BigInt(Math.floor(ms)) * nanosecondsPerMs;
}

export function msOf(instant: Instant): number {
  return Number(instant / nanosecondsPerMs);
}

/** Spelled with microseconds, as the service spells it. */
export function formatInstant(instant: Instant): string {
  const seconds = new Date(msOf(instant)).toISOString().slice(0, 19);
  const micros = (instant % 1_000_000_000n) / 1000n;
  return `${seconds}.${micros.toString().padStart(6, '0')}Z`;
}
