import { describe, expect, test } from 'vitest';
import { IncompleteListError } from '../../../src/errors/response-errors.js';
import { markOf, parseResumeCursor } from '../../../src/scim/paging/page.js';
import { walkPages } from '../../../src/scim/paging/walk.js';
import { cursorServer, pagedServer, Refusal, rowsNamed } from './paged-server.js';
import { walk, walkOptions } from './walk.js';

const ids = (count: number) => rowsNamed(count).map((row) => row.id);

describe('an honest server', () => {
  test.each([1, 8])('is asked for as many pages as it has, which overlap by a row: prefetch %i', async (prefetch) => {
    for (const count of [2, 3, 7, 10]) {
      for (let rows = count + 1; rows < 60; rows += 1) {
        const server = pagedServer(rowsNamed(rows));
        expect(await walk(server, { from: { startIndex: 1, count }, prefetch })).toMatchObject({
          ids: ids(rows),
          error: undefined,
        });
        const bound = Math.ceil((rows - count) / (count - 1)) + 1;
        expect(server.requests.length, `${rows} rows, pages of ${count}`).toBeLessThanOrEqual(bound);
      }
    }
  });

  test('that gives fewer rows than asked is followed by the rows received', async () => {
    const server = pagedServer(rowsNamed(23), { cap: 7 });
    expect((await walk(server)).ids).toEqual(ids(23));
    expect(server.requests.map((request) => request.startIndex)).toEqual([1, 7, 13, 19]);
  });

  test('with nothing is asked once', async () => {
    const server = pagedServer([]);
    expect(await walk(server)).toEqual({ ids: [], cursors: [undefined], sizes: [0], error: undefined });
    expect(server.requests).toHaveLength(1);
  });

  test('whose total is the first page is asked once more, since the page may be all it counts', async () => {
    const server = pagedServer(rowsNamed(4));
    expect((await walk(server)).ids).toEqual(ids(4));
    expect(server.requests.map((request) => request.startIndex)).toEqual([1, 5]);
  });
});

describe('a server that lies about the total', () => {
  test.each(['page', 'so_far', 'absent', 30] as const)('by saying %s is read to the end', async (total) => {
    const server = pagedServer(rowsNamed(45), { total });
    const { ids: received, error } = await walk(server);
    expect(error).toBeUndefined();
    expect(received).toEqual(ids(45));
  });

  test('by saying 28, where a page ends, cannot be told from one that tells the truth', async () => {
    const { ids: received, error } = await walk(pagedServer(rowsNamed(45), { total: 28 }));
    expect(error).toBeUndefined();
    expect(received).toEqual(ids(28));
  });

  test('too low, and gives more rows than it, is read to the end', async () => {
    const { ids: received, error } = await walk(pagedServer(rowsNamed(45), { total: 25 }));
    expect(error).toBeUndefined();
    expect(received).toEqual(ids(45));
  });

  test('too high is reported, with what is missing', async () => {
    const { ids: received, error } = await walk(pagedServer(rowsNamed(45), { total: 136 }));
    expect(received).toEqual(ids(45));
    expect(error).toMatchObject({ code: 'incomplete_list', reason: 'rows_missing', received: 45, totalResults: 136 });
  });
});

describe('past the end', () => {
  test.each(['error', 'last', 'first'] as const)(
    'the %s page of a server without a usable total ends the walk',
    async (pastTheEnd) => {
      const server = pagedServer(rowsNamed(20), { total: 'page', pastTheEnd });
      expect(await walk(server)).toMatchObject({ ids: ids(20), error: undefined });
      // One behind the first page, whose total may be the truth, and at the end the last row and one behind it.
      expect(server.requests.map((request) => request.startIndex)).toEqual([1, 11, 10, 19, 20, 21]);
    },
  );

  test('an error in the middle of the list is an error', async () => {
    const fail = (request: number) => {
      if (request === 3) throw new Refusal();
    };
    await expect(walk(pagedServer(rowsNamed(50), { beforeAnswer: (_, request) => fail(request) }))).rejects.toThrow(
      Refusal,
    );
  });
});

