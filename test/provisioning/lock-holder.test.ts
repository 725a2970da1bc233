import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fileJournal } from '../../src/provisioning/file-journal.js';
import { hasEnded, holderIn, type LockHolder, thisProcess } from '../../src/provisioning/lock-holder.js';

const now = Date.parse('2026-05-04T08:00:00Z');
const request = { owner: 'mine', now, expiresAt: now + 60_000 };

/** A journal that somebody has locked for another half a minute. */
function lockedBy(process: unknown) {
  const path = join(mkdtempSync(join(tmpdir(), 'holder-')), 'plan.journal');
  const lock = { owner: 'theirs', fence: 1, expiresAt: now + 30_000, process };
  writeFileSync(`${path}.lock-1`, JSON.stringify(lock));
  return { journal: fileJournal(path), path };
}

// Other systems do not tell enough of a process.
describe.skipIf(process.platform !== 'linux')('the process that holds a lock', () => {
  async function here(): Promise<LockHolder> {
    const own = await thisProcess();
    if (own === undefined) throw new Error('Linux tells of a process.');
    return own;
  }

  /** A process that has ended, as it would have written itself into a lock. */
  async function ended(): Promise<LockHolder> {
    const own = await here();
    const child = spawn('cat', { stdio: ['pipe', 'ignore', 'ignore'] });
    const { pid = 0 } = child;
    const began = beganOf(pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    return { ...own, pid, began };
  }

  test('one that has ended is followed at once, and what it left is taken away', async () => {
    const { journal, path } = lockedBy(await ended());
    writeFileSync(`${path}.theirs.tmp`, '{"own');
    expect(await journal.acquire(request)).toMatchObject({ owner: 'mine', fence: 2 });
    expect(readdirSync(dirname(path))).toEqual(['plan.journal.lock-2']);
  });

  test('one that runs is named, and waited for', async () => {
    const { journal } = lockedBy(await here());
    const lease = await journal.acquire(request);
    expect(lease).toEqual({
      owner: 'theirs',
      fence: 1,
      expiresAt: now + 30_000,
      holder: `process ${process.pid} of this machine`,
    });
  });

  test('a number that another process has by now is not that of the one that ended', async () => {
    const { journal } = lockedBy({ ...(await here()), began: '1' });
    expect(await journal.acquire(request)).toMatchObject({ owner: 'mine' });
  });

  test('one that was killed, and whose parent has not asked about it, has ended', async () => {
    const parent = spawn('sh', ['-c', 'sleep 100 & echo $!; exec sleep 100'], { stdio: ['ignore', 'pipe', 'ignore'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = await once(parent.stdout, 'data');
    const pid = Number(String(line));
    const own = await here();
    const holder = { ...own, pid, began: beganOf(pid) };
    expect(await hasEnded(holder, own)).toBe(false);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => hasEnded(holder, own)).toBe(true);
    expect(beganOf(pid)).toBe(holder.began);
  });

  test.each([
    ['machine', { boot: 'another' }],
    ['container', { processes: 'pid:[1]' }],
  ])('of one in another %s nothing is known, and it is not named', async (_, other) => {
    const { journal } = lockedBy({ ...(await ended()), ...other });
    expect(await journal.acquire(request)).toEqual({ owner: 'theirs', fence: 1, expiresAt: now + 30_000 });
    expect(await journal.acquire({ ...request, now: now + 31_000 })).toMatchObject({ owner: 'mine', fence: 2 });
  });

  test('a lease that is renewed still says whose it is', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'holder-')), 'plan.journal');
    const journal = fileJournal(path);
    const lease = await journal.acquire(request);
    expect(await journal.renew({ ...lease, expiresAt: now + 120_000 })).toBe(true);
    expect(JSON.parse(readFileSync(`${path}.lock-1`, 'utf8'))).toMatchObject({ owner: 'mine', process: await here() });
  });
});

test.each([undefined, null, 4711, {}, { boot: 'b', processes: 'p', pid: '1', began: '2' }])(
  'of a lock that does not say whose it is (%j) nothing is known',
  async (process) => {
    expect(holderIn(process)).toBeUndefined();
    const { journal } = lockedBy(process);
    expect(await journal.acquire(request)).toEqual({ owner: 'theirs', fence: 1, expiresAt: now + 30_000 });
  },
);

test('a lock of which nothing was written holds for five seconds, and not for the time of a lease', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'holder-')), 'plan.journal');
  writeFileSync(`${path}.lock-1`, '');
  utimesSync(`${path}.lock-1`, now / 1_000, now / 1_000);
  const journal = fileJournal(path);
  expect(await journal.acquire({ ...request, now: now + 4_999 })).toEqual({
    owner: '',
    fence: 1,
    expiresAt: now + 5_000,
  });
  expect(await journal.acquire({ ...request, now: now + 5_000 })).toMatchObject({ owner: 'mine', fence: 2 });
});

function beganOf(pid: number): string {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
