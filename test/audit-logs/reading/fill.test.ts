import { describe, expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { AuditLogFileError } from '../../../src/audit-logs/errors.js';
import { untilAborted } from '../../../src/internal/abort.js';
import type { AuditLogPrincipal } from '../../../src/transport/principal.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { type FakeFile, fakeLogSource, workspace } from '../support/fake-log-source.js';
import {
  collect,
  collectIds,
  type FakeReading,
  readEvents,
  readFilled,
  throughJson,
} from '../support/read-fake-log.js';

const file = (id: string, endsAt: number, events: readonly string[], eventType = 'AUTH_LOG'): FakeFile => ({
  id,
  endsAt,
  events,
  eventType,
});
const small = (count: number) =>
  Array.from({ length: count }, (_, index) => file(`f${index}`, (index + 1) * 10, [`a${index}`, `b${index}`]));
const idsOf = ({ events }: { readonly events: readonly { readonly event_id: string }[] }) =>
  events.map(({ event_id: id }) => id);

/** A log whose downloads come when they are told to. */
function held(files: readonly FakeFile[]) {
  const waiting: (() => void)[] = [];
  const { source } = fakeLogSource({ files });
  const download: typeof source.download = async (...wanted) => {
    await untilAborted(new Promise<void>((resolve) => void waiting.push(resolve)), wanted[2].signal);
    return source.download(...wanted);
  };
  return { source: { ...source, download }, waiting };
}

describe('batches that fill', () => {
  test('hold as many events as were asked for, from as many files as it takes, and name these', async () => {
    const { source } = fakeLogSource({ files: small(5) });
    const batches = await collect(readFilled(source, { batchSize: 4 }));
    expect(batches.map(idsOf)).toEqual([
      ['a0', 'b0', 'a1', 'b1'],
      ['a2', 'b2', 'a3', 'b3'],
      ['a4', 'b4'],
    ]);
    expect(batches.map(({ files }) => files.map(({ id }) => id))).toEqual([['f0', 'f1'], ['f2', 'f3'], ['f4']]);
    expect(batches.every((batch) => !('file' in batch) && !('principal' in batch))).toBe(true);
  });

  test('fill across event types and workspaces, and say whose each file is', async () => {
    const other: AuditLogPrincipal = { type: 'workspace', id: '3a2d8b63-6e1f-4c74-8d2f-1e8b5f7c9f22' };
    const own = fakeLogSource({ files: [file('f', 10, ['a']), file('g', 20, ['b'], 'CODEX_LOG')] });
    const others = fakeLogSource({ files: [file('h', 10, ['c'])] });
    const [batch, ...rest] = await collect(
      readFilled(
        ({ id }) => (id === other.id ? others : own).source,
        { eventTypes: ['AUTH_LOG', 'CODEX_LOG'] },
        { principals: [workspace, other] },
      ),
    );
    expect(rest).toEqual([]);
    expect(idsOf(batch ?? { events: [] }).sort()).toEqual(['a', 'b', 'c']);
    expect(Object.fromEntries((batch?.files ?? []).map(({ id, principal }) => [id, principal]))).toEqual({
      f: workspace,
      g: workspace,
      h: other,
    });
  });

  test('are merged by time where that was asked for', async () => {
    const files = [file('f', 10, ['a', 'c']), file('g', 9, ['b'], 'CODEX_LOG'), file('h', 20, ['d'], 'CODEX_LOG')];
    const { source } = fakeLogSource({ files });
    const batches = readFilled(source, { eventTypes: ['AUTH_LOG', 'CODEX_LOG'], ordering: 'time', batchSize: 3 });
    const read = await collect(batches);
    expect(read.flatMap(idsOf)).toEqual(['a', 'b', 'c', 'd']);
    expect(read.map(({ events }) => events.length)).toEqual([3, 1]);
    expect(read[0]?.files.map(({ id }) => id)).toEqual(['f', 'g']);
  });
});

describe('an event waits for others', () => {
  const open = async (
    maxWaitMs: number | undefined,
    reading: FakeReading & { clock: ReturnType<typeof createFakeClock> },
  ) => {
    const { source, waiting } = held(small(3));
    const iterator = readFilled(source, { maxWaitMs, concurrency: 1 }, reading)[Symbol.asyncIterator]();
    const came: string[][] = [];
    const ask = () => void iterator.next().then(({ value }) => value && came.push(idsOf(value)));
    ask();
    await reading.clock.advance(0);
    return { waiting, came, ask, iterator };
  };

  test.each([
    [undefined, 1_000],
    [50, 50],
  ])('no longer than maxWaitMs: %s', async (maxWaitMs, ms) => {
    const clock = createFakeClock();
    const { waiting, came, ask } = await open(maxWaitMs, { clock });
    // Nothing waits yet, however long the first file takes.
    await clock.advance(100_000);
    waiting.shift()?.();
    await clock.advance(ms - 1);
    expect(came).toEqual([]);
    await clock.advance(1);
    expect(came).toEqual([['a0', 'b0']]);
    // The time of the next batch begins with its first event.
    ask();
    await clock.advance(100_000);
    waiting.shift()?.();
    await clock.advance(ms - 1);
    waiting.shift()?.();
    await clock.advance(0);
    expect(came).toEqual([
      ['a0', 'b0'],
      ['a1', 'b1', 'a2', 'b2'],
    ]);
    expect(clock.pending).toBe(0);
  });

  test('also where files come one after the other', async () => {
    const clock = createFakeClock();
    const { source } = fakeLogSource({ files: small(30), delay: () => clock.advance(100) });
    const batches = await collect(readFilled(source, { maxWaitMs: 500, concurrency: 1 }, { clock }));
    expect(batches.length).toBeGreaterThan(3);
    expect(batches.every(({ events }) => events.length > 2 && events.length < 20)).toBe(true);
  });

  test('and not after the caller has left', async () => {
    const clock = createFakeClock();
    const { waiting, came, iterator } = await open(undefined, { clock });
    waiting.shift()?.();
    await clock.advance(10);
    await iterator.return?.();
    await clock.advance(10_000);
    expect(came).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});

describe('what is delivered', () => {
  test('before a failure comes first, then it is thrown with its checkpoint', async () => {
    const { source, asked } = fakeLogSource({ files: small(3) });
    const download: typeof source.download = async (wanted, ...rest) => {
      if (wanted.id === 'f2') throw new AuditLogFileError('hash_mismatch', { file: wanted, attempts: 1 });
      return source.download(wanted, ...rest);
    };
    const ids: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const batch of readFilled({ ...source, download })) ids.push(...idsOf(batch));
      })(),
    );
    expect(ids).toEqual(['a0', 'b0', 'a1', 'b1']);
    expect(error).toMatchObject({ code: 'hash_mismatch' });
    expect(asked.lists).toHaveLength(1);
    const resumeFrom = (error as AuditLogFileError).checkpoint();
    expect(await collectIds(readEvents(source, { resumeFrom }))).toEqual(['a2', 'b2']);
  });

  test('counts when it is handed out, not when it is read', async () => {
    const { source, waiting } = held(small(3));
    const clock = createFakeClock();
    const batches = readFilled(source, { batchSize: 2, concurrency: 3 }, { clock });
    const iterator = batches[Symbol.asyncIterator]();
    const first = iterator.next();
    await clock.advance(0);
    waiting.shift()?.();
    await first;
    const rest = readFilled(source, { batchSize: 500, concurrency: 3 }, { clock });
    const pending = rest[Symbol.asyncIterator]();
    const never = pending.next();
    await clock.advance(0);
    while (waiting.length > 1) waiting.shift()?.();
    await clock.advance(10);
    expect(rest.stats.events).toBeGreaterThan(0);
    const before = throughJson(rest.checkpoint());
    await pending.return?.();
    await never;
    const all = fakeLogSource({ files: small(3) }).source;
    for (const resumeFrom of [before, throughJson(rest.checkpoint())])
      expect(await collectIds(readEvents(all, { resumeFrom }))).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
    expect(await collectIds(readEvents(all, { resumeFrom: throughJson(batches.checkpoint()) }))).toEqual([
      'a1',
      'b1',
      'a2',
      'b2',
    ]);
    await iterator.return?.();
  });

  test('is all there when the caller is told that it caught up', async () => {
    const { source } = fakeLogSource({ files: [...small(3), file('x', 5, ['x'], 'CODEX_LOG')] });
    const told: AuditLogCheckpoint[] = [];
    const ids: string[] = [];
    const eventTypes = ['AUTH_LOG', 'CODEX_LOG'];
    const onCaughtUp = (checkpoint: AuditLogCheckpoint) => {
      told.push(checkpoint);
      expect(ids).toHaveLength(7);
    };
    for await (const batch of readFilled(source, { eventTypes, onCaughtUp })) {
      expect(told).toEqual([]);
      ids.push(...idsOf(batch));
    }
    expect(told.length).toBeGreaterThan(0);
    expect(await collectIds(readEvents(source, { eventTypes, resumeFrom: throughJson(told.at(-1)) }))).toEqual([]);
    expect(told.at(-1)?.partitions.every(({ caughtUpAt }) => caughtUpAt !== undefined)).toBe(true);
  });

  test('ends with an abort, and what was not handed out comes again', async () => {
    const { source, waiting } = held(small(3));
    const clock = createFakeClock();
    const stop = new AbortController();
    const batches = readFilled(source, { concurrency: 1 }, { clock, signal: stop.signal });
    const reading = rejection(collect(batches));
    await clock.advance(0);
    waiting.shift()?.();
    await clock.advance(0);
    expect(batches.stats.events).toBe(2);
    const reason = new Error('enough');
    stop.abort(reason);
    expect(await reading).toBe(reason);
    const all = fakeLogSource({ files: small(3) }).source;
    expect(await collectIds(readEvents(all, { resumeFrom: throughJson(batches.checkpoint()) }))).toHaveLength(6);
  });
});