describe('a server that ignores startIndex', () => {
  test('ends the walk at the first repeat, with a verdict', async () => {
    const server = pagedServer(rowsNamed(25), { startIndex: 'ignored' });
    const { ids: received, error } = await walk(server);
    expect(received).toEqual(ids(10));
    expect(error).toMatchObject({ reason: 'stalled', received: 10, totalResults: 25, requests: 3 });
  });

  test('and holds one page is complete', async () => {
    expect(await walk(pagedServer(rowsNamed(9), { startIndex: 'ignored' }))).toMatchObject({
      ids: ids(9),
      error: undefined,
    });
  });

  test('and reports no total cannot be called complete', async () => {
    const { error } = await walk(pagedServer(rowsNamed(9), { startIndex: 'ignored', total: 'absent' }));
    expect(error).toMatchObject({ reason: 'stalled', received: 9 });
    expect(error).not.toHaveProperty('totalResults');
  });
});

test('a server that counts from 0 gives its first row on the second way', async () => {
  const { ids: received, error } = await walk(pagedServer(rowsNamed(25), { startIndex: 'zero_based' }));
  expect(error).toBeUndefined();
  expect(received.toSorted()).toEqual(ids(25).toSorted());
});

describe('rows that come and go while pages are read', () => {
  test('a row deleted from a page already read hides none of the others', async () => {
    const server = pagedServer(rowsNamed(45), {
      beforeAnswer: (rows, request) => void (request === 3 && rows.splice(4, 1)),
    });
    const { ids: received, error } = await walk(server);
    expect(error).toBeUndefined();
    expect(received.toSorted()).toEqual(ids(45).toSorted());
    expect(server.requests.map((request) => request.startIndex)).toEqual([1, 10, 19, 20, 18, 27, 36]);
  });

  test.each(['empty', 'error'] as const)(
    'nor where the last row is gone from its page, which the server answers with: %s',
    async (pastTheEnd) => {
      const server = pagedServer(rowsNamed(12), {
        pastTheEnd,
        beforeAnswer: (rows, request) => void ((request === 2 || request === 4) && rows.splice(0, 1)),
      });
      const { ids: received, error } = await walk(server, { from: { startIndex: 1, count: 5 } });
      expect(error).toBeUndefined();
      expect(received.toSorted()).toEqual(ids(12).toSorted());
    },
  );

  test('more rows deleted than a page holds hide none of the others', async () => {
    const server = pagedServer(rowsNamed(95), {
      beforeAnswer: (rows, request) => void (request === 6 && rows.splice(3, 33)),
    });
    const { ids: received, error } = await walk(server);
    expect(error).toBeUndefined();
    expect(received.toSorted()).toEqual(ids(95).toSorted());
  });

  test('all rows of the pages already read deleted: what moved up is still found', async () => {
    const server = pagedServer(rowsNamed(20), {
      beforeAnswer: (rows, request) => void (request === 2 && rows.splice(0, 10)),
    });
    expect(await walk(server)).toMatchObject({ error: undefined });
  });

  test('a row added to a page already read is found on a second way', async () => {
    const server = pagedServer(rowsNamed(25), {
      beforeAnswer: (rows, request) => void (request === 2 && rows.unshift({ id: 'late' })),
    });
    const { ids: received, error } = await walk(server);
    expect(error).toBeUndefined();
    expect(received.toSorted()).toEqual([...ids(25), 'late'].toSorted());
  });

  test('a server whose total shrinks for ever is left, with a verdict', async () => {
    let total = 500;
    const nextTotal = () => {
      total -= 7;
      return total;
    };
    const server = pagedServer(rowsNamed(100));
    const fetchPage: typeof server.fetchPage = async (request) => ({
      ...(await server.fetchPage(request)),
      totalResults: nextTotal(),
    });
    const { ids: received, error } = await walk({ ...server, fetchPage });
    expect(new Set(received).size).toBe(received.length);
    expect(error?.reason).toBe('changed');
    expect(server.requests.length).toBeLessThan(100);
  });
});

