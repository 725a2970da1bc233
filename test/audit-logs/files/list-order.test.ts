import { describe, expect, test } from 'vitest';
import { rejection } from '../../support/open-test-transport.js';
import { timeAt } from '../support/fake-log-source.js';
import { collect } from '../support/read-fake-log.js';
import { inRange, pageOf, type Row, row, rows, smallLogServer } from '../support/small-log-server.js';

const all = rows(12);
const everything = all.map(({ id }) => id);
const query = { eventTypes: ['AUTH_LOG'] as const, after: timeAt(0) };

async function read(list: (url: URL, count: number) => unknown) {
  const server = smallLogServer(list);
  const ids: (string | undefined)[] = [];
  const events = server.client.events(query);
  for await (const event of events) ids.push(event.event_id);
  return { ids, ...server };
}

/** The order in which a shuffled server would write so many rows. */
const shuffled = (found: readonly Row[]) => [
  ...found.filter((_, i) => i % 2 === 1),
  ...found.filter((_, i) => i % 2 === 0),
];

describe('a server whose pages are not in order of time', () => {
  test('reads everything where its own cursor does, and hands it out in order', async () => {
    const { ids } = await read((url, count) => {
      if (count > 1 && inRange(all, url).length < all.length) return pageOf(inRange(all, url), 4);
      // What `before` says is not looked at here.
      return { ...pageOf([0, 8, 9, 1].map((index) => all[index] as Row)), has_more: true };
    });
    expect(ids).toEqual(everything);
  });

  test.each([2, 3, 4, 5, 12])('reads everything from newest-first pages of %i', async (size) => {
    const { ids, lists } = await read((url) => pageOf(inRange(all, url).reverse(), size));
    expect(ids).toEqual(everything);
    expect(lists.length).toBeLessThan(100);
  });

  test.each([2, 3, 4, 5])('reads everything from pages of %i that are shuffled', async (size) => {
    const { ids, lists } = await read((url) => {
      const found = inRange(all, url);
      const data = shuffled(found.slice(0, size));
      return { data, has_more: found.length > size, last_end_time: data.at(-1)?.end_time ?? null };
    });
    expect(ids).toEqual(everything);
    expect(lists.length).toBeLessThan(50);
  });

  test('a newest-first list that takes no `before` is an error, and nothing is passed', async () => {
    const { client } = smallLogServer((url) => {
      url.searchParams.delete('before');
      return pageOf(inRange(all, url).reverse(), 4);
    });
    const events = client.events(query);
    expect(await rejection(collect(events))).toMatchObject({ code: 'pagination_stuck' });
    expect(events.checkpoint().partitions[0]).toMatchObject({ after: timeAt(0), completedFiles: '' });
  });
});

test('a page whose `last_end_time` is before its last file moves no further than that', async () => {
  const late = row('late', timeAt(25));
  const { ids } = await read((url, count) =>
    count === 1
      ? { data: all.slice(0, 4), has_more: true, last_end_time: timeAt(20) }
      : pageOf(inRange([...all, late], url), 4),
  );
  expect(ids.toSorted()).toEqual([...everything, 'late'].toSorted());
});

test('what was filtered out of a page is no contradiction', async () => {
  const { ids, lists } = await read((url) => {
    const scanned = inRange(all, url).slice(0, 4);
    const data = scanned.filter(({ id }) => Number(id.slice(1)) % 2 === 0);
    return { ...pageOf(data), has_more: inRange(all, url).length > 4, last_end_time: scanned.at(-1)?.end_time ?? null };
  });
  expect(ids).toEqual(everything.filter((_, index) => index % 2 === 0));
  expect(lists.length).toBeLessThan(12);
});

describe('a server that does not filter by type', () => {
  const mixed = [row('mine', timeAt(1)), row('theirs', timeAt(2), { event_type: 'AUDIT_LOG' })];

  test('files of another type are left out, counted and told', async () => {
    const { client } = smallLogServer((url) => pageOf(inRange(mixed, url)));
    const warnings: unknown[] = [];
    const events = client.events({ ...query, onWarning: (warning) => warnings.push(warning) });
    expect((await collect(events)).map(({ event_id: id }) => id)).toEqual(['mine']);
    expect(events.stats).toMatchObject({ filesOfOtherTypes: 1, files: 1 });
    expect(warnings).toMatchObject([{ code: 'other_event_type', eventType: 'AUTH_LOG', file: { id: 'theirs' } }]);
  });

  test('while following, a file of another type is told once', async () => {
    const listed = [...mixed];
    const { client } = smallLogServer((url, count) =>
      pageOf(inRange(count < 3 ? listed : [...listed, row('next', timeAt(3))], url)),
    );
    const warnings: unknown[] = [];
    for await (const { event_id: id } of client.follow({ ...query, onWarning: (warning) => warnings.push(warning) })) {
      if (id === 'next') break;
    }
    expect(warnings).toHaveLength(1);
  });

  test('each file comes once, under its own type', async () => {
    const { client } = smallLogServer((url) => pageOf(inRange(mixed, url), 1));
    const warnings: unknown[] = [];
    const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;
    const files = await collect(client.files({ eventTypes, after: timeAt(0), onWarning: (one) => warnings.push(one) }));
    expect(files.map(({ id }) => id)).toEqual(['mine', 'theirs']);
    expect(warnings).toHaveLength(2);
  });
});
