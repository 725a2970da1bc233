import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fault, seedEvents } from '../../src/testing/index.js';
import {
  linesOf,
  ownDirectory,
  runCommand,
  type ServedWorkspace,
  serveWorkspace,
  startCommand,
} from './support/command.js';

/** Ids of events, each once. */
const idsOf = (events: readonly Record<string, unknown>[]) => new Set(events.map(({ event_id: id }) => String(id)));

/** Adds events that are listed at once. */
function addEvents({ emulator }: Pick<ServedWorkspace, 'emulator'>, count: number): void {
  seedEvents(emulator, { eventType: 'AUTH_LOG', count, seed: 2 });
  emulator.store.logs.flush(String(emulator.compliance.workspaceIds[0]));
}

async function serveLog(count: number) {
  const workspace = await serveWorkspace({ world: 'empty', workspaces: [{ name: 'Northwind' }] });
  const { emulator } = workspace;
  const day = 86_400_000;
  const [from, to] = [emulator.clock.now() - 3 * day, emulator.clock.now() - day].map((ms) =>
    new Date(ms).toISOString(),
  );
  seedEvents(emulator, { eventType: 'AUTH_LOG', count, from, to });
  return workspace;
}

test('prints every event, and behind a checkpoint what has come since', async () => {
  const { emulator, env } = await serveLog(300);
  const checkpoint = join(await ownDirectory(), 'state', 'auth-log.json');
  const words = ['events', '--types', 'AUTH_LOG', '--checkpoint', checkpoint, '--loopback'];
  const first = await runCommand(words, { env });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(linesOf(first)).toHaveLength(300);
  expect(idsOf(linesOf(first)).size).toBe(300);
  expect(await runCommand(words, { env })).toEqual({ code: 0, stdout: '', stderr: '' });
  addEvents({ emulator }, 3);
  const second = linesOf(await runCommand(words, { env }));
  expect(idsOf([...linesOf(first), ...second]).size).toBe(303);
  expect(second).toHaveLength(3);
  if (process.platform !== 'win32') expect((await stat(checkpoint)).mode & 0o777).toBe(0o600);
});

test('killed at any moment, a second start prints all that the first has not', async () => {
  const { env } = await serveLog(3_000);
  const checkpoint = join(await ownDirectory(), 'auth-log.json');
  const words = ['events', '--types', 'AUTH_LOG', '--checkpoint', checkpoint, '--loopback'];
  const { child, ended } = startCommand(words, { env });
  let lines = 0;
  child.stdout.on('data', (text: string) => {
    lines += text.split('\n').length - 1;
    // In the third batch.
    if (lines > 1_000) child.kill('SIGKILL');
  });
  const killed = await ended;
  // The last line may be cut.
  const before = linesOf({ ...killed, stdout: killed.stdout.replace(/[^\n]*$/, '') });
  expect(before.length).toBeLessThan(3_000);
  const after = linesOf(await runCommand(words, { env }));
  expect(idsOf([...before, ...after]).size).toBe(3_000);
  expect(after.length).toBeLessThan(3_000);
});

test('a reader that has enough ends it quietly, and the checkpoint stays behind what was taken over', async () => {
  const { env } = await serveLog(3_000);
  const checkpoint = join(await ownDirectory(), 'auth-log.json');
  const words = ['events', '--types', 'AUTH_LOG', '--checkpoint', checkpoint, '--loopback'];
  const { child, ended } = startCommand(words, { env });
  child.stdout.once('data', () => child.stdout.destroy());
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  const kept = await readFile(checkpoint, 'utf8').catch(() => '{"partitions":[{}]}');
  expect(JSON.parse(kept).partitions[0]).not.toHaveProperty('caughtUpAt');
  expect((await runCommand(words, { env })).stdout).not.toBe('');
});

test.skipIf(process.platform === 'win32')('--follow waits for more, and ends well by SIGTERM', async () => {
  const { emulator, env } = await serveLog(20);
  const checkpoint = join(await ownDirectory(), 'auth-log.json');
  const words = ['events', '--types', 'AUTH_LOG', '--follow', '--interval', '0.1', '--checkpoint', checkpoint];
  const { child, ended } = startCommand([...words, '--loopback'], { env });
  let seen = '';
  for await (const text of child.stdout) {
    seen += text;
    const lines = seen.split('\n').length - 1;
    if (lines === 20) addEvents({ emulator }, 1);
    if (lines > 20) child.kill('SIGTERM');
  }
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  const again = await runCommand(['events', '--types', 'AUTH_LOG', '--checkpoint', checkpoint, '--loopback'], { env });
  expect(again).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('one workspace that fails is said, the others are read, and it ends with 2', async () => {
  const { emulator, env } = await serveWorkspace();
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  emulator.compliance.keys.revoke(String(emulator.compliance.apiKeys[first]));
  const { code, stdout, stderr } = await runCommand(['events', '--types', 'AUTH_LOG', '--loopback'], { env });
  expect(code).toBe(2);
  expect(stdout).not.toBe('');
  expect(stderr).toContain(`Workspace ${first}: `);
  expect(stderr).not.toContain(second);
});

test('an event type that there is not is told once, with whose logs were refused alike', async () => {
  const { env, emulator } = await serveWorkspace();
  const { code, stdout, stderr } = await runCommand(['events', '--types', 'NOPE', '--loopback'], { env });
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.match(/Check the spelling/g)).toHaveLength(1);
  const [first, second] = emulator.compliance.workspaceIds;
  for (const id of [first, second]) expect(stderr.split(String(id))).toHaveLength(2);
  expect(stderr).toMatch(/^Workspace [\w-]+: the same\.$/m);
});

test('a file that cannot be read: stops before it with 2, or with --allow-gaps goes on, and ends with 1', async () => {
  const { emulator, env } = await serveLog(10);
  const words = ['events', '--types', 'AUTH_LOG', '--loopback'];
  const broken = emulator.faults.add(fault.corruptBody(), { service: 'storage', times: Number.POSITIVE_INFINITY });
  const strict = await runCommand(words, { env });
  expect(strict).toMatchObject({ code: 2, stdout: '' });
  const lax = await runCommand([...words, '--allow-gaps'], { env });
  expect(lax).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('A file is left out: ') });
  broken.remove();
  expect(linesOf(await runCommand(words, { env }))).toHaveLength(10);
});

test('a checkpoint that was changed is refused, and its file named', async () => {
  const { env } = await serveLog(5);
  const directory = await ownDirectory();
  await writeFile(join(directory, 'cut.json'), '{"version": 1');
  const words = ['events', '--types', 'AUTH_LOG', '--checkpoint', join(directory, 'cut.json'), '--loopback'];
  const { code, stdout, stderr } = await runCommand(words, { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('cut.json');
});
