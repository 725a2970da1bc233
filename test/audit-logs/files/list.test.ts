import { expect, test } from 'vitest';
import { type AskForPage, listLogFiles } from '../../../src/audit-logs/files/list.js';
import type { LogFile, LogFilePage } from '../../../src/audit-logs/files/log-file.js';
import { instantOf } from '../../../src/internal/dates.js';
import { rejection } from '../../support/open-test-transport.js';
import { fakeLogSource, timeAt, toLogFile } from '../support/fake-log-source.js';
import { collect } from '../support/read-fake-log.js';

const file = (id: string, endsAt: number) => ({ id, endsAt, events: [] });

/** Lists what a fake log holds, or what scripted pages say. */
function listing(files: readonly ReturnType<typeof file>[], pageSize: number, known: readonly string[] = []) {
  const { source, asked } = fakeLogSource({ files, pageSize });
  const ask = (range: { after: string; before: string | undefined }) =>
    source.list({ ...range, eventType: 'AUTH_LOG' }, {});
  const files$ = collect(listLogFiles({ ask, route: '/logs', after: timeAt(0), known: new Set(known) }));
  return { asked, ids: files$.then((pages) => pages.flat().map(({ id }) => id)) };
}

/** Rows in order, ten microseconds apart: enough of them to be believed. */
const ordered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => toLogFile(file(`f${from + index}`, (from + index + 1) * 10)));

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
  expect(asked.lists.length).toBeLessThan(9);
});

test('pages in order take as many requests as the official way, each from the time before the last', async () => {
  const files = Array.from({ length: 37 }, (_, index) => file(`f${index}`, index + 1));
  const { ids, asked } = listing(files, 10);
  expect(await ids).toEqual(files.map(({ id }) => id));
  expect(asked.lists.map(({ after }) => after)).toEqual([0, 9, 18, 27].map(timeAt));
});

test('sends a time as the server spelled it', async () => {
  const page = ordered(10);
  const last = page.slice(-1);
  page[8] = { ...toLogFile(file('f8', 90)), end_time: '2026-11-01T01:00:00.000090+01:00' };
  const { asked, done } = scripted(
    { data: page, has_more: true, last_end_time: timeAt(100) },
    { data: [...last, ...ordered(1, 10)], has_more: false, last_end_time: timeAt(110) },
  );
  await done;
  expect(asked).toEqual([timeAt(0), '2026-11-01T01:00:00.000090+01:00']);
});

