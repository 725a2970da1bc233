import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkApi } from '../../scripts/api/check.js';

test('the public declarations, as built, are those of the snapshot', () => {
  const { ok, text } = checkApi(resolve(import.meta.dirname, '../..'));
  expect(ok, text).toBe(true);
});
