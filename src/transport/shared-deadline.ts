import { checkPositive } from '../errors/check-options.js';
import { type Clock, monotonicNow } from '../internal/clock.js';
import { ownCopy } from '../internal/json.js';
import type { RequestOptions, SharedDeadline } from './options.js';

/**
 * The options of several requests that are one call: a deadline that was given, or is the client's, is for all of them
 * together, from now on. Without one each has the usual one for itself.
 */
export function shareDeadline(
  options: RequestOptions & SharedDeadline,
  ofClientMs: number | undefined,
  clock: Clock,
): RequestOptions & SharedDeadline {
  const given = ownCopy(options, ['deadlineMs', 'wholeDeadlineMs']);
  const totalMs = given.deadlineMs ?? ofClientMs;
  if (totalMs === undefined) return given;
  checkPositive('deadlineMs', totalMs);
  const endMs = monotonicNow(clock) + totalMs;
  // A getter: each request reads what is left.
  return Object.defineProperty({ ...given, wholeDeadlineMs: given.wholeDeadlineMs ?? totalMs }, 'deadlineMs', {
    enumerable: true,
    get: () => Math.max(1, Math.ceil(endMs - monotonicNow(clock))),
  });
}