describe('a query', () => {
  const client = new AuditLogClient({ apiKey: 'sk-admin-1', workspaceIds: workspace.id });
  const eventTypes = ['AUTH_LOG'] as const;

  test.each<[string, object, string]>([
    ['says how long to wait, and not that batches fill', { maxWaitMs: 10 }, '`maxWaitMs` is for batches that fill'],
    [
      'denies that batches fill, and says how long to wait',
      { maxWaitMs: 10, fill: false },
      '`maxWaitMs` is for batches',
    ],
    ['waits a negative time', { fill: true, maxWaitMs: -1 }, '`maxWaitMs` must be a number, 0 or more.'],
    ['waits for ever', { fill: true, maxWaitMs: Number.POSITIVE_INFINITY }, '`maxWaitMs` must be a number, 0 or more.'],
    ['fills with a word', { fill: 'yes' }, '`fill` must be true or false.'],
    ['asks for batches of nothing', { fill: true, batchSize: 0 }, '`batchSize` must be a whole number, 1 or more.'],
    ['misspells what the store does', { deduplicate: 'stores' }, "`deduplicate` must be true, false, 'store' or"],
  ])('that %s is refused', (_, query, message) => {
    expect(() => client.batches({ eventTypes, ...query })).toThrow(message);
  });
});
