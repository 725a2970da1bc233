import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { takeLock } from '../../examples/support/lock-file.ts';

let folder: string;
let path: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'locks-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  path = join(folder, `${++count}.lock`);
});
afterEach(() => {
  vi.useRealTimers();
});

const leave = (holder: object) => writeFile(path, JSON.stringify(holder));
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test('a lock is held until it is disposed of, by this process too', async () => {
  const first = await takeLock(path);
  await first?.check();
  expect(await takeLock(path)).toBeUndefined();
  await first?.[Symbol.asyncDispose]();
  const second = await takeLock(path);
  expect(second).toBeDefined();
  await second?.[Symbol.asyncDispose]();
  expect((await readdir(folder)).filter((name) => name.startsWith(`${count}.`))).toEqual([]);
});

test.each([
  ['of this process number, which this process does not know', { pid: process.pid, host: hostname() }, 0, true],
  ['of a process of this host that is gone', { pid: 999_999_999, host: hostname() }, 0, true],
  ['of a process of this host that runs', { pid: process.ppid, host: hostname() }, 0, false],
  ['of a process number of this host that another has by now', { pid: process.ppid, host: hostname() }, 6, true],
  ['of another host, touched of late', { pid: process.pid, host: `not-${hostname()}` }, 4, false],
  ['of another host, not touched for long', { pid: process.ppid, host: `not-${hostname()}` }, 6, true],
  ['in another form, touched of late', { process: 7 }, 0, false],
])('a lock %s is judged by that', async (_, holder, minutes, isTaken) => {
  await leave({ ...holder, token: 'x' });
  await utimes(path, minutesAgo(minutes), minutesAgo(minutes));
  await using lock = await takeLock(path);
  expect(lock !== undefined).toBe(isTaken);
  expect((await readFile(path, 'utf8')).includes('"token":"x"')).toBe(!isTaken);
});

test('a holder touches its lock, so that other hosts believe it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  await using lock = await takeLock(path);
  await utimes(path, minutesAgo(6), minutesAgo(6));
  vi.advanceTimersByTime(30_000);
  expect(await takeLock(path)).toBeUndefined();
  await lock?.check();
});

test('a holder that was taken for dead is told so, and leaves the lock of the next alone', async () => {
  const first = await takeLock(path);
  await utimes(path, minutesAgo(6), minutesAgo(6));
  await using second = await takeLock(path);
  await expect(first?.check()).rejects.toThrow('taken for dead');
  await first?.[Symbol.asyncDispose]();
  await second?.check();
});