describe('a list that is told to be empty after rows of it were met', () => {
  const told = { rows: [], totalResults: 0 };

  test.each(['honoured', 'whole_pages'] as const)(
    'however often in a row, is read again or reported (start index %s)',
    async (startIndex) => {
      for (const [rows, count] of [
        [3, 2],
        [7, 3],
        [25, 10],
      ] as const) {
        for (let first = 2; first <= 6; first += 1) {
          for (const times of [1, 2, 3, 4, Number.POSITIVE_INFINITY]) {
            const server = pagedServer(rowsNamed(rows), { startIndex });
            const fetchPage: typeof server.fetchPage = async (request) => {
              const page = await server.fetchPage(request);
              const number = server.requests.length;
              return number >= first && number < first + times ? told : page;
            };
            const { ids: received, error } = await walk({ ...server, fetchPage }, { from: { startIndex: 1, count } });
            const isWhole = received.length === rows;
            expect(isWhole || error?.reason === 'changed', `${rows} by ${count}, from ${first}, ${times} times`).toBe(
              true,
            );
          }
        }
      }
    },
  );

  test('and is, ends with that verdict too: nobody can tell', async () => {
    const server = pagedServer(rowsNamed(25), {
      beforeAnswer: (rows, request) => void (request === 2 && rows.splice(0)),
    });
    expect(await walk(server)).toMatchObject({ ids: ids(10), error: { reason: 'changed' } });
  });
});

describe('a first page that says it begins behind the first row', () => {
  test('is another one than was asked for: the list is read again', async () => {
    const server = pagedServer(rowsNamed(3), { total: 'page', cap: 2 });
    const fetchPage: typeof server.fetchPage = async (request) =>
      server.requests.length === 0
        ? server.fetchPage({ startIndex: 2, count: request.count })
        : server.fetchPage(request);
    const { ids: received, error } = await walk({ ...server, fetchPage });
    expect(error).toBeUndefined();
    expect(received.toSorted()).toEqual(ids(3));
  });

  test('each time, is of a server that counts in its own way', async () => {
    const server = pagedServer(rowsNamed(25));
    const fetchPage: typeof server.fetchPage = async (request) => ({
      ...(await server.fetchPage(request)),
      startIndex: 7,
    });
    expect(await walk({ ...server, fetchPage })).toMatchObject({ ids: ids(25), error: undefined });
  });
});

describe('duplicates', () => {
  test('are delivered once, and the shortfall is reported', async () => {
    const twice = rowsNamed(20).flatMap((row) => [row, row]);
    const { ids: received, error } = await walk(pagedServer(twice));
    expect(received).toEqual(ids(20));
    expect(error).toMatchObject({ reason: 'rows_missing', received: 20, totalResults: 40 });
  });
});

