import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fault, seedEvents } from '../../src/testing/index.js';
import { linesOf, ownDirectory, runCommand, serveWorkspace, startCommand } from './support/command.js';

const idsOf = (events: readonly Record<string, unknown>[]) => events.map(({ event_id: id }) => String(id));

async function serveLog(count: number) {
  const workspace = await serveWorkspace({ world: 'empty', workspaces: [{ name: 'Northwind' }] });
  const { emulator } = workspace;
  const day = 86_400_000;
  const [from, to] = [emulator.clock.now() - 3 * day, emulator.clock.now() - day].map((ms) =>
    new Date(ms).toISOString(),
  );
  const events = seedEvents(emulator, { eventType: 'AUTH_LOG', count, from, to });
  return { ...workspace, ids: idsOf(events as unknown as Record<string, unknown>[]).sort() };
}

test('prints every event, and behind a checkpoint what has come since', async () => {
  const { emulator, env, ids } = await serveLog(300);
  const checkpoint = join(await ownDirectory(), 'state', 'auth-log.json');
  const words = ['events', '--types', 'AUTH_LOG', '--checkpoint', checkpoint, '--loopback'];
  const first = await runCommand(words, { env });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(idsOf(linesOf(first)).sort()).toEqual(ids);
  expect(await runCommand(words, { env })).toEqual({ code: 0, stdout: '', stderr: '' });
  const [from, to] = [-3_600_000, -1_800_000].map((ms) => new Date(emulator.clock.now() + ms).toISOString());
  const more = seedEvents(emulator, { eventType: 'AUTH_LOG', count: 3, from, to, seed: 2 });
  const second = linesOf(await runCommand(words, { env }));
  expect(idsOf(second).sort()).toEqual(idsOf(more as unknown as Record<string, unknown>[]).sort());
  if (process.platform !== 'win32') expect((await stat(checkpoint)).mode & 0o777).toBe(0o600);
});

test('killed at any moment, a second start prints all that the first has not', async () => {
  const { env, ids } = await serveLog(3_000);
  const checkpoint = join(await ownDirectory(), 'auth-log.json');
  const words = ['events', '--types', 'AUTH_LOG', '--checkpoint', checkpoint, '--loopback'];
  const { child, ended } = startCommand(words, { env });
  child.stdout.once('data', () => child.kill('SIGKILL'));
  const killed = await ended;
  // The last line may be cut.
  const before = killed.stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => String(JSON.parse(line).event_id));
  expect(before.length).toBeLessThan(ids.length);
  const after = idsOf(linesOf(await runCommand(words, { env })));
  expect([...new Set([...before, ...after])].sort()).toEqual(ids);
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
  const { emulator, env, ids } = await serveLog(20);
  const checkpoint = join(await ownDirectory(), 'auth-log.json');
  const words = ['events', '--types', 'AUTH_LOG', '--follow', '--interval', '0.1', '--checkpoint', checkpoint];
  const { child, ended } = startCommand([...words, '--loopback'], { env });
  let seen = '';
  for await (const text of child.stdout) {
    seen += text;
    const lines = seen.split('\n').length - 1;
    if (lines === ids.length) {
      const [from, to] = [-3_600_000, -1_800_000].map((ms) => new Date(emulator.clock.now() + ms).toISOString());
      seedEvents(emulator, { eventType: 'AUTH_LOG', count: 1, from, to, seed: 2 });
    }
    if (lines > ids.length) child.kill('SIGTERM');
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

test('a file that cannot be read: stops before it with 2, or with --allow-gaps goes on, and ends with 1', async () => {
  const { emulator, env, ids } = await serveLog(100);
  const words = ['events', '--types', 'AUTH_LOG', '--loopback'];
  emulator.faults.add(fault.corruptBody(), { service: 'storage', times: 4 });
  const strict = await runCommand(words, { env });
  expect(strict.code).toBe(2);
  const { code, stdout, stderr } = await runCommand([...words, '--allow-gaps'], { env });
  expect([code, stderr]).toEqual(
    linesOf({ code, stdout, stderr }).length === ids.length
      ? [0, '']
      : [1, expect.stringContaining('A file is left out: ')],
  );
});

test('a checkpoint that was changed is refused, and its file named', async () => {
  const { env } = await serveLog(5);
  const directory = await ownDirectory();
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(directory, 'cut.json'), '{"version": 1');
  const words = ['events', '--types', 'AUTH_LOG', '--checkpoint', join(directory, 'cut.json'), '--loopback'];
  const { code, stdout, stderr } = await runCommand(words, { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('cut.json');
});
