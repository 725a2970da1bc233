import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import type { EventRow } from '../../src/export/event-row.js';
import { type NdjsonSinkOptions, ndjsonSink, ndjsonSinkOf } from '../../src/export/ndjson-sink.js';
import type { LogSink, SinkLease } from '../../src/export/sink.js';
import { systemClock } from '../../src/internal/clock.js';
import { principalKey } from '../../src/transport/principal.js';
import { createFakeClock } from '../support/fake-clock.js';
import { onWindows } from '../support/on-windows.js';
import { rejection } from '../support/open-test-transport.js';
import { type Fault, faultyFiles } from './support/faulty-files.js';
import { eventsBelow, textBelow } from './support/read-events.js';
import { testSink } from './support/sink-contract.js';
import { checkpointOf, rowOf, rowsOf, workspace } from './support/sink-rows.js';

const ttlMs = 60_000;
const day = Date.UTC(2026, 10, 20);

async function openDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ndjson-sink-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'logs');
}

for (const options of [{}, { layout: 'file' }, { compress: 'gzip' }] as const satisfies NdjsonSinkOptions[]) {
  testSink(
    `ndjson ${Object.values(options)}`,
    async () => {
      const clock = createFakeClock(day);
      const directory = await openDirectory();
      return {
        open: () => ndjsonSink(directory, { ...options, clock }),
        openAhead: (ms) => ndjsonSink(directory, { ...options, clock: createFakeClock(day + ms) }),
        raws: () => eventsBelow(directory),
        everything: () => textBelow(directory),
        now: () => clock.now(),
        passTime: (ms) => clock.advance(ms),
      };
    },
    // As JavaScript would call it.
    { openWithUnknownOption: () => ndjsonSink('logs', { compres: 'gzip' } as never) },
  );
}

async function leaseOf(sink: LogSink, key = principalKey(workspace)): Promise<SinkLease> {
  const lease = await sink.lease(key, ttlMs);
  if (lease === undefined) throw new Error('Somebody else has the lease.');
  return lease;
}

test('a type and a day have a file, with the bytes that the service wrote', async () => {
  const directory = await openDirectory();
  const lease = await leaseOf(ndjsonSink(directory));
  const rows = [
    rowOf({ timestamp: '2026-11-20T23:59:59.999999Z' }),
    rowOf({ timestamp: '2026-11-20T23:59:59-01:00', raw: '{ "event_id": "spaced"  }\r' }),
    rowOf({ eventType: 'CODEX_LOG' }),
  ];
  await lease.write(rows, checkpointOf('ONE'));
  await lease.release();
  const home = join(directory, workspace.id);
  const [first, second, third] = rows.map(({ raw }) => `${raw}\n`);
  expect(await readFile(join(home, 'AUTH_LOG', '2026-11-20.ndjson'), 'utf8')).toBe(first);
  expect(await readFile(join(home, 'AUTH_LOG', '2026-11-21.ndjson'), 'utf8')).toBe(second);
  expect(await readFile(join(home, 'CODEX_LOG', '2026-11-20.ndjson'), 'utf8')).toBe(third);
});

test('a log file has a file of its own, where that is asked for', async () => {
  const directory = await openDirectory();
  const lease = await leaseOf(ndjsonSink(directory, { layout: 'file' }));
  const rows = [rowOf({ fileId: 'eclf_a' }), rowOf({ fileId: 'eclf_B' }), rowOf({ fileId: 'eclf_a' })];
  await lease.write(rows, checkpointOf('ONE'));
  await lease.release();
  const home = join(directory, workspace.id, 'AUTH_LOG');
  expect(await readdir(home)).toEqual(['eclf_B~1.ndjson', 'eclf_a.ndjson']);
  expect(await readFile(join(home, 'eclf_a.ndjson'), 'utf8')).toBe(`${rows[0]?.raw}\n${rows[2]?.raw}\n`);
});