describe('cursors (RFC 9865)', () => {
  test('are found and followed by themselves, past empty pages', async () => {
    const server = cursorServer(rowsNamed(45), { emptyPages: true });
    expect(await walk(server)).toMatchObject({ ids: ids(45), error: undefined });
    expect(server.requests[0]).toEqual({ startIndex: 1, count: 10 });
    expect(server.requests[1]).toEqual({ cursor: 'c10', count: 10 });
  });

  test('that expire start the walk again, and nothing is delivered twice', async () => {
    const server = cursorServer(rowsNamed(45), { total: true, expireAt: [3, 6] });
    expect(await walk(server)).toMatchObject({ ids: ids(45), error: undefined });
  });

  test('that expire for ever are given up on, with a verdict', async () => {
    const server = cursorServer(rowsNamed(45), { expireAt: Array.from({ length: 100 }, (_, index) => index) });
    expect((await walk(server)).error).toMatchObject({ reason: 'cursor_expired', received: 10 });
  });

  test.each([1, 2, 3, 5])('that go round in a circle of %i end the walk, with a verdict', async (length) => {
    let requests = 0;
    const { ids: received, error } = await walk({
      ...pagedServer([]),
      fetchPage: async () => {
        requests += 1;
        return { rows: [{ id: `u${requests % length}` }], nextCursor: `c${requests % length}` };
      },
    });
    expect(received).toHaveLength(length);
    expect(error?.reason).toBe('stalled');
    expect(requests).toBeLessThan(6 * length + 2);
  });

  test('that lead to the same rows under ever new names end the walk, with a verdict', async () => {
    let requests = 0;
    const { error } = await walk({
      ...pagedServer([]),
      fetchPage: async () => ({ rows: rowsNamed(3), nextCursor: `c${requests++}` }),
    });
    expect(error?.reason).toBe('stalled');
    expect(requests).toBeLessThan(6);
  });

  test('on every page, also behind the last, end at the total', async () => {
    let requests = 0;
    const rows = rowsNamed(25);
    const { ids: received, error } = await walk({
      ...pagedServer([]),
      fetchPage: async ({ cursor = '0', count }) => {
        requests += 1;
        const next = Number(cursor) + count;
        return { rows: rows.slice(next - count, next), totalResults: 25, nextCursor: `${next}` };
      },
    });
    expect(error).toBeUndefined();
    expect(received).toEqual(ids(25));
    expect(requests).toBe(4);
  });

  test('that expire start the walk again by cursor where it began by one', async () => {
    const server = cursorServer(rowsNamed(45), { expireAt: [3] });
    expect(await walk(server, { from: { cursor: '', count: 10 } })).toMatchObject({ ids: ids(45), error: undefined });
    expect(server.requests.filter(({ startIndex }) => startIndex !== undefined)).toEqual([]);
  });

  test('that were not needed for one full page are told from no paging at all', async () => {
    const server = cursorServer(rowsNamed(10));
    expect(await walk(server)).toMatchObject({ ids: ids(10), error: undefined });
    expect(server.requests).toEqual([
      { startIndex: 1, count: 10 },
      { startIndex: 11, count: 10 },
      { cursor: '', count: 5 },
    ]);
  });

  test('that end before the total get a second way and then a verdict', async () => {
    const server = cursorServer(rowsNamed(15));
    const fetchPage: typeof server.fetchPage = async (request) => ({
      ...(await server.fetchPage(request)),
      totalResults: 20,
    });
    expect((await walk({ ...server, fetchPage })).error).toMatchObject({ reason: 'rows_missing', received: 15 });
    expect(server.requests).toHaveLength(4);
  });
});

describe('bounds', () => {
  test('a server that never ends is left at the bound on requests', async () => {
    let row = 0;
    const fetchPage = async () => ({ rows: [{ id: `u${row++}` }] });
    const { error } = await walk({ ...pagedServer([]), fetchPage }, { maxPages: 50 });
    expect(error).toMatchObject({ reason: 'page_limit', received: 50, requests: 50 });
  });

  test('an aborted signal stops the walk between pages with its own reason', async () => {
    const controller = new AbortController();
    const server = pagedServer(rowsNamed(45));
    const pages = walkPages(server.fetchPage, walkOptions({ signal: controller.signal }));
    await pages.next();
    controller.abort(new Error('enough'));
    await expect(pages.next()).rejects.toThrow('enough');
    expect(server.requests).toHaveLength(1);
  });
});

