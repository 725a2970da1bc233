import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { fault } from '../../src/testing/index.js';
import { databaseUrl } from '../support/find-services.js';
import { ownDirectory, runCommand, serveWorkspace, startCommand } from './support/command.js';

const words = (to: string) => ['export', '--to', to, '--types', 'AUTH_LOG,AUDIT_LOG', '--loopback'];

test('into files: each event once, however often it is started', async () => {
  const { env } = await serveWorkspace();
  const directory = join(await ownDirectory(), 'logs');
  const first = await runCommand(words(directory), { env });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const [, count] = /^(\d+) events written, /.exec(first.stdout) ?? [];
  const linesThere = async () => {
    const paths = (await readdir(directory, { recursive: true })).filter((path) => path.endsWith('.ndjson'));
    const texts = await Promise.all(paths.map((path) => readFile(join(directory, path), 'utf8')));
    return texts.join('').trimEnd().split('\n').length;
  };
  expect(await linesThere()).toBe(Number(count));
  expect((await runCommand(words(directory), { env })).stdout).toMatch(/^0 events written/);
  expect(await linesThere()).toBe(Number(count));
});

test('into SQLite', async () => {
  const { env } = await serveWorkspace();
  const path = join(await ownDirectory(), 'audit.sqlite');
  const run = await runCommand([...words(`sqlite:${path}`), '--json'], { env });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const { done, counts } = JSON.parse(run.stdout);
  const database = new DatabaseSync(path);
  onTestFinished(() => database.close());
  const rows = database.prepare('SELECT count(*) AS count FROM audit_log_events').get();
  expect({ done, rows: rows?.count }).toEqual({ done: true, rows: counts.written });
  expect(counts.written).toBeGreaterThan(0);
});

test.each(['mysql://x', 's3://bucket/x', 'sqlite3:foo.db', 'SQLITE:foo.db', 'MYSQL:x'])(
  '--to %s is no directory: it is refused, and the stores that there are named',
  async (to) => {
    const { env, emulator } = await serveWorkspace();
    const cwd = await ownDirectory();
    const { code, stdout, stderr } = await runCommand(words(to), { env, cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/a directory, sqlite:FILE in small letters, or postgres/);
    expect(await readdir(cwd)).toEqual([]);
    expect(emulator.requests.list()).toEqual([]);
  },
);

const hasPostgres = await (async () => {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!hasPostgres)('into PostgreSQL, by the environment', async () => {
  const { env } = await serveWorkspace();
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(async () => {
    await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await client.end();
  });
  await client.query(`CREATE SCHEMA ${schema}`);
  const database = { DATABASE_URL: databaseUrl, PGOPTIONS: `-c search_path=${schema}` };
  const run = await runCommand([...words('postgres'), '--json'], { env: { ...env, ...database } });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  const { rows } = await client.query(`SELECT count(*)::int AS count FROM ${schema}.audit_log_events`);
  expect(rows[0].count).toBe(JSON.parse(run.stdout).counts.written);
});

test.skipIf(process.platform === 'win32')(
  'stopped in the middle, it gives the lease back, and a second start goes on',
  async () => {
    const { emulator, env } = await serveWorkspace();
    const to = `sqlite:${join(await ownDirectory(), 'audit.sqlite')}`;
    const { child, ended } = startCommand(words(to), { env });
    emulator.faults.add(
      fault.meanwhile('it is stopped', () => child.kill('SIGTERM')),
      { service: 'storage', skip: 5 },
    );
    emulator.faults.add(fault.latency(60_000), { service: 'storage', skip: 5 });
    const stopped = await ended;
    expect(stopped).toMatchObject({ code: 2, stderr: expect.stringContaining('Stopped by SIGTERM.') });
    const { code, stdout } = await runCommand([...words(to), '--json'], { env });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ done: true, held: [] });
  },
);

test('what another process exports is left to it, with 1', async () => {
  const { emulator, env } = await serveWorkspace();
  const to = `sqlite:${join(await ownDirectory(), 'audit.sqlite')}`;
  let second: Promise<{ readonly code: number | null; readonly stdout: string }> | undefined;
  emulator.faults.add(
    fault.meanwhile('another one begins', async () => {
      second ??= runCommand(words(to), { env });
      await second;
    }),
    { service: 'storage' },
  );
  expect((await runCommand(words(to), { env })).code).toBe(0);
  const [first = ''] = emulator.compliance.workspaceIds;
  expect(await second).toMatchObject({ code: 1, stdout: expect.stringContaining(`Another process exports ${first}`) });
});

test('a refused key is told with its remedy, and ends with 2', async () => {
  const { emulator, env } = await serveWorkspace();
  for (const key of Object.values(emulator.compliance.apiKeys)) emulator.compliance.keys.revoke(String(key));
  const { code, stdout, stderr } = await runCommand(words(join(await ownDirectory(), 'logs')), { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/401/);
});

test('a database of which the driver is not there, or that does not answer: what to do, and no address', async () => {
  const { env } = await serveWorkspace();
  const nobody = { ...env, DATABASE_URL: 'postgres://ada:FUuLh2yHd7Vn@127.0.0.1:1/audit' };
  const { code, stdout, stderr } = await runCommand(words('postgres'), { env: nobody });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).not.toBe('');
  expect(stderr).not.toContain('FUuLh2yHd7Vn');
});
