import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../src/transport/retry.js';

const nowMs = Date.UTC(2026, 10, 23);
const headers = (value: string) => new Headers({ 'retry-after': value });

test('whatever a server sends is no wait, or a finite one that is not negative', () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'0123456789 ,:-GMTSunNov+.e') }),
    fc.stringMatching(/^[ -~]*$/),
  );
  fc.assert(
    fc.property(value, (text) => {
      const ms = parseRetryAfter(headers(text), nowMs);
      if (ms !== undefined) expect(ms >= 0 && Number.isFinite(ms)).toBe(true);
    }),
  );
});

test('every second of a date written by the platform is read back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 10 }), (seconds) => {
      const date = new Date(nowMs + seconds * 1_000);
      fc.pre(date.getUTCFullYear() < 10_000);
      expect(parseRetryAfter(headers(date.toUTCString()), nowMs)).toBe(seconds * 1_000);
    }),
  );
});