test('a log file whose id looks like a day is read through when events are pruned', async () => {
  const directory = await openDirectory();
  for (const layout of ['file', 'day'] as const) {
    const sink = ndjsonSink(directory, { layout, clock: createFakeClock(day) });
    const lease = await leaseOf(sink);
    const at = (timestamp: string, fileId: string) => rowOf({ timestamp, fileId });
    const ids = ['2099-01-01', 'undated-2099-01-01', '2099-01-01-2', 'undated-2026-11-20', ' 99-01-01'];
    const kept = [
      ...ids.map((fileId) => at('2026-11-15T00:00:00Z', fileId)),
      at('2026-11-15T00:00:00Z', 'undated-2001-01-01'),
      rowOf({ timestamp: undefined, fileId: '2001-01-01' }),
    ];
    await lease.write([...ids.map((fileId) => at('2026-10-01T00:00:00Z', fileId)), ...kept], checkpointOf('ONE'));
    await lease.release();
    // What one layout has left, the other one finds.
    const other = ndjsonSink(directory, { layout: 'day', clock: createFakeClock(day) });
    expect(await other.prune({ before: '2026-11-01' })).toEqual({ removed: ids.length });
    const before = await eventsBelow(directory);
    for (const { raw } of kept) expect(before).toContain(raw);
  }
});

test.skipIf(onWindows('files have no modes there'))('only their owner can read files and directories', async () => {
  const directory = await openDirectory();
  const lease = await leaseOf(ndjsonSink(directory));
  await lease.write(rowsOf(2), checkpointOf('ONE'));
  await lease.release();
  for (const path of await readdir(directory, { recursive: true })) {
    const stats = await stat(join(directory, path));
    expect([path, (stats.mode & 0o777).toString(8)]).toEqual([path, stats.isDirectory() ? '700' : '600']);
  }
});

test('events that stand one behind the other in memory are written with one view, and others are put together', async () => {
  const directory = await openDirectory();
  const lease = await leaseOf(ndjsonSink(directory));
  const raws = Array.from({ length: 3_000 }, (_, index) =>
    JSON.stringify({ event_id: `e-${index}`, text: 'x'.repeat(index % 40) }),
  );
  const whole = new TextEncoder().encode(`${raws.join('\n')}\n`);
  let at = 0;
  const rows = raws.map((raw) => {
    const bytes = whole.subarray(at, at + raw.length);
    at += raw.length + 1;
    return { ...rowOf(), raw, bytes };
  });
  // Some are left out, as those that were seen before are.
  const written = [...rows.slice(0, 2_000), ...rows.slice(2_001).filter((_, index) => index % 3 > 0)];
  await lease.write(written, checkpointOf('ONE'));
  await lease.release();
  expect(await eventsBelow(directory)).toEqual(written.map(({ raw }) => raw));
});

test('one who is late writes into files that nobody reads any more, and their places hold what counts', async () => {
  const directory = await openDirectory();
  const clock = createFakeClock(day);
  const late = await leaseOf(ndjsonSink(directory, { clock }));
  const [first, second] = [rowsOf(2), rowsOf(2)];
  await late.write(first, checkpointOf('ONE'));
  const path = join(directory, workspace.id, 'AUTH_LOG', '2026-11-20.ndjson');
  const { ino } = await stat(path);
  await clock.advance(ttlMs + 1);
  const next = await leaseOf(ndjsonSink(directory, { clock }));
  expect((await stat(path)).ino).not.toBe(ino);
  await next.write(second, checkpointOf('TWO'));
  expect(await rejection(late.write(rowsOf(5), checkpointOf('LATE')))).toMatchObject({ code: 'lease_lost' });
  await next.release();
  expect(await eventsBelow(directory)).toEqual([...first, ...second].map(({ raw }) => raw));
  expect((await readdir(join(directory, workspace.id, '.commits'))).filter((name) => name.endsWith('.tmp'))).toEqual(
    [],
  );
});

test('a lease that was given back leaves the files as they are to the next one', async () => {
  const directory = await openDirectory();
  const path = join(directory, workspace.id, 'AUTH_LOG', '2026-11-20.ndjson');
  const inodes: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    const lease = await leaseOf(ndjsonSink(directory));
    await lease.write(rowsOf(2), checkpointOf(`TURN_${turn}`));
    await lease.release();
    inodes.push((await stat(path)).ino);
  }
  expect(new Set(inodes).size).toBe(1);
  expect(await eventsBelow(directory)).toHaveLength(6);
  // Old commits go.
  expect((await readdir(join(directory, workspace.id, '.commits'))).length).toBeLessThan(5);
});