test('a tie that fills a page is proved to be complete before it is passed', async () => {
  const { ids, asked } = listing([file('a', 5), file('b', 5), file('c', 6)], 2);
  expect(await ids).toEqual(['a', 'b', 'c']);
  expect(asked.lists).toContainEqual({ after: timeAt(4), before: timeAt(6) });
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
  expect(await rejection(done)).toMatchObject({ name: 'ResponseValidationError', retryable: true });
  expect(asked).toEqual([timeAt(0)]);
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
  const { done, listed, asked } = scripted(
    empty,
    empty,
    { data: [], has_more: false },
    { data: [toLogFile(file('a', 6))], has_more: false },
  );
  await done;
  expect(listed).toEqual(['a']);
  expect(asked).toEqual([0, 0, 0, 5].map(timeAt));
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

test('the same short page again and again is an error, and nothing on it is delivered as if it were all', async () => {
  const page = { data: [toLogFile(file('a', 1)), toLogFile(file('b', 2))], has_more: true, last_end_time: timeAt(2) };
  const { done, listed } = scripted(page);
  expect(await rejection(done)).toMatchObject({ name: 'IncompleteListError' });
  expect(listed).toEqual([]);
});

test('the same long page again and again is an error, after everything on it was delivered', async () => {
  const { done, listed } = scripted({ data: ordered(10), has_more: true, last_end_time: timeAt(100) });
  expect((await rejection(done)) as Error).toMatchObject({ name: /Error$/ });
  expect(listed).toHaveLength(10);
});

test('a page with files and a null cursor is read on from the times of its files', async () => {
  const { done, listed } = scripted(
    { data: ordered(10), has_more: true, last_end_time: null },
    { data: ordered(3, 9), has_more: false, last_end_time: null },
  );
  await done;
  expect(listed).toHaveLength(12);
});

test('a page that does not show again what the page before ended with is not believed', async () => {
  const files = ordered(14);
  let lists = 0;
  const ask: AskForPage = async ({ after, before }) => {
    lists += 1;
    if (lists === 2) return { data: files.slice(13), has_more: false, last_end_time: timeAt(140) };
    const isInside = ({ end_time: end }: LogFile) => end > after && (before === undefined || end < before);
    const found = files.filter(isInside);
    return { data: found.slice(0, 10), has_more: found.length > 10, last_end_time: found[9]?.end_time };
  };
  const pages = await collect(listLogFiles({ ask, route: '/logs', after: timeAt(0) }));
  expect(pages.flat().map(({ id }) => id)).toEqual(files.map(({ id }) => id));
});

test('a file that was shown once and is absent when its range is read again is told', async () => {
  const files = ordered(4);
  let lists = 0;
  const ask: AskForPage = async () => {
    lists += 1;
    const data = lists === 1 ? files.toReversed() : files.filter(({ id }) => id !== 'f2');
    return { data, has_more: lists === 1, last_end_time: data.at(-1)?.end_time };
  };
  const error = await rejection(collect(listLogFiles({ ask, route: '/logs', after: timeAt(0) })));
  expect(error).toMatchObject({ name: 'IncompleteListError', reason: 'row_vanished' });
});

test.each(['in whole milliseconds', 'in whole seconds'])(
  'a service that compares times %s and lists newest first is read whole',
  async (how) => {
    const unit = how.endsWith('seconds') && !how.includes('milli') ? 1_000_000_000n : 1_000_000n;
    const files = Array.from({ length: 12 }, (_, index) => toLogFile(file(`f${index}`, index * 1_500_123 + 1)));
    const cut = (time: string) => instantOf(time) / unit;
    const ask: AskForPage = async ({ after, before }) => {
      const found = files
        .filter(({ end_time: end }) => cut(end) > cut(after) && (before === undefined || cut(end) < cut(before)))
        .reverse();
      const data = found.slice(0, 4);
      return { data, has_more: found.length > 4, last_end_time: data.at(-1)?.end_time };
    };
    const pages = await collect(listLogFiles({ ask, route: '/logs', after: '2026-10-31T00:00:00Z' }));
    expect(pages.flat().map(({ id }) => id)).toEqual(files.map(({ id }) => id));
  },
);

test('more to come, and then nothing new, ends a list whose pages are called unfinished wherever they are full', async () => {
  const ask: AskForPage = async ({ after }) => {
    const data = ordered(20)
      .filter(({ end_time: end }) => instantOf(end) > instantOf(after))
      .slice(0, 10);
    return { data, has_more: data.length === 10, last_end_time: data.at(-1)?.end_time };
  };
  const pages = await collect(listLogFiles({ ask, route: '/logs', after: '2026-10-31T00:00:00Z' }));
  expect(pages.flat()).toHaveLength(20);
});

test('files outside of the range that was asked for are left out, and the first is told', async () => {
  const told: string[] = [];
  const ask: AskForPage = async () => ({ data: ordered(6), has_more: false, last_end_time: timeAt(60) });
  const range = { after: timeAt(20), before: timeAt(50), known: new Set(['f1']) };
  const onOutsideRange = ({ id }: LogFile) => told.push(id);
  const pages = await collect(listLogFiles({ ask, route: '/logs', ...range, onOutsideRange }));
  expect(pages.flat().map(({ id }) => id)).toEqual(['f2', 'f3']);
  expect(told).toEqual(['f0']);
});
