import { describe, expect, test } from 'vitest';
import { rejection } from '../../support/open-test-transport.js';
import { timeAt } from '../support/fake-log-source.js';
import { collect, throughJson } from '../support/read-fake-log.js';
import { inRange, pageOf, type Row, row, smallLogServer } from '../support/small-log-server.js';

const query = { eventTypes: ['AUTH_LOG'] as const, after: timeAt(0) };
const without = (one: Row, ...keys: string[]) =>
  Object.fromEntries(Object.entries(one).filter(([key]) => !keys.includes(key))) as Row;

const open = (...listed: Row[]) =>
  smallLogServer((url) => ({
    ...pageOf([
      ...inRange(
        listed.filter(({ end_time: end }) => end !== undefined),
        url,
      ),
      ...listed.filter(({ end_time: end }) => end === undefined),
    ]),
  }));

test.each([
  ['nothing but id, time, size and hash', without(row('a', timeAt(1)), 'file_name', 'event_type')],
  ['a name that is null', row('a', timeAt(1), { file_name: null, event_type: 7 })],
])('a row with %s is read, and verified', async (_name, one) => {
  const { client } = open(one, row('b', timeAt(2)));
  const events = client.events(query);
  expect((await collect(events)).map(({ event_id: id }) => id)).toEqual(['a', 'b']);
  expect(events.stats).toMatchObject({ files: 2, unverifiedFiles: 0 });
  const [file] = await collect(client.files(query));
  expect(file).toMatchObject({ id: 'a', event_type: 'AUTH_LOG' });
});

test('a row without size or hash is delivered, and what nothing verified is counted', async () => {
  const { client } = open(
    without(row('a', timeAt(1)), 'file_sha256', 'file_size'),
    without(row('b', timeAt(2)), 'file_size'),
    row('c', timeAt(3), { file_sha256: null, file_size: '12' }),
  );
  const batches = client.batches({ ...query, batchSize: 1 });
  const seen: unknown[] = [];
  for await (const { events, checkpoint } of batches) {
    seen.push(...events.map(({ event_id: id }) => id));
    // The file in the middle of a checkpoint has no size either.
    expect(await collect(client.events({ ...query, resumeFrom: throughJson(checkpoint) }))).toHaveLength(
      3 - seen.length,
    );
  }
  expect(seen).toEqual(['a', 'b', 'c']);
  expect(batches.stats).toMatchObject({ files: 3, unverifiedFiles: 2 });
});

test('a size that is told is still held against the file, and so is the limit where none is', async () => {
  const wrong = open(without(row('a', timeAt(1), { file_size: 5 }), 'file_sha256'));
  expect(await rejection(collect(wrong.client.events(query)))).toMatchObject({ code: 'size_mismatch' });
  const unknown = open(without(row('a', timeAt(1)), 'file_size'));
  const error = await rejection(collect(unknown.client.events({ ...query, maxFileBytes: 5 })));
  expect(error).toMatchObject({ code: 'file_too_large', attempts: 1 });
});

describe.each([
  ['id', without(row('bad', timeAt(2)), 'id')],
  ['end_time', without(row('bad', timeAt(2)), 'end_time')],
])('a row without `%s`', (_key, bad) => {
  const good = [row('a', timeAt(1)), row('b', timeAt(3))];

  test('fails alone, once, where failed files are told', async () => {
    const { client } = open(...good, bad);
    const failed: string[] = [];
    const events = client.events({ ...query, onFailedFile: ({ code }) => failed.push(code) });
    expect((await collect(events)).map(({ event_id: id }) => id)).toEqual(['a', 'b']);
    expect(failed).toEqual(['invalid_row']);
    expect(events.stats).toMatchObject({ files: 2, gaps: 0, invalidRows: 1 });
    expect(events.checkpoint().partitions[0]?.gaps).toEqual([]);
  });

  test('is otherwise an error, behind what its page shows besides', async () => {
    const { client } = open(...good, bad);
    const events = client.events(query);
    const ids: unknown[] = [];
    const reading = (async () => {
      for await (const { event_id: id } of events) ids.push(id);
    })();
    expect(await rejection(reading)).toMatchObject({ name: 'AuditLogFileError', code: 'invalid_row' });
    expect(ids).toEqual(['a', 'b']);
  });

  test('does not keep the other files from being listed', async () => {
    const { client } = open(...good, bad);
    const ids: string[] = [];
    const listing = (async () => {
      for await (const { id } of client.files(query)) ids.push(id);
    })();
    expect(await rejection(listing)).toMatchObject({ code: 'invalid_row' });
    expect(ids).toEqual(['a', 'b']);
  });

  test('is passed where it stands alone on a page', async () => {
    const pages = [
      { data: [bad], has_more: true, last_end_time: timeAt(2) },
      { data: [row('b', timeAt(3))], has_more: false, last_end_time: timeAt(3) },
    ];
    const { client } = smallLogServer((url) => {
      if (url.searchParams.get('before') !== null) return { data: [bad], has_more: false, last_end_time: timeAt(2) };
      return url.searchParams.get('after') === timeAt(0) ? pages[0] : pages[1];
    });
    const failed: string[] = [];
    const ids = (await collect(client.events({ ...query, onFailedFile: ({ code }) => failed.push(code) }))).map(
      ({ event_id: id }) => id,
    );
    expect(ids).toEqual(['b']);
    expect(failed).toEqual(['invalid_row']);
  });
});
