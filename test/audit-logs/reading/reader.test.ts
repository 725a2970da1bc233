import { expect, test } from 'vitest';
import type { AuditLogPrincipal } from '../../../src/transport/principal.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { type FakeFile, fakeLogSource, timeAt, workspace } from '../support/fake-log-source.js';
import { collectIds, readBatches, readEvents, throughJson } from '../support/read-fake-log.js';

const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
};
const filesOf = (count: number, events = ['x']): FakeFile[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `f${index}`,
    endsAt: (index + 1) * 100,
    events: events.map((id) => `${index}${id}`),
  }));

/** Lets downloads through one by one, and counts them. */
function gate() {
  const waiting: (() => void)[] = [];
  const counts = { now: 0, most: 0 };
  return {
    counts,
    delay: async (what: 'list' | 'download') => {
      if (what === 'list') return;
      counts.most = Math.max(counts.most, ++counts.now);
      await new Promise<void>((resolve) => waiting.push(resolve));
      counts.now--;
    },
    open: () => {
      for (const pass of waiting.splice(0)) pass();
    },
  };
}

test('downloads as many files at a time as asked for, and delivers them in order', async () => {
  const { counts, delay, open } = gate();
  const { source } = fakeLogSource({ files: filesOf(20), delay });
  let isDone = false;
  const reading = collectIds(readEvents(source, { concurrency: 4 })).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await settle();
    open();
  }
  expect(await reading).toEqual(filesOf(20).flatMap(({ events }) => events));
  expect(counts.most).toBe(4);
});

test('a slow consumer holds back the downloads', async () => {
  const { source, asked } = fakeLogSource({ files: filesOf(50) });
  const iterator = readEvents(source, { concurrency: 4 })[Symbol.asyncIterator]();
  await iterator.next();
  await settle();
  expect(asked.downloads.length).toBeLessThanOrEqual(5);
  await iterator.return?.();
});

test('the bytes that wait to be delivered are bounded', async () => {
  const files = filesOf(
    50,
    Array.from({ length: 20 }, (_, index) => `-${index}`),
  );
  const { source, asked } = fakeLogSource({ files });
  const [{ file_size: size = 0 } = {}] = (
    await source.list({ eventType: 'AUTH_LOG', after: timeAt(0), before: undefined }, {})
  ).data;
  const iterator = readEvents(source, { concurrency: 40, maxBytesInFlight: size * 3 + 10 })[Symbol.asyncIterator]();
  await iterator.next();
  await settle();
  expect(asked.downloads).toHaveLength(3);
  await iterator.return?.();
});

test('one slow workspace does not hold up the others', async () => {
  const other: AuditLogPrincipal = { type: 'workspace', id: '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40' };
  const { delay, open } = gate();
  const slow = fakeLogSource({ files: filesOf(3, ['slow']), delay });
  const fast = fakeLogSource({ files: filesOf(30) });
  const sources = (principal: AuditLogPrincipal) => (principal.id === other.id ? fast.source : slow.source);
  const delivered: string[] = [];
  const reading = (async () => {
    const events = readEvents(sources, { maxBytesInFlight: 1 }, { principals: [workspace, other] });
    for await (const event of events) delivered.push(event.event_id);
  })();
  while (delivered.length < 30) await settle();
  expect(delivered).toEqual(filesOf(30).flatMap(({ events: ids }) => ids));
  while (delivered.length < 33) {
    open();
    await settle();
  }
  await reading;
  expect(delivered).toHaveLength(33);
});

test('partitions that wait for each other in time order do not block each other, however little room there is', async () => {
  const files = ['AUTH_LOG', 'AUDIT_LOG', 'CODEX_LOG'].flatMap((eventType) =>
    filesOf(10).map((file) => ({
      ...file,
      id: `${eventType}${file.id}`,
      eventType,
      events: file.events.map((id) => `${eventType}${id}`),
    })),
  );
  const { source } = fakeLogSource({ files });
  const eventTypes = ['AUTH_LOG', 'AUDIT_LOG', 'CODEX_LOG'];
  const ids = await collectIds(
    readEvents(source, { eventTypes, ordering: 'time', maxBytesInFlight: 1, concurrency: 1 }),
  );
  expect(ids).toHaveLength(30);
});