test('a full disk is told at whatever operation, and once there is room, all goes on from what was written', async () => {
  for (let operation = 1, isPast = false; !isPast; operation += 1) {
    const directory = await openDirectory();
    const clock = createFakeClock(day);
    const faults: Fault[] = [];
    const failing = faultyFiles(faults);
    const sink = ndjsonSinkOf({ ...storeAt(directory), clock, files: failing.files });
    const [first, second] = [rowsOf(2), [rowOf(), rowOf({ eventType: 'CODEX_LOG' })]];
    let lease = await leaseOf(sink);
    await lease.write(first, checkpointOf('ONE'));
    const at = failing.count + operation;
    faults.push({ at, kind: 'fail', code: 'ENOSPC' });
    const failure = await lease.write(second, checkpointOf('TWO')).then(
      () => undefined,
      (error) => error,
    );
    isPast = failing.count < at;
    // What fails where nothing depends on it, is not told.
    if (failure !== undefined) expect(failure).toMatchObject({ code: 'store_failed', storeCode: 'ENOSPC' });
    const again = failure && (await lease.write(second, checkpointOf('TWO')).catch((error) => error));
    if (again?.code === 'lease_lost') {
      // Something had been committed when it failed: what that was, the next lease tells.
      await clock.advance(ttlMs + 1);
      lease = await leaseOf(sink);
      const { partitions } = (await lease.checkpoint()) as ReturnType<typeof checkpointOf>;
      if (partitions[0]?.eventType === 'ONE') await lease.write(second, checkpointOf('TWO'));
    }
    await lease.release();
    await failing.closeAll();
    expect((await eventsBelow(directory)).sort()).toEqual([...first, ...second].map(({ raw }) => raw).sort());
  }
});

test.each([
  ['unknown_schema', '{"schema":2}'],
  ['store_damaged', '{"schema":1}'],
  ['store_damaged', '{"sche'],
  ['store_damaged', ''],
])('a commit that cannot be understood is %s, and stays as it is', async (code, text) => {
  const directory = await openDirectory();
  const sink = ndjsonSink(directory);
  const lease = await leaseOf(sink);
  await lease.write(rowsOf(2), checkpointOf('ONE'));
  await lease.release();
  const commits = join(directory, workspace.id, '.commits');
  const last = (await readdir(commits)).sort().at(-1) ?? '';
  await writeFile(join(commits, last), text);
  const before = await textBelow(directory);
  for (const work of [
    () => sink.lease(principalKey(workspace), ttlMs),
    () => sink.erase({ userId: 'user-AbC123' }),
    () => sink.prune({ before: new Date(day) }),
  ]) {
    expect(await rejection(work())).toMatchObject({ code });
  }
  expect(await textBelow(directory)).toBe(before);
});

test('a commit that leads out of the directory is damaged', async () => {
  const directory = await openDirectory();
  const sink = ndjsonSink(directory);
  await (await leaseOf(sink)).release();
  const commits = join(directory, workspace.id, '.commits');
  const last = join(commits, (await readdir(commits)).sort().at(-1) ?? '');
  const commit = JSON.parse(await readFile(last, 'utf8'));
  for (const change of [
    { moves: [{ from: '../../a', to: 'b' }] },
    { open: { '../../a': 1 } },
    { gone: { '..\\a': '' } },
  ]) {
    await writeFile(last, JSON.stringify({ ...commit, ...change }));
    expect(await rejection(sink.lease(principalKey(workspace), ttlMs))).toMatchObject({ code: 'store_damaged' });
  }
});

test('a file that is shorter than what was written to it is told, each time, and nothing is made of it', async () => {
  const directory = await openDirectory();
  const clock = createFakeClock(day);
  const sink = ndjsonSink(directory, { clock });
  await (await leaseOf(sink)).write(rowsOf(2), checkpointOf('ONE'));
  await clock.advance(ttlMs + 1);
  const path = join(directory, workspace.id, 'AUTH_LOG', '2026-11-20.ndjson');
  await writeFile(path, 'short');
  for (let turn = 0; turn < 2; turn += 1) {
    expect(await rejection(sink.lease(principalKey(workspace), ttlMs))).toMatchObject({ code: 'store_damaged' });
  }
  expect(await readFile(path, 'utf8')).toBe('short');
});

