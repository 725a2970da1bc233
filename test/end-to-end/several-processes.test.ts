import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';
import { logSoak, timesOf } from '../support/scale.js';
import { openWorld } from './support/open-world.js';

const run = promisify(execFile);

test('several processes that upsert the same users agree on who they are', { timeout: 600_000 }, async () => {
  const { script, directory } = await bundleProgram('upsert-child', new URL('./support/', import.meta.url));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const { emulator } = openWorld({ emulator: { world: 'empty' } });
  onTestFinished(() => emulator.close());
  const server = await emulator.listen();
  const users = timesOf(5, 500);
  const args = [script, server.scimBaseUrl, emulator.scim.token, String(users)];
  const outputs = await Promise.all(Array.from({ length: timesOf(2, 4) }, () => run(process.execPath, args)));
  const [first = [], ...others] = outputs.map(({ stdout }) => JSON.parse(stdout) as string[]);
  expect(first).toHaveLength(users);
  for (const other of others) expect(other).toEqual(first);
  const names = emulator.store.users.list().map(({ userName }) => userName);
  logSoak(`${outputs.length} processes on ${users} users: ${names.length} there`);
  expect(names).toHaveLength(users);
  expect(new Set(names).size).toBe(users);
});
