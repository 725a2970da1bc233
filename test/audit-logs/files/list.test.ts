import { expect, test } from 'vitest';
import { listLogFiles } from '../../../src/audit-logs/files/list.js';
import type { LogFilePage } from '../../../src/audit-logs/files/log-file.js';
import { rejection } from '../../support/open-test-transport.js';
import { fakeLogSource, timeAt, toLogFile } from '../support/fake-log-source.js';
import { collect } from '../support/read-fake-log.js';

const file = (id: string, endsAt: number) => ({ id, endsAt, events: [] });

/** Lists what a fake log holds, or what scripted pages say. */
function listing(files: readonly ReturnType<typeof file>[], pageSize: number, known: readonly string[] = []) {
  const { source, asked } = fakeLogSource({ files, pageSize });
  const ask = (range: { after: string; before: string | undefined }) =>
    source.list({ ...range, eventType: 'AUTH_LOG' }, {});
  const files$ = collect(listLogFiles({ ask, route: '/logs', after: timeAt(0), known }));
  return { asked, ids: files$.then((pages) => pages.flat().map(({ id }) => id)) };
}

function scripted(...pages: LogFilePage[]) {
  const asked: string[] = [];
  const ask = async ({ after }: { after: string }) => {
    asked.push(after);
    return pages[Math.min(asked.length, pages.length) - 1] as LogFilePage;
  };
  const listed: string[] = [];
  const done = (async () => {
    for await (const files of listLogFiles({ ask, route: '/logs', after: timeAt(0) }))
      listed.push(...files.map(({ id }) => id));
  })();
  return { asked, listed, done };
}

test('a page that ends in the middle of a tie loses none of it', async () => {
  const { ids, asked } = listing([file('a', 1), file('b', 2), file('c', 2), file('d', 2), file('e', 3)], 3);
  expect(await ids).toEqual(['a', 'b', 'c', 'd', 'e']);
  expect(asked.lists[1]?.after).toBe(timeAt(1));
});

test('sends a time as the server spelled it', async () => {
  const spelled = { ...toLogFile(file('a', 1)), end_time: '2026-11-01T01:00:00.000001+01:00' };
  const last = { data: [toLogFile(file('b', 2))], has_more: false, last_end_time: null };
  const { asked, done } = scripted(
    { data: [spelled, toLogFile(file('b', 2))], has_more: true, last_end_time: timeAt(2) },
    last,
  );
  await done;
  expect(asked).toEqual([timeAt(0), '2026-11-01T01:00:00.000001+01:00']);
});

test('a tie that fills a page is proved to be complete before it is passed', async () => {
  const { ids, asked } = listing([file('a', 5), file('b', 5), file('c', 6)], 2);
  expect(await ids).toEqual(['a', 'b', 'c']);
  expect(asked.lists[1]).toEqual({ after: timeAt(4), before: timeAt(6) });
});

test('a tie that is larger than a page is an error, not a loss', async () => {
  const { ids } = listing([file('a', 5), file('b', 5), file('c', 5), file('d', 6)], 2);
  expect(await rejection(ids)).toMatchObject({ name: 'IncompleteListError', reason: 'tie_larger_than_page' });
});

test('one file a page is enough', async () => {
  const { ids } = listing([file('a', 1), file('b', 2), file('c', 3)], 1);
  expect(await ids).toEqual(['a', 'b', 'c']);
});

test('leaves out what is known', async () => {
  const { ids } = listing([file('a', 1), file('b', 2)], 5, ['a']);
  expect(await ids).toEqual(['b']);
});

test('an empty page without more is the end', async () => {
  const { done, listed } = scripted({ data: [], has_more: false, last_end_time: null });
  await done;
  expect(listed).toEqual([]);
});

test.each([
  ['no cursor', { data: [], has_more: true, last_end_time: null }],
  ['no cursor at all', { data: [], has_more: true }],
  ['the cursor that was sent', { data: [], has_more: true, last_end_time: timeAt(0) }],
  ['an earlier cursor', { data: [], has_more: true, last_end_time: timeAt(-5) }],
])('an empty page with more to come and %s is an error', async (_name, page) => {
  const { done, asked } = scripted(page);
  expect(await rejection(done)).toMatchObject({ reason: 'cursor_stuck', cursor: timeAt(0) });
  expect(asked).toEqual([timeAt(0), timeAt(0)]);
});

test('a page that is empty once is asked for again, so that nothing it should show is left out', async () => {
  const { done, listed, asked } = scripted(
    { data: [], has_more: true, last_end_time: timeAt(5) },
    { data: [toLogFile(file('a', 4)), toLogFile(file('b', 5))], has_more: false },
  );
  await done;
  expect(listed).toEqual(['a', 'b']);
  expect(asked).toEqual([timeAt(0), timeAt(0)]);
});

test('a page that stays empty is gone past when there is nothing up to the time it names', async () => {
  const empty = { data: [], has_more: true, last_end_time: timeAt(5) };
  const nothing = { data: [], has_more: false };
  const { done, listed, asked } = scripted(empty, empty, nothing, nothing, {
    data: [toLogFile(file('a', 6))],
    has_more: false,
  });
  await done;
  expect(listed).toEqual(['a']);
  expect(asked.at(-1)).toBe(timeAt(5));
});

test('a page that is empty twice loses none of the files up to the time it names', async () => {
  const empty = { data: [], has_more: true, last_end_time: timeAt(5) };
  const { done, listed } = scripted(
    empty,
    empty,
    { data: [toLogFile(file('a', 4)), toLogFile(file('b', 5))], has_more: false },
    { data: [toLogFile(file('b', 5)), toLogFile(file('c', 6))], has_more: false },
  );
  await done;
  expect(listed).toEqual(['a', 'b', 'c']);
});

test('a page that is empty however it is asked for is an error, and nothing is gone past', async () => {
  const { done, listed } = scripted({ data: [], has_more: true, last_end_time: timeAt(5) });
  expect(await rejection(done)).toMatchObject({ reason: 'cursor_stuck', cursor: timeAt(0) });
  expect(listed).toEqual([]);
});

test('a last page that is empty and names a later time is asked for once more by that time', async () => {
  const empty = { data: [], has_more: false, last_end_time: timeAt(5) };
  const { done, listed } = scripted(
    empty,
    empty,
    { data: [toLogFile(file('a', 5))], has_more: false },
    { data: [toLogFile(file('a', 5))], has_more: false },
    { data: [], has_more: false },
  );
  await done;
  expect(listed).toEqual(['a']);
});

test('the same page again and again is an error, after everything on it was delivered', async () => {
  const page = { data: [toLogFile(file('a', 1)), toLogFile(file('b', 2))], has_more: true, last_end_time: timeAt(2) };
  const { done, listed } = scripted(page);
  expect(await rejection(done)).toMatchObject({ name: 'IncompleteListError' });
  expect(listed).toEqual(['a', 'b']);
});

test('a page with files and a null cursor is read on from the times of its files', async () => {
  const { done, listed } = scripted(
    { data: [toLogFile(file('a', 1)), toLogFile(file('b', 2))], has_more: true, last_end_time: null },
    { data: [toLogFile(file('b', 2)), toLogFile(file('c', 3))], has_more: false, last_end_time: null },
  );
  await done;
  expect(listed).toEqual(['a', 'b', 'c']);
});