test('what may not be written is told by its code, without the events', async () => {
  const directory = await openDirectory();
  const sink = ndjsonSinkOf({
    ...storeAt(directory),
    files: faultyFiles([{ at: 1, kind: 'fail', code: 'EACCES' }]).files,
  });
  const error = await rejection(sink.lease(principalKey(workspace), ttlMs));
  expect(error).toMatchObject({ code: 'store_failed', storeCode: 'EACCES' });
});

test.each([[''], [7], [undefined]])('the directory %j is refused', (directory) => {
  // As JavaScript would call it.
  expect(() => ndjsonSink(directory as never)).toThrow(InputError);
});

test.each([undefined, 'gzip'] as const)('a person is erased from files of many megabytes (%s)', async (compress) => {
  const directory = await openDirectory();
  const sink = ndjsonSink(directory, { compress });
  const lease = await leaseOf(sink);
  const written: EventRow[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const rows = Array.from({ length: 40 }, (_, index) => {
      const noise = randomBytes(30_000).toString('base64');
      return rowOf({ userId: index % 39 === 0 ? 'user-gone' : 'user-stays', action: noise });
    });
    written.push(...rows);
    await lease.write(rows, checkpointOf(`TURN_${turn}`));
  }
  expect(await sink.erase({ userId: 'user-nobody' })).toEqual({ erased: 0 });
  expect(await sink.erase({ userId: 'user-gone' })).toEqual({ erased: 8 });
  await lease.release();
  // Not the lines themselves: they would fill the screen.
  const digestOf = (line: string) => createHash('sha256').update(line).digest('hex');
  const kept = written.filter(({ userId }) => userId === 'user-stays').map(({ raw }) => digestOf(raw));
  expect((await eventsBelow(directory)).map(digestOf)).toEqual(kept);
});

test.skipIf(process.platform !== 'linux')('a device that is always full takes nothing', async () => {
  const directory = await openDirectory();
  const lease = await leaseOf(ndjsonSink(directory));
  await mkdir(join(directory, workspace.id, 'AUTH_LOG'), { recursive: true });
  await symlink('/dev/full', join(directory, workspace.id, 'AUTH_LOG', '2026-11-20.ndjson'));
  expect(await rejection(lease.write(rowsOf(2), checkpointOf('ONE')))).toMatchObject({
    code: 'store_failed',
    storeCode: 'ENOSPC',
  });
  expect(await lease.checkpoint()).toBeUndefined();
  await lease.release();
});

test('an export goes on while a person is erased and old events are removed', async () => {
  const directory = await openDirectory();
  const clock = createFakeClock(day + 12 * 3_600_000);
  const exporting = ndjsonSink(directory, { clock });
  const other = ndjsonSink(directory, { clock });
  const lease = await leaseOf(exporting);
  const written: EventRow[] = [];
  for (let turn = 0; turn < 12; turn += 1) {
    const rows = [rowOf(), rowOf({ userId: 'user-gone' }), rowOf({ timestamp: '2026-10-01T00:00:00Z' })];
    written.push(...rows);
    const work =
      turn % 3 === 1
        ? other.erase({ userId: 'user-gone' })
        : turn % 3 === 2
          ? other.prune({ before: new Date(day - 86_400_000 * 20) })
          : undefined;
    await Promise.all([lease.write(rows, checkpointOf(`TURN_${turn}`)), work]);
  }
  await other.erase({ userId: 'user-gone' });
  await other.prune({ before: new Date(day - 86_400_000 * 20) });
  await lease.renew();
  await lease.release();
  const kept = written.filter(
    ({ userId, timestamp }) => userId !== 'user-gone' && timestamp !== '2026-10-01T00:00:00Z',
  );
  expect((await eventsBelow(directory)).sort()).toEqual(kept.map(({ raw }) => raw).sort());
});

function storeAt(directory: string) {
  return { directory, layout: 'day', compress: undefined, clock: systemClock } as const;
}
