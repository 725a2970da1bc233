import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { version } from '../../src/internal/version.js';

test('is the version in package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  expect(version).toBe(manifest.version);
});
