import { formatInstant, instantOf } from '../../internal/dates.js';

// Where a list is taken up again, by times that came from outside: any of them may have been made by a wrong clock.

/** Of a file that was listed. */
interface Ended {
  /** Its `end_time`. */
  readonly endTime: string;
}

const minuteMs = 60_000;
const nanosecondsPerMs = 1_000_000;

/** Before the first log file there ever was (December 2025): everything that the service has, whatever the clock says. */
export const beforeAllFiles = '2025-01-01T00:00:00Z';

/** The same of the API Platform's audit log, of which nobody says how far back it goes. */
export const beforeAllEvents = '1970-01-01T00:00:00Z';

/** No source bounds how late a file may be listed. This is our choice: events take up to 30 minutes, and costs 5 hours. */
export function defaultOverlapMs(eventType: string): number {
  return eventType === 'COSTS' ? 300 * minuteMs : 30 * minuteMs;
}

export function laterOf(one: string, other: string): string {
  return instantOf(other) > instantOf(one) ? other : one;
}

// With nanoseconds and a zone, a time has 35 characters.
const longestTime = 40;

/** What a checkpoint keeps of a time: as it is spelled, or cut to microseconds where that is endless. Cut, it is no later. */
export function keptTime(time: string): string {
  return time.length <= longestTime ? time : formatInstant(instantOf(time));
}

/** How much later a file was listed than one that ended after it; negative for a new one. */
export function lateByMs(endTime: string, newest: string): number {
  return Number(instantOf(newest) - instantOf(endTime)) / nanosecondsPerMs;
}

/** Beyond what clocks that are right differ by. A clock that is before the service began is no judge of it. */
export function isInFuture(time: string, now: string): boolean {
  if (instantOf(now) < instantOf(beforeAllFiles)) return false;
  return instantOf(time) > instantOf(now) + BigInt(minuteMs * nanosecondsPerMs);
}

export function earlierBy(time: string, ms: number): string {
  return formatInstant(instantOf(time) - BigInt(Math.floor(ms * nanosecondsPerMs)));
}

/** The newest end of a file. One that is dated in the future says nothing: it would put all others behind the overlap. */
export function newestOf(after: string, files: readonly Ended[], now: string | undefined): string {
  const ends = files.map(({ endTime }) => endTime);
  return ends.filter((end) => now === undefined || !isInFuture(end, now)).reduce(laterOf, after);
}

/**
 * Where to resume the list: a time that a file had, verbatim, before the newest file and so far behind it.
 * Before it, because the server leaves out files of the very time that it is asked for.
 */
export function resumeAfter(after: string, completedFiles: readonly Ended[], overlapMs: number, now?: string): string {
  const newest = instantOf(newestOf(after, completedFiles, now));
  const latestAllowed = newest - BigInt(Math.floor(overlapMs * nanosecondsPerMs));
  return completedFiles.reduce((latest, { endTime }) => {
    const end = instantOf(endTime);
    return end < newest && end <= latestAllowed && end > instantOf(latest) ? endTime : latest;
  }, after);
}

export function moveOn<File extends Ended>(
  after: string,
  files: readonly File[],
  overlapMs: number,
  now: string | undefined,
): { readonly after: string; readonly completedFiles: File[] } {
  const next = resumeAfter(after, files, overlapMs, now);
  // What the list may show again is kept, that very time included.
  return { after: next, completedFiles: files.filter(({ endTime }) => instantOf(endTime) >= instantOf(next)) };
}
