import { expect, test, vi } from 'vitest';
import { toBase64 } from '../../../src/audit-logs/reading/seen-events.js';

test.each([0, 1, 2, 3, 255, 20_000])('writes %i bytes the same with and without the Buffer of Node', (length) => {
  const bytes = Uint8Array.from({ length }, (_none, index) => (index * 37) % 256);
  const expected = Buffer.from(bytes).toString('base64');
  expect(toBase64(bytes)).toBe(expected);
  vi.stubGlobal('Buffer', undefined);
  try {
    expect(toBase64(bytes)).toBe(expected);
  } finally {
    vi.unstubAllGlobals();
  }
});
