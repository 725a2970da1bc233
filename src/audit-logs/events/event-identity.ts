import { formatInstant, instantOfMs } from '../../internal/dates.js';

// What is read of an event depends on whose log it stands in, and not on what it looks like: no feed promises to have no field of
// the name that another one goes by.

type Record = Readonly<{ readonly [name: string]: unknown }>;

/**
 * Whether it looks like an event of the API Platform's audit log, which has no envelope: `id`, `type` and `effective_at` alone.
 * For who is given no more than the event.
 */
export function looksLikePlatformEvent({ effective_at: time, timestamp }: Record): boolean {
  return time !== undefined && typeof timestamp !== 'string';
}

/** When it happened, as a date-time: as the service spelled it, or made of the seconds of an event of the API Platform. */
export function timeOf(event: Record, isOfPlatform: boolean): unknown {
  return isOfPlatform ? timeOfSeconds(event.effective_at) : event.timestamp;
}

/** Unix seconds as a date-time, as a checkpoint spells times; `undefined` for what is no such number. */
export function timeOfSeconds(seconds: unknown): string | undefined {
  const isTime = typeof seconds === 'number' && seconds >= 0 && seconds <= lastSecond;
  return isTime ? formatInstant(instantOfMs(seconds * 1_000)) : undefined;
}

/** The last one of the year 9999. */
const lastSecond = 253_402_300_799;
