import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { connect, parseConnectionConfig } from '../../src/index.js';
import { startCommand } from './support/command.js';

// Windows ends a program at once.
const onPosix = test.skipIf(process.platform === 'win32');

function start(...words: string[]) {
  const { child, ended } = startCommand(['emulator', ...words]);
  let told = '';
  child.stdout.on('data', (chunk) => {
    told += chunk;
  });
  const whenTold = async () => {
    while (!told.includes('\n}')) await once(child.stdout, 'data');
    return JSON.parse(told) as Record<string, string>;
  };
  return { program: child, whenTold, whenOver: ended };
}

onPosix('tells how to reach it, serves until it is stopped, and ends well', async () => {
  const { program, whenTold, whenOver } = start('--seed', '3', '--mode', 'rfc');
  const form = await whenTold();
  const answer = await fetch(`${form.scimBaseUrl}/Users`, { headers: { authorization: `Bearer ${form.scimToken}` } });
  expect(await answer.json()).toMatchObject({ totalResults: 12 });
  program.kill('SIGTERM');
  expect(await whenOver).toMatchObject({ code: 0, stderr: '' });
});

onPosix('prints a form, with an Admin key for each workspace that opens what belongs to that one', async () => {
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
  expect(await whenOver).toMatchObject({ code: 0, stderr: '' });
});

onPosix('ends with 1 and says why when something went wrong unnoticed', async () => {
  const { program, whenTold, whenOver } = start();
  const form = await whenTold();
  await fetch(`${new URL(form.scimBaseUrl ?? '').origin}/elsewhere`);
  program.kill('SIGTERM');
  expect(await whenOver).toMatchObject({ code: 1, stderr: expect.stringContaining('/elsewhere') });
});

test.each(['--port', '--storage-port'])('says that the port of %s is taken, and ends with 2', async (option) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, stdout, stderr } = await start(option, `${port}`).whenOver;
  other.close();
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe(`Port ${port} is taken; choose another with ${option}.\n`);
});