describe('resuming', () => {
  test.each([
    ['index', () => pagedServer(rowsNamed(45), { cap: 8 })],
    ['cursor', () => cursorServer(rowsNamed(45), { total: true })],
  ] as const)('after any page of a list paged by %s goes on with the next', async (_, create) => {
    const whole = await walk(create());
    for (const [index, cursor] of whole.cursors.entries()) {
      if (cursor === undefined) continue;
      const server = create();
      const rest = await walk(server, { from: parseResumeCursor(cursor) });
      expect(rest.error).toBeUndefined();
      expect(whole.ids.slice(-rest.ids.length)).toEqual(rest.ids);
      const delivered = whole.sizes.slice(0, index + 1).reduce((sum, size) => sum + size, 0);
      expect(rest.ids).toHaveLength(whole.ids.length - delivered);
    }
  });

  test.each([
    ['some of the rows already read', 30, 'empty'],
    ['more rows than had been read', 200, 'empty'],
    ['more rows than had been read, on a server that refuses a page past the end', 200, 'error'],
  ] as const)('finds what moved up after somebody deleted %s', async (_, deleted, pastTheEnd) => {
    const server = pagedServer(rowsNamed(250), { cap: 100, pastTheEnd });
    const pages = walkPages(server.fetchPage, walkOptions({ from: { startIndex: 1, count: 100 } }));
    const first = await pages.next();
    const { rows = [], resumeCursor = '' } = first.value ?? {};
    server.rows.splice(0, deleted);
    const rest = await walk(server, { from: parseResumeCursor(resumeCursor) });
    expect(rest.error).toBeUndefined();
    const seen = new Set([...rows.map(({ id }) => id), ...rest.ids]);
    expect(server.rows.filter(({ id }) => !seen.has(id))).toEqual([]);
  });

  test.each(['so_far', 'true', 'page', 'absent'] as const)(
    'reads all that is left of a server whose total is %s',
    async (total) => {
      const server = pagedServer(rowsNamed(37), { cap: 7, total });
      const rest = await walk(server, { from: parseResumeCursor(`index:10:8::${markOf('u6')}`) });
      expect(rest).toMatchObject({ ids: ids(37).slice(7), error: undefined });
    },
  );

  test('believes the total that the walk before had believed, and does not ask past it', async () => {
    const server = pagedServer(rowsNamed(25));
    expect((await walk(server, { from: parseResumeCursor(`index:10:21:25:${markOf('u19')}`) })).ids).toHaveLength(5);
    expect(server.requests).toHaveLength(1);
  });

  test('does not call a rest complete that is short of the total', async () => {
    const server = pagedServer(rowsNamed(40), { total: 45 });
    expect((await walk(server, { from: { startIndex: 21, count: 10, lastRow: markOf('u19') } })).error).toMatchObject({
      reason: 'rows_missing',
    });
  });
});

test('onIncomplete is told instead of the error being thrown', async () => {
  const told: IncompleteListError[] = [];
  const server = pagedServer(rowsNamed(5), { total: 9 });
  const { ids: received, error } = await walk(server, { onIncomplete: (verdict) => told.push(verdict) });
  expect(error).toBeUndefined();
  expect(received).toHaveLength(5);
  expect(told).toEqual([expect.any(IncompleteListError)]);
});

