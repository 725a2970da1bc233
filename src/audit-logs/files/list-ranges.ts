import { compareDateTimes, formatInstant, instantOf } from '../../internal/dates.js';
import type { LogFilePage } from './log-file.js';

/** Files that end after one time and before another. */
export interface LogRange {
  readonly after: string;
  readonly before: string | undefined;
  /** What was shown up to here must have come when the range was answered whole. */
  readonly upTo: string;
}

/** In nanoseconds: of a microsecond, a millisecond and a second. A service may compare times in any of them. */
export const timeUnits = [1_000n, 1_000_000n, 1_000_000_000n] as const;

/**
 * The ranges that a page leaves to be asked for, oldest first; none where it is the whole answer. A range begins at a time
 * that the range before it must show: whatever a service takes for the same time as that one was then shown with it.
 */
export function splitRange(
  { after, before, upTo }: LogRange,
  page: LogFilePage,
  unit: bigint,
): readonly LogRange[] | 'cursor_stuck' | 'tie_larger_than_page' {
  if (!page.has_more && !isFilteredOut(page, after)) return [];
  const isBefore = (time: string | null | undefined) => before === undefined || isLater(before, time);
  const times = page.data.map((file) => file.end_time).sort(compareDateTimes);
  // It does not take `before`.
  if (times.some((time) => isLater(time, before))) return 'cursor_stuck';
  const inside = times.filter((time) => isLater(time, after) && isBefore(time));
  const [first] = inside;
  if (first === undefined) return splitAtSaid({ after, before, upTo }, page);
  const last = inside.at(-1) ?? first;
  const middle = inside.findLast((time, index) => index <= (inside.length - 1) / 2 && isLater(last, time)) ?? first;
  // In order, all that ends before the last of the page is on the page.
  const end = isAscending(page) && isBefore(later(last, unit)) ? last : middle;
  if (isLater(last, first) && isBefore(later(end, unit))) {
    return [
      { after, before: later(end, unit), upTo: end },
      { after: end, before, upTo },
    ];
  }
  return splitAtTie({ after, before, upTo }, middle, unit, isLater(last, first));
}

/** No file is shown, and yet a time is named: that of files that were filtered out. Nothing is passed on its word. */
function splitAtSaid({ after, before, upTo }: LogRange, { has_more: hasMore, last_end_time: said }: LogFilePage) {
  const end = typeof said === 'string' && isLater(said, after) ? later(said, timeUnits[2]) : before;
  if (typeof said === 'string' && end !== undefined && (before === undefined || isLater(before, end))) {
    return [
      { after, before: end, upTo: said },
      { after: said, before, upTo },
    ];
  }
  return hasMore ? 'cursor_stuck' : [];
}

function splitAtTie({ after, before, upTo }: LogRange, time: string, unit: bigint, areMany: boolean) {
  const sooner = later(time, -unit);
  const start = isLater(sooner, after) ? sooner : after;
  const end = later(time, unit);
  const isLast = before !== undefined && !isLater(before, end);
  if (start === after && isLast) return areMany ? 'cursor_stuck' : 'tie_larger_than_page';
  return [
    ...(start === after ? [] : [{ after, before: time, upTo: after }]),
    { after: start, before: isLast ? before : end, upTo: isLast ? upTo : time },
    ...(isLast ? [] : [{ after: time, before, upTo }]),
  ];
}

/** Whether a page that says there is more says from where. */
export function leadsOn({ data, last_end_time: said }: LogFilePage, after: string): boolean {
  return isLater(said, after) || data.some((file) => isLater(file.end_time, after));
}

/** Empty, and yet with a last file. */
export function isFilteredOut({ data, invalidRows = [], last_end_time: said }: LogFilePage, after: string): boolean {
  return data.length === 0 && invalidRows.length === 0 && isLater(said, after);
}

/** Oldest first, and with no earlier end than its last file has. A later end is that of files that were filtered out. */
export function isAscending({ data, last_end_time: said }: LogFilePage): boolean {
  return (
    data.every((file, index) => !isLater(data[index - 1]?.end_time, file.end_time)) &&
    !isLater(data.at(-1)?.end_time, said)
  );
}

export function isLater(time: string | null | undefined, than: string | null | undefined): time is string {
  return typeof time === 'string' && typeof than === 'string' && instantOf(time) > instantOf(than);
}

function later(time: string, by: bigint): string {
  return formatInstant(instantOf(time) + by);
}
