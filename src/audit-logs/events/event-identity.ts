import { formatInstant, instantOfMs } from '../../internal/dates.js';

// The one place that knows both feeds: by what an event is told from others, and when it happened.

type Record = Readonly<{ readonly [name: string]: unknown }>;

/** Whether it is an event of the API Platform's audit log, which has no envelope: `id`, `type` and `effective_at` alone. */
export function isPlatformEvent(event: Record): boolean {
  return event.event_id === undefined && event.effective_at !== undefined;
}

/** What tells an event from all others: its `event_id`, or the `id` of one of the API Platform. */
export function idOf(event: Record): unknown {
  return isPlatformEvent(event) ? event.id : event.event_id;
}

/** When it happened, as a date-time: as the service spelled it, or made of the seconds of an event of the API Platform. */
export function timeOf(event: Record): unknown {
  return isPlatformEvent(event) ? timeOfSeconds(event.effective_at) : event.timestamp;
}

/** Unix seconds as a date-time, as a checkpoint spells times; `undefined` for what is no such number. */
export function timeOfSeconds(seconds: unknown): string | undefined {
  const isTime = typeof seconds === 'number' && seconds >= 0 && seconds <= lastSecond;
  return isTime ? formatInstant(instantOfMs(seconds * 1_000)) : undefined;
}

/** The last one of the year 9999. */
const lastSecond = 253_402_300_799;
