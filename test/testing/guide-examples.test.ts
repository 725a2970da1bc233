import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
// Their tests are run here as they stand.
import '../../examples/testing/with-msw.test.js';
import '../../examples/testing/with-vitest.test.js';

const root = resolve(import.meta.dirname, '../..');

test('the suite for node:test passes', async () => {
  const words = ['--import', inject('packageHook'), '--test', 'examples/testing/with-node-test.ts'];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: root });
  expect(stdout).toMatch(/pass 2\n/);
});
