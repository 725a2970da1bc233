import { expect, test, vi } from 'vitest';
import { sha256 } from '../../../src/audit-logs/files/download.js';

// FIPS 180-2, appendix B.1.
const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

test('hashes with what Node has', async () => {
  expect(await sha256(new TextEncoder().encode('abc'))).toBe(hash);
});

test('hashes with Web Crypto where Node is not', async () => {
  vi.stubGlobal('process', undefined);
  const hashed = sha256(new TextEncoder().encode('abc'));
  vi.unstubAllGlobals();
  expect(await hashed).toBe(hash);
});
