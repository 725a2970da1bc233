import { InputError } from '../errors/input-errors.js';
import type { RequestOptions } from './transport.js';

/** How a call is limited, every default filled in. */
export interface CallLimits {
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly maxRetries: number;
}

const libraryDefaults: CallLimits = { timeoutMs: 30_000, deadlineMs: 300_000, maxRetries: 3 };

/**
 * Fills in what was not given: the call's own wins over the client's, the client's over the library's.
 *
 * @throws InputError for a limit that is not a positive number, or a count that is not a whole one.
 */
export function resolveOptions(
  given: Pick<RequestOptions, keyof CallLimits>,
  { timeoutMs, deadlineMs, maxRetries }: CallLimits = libraryDefaults,
): CallLimits {
  const resolved = {
    timeoutMs: given.timeoutMs ?? timeoutMs,
    deadlineMs: given.deadlineMs ?? deadlineMs,
    maxRetries: given.maxRetries ?? maxRetries,
  };
  checkPositive('timeoutMs', resolved.timeoutMs);
  checkPositive('deadlineMs', resolved.deadlineMs);
  if (!Number.isInteger(resolved.maxRetries) || resolved.maxRetries < 0) {
    throw new InputError('`maxRetries` must be a whole number, 0 or more.', { path: ['maxRetries'] });
  }
  return resolved;
}

/** @throws InputError for anything but a number above 0: what JavaScript callers give may be a text. */
export function checkPositive(name: string, value: number): number {
  if (typeof value === 'number' && value > 0) return value;
  throw new InputError(`\`${name}\` must be a number above 0.`, { path: [name] });
}