test('ending the iteration ends what is under way', async () => {
  const signals: AbortSignal[] = [];
  const { source } = fakeLogSource({ files: filesOf(10) });
  const spying = {
    ...source,
    download: async (...[file, most, options]: Parameters<typeof source.download>) => {
      if (options.signal !== undefined) signals.push(options.signal);
      return source.download(file, most, options);
    },
  };
  for await (const _ of readEvents(spying)) break;
  expect(signals.length).toBeGreaterThan(0);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test('a failure leaves no rejection unhandled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  const { source } = fakeLogSource({ files: filesOf(10) });
  const failing = { ...source, download: async () => Promise.reject(new Error('no')) };
  await rejection(collectIds(readEvents(failing, { eventTypes: ['AUTH_LOG', 'CODEX_LOG'] })));
  await settle();
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

test('a listener that throws stops the iteration with what it throws', async () => {
  const { source } = fakeLogSource({ files: filesOf(2) });
  const onProgress = () => {
    throw new Error('mine');
  };
  expect(await rejection(collectIds(readEvents(source, { onProgress })))).toMatchObject({ message: 'mine' });
});

test('follow looks again after each interval, back to the overlap, and delivers only what is new', async () => {
  const clock = createFakeClock(Date.UTC(2026, 10, 2));
  const log = { files: filesOf(2) };
  const { source, asked } = fakeLogSource(log);
  const controller = new AbortController();
  const events = readEvents(source, { overlapMs: 0.15 }, { clock, intervalMs: 60_000, signal: controller.signal });
  const delivered: string[] = [];
  const reading = rejection(
    (async () => {
      for await (const event of events) delivered.push(event.event_id);
    })(),
  );
  await settle();
  expect(delivered).toEqual(['0x', '1x']);

  log.files = [...filesOf(3), { id: 'late', endsAt: 150, events: ['late'] }];
  await clock.advance(59_999);
  expect(delivered).toHaveLength(2);
  await clock.advance(1);
  expect(delivered).toEqual(['0x', '1x', 'late', '2x']);
  await clock.advance(60_000);
  expect(asked.lists.map(({ after }) => after)).toEqual([timeAt(-1), timeAt(-1), timeAt(150)]);
  expect(delivered).toHaveLength(4);

  controller.abort('enough');
  expect(await reading).toBe('enough');
  expect(clock.pending).toBe(0);
  const resumed = readEvents(source, { resumeFrom: throughJson(events.checkpoint()) });
  expect(await collectIds(resumed)).toEqual([]);
});

test('follow asks for no more than the list while nothing is new', async () => {
  const clock = createFakeClock(Date.UTC(2026, 10, 2));
  const { source, asked } = fakeLogSource({ files: [] });
  const controller = new AbortController();
  const reading = rejection(
    collectIds(readEvents(source, {}, { clock, intervalMs: 1_000, signal: controller.signal })),
  );
  await settle();
  for (let turn = 0; turn < 50; turn++) await clock.advance(1_000);
  expect(asked.lists.length).toBe(51);
  controller.abort('enough');
  await reading;
});

test('a batch that has not been asked for is not part of its checkpoint', async () => {
  const { source } = fakeLogSource({ files: filesOf(3) });
  const iterator = readBatches(source)[Symbol.asyncIterator]();
  const { value } = await iterator.next();
  await settle();
  const rest = readEvents(source, { resumeFrom: throughJson(value?.checkpoint) });
  expect(await collectIds(rest)).toEqual(['1x', '2x']);
  await iterator.return?.();
});
