import { expect, test } from 'vitest';
import { Partition } from '../../../src/audit-logs/reading/partition.js';
import { timeAt, workspace } from '../support/fake-log-source.js';
import { collectIds, throughJson } from '../support/read-fake-log.js';
import { inRange, pageOf, type Row, row, smallLogServer } from '../support/small-log-server.js';

const minute = (count: number) => timeAt(count * 60_000_000);
const query = { eventTypes: ['AUTH_LOG'] as const, after: minute(-1) };

/** Reads what is listed, and then, resumed, what was listed meanwhile. */
async function readTwice(first: Row[], second: Row[], options: { readonly overlapMs?: number } = {}) {
  let listed = first;
  const { client } = smallLogServer((url) => pageOf(inRange(listed, url)));
  const before = client.events({ ...query, ...options });
  await collectIds(before as never);
  listed = [...first, ...second];
  const warnings: unknown[] = [];
  const resumeFrom = throughJson(before.checkpoint());
  const events = client.events({ ...query, ...options, resumeFrom, onWarning: (warning) => warnings.push(warning) });
  return { ids: await collectIds(events as never), stats: events.stats, warnings, first: before.stats };
}

const everyTenMinutes = Array.from({ length: 8 }, (_, index) => row(`f${index}`, minute(index * 10)));

test('a file that is listed 29 minutes behind the newest is read, counted, and said to have come close', async () => {
  const { ids, stats, warnings, first } = await readTwice(everyTenMinutes, [row('late', minute(41))]);
  expect(ids).toEqual(['late']);
  expect(first.lateFiles).toBe(0);
  expect(stats).toMatchObject({ lateFiles: 1, files: 1, duplicates: 0 });
  expect(warnings).toEqual([
    {
      code: 'late_file',
      file: { ...row('late', minute(41)), principal: workspace },
      lateByMs: 29 * 60_000,
      overlapMs: 1_800_000,
    },
  ]);
});

test('one that is a little late is counted only, and a new one is not late', async () => {
  const { ids, stats, warnings } = await readTwice(everyTenMinutes, [row('late', minute(65)), row('new', minute(80))]);
  expect(ids).toEqual(['late', 'new']);
  expect(stats.lateFiles).toBe(1);
  expect(warnings).toEqual([]);
});

test('the overlap is the caller’s to choose', async () => {
  const { ids } = await readTwice(everyTenMinutes, [row('late', minute(41))], { overlapMs: 600_000 });
  expect(ids).toEqual([]);
});

test('following counts late files too', async () => {
  const stop = new AbortController();
  const { client } = smallLogServer((url, count) =>
    pageOf(inRange(count === 1 ? everyTenMinutes : [...everyTenMinutes, row('late', minute(41))], url)),
  );
  const warnings: { code: string }[] = [];
  const events = client.follow({ ...query, onWarning: (warning) => warnings.push(warning) }, { signal: stop.signal });
  for await (const event of events) {
    if (event.event_id !== 'late') continue;
    stop.abort();
    break;
  }
  expect(events.stats.lateFiles).toBe(1);
  expect(warnings).toMatchObject([{ code: 'late_file' }]);
});

test.each([
  ['AUTH_LOG', 30 * 60_000],
  ['COSTS', 5 * 3_600_000],
])('the default overlap of %s is %i ms', (eventType, overlapMs) => {
  const start = { principal: workspace, eventType, after: timeAt(0), completedFiles: '', gaps: [], seen: [] };
  expect(new Partition(start, { overlapMs: undefined, window: 0 }).overlapMs).toBe(overlapMs);
});