describe('prefetch', () => {
  test('keeps a bounded number of pages under way and delivers them in order', async () => {
    const server = pagedServer(rowsNamed(300));
    let underWay = 0;
    let most = 0;
    const fetchPage: typeof server.fetchPage = async (request, signal) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return server.fetchPage(request, signal);
    };
    expect((await walk({ ...server, fetchPage }, { prefetch: 4 })).ids).toEqual(ids(300));
    expect(most).toBe(4);
    expect(server.requests).toHaveLength(34);
  });

  test('goes on while the reader is busy, to a bounded number of pages', async () => {
    const server = pagedServer(rowsNamed(300));
    const settled = async () => {
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const walking = walkPages(server.fetchPage, walkOptions({ prefetch: 4 }));
    await walking.next();
    await settled();
    expect(server.requests).toHaveLength(1);
    await walking.next();
    await settled();
    // Two were read; by the second it is known where the others are.
    expect(server.requests).toHaveLength(2 + 8);
    await walking.next();
    await settled();
    expect(server.requests).toHaveLength(3 + 8);
    await walking.return();
  });

  test('asks for another page as soon as one has come, be it not read yet', async () => {
    const server = pagedServer(rowsNamed(300));
    const settled = async () => {
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const come: (() => void)[] = [];
    const readOn: (() => void)[] = [];
    const fetchPage: typeof server.fetchPage = async (request, signal, onReceived) => {
      const page = await server.fetchPage(request, signal);
      if (onReceived === undefined) return page;
      await new Promise<void>((resolve) => come.push(resolve));
      await onReceived();
      await new Promise<void>((resolve) => readOn.push(resolve));
      return page;
    };
    const walking = walkPages(fetchPage, walkOptions({ prefetch: 4 }));
    await walking.next();
    await walking.next();
    const next = walking.next();
    await settled();
    expect(come).toHaveLength(4);
    for (const done of come.slice(0, 3)) done();
    await settled();
    expect(come).toHaveLength(4 + 3);
    // That they are read then makes no more room.
    for (const done of readOn) done();
    expect((await next).value?.rows.map(({ id }) => id)).toEqual(ids(28).slice(-9));
    await settled();
    expect(come).toHaveLength(4 + 3);
    for (const done of come) done();
    await settled();
    // Beside the one that was read, twice as many are held as may be under way.
    expect(come).toHaveLength(1 + 8);
    await walking.return();
  });

  test('reads pages that came together one a turn, so that what is asked for leaves in between', async () => {
    const server = pagedServer(rowsNamed(300));
    let turn = 0;
    const readIn: number[] = [];
    const fetchPage: typeof server.fetchPage = async (request, signal, onReceived) => {
      const page = await server.fetchPage(request, signal);
      await onReceived?.();
      if (onReceived !== undefined) readIn.push(turn);
      return page;
    };
    const walking = walkPages(fetchPage, walkOptions({ prefetch: 4 }));
    await walking.next();
    await walking.next();
    for (; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(readIn).toHaveLength(8);
    expect(new Set(readIn).size).toBe(8);
    await walking.return();
  });

  test('is not used where the total cannot be believed', async () => {
    const server = pagedServer(rowsNamed(95), { total: 'page' });
    expect((await walk(server, { prefetch: 4 })).ids).toEqual(ids(95));
    expect(server.requests).toHaveLength(14);
  });

  test('cancels what is under way when the reader leaves', async () => {
    const server = pagedServer(rowsNamed(300));
    const signals: AbortSignal[] = [];
    const fetchPage: typeof server.fetchPage = async (request, signal) => {
      if (signal) signals.push(signal);
      return server.fetchPage(request, signal);
    };
    for await (const page of walkPages(fetchPage, walkOptions({ prefetch: 4 }))) {
      if (page.rows.some((row) => row.id === 'u25')) break;
    }
    expect(signals.length).toBeGreaterThan(2);
    expect(signals.every((signal) => signal.aborted)).toBe(true);
  });

  test('gives up its guesses when rows move, and still loses nothing', async () => {
    const server = pagedServer(rowsNamed(200), {
      beforeAnswer: (rows, request) => void (request === 9 && rows.splice(0, 15)),
    });
    const { ids: received, error } = await walk(server, { prefetch: 4 });
    expect(error).toBeUndefined();
    expect(received.toSorted()).toEqual(ids(200).toSorted());
  });

  test('reports a page that fails when its turn comes', async () => {
    const server = pagedServer(rowsNamed(300), {
      beforeAnswer: (_, request) => {
        if (request === 12) throw new Error('page 12');
      },
    });
    const received: string[] = [];
    await expect(async () => {
      for await (const page of walkPages(server.fetchPage, walkOptions({ prefetch: 4 }))) {
        received.push(...page.rows.map((row) => row.id));
      }
    }).rejects.toThrow('page 12');
    expect(received).toEqual(ids(100));
  });
});
