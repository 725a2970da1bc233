import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseResumeCursor } from '../../../src/scim/paging/page.js';
import { walkPages } from '../../../src/scim/paging/walk.js';
import { cursorServer, pagedServer, Refusal, rowsNamed } from './paged-server.js';
import { type Knowledge, walk, walkOptions } from './walk.js';

const size = fc.integer({ min: 0, max: 60 });
const perPage = fc.integer({ min: 1, max: 20 });
const prefetch = fc.integer({ min: 1, max: 5 });
const sorted = (ids: readonly string[]) => ids.toSorted();

test('every row arrives exactly once, however the server splits the list into pages', async () => {
  await fc.assert(
    fc.asyncProperty(
      size,
      perPage,
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
      fc.constantFrom('true', 'page', 'so_far', 'absent'),
      fc.constantFrom('empty', 'error'),
      prefetch,
      async (rowCount, count, caps, total, pastTheEnd, ahead) => {
        const rows = rowsNamed(rowCount);
        const server = pagedServer(rows, { total, pastTheEnd });
        const fetchPage: typeof server.fetchPage = (request, signal) =>
          server.fetchPage(
            { ...request, count: Math.min(count, caps[(request.startIndex ?? 1) % caps.length] ?? 1) },
            signal,
          );
        const { ids, error } = await walk(
          { ...server, fetchPage },
          { from: { startIndex: 1, count }, prefetch: ahead },
        );
        expect(error).toBeUndefined();
        expect(ids).toEqual(rows.map((row) => row.id));
      },
    ),
  );
});

test('a lying server is read whole or reported: never looped on, never short in silence', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        rowCount: size,
        count: perPage,
        cap: perPage,
        total: fc.oneof(fc.constantFrom<'true' | 'page' | 'so_far'>('true', 'page', 'so_far'), fc.nat({ max: 90 })),
        pastTheEnd: fc.constantFrom<'empty' | 'error' | 'last' | 'first'>('empty', 'error', 'last', 'first'),
        startIndex: fc.constantFrom<'honoured' | 'ignored' | 'zero_based' | 'whole_pages'>(
          'honoured',
          'ignored',
          'zero_based',
          'whole_pages',
        ),
        ahead: prefetch,
      }),
      async ({ rowCount, count, cap, total, pastTheEnd, startIndex, ahead }) => {
        const rows = rowsNamed(rowCount);
        const server = pagedServer(rows, { cap, total, pastTheEnd, startIndex });
        const { ids, error } = await walk(server, { from: { startIndex: 1, count }, prefetch: ahead }).catch(
          (refusal: unknown) => {
            expect(refusal).toBeInstanceOf(Refusal);
            return { ids: [], error: refusal };
          },
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(server.requests.length).toBeLessThan(4 * (rowCount + 4) + 2 * ahead);
        // What no client can know: a total that agrees with what was sent.
        const perfectLie =
          typeof total === 'number'
            ? total <= ids.length
            : total !== 'true' && !['honoured', 'whole_pages'].includes(startIndex);
        if (error === undefined && !perfectLie) expect(sorted(ids)).toEqual(sorted(rows.map((row) => row.id)));
      },
    ),
    { numRuns: 500 },
  );
});

test('no row that was there all the time is lost in silence while others come and go', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 20, max: 60 }),
      fc.integer({ min: 2, max: 12 }),
      fc.array(
        fc.record({
          at: fc.integer({ min: 2, max: 12 }),
          from: fc.nat({ max: 30 }),
          deleted: fc.integer({ min: 0, max: 8 }),
          created: fc.array(fc.nat({ max: 60 }), { maxLength: 8 }),
        }),
        { maxLength: 3 },
      ),
      fc.constantFrom('empty', 'error'),
      fc.constantFrom('true', 'page', 'absent'),
      fc.constantFrom(1, 3, 8),
      async (rowCount, count, movements, pastTheEnd, total, ahead) => {
        const rows = rowsNamed(rowCount);
        let created = 0;
        const server = pagedServer(rows, {
          pastTheEnd,
          total,
          beforeAnswer: (stored, request) => {
            for (const movement of movements) {
              if (movement.at !== request) continue;
              stored.splice(movement.from, movement.deleted);
              for (const place of movement.created) stored.splice(place, 0, { id: `new${created++}` });
            }
          },
        });
        const { ids, error } = await walk(server, { from: { startIndex: 1, count }, prefetch: ahead }).catch(
          (refusal: unknown) => {
            expect(refusal).toBeInstanceOf(Refusal);
            return { ids: [], error: refusal };
          },
        );
        expect(new Set(ids).size).toBe(ids.length);
        expect(server.requests.length).toBeLessThan(6 * rowCount);
        const stayed = rows.filter(({ id }) => server.rows.some((row) => row.id === id)).map(({ id }) => id);
        if (error === undefined) expect(ids).toEqual(expect.arrayContaining(stayed));
      },
    ),
    { numRuns: 500 },
  );
});

