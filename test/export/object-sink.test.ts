import { expect, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import { type ObjectSinkOptions, objectSink } from '../../src/export/object-sink.js';
import type { LogSink, SinkLease } from '../../src/export/sink.js';
import { principalKey } from '../../src/transport/principal.js';
import { createFakeClock } from '../support/fake-clock.js';
import { rejection } from '../support/open-test-transport.js';
import { ObjectServer } from './support/object-server.js';
import { testSink } from './support/sink-contract.js';
import { checkpointOf, rowOf, rowsOf, workspace } from './support/sink-rows.js';

const ttlMs = 60_000;
const day = Date.UTC(2026, 10, 20);

for (const options of [{}, { compress: 'gzip', prefix: 'logs/' }] as const satisfies ObjectSinkOptions[]) {
  testSink(
    `objects ${Object.values(options)}`,
    async () => {
      const clock = createFakeClock(day);
      const server = new ObjectServer();
      return {
        open: () => objectSink(server.asStore(), { ...options, clock }),
        openAhead: (ms) => objectSink(server.asStore(), { ...options, clock: createFakeClock(day + ms) }),
        raws: async () => server.events('prefix' in options ? options.prefix : ''),
        everything: async () => server.text(),
        now: () => clock.now(),
        passTime: (ms) => clock.advance(ms),
      };
    },
    // As JavaScript would call it.
    { openWithUnknownOption: () => objectSink(new ObjectServer().asStore(), { prefixes: 'logs/' } as never) },
  );
}

async function leaseOf(sink: LogSink, key = principalKey(workspace)): Promise<SinkLease> {
  const lease = await sink.lease(key, ttlMs);
  if (lease === undefined) throw new Error('Somebody else has the lease.');
  return lease;
}

test('a batch makes an object a type and day, named by log file and lines, and few requests', async () => {
  const server = new ObjectServer();
  const lease = await leaseOf(objectSink(server.asStore(), { prefix: 'logs/' }));
  expect(server.requests.splice(0)).toHaveLength(2);
  const rows = [
    rowOf({ fileId: 'eclf_a', line: 7 }),
    rowOf({ fileId: 'eclf_b', line: 2 }),
    rowOf({ timestamp: '2026-11-21T00:00:00Z', fileId: 'eclf_b', line: 3 }),
  ];
  await lease.write(rows, checkpointOf('ONE'));
  const home = `logs/data/${workspace.id}/AUTH_LOG`;
  expect(server.requests.splice(0)).toEqual([
    `put logs/state/${workspace.id}.json`,
    `put ${home}/2026-11-20/000000000002-eclf_a.7-eclf_b.2.ndjson`,
    `put ${home}/2026-11-21/000000000002-eclf_b.3-3.ndjson`,
    `put logs/state/${workspace.id}.json`,
  ]);
  await lease.renew();
  await lease.release();
  expect(server.requests).toHaveLength(2);
});

test('a client that sends again what had arrived loses nothing, and doubles nothing', async () => {
  const server = new ObjectServer();
  const store = server.asStore();
  // The first answer is lost, and the second try finds what the first one wrote.
  const sink = objectSink({ ...store, put: async (...asked) => (await store.put(...asked)) && store.put(...asked) });
  const lease = await leaseOf(sink);
  const rows = rowsOf(3);
  await lease.write(rows, checkpointOf('ONE'));
  await lease.write([], checkpointOf('TWO'));
  expect(await lease.checkpoint()).toEqual(checkpointOf('TWO'));
  await lease.release();
  expect(server.events()).toEqual(rows.map(({ raw }) => raw));
});

test('a store that refuses two writers at once is asked again', async () => {
  const server = new ObjectServer();
  const store = server.asStore();
  let puts = 0;
  const sink = objectSink({ ...store, put: async (...asked) => (++puts % 2 === 1 ? undefined : store.put(...asked)) });
  const lease = await leaseOf(sink);
  await lease.write(rowsOf(3), checkpointOf('ONE'));
  expect(server.events()).toHaveLength(3);
});

test('without `list` and `remove`, it is said what erasing and pruning need', async () => {
  const { put, get, list } = new ObjectServer().asStore();
  const before = new Date(day);
  for (const [work, path] of [
    [objectSink({ put, get }).erase({ userId: 'user-1' }), 'list'],
    [objectSink({ put, get, list }).prune({ before }), 'remove'],
  ] as const) {
    const error = await rejection(work);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: [path] });
  }
});

test('without `remove`, what is erased leaves an empty object', async () => {
  const server = new ObjectServer();
  const { put, get, list } = server.asStore();
  const sink = objectSink({ put, get, list }, { compress: 'gzip' });
  await (await leaseOf(sink)).write(rowsOf(3), checkpointOf('ONE'));
  expect(await sink.erase({ userId: 'user-AbC123' })).toEqual({ erased: 3 });
  expect(server.events()).toEqual([]);
});

test.each([
  ['unknown_schema', '{"schema":2}'],
  ['store_damaged', '{"schema":1}'],
  ['store_damaged', '{"sche'],
])('a state that cannot be understood is %s, and stays as it is', async (code, text) => {
  const server = new ObjectServer();
  const key = `state/${workspace.id}.json`;
  server.put(key, new TextEncoder().encode(text), { ifNoneMatch: '*', contentType: 'application/json' });
  const before = server.text();
  expect(await rejection(objectSink(server.asStore()).lease(principalKey(workspace), ttlMs))).toMatchObject({ code });
  expect(server.text()).toBe(before);
});

test('what a store throws is told by its code alone', async () => {
  const store = new ObjectServer().asStore();
  const put = async () => {
    throw Object.assign(new Error('Mira Sol is not allowed to'), { code: 'EPIPE' });
  };
  const error = await rejection(objectSink({ ...store, put }).lease(principalKey(workspace), ttlMs));
  expect(error).toMatchObject({ code: 'store_failed', storeCode: 'EPIPE' });
  expect(String(error)).not.toContain('Mira');
});
