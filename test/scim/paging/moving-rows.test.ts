import { describe, expect, test } from 'vitest';
import { type PagedServerOptions, pagedServer, type Row, rowsNamed } from './paged-server.js';
import { type Knowledge, walk } from './walk.js';

const ids = (count: number) => rowsNamed(count).map((row) => row.id);

/** Deletes rows of pages already read and creates others, before one of the answers. */
const move =
  (at: number, deleted: number, created: number): NonNullable<PagedServerOptions['beforeAnswer']> =>
  (rows: Row[], request) => {
    if (request !== at) return;
    rows.splice(2, deleted);
    rows.push(...rowsNamed(created, 'new'));
  };

describe.each([1, 8])('rows that go and others that come meanwhile, prefetch %i', (prefetch) => {
  test.each([
    [15, 15, 'true'],
    [15, 5, 'true'],
    [1, 1, 'true'],
    [15, 15, 'page'],
    [15, 0, 'page'],
    [15, 15, 'absent'],
  ] as const)('%i deleted and %i created hide none who stayed: total %s', async (deleted, created, total) => {
    for (let at = 2; at <= 7; at += 1) {
      const server = pagedServer(rowsNamed(100), { total, beforeAnswer: move(at, deleted, created) });
      const { ids: received, error } = await walk(server, { from: { startIndex: 1, count: 20 }, prefetch });
      expect(error, `before request ${at}`).toBeUndefined();
      expect(new Set(received).size).toBe(received.length);
      const stayed = ids(100).filter((id) => server.rows.some((row) => row.id === id));
      expect(received, `before request ${at}`).toEqual(expect.arrayContaining(stayed));
      expect(server.requests.length).toBeLessThan(20);
    }
  });

  test('a list that moves before every answer is left, with a verdict', async () => {
    let created = 0;
    const server = pagedServer(rowsNamed(100), {
      beforeAnswer: (rows) => {
        rows.splice(0, 25);
        rows.push(...Array.from({ length: 25 }, () => ({ id: `new${created++}` })));
      },
    });
    const { error } = await walk(server, { from: { startIndex: 1, count: 20 }, prefetch });
    expect(error).toMatchObject({ code: 'incomplete_list', reason: 'changed' });
    expect(server.requests.length).toBeLessThan(300);
  });

  test.each(['true', 'page', 'absent'] as const)(
    'a server that counts in whole pages is read whole, and remembered: total %s',
    async (total) => {
      const knowledge: Knowledge = { countsWholePages: undefined, countsFromOne: true };
      const from = { startIndex: 1, count: 20 };
      const server = () => pagedServer(rowsNamed(95), { total, startIndex: 'whole_pages' });
      const first = server();
      expect(await walk(first, { from, prefetch, knowledge })).toMatchObject({ ids: ids(95), error: undefined });
      expect(knowledge.countsWholePages).toBe(true);
      const second = server();
      expect(await walk(second, { from, prefetch, knowledge })).toMatchObject({ ids: ids(95), error: undefined });
      expect(second.requests.map(({ startIndex }) => startIndex)).toEqual(
        total === 'true' ? [1, 21, 41, 61, 81] : [1, 21, 41, 61, 81, 96],
      );
      if (total === 'true') expect(first.requests).toHaveLength(6);
    },
  );

  test.each(['error', 'empty'] as const)(
    'a list that shrinks below the page asked for is read to its end, though past it comes: %s',
    async (pastTheEnd) => {
      for (const startIndex of ['honoured', 'whole_pages'] as const) {
        for (let at = 2; at <= 5; at += 1) {
          const server = pagedServer(rowsNamed(100), { pastTheEnd, startIndex, beforeAnswer: move(at, 85, 0) });
          const { ids: received, error } = await walk(server, { from: { startIndex: 1, count: 20 }, prefetch });
          expect(error, `${startIndex}, before request ${at}`).toBeUndefined();
          expect(received).toEqual(expect.arrayContaining(server.rows.map(({ id }) => id)));
        }
      }
    },
  );

  test('nor does a row that goes early hide what a server that counts in whole pages is', async () => {
    const server = pagedServer(rowsNamed(100), { startIndex: 'whole_pages', beforeAnswer: move(2, 1, 1) });
    const { error } = await walk(server, { from: { startIndex: 1, count: 20 }, prefetch });
    expect(error).toBeUndefined();
  });
});

