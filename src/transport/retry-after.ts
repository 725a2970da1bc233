import { parseHttpDate } from '../internal/http-date.js';

/**
 * Reads `Retry-After` in both its forms, seconds and HTTP date (RFC 9110 §10.2.3).
 *
 * A date is read against the answer's own `Date` where it has one, so that two clocks that disagree do not matter.
 *
 * @returns Milliseconds to wait, 0 for a moment already past; `undefined` where there is nothing readable.
 */
export function parseRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1_000, Number.MAX_SAFE_INTEGER);
  const at = parseHttpDate(value, nowMs);
  if (at === undefined) return undefined;
  const serverNowMs = parseHttpDate(headers.get('date') ?? '', nowMs) ?? nowMs;
  return Math.max(0, at - serverNowMs);
}