test('nor in a later walk of the same client, however much moved while the earlier ones learned what the server counts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 8 }), fc.constantFrom(1, 8), fc.gen(), async (count, ahead, draw) => {
      const upTo = (max: number) => draw(fc.nat, { max });
      const rows = rowsNamed(count * 5);
      const knowledge: Knowledge = { countsWholePages: undefined, countsFromOne: true };
      let created = 0;
      for (let walks = 1; walks <= 3; walks += 1) {
        const server = pagedServer(rows, {
          beforeAnswer: (stored, request) => {
            if (request === 1 || request > 12) return;
            const moved = 1 + upTo(count);
            for (let times = 0; times < moved; times += 1) stored.splice(upTo(count * 2), 1);
            for (let times = 0; times < moved; times += 1) {
              stored.splice(upTo(2) === 0 ? 0 : stored.length, 0, { id: `new${created++}` });
            }
          },
        });
        const { ids, error } = await walk(server, { from: { startIndex: 1, count }, prefetch: ahead, knowledge });
        const stayed = rows.filter(({ id }) => server.rows.some((row) => row.id === id)).map(({ id }) => id);
        if (error === undefined) expect(ids).toEqual(expect.arrayContaining(stayed));
        expect(knowledge.countsWholePages).not.toBe(true);
        rows.splice(0, rows.length, ...server.rows);
      }
    }),
    { numRuns: 400 },
  );
});

test('no row is lost in silence when others go between a crash and the resumption', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 5, max: 60 }),
      fc.integer({ min: 2, max: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.record({ from: fc.nat({ max: 40 }), count: fc.integer({ min: 1, max: 30 }) }), { maxLength: 3 }),
      fc.constantFrom('empty' as const, 'error' as const),
      async (rowCount, count, pagesBefore, deletions, pastTheEnd) => {
        const server = pagedServer(rowsNamed(rowCount), { pastTheEnd });
        const seen = new Set<string>();
        let cursor: string | undefined;
        let pages = 0;
        for await (const page of walkPages(server.fetchPage, walkOptions({ from: { startIndex: 1, count } }))) {
          for (const { id } of page.rows) seen.add(id);
          cursor = page.resumeCursor;
          pages += 1;
          if (pages === pagesBefore) break;
        }
        if (cursor === undefined) return;
        for (const deletion of deletions) server.rows.splice(deletion.from, deletion.count);
        const { ids, error } = await walk(server, { from: parseResumeCursor(cursor) });
        for (const id of ids) seen.add(id);
        if (error === undefined) expect([...seen]).toEqual(expect.arrayContaining(server.rows.map(({ id }) => id)));
      },
    ),
    { numRuns: 500 },
  );
});

test('a walk that goes on from any page delivers the rest, whatever the server says of the total', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      perPage,
      fc.constantFrom('true', 'page', 'so_far', 'absent'),
      fc.constantFrom('empty', 'error'),
      async (rowCount, count, total, pastTheEnd) => {
        const server = pagedServer(rowsNamed(rowCount), { total, pastTheEnd });
        const whole = await walk(server, { from: { startIndex: 1, count } });
        for (const [page, cursor] of whole.cursors.entries()) {
          if (cursor === undefined) continue;
          const { ids, error } = await walk(server, { from: parseResumeCursor(cursor) });
          expect(error).toBeUndefined();
          expect(ids).toEqual(expect.arrayContaining(whole.ids.slice((page + 1) * count)));
        }
      },
    ),
  );
});

test('cursors deliver every row once, wherever they expire', async () => {
  await fc.assert(
    fc.asyncProperty(
      size,
      perPage,
      fc.uniqueArray(fc.integer({ min: 2, max: 8 }), { maxLength: 3 }),
      fc.boolean(),
      async (rowCount, count, expireAt, emptyPages) => {
        const rows = rowsNamed(rowCount);
        const server = cursorServer(rows, { expireAt, emptyPages });
        const { ids, error } = await walk(server, { from: { startIndex: 1, count } });
        expect(sorted(ids)).toEqual(sorted(rows.map((row) => row.id)));
        // One row in a page of one, no cursor, no total: nothing tells it from a server that cannot page.
        if (rowCount !== count || count > 1) expect(error).toBeUndefined();
      },
    ),
  );
});
