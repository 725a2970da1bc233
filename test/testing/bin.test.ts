import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { connect, parseConnectionConfig } from '../../src/index.js';
import { readArguments } from '../../src/testing/bin-arguments.js';

const root = resolve(import.meta.dirname, '../..');

function start(...words: string[]) {
  const hook = ['--import', './test/examples/support/resolve-package.ts'];
  const program = spawn(process.execPath, [...hook, 'src/testing/bin.ts', ...words], { cwd: root });
  let [told, complained] = ['', ''];
  program.stdout.on('data', (chunk) => {
    told += chunk;
  });
  program.stderr.on('data', (chunk) => {
    complained += chunk;
  });
  const whenTold = async () => {
    while (!told.includes('\n}')) await once(program.stdout, 'data');
    return JSON.parse(told) as Record<string, string>;
  };
  const whenOver = once(program, 'exit').then(([code]) => ({ code, told, complained }));
  return { program, whenTold, whenOver };
}

test('tells how to reach it, serves until it is stopped, and ends well', async () => {
  const { program, whenTold, whenOver } = start('--seed', '3', '--mode', 'rfc');
  const form = await whenTold();
  const answer = await fetch(`${form.scimBaseUrl}/Users`, { headers: { authorization: `Bearer ${form.scimToken}` } });
  expect(await answer.json()).toMatchObject({ totalResults: 12 });
  program.kill('SIGTERM');
  expect(await whenOver).toMatchObject({ code: 0, complained: '' });
});

test('prints a form, with an Admin key for each workspace that opens what belongs to that one', async () => {
  const { program, whenTold, whenOver } = start();
  const form = await whenTold();
  const config = parseConnectionConfig(form, {
    require: ['scim', 'compliance'],
    dangerouslyAllowHttpLoopback: true,
  });
  await using connection = connect(config, { dangerouslyAllowHttpLoopback: true, rateLimit: false });
  const { findings, workspaces } = await connection.check({ eventTypes: ['AUTH_LOG'], admin: true });
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(workspaces.map(({ opened }) => opened)).toEqual(['ok', 'ok']);
  expect(workspaces.map(({ admin }) => admin.map(({ verdict }) => verdict))).toEqual([
    ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
    ['ok', 'ok', 'ok', 'ok', 'ok', 'ok'],
  ]);
  for (const workspaceId of form.workspaceIds?.split(',') ?? [])
    expect((await connection.admin?.members.list({ workspaceId }))?.items.length).toBeGreaterThan(0);
  program.kill('SIGTERM');
  expect(await whenOver).toMatchObject({ code: 0, complained: '' });
});

test('ends with 1 and says why when something went wrong unnoticed', async () => {
  const { program, whenTold, whenOver } = start();
  const form = await whenTold();
  await fetch(`${new URL(form.scimBaseUrl ?? '').origin}/elsewhere`);
  program.kill('SIGTERM');
  expect(await whenOver).toMatchObject({ code: 1, complained: expect.stringContaining('/elsewhere') });
});

test('explains itself, and refuses what it does not know with 2', async () => {
  expect(await start('--help').whenOver).toMatchObject({ code: 0, told: expect.stringContaining('Usage:') });
  expect(await start('--colour', 'red').whenOver).toMatchObject({
    code: 2,
    complained: expect.stringContaining('--colour'),
  });
});

test.each(['--port', '--storage-port'])('says that the port of %s is taken, and ends with 1', async (option) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, told, complained } = await start(option, `${port}`).whenOver;
  other.close();
  expect({ code, told }).toEqual({ code: 1, told: '' });
  expect(complained).toBe(`Port ${port} is taken; choose another with ${option}.\n`);
});

test.each([
  [['--mode', 'strict'], '`--mode` must be workos or rfc.'],
  [['--world', 'flat'], '`--world` must be default or empty.'],
  [['--port', 'x'], '`--port` must be a whole number.'],
  [['--port', ''], '`--port` must be a whole number.'],
  [['--storage-port=-1'], '`--storage-port` must be a whole number.'],
  [['--storage-port', '70000'], '`--storage-port` must be at most 65535.'],
  [['--seed', '1.5'], '`--seed` must be a whole number.'],
  [['--port'], "Option '--port <value>' argument missing"],
])('refuses %j', (words, message) => {
  expect(readArguments(words)).toEqual({ message, isMistake: true });
});

test('reads all options', () => {
  const words = ['--seed', '7', '--port', '4010', '--storage-port', '4011', '--mode', 'rfc', '--world', 'empty'];
  expect(readArguments(words)).toEqual({ seed: 7, port: 4010, storagePort: 4011, mode: 'rfc', world: 'empty' });
});