describe('a first page that comes again while it is the total', () => {
  test('cannot be called complete, where the total is but the size of the page', async () => {
    const server = pagedServer(rowsNamed(250), { startIndex: 'ignored', total: 'page' });
    const { ids: received, error } = await walk(server, { from: { startIndex: 1, count: 100 } });
    expect(received).toHaveLength(100);
    expect(error).toMatchObject({ code: 'incomplete_list', reason: 'stalled', received: 100, totalResults: 100 });
  });

  test('nor where the server takes no notice of the size either', async () => {
    const page = { rows: rowsNamed(100), totalResults: 100, startIndex: 1 };
    const { error } = await walk({ ...pagedServer([]), fetchPage: async () => page });
    expect(error).toMatchObject({ reason: 'stalled', received: 100, totalResults: 100 });
  });

  test.each([1, 2, 10])('is complete where half of it has the same total: %i rows', async (count) => {
    const server = pagedServer(rowsNamed(count), { startIndex: 'ignored' });
    expect(await walk(server, { from: { startIndex: 1, count } })).toMatchObject({ ids: ids(count), error: undefined });
  });

  test.each(['true', 'page', 'so_far', 'absent'] as const)(
    'is complete where the server counts in whole pages, and has none behind a full one: total %s',
    async (total) => {
      const server = pagedServer(rowsNamed(5), { startIndex: 'whole_pages', total });
      expect(await walk(server)).toMatchObject({ ids: ids(5), error: undefined });
    },
  );

  test.each(['empty', 'error'] as const)(
    'is complete where a server that counts in whole pages has fewer rows than one holds, and past the end: %s',
    async (pastTheEnd) => {
      for (const count of [1, 2, 3, 99]) {
        const server = pagedServer(rowsNamed(count), { startIndex: 'whole_pages', pastTheEnd });
        const from = { startIndex: 1, count: 100 };
        expect(await walk(server, { from })).toMatchObject({ ids: ids(count), error: undefined });
      }
    },
  );

  test('cannot be called complete where a bare list was cut at a size, and the index is ignored', async () => {
    const server = pagedServer(rowsNamed(9), { startIndex: 'ignored', total: 'absent', cap: 5 });
    const bare: typeof server.fetchPage = async (request) => ({ rows: (await server.fetchPage(request)).rows });
    expect((await walk({ ...server, fetchPage: bare })).error).toMatchObject({ reason: 'stalled', received: 5 });
    const all = { ...server, fetchPage: async () => ({ rows: rowsNamed(9) }) };
    expect(await walk(all)).toMatchObject({ ids: ids(9), error: undefined });
  });

  test('is complete where the server begins again behind the last row, which it shows alone', async () => {
    const server = pagedServer(rowsNamed(10), { pastTheEnd: 'first', total: 'page' });
    expect(await walk(server)).toMatchObject({ ids: ids(10), error: undefined });
  });
});

describe("completeness: 'proven'", () => {
  /** One goes, and one moves past the reader: no page shows it, and the total agrees with what was read. */
  const reorder: PagedServerOptions['beforeAnswer'] = (rows, request) => {
    if (request !== 3) return;
    rows.shift();
    rows.unshift(...rows.splice(-1));
  };

  test.each([1, 8])('finds a row that moved past the reader, prefetch %i', async (prefetch) => {
    const evident = await walk(pagedServer(rowsNamed(40), { beforeAnswer: reorder }), { prefetch });
    expect(evident).toMatchObject({ ids: ids(39), error: undefined });
    const server = pagedServer(rowsNamed(40), { beforeAnswer: reorder });
    expect(await walk(server, { prefetch, isProven: true })).toMatchObject({ ids: ids(40), error: undefined });
  });

  test('walks twice through a list that is quiet, and asks once behind its total', async () => {
    const server = pagedServer(rowsNamed(40));
    expect(await walk(server, { isProven: true })).toMatchObject({ ids: ids(40), error: undefined });
    expect(server.requests).toHaveLength(11);
    expect(server.requests.at(-1)?.startIndex).toBe(41);
  });

  test.each(['empty', 'error', 'last', 'first'] as const)(
    'finds rows behind a total that stops counting, though past the end comes: %s',
    async (pastTheEnd) => {
      for (const [startIndex, count] of [
        ['honoured', 1],
        ['honoured', 10],
        ['whole_pages', 10],
      ] as const) {
        const server = pagedServer(rowsNamed(45), { total: 'at_most_20', startIndex, pastTheEnd });
        const { ids: received, error } = await walk(server, { from: { startIndex: 1, count }, isProven: true });
        expect(error).toBeUndefined();
        expect(received, `${startIndex}, ${count}`).toEqual(ids(45));
      }
    },
  );

  test('gives up on a list that brings something new each time, with a verdict', async () => {
    let created = 0;
    const server = pagedServer(rowsNamed(40), {
      beforeAnswer: (rows) => {
        rows.shift();
        rows.push({ id: `new${created++}` });
      },
    });
    expect((await walk(server, { isProven: true })).error).toMatchObject({ reason: 'changed' });
    expect(server.requests.length).toBeLessThan(150);
  });
});
