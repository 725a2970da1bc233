import { expect, test } from 'vitest';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { documentedShape } from '../../../src/audit-logs/documented-shape.js';
import { issuesOf, sourceOf } from '../../../src/audit-logs/reading/event-source.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { generatePlatformEvents } from '../../../src/testing/events/platform-events.js';
import { fault } from '../../../src/testing/faults.js';
import { rejection } from '../../support/open-test-transport.js';
import { idsOf, nowSeconds, openPlatform } from './support/open-platform.js';

const eventTypes = ['PLATFORM_AUDIT_LOG'] as const;
const route = 'GET /organization/audit_logs';

test('events come oldest first, as they were sent, and the checkpoint leads on to those that come later', async () => {
  const { client, log, write, inOrder } = openPlatform();
  write(30, 20, 20, 10);
  const events = client().events({ eventTypes });
  const delivered: unknown[] = [];
  for await (const event of events) delivered.push(event);
  expect(delivered).toEqual(log.list());
  const resumeFrom = events.checkpoint();
  const late = write(10, 15, 5);
  const more = client().events({ eventTypes, resumeFrom });
  const ids = await idsOf(more);
  expect(ids.toSorted()).toEqual(late.toSorted());
  expect(await idsOf(client().events({ eventTypes, resumeFrom: more.checkpoint() }))).toEqual([]);
  expect(inOrder()).toHaveLength(7);
});

test('every documented event is as documented, and nothing is reported of it', async () => {
  const { client, log } = openPlatform();
  const [from, to] = ['2026-11-20T00:00:00Z', '2026-11-22T00:00:00Z'];
  log.append(generatePlatformEvents({ from, to }));
  const delivered: object[] = [];
  const all = client({ includeTenant: true }).events({ eventTypes: 'all', validate: documentedShape });
  for await (const event of all) {
    delivered.push(event);
    expect(issuesOf(event)).toEqual([]);
    if (event.type === 'invite.sent') expect(event['invite.sent']?.data?.email).toContain('@');
  }
  expect(delivered).toHaveLength(149);
  expect(all.stats).toMatchObject({ events: 149, eventsWithIssues: 0, unverifiedFiles: 0, gaps: 0, duplicates: 0 });
  expect(all.checkpoint().partitions.map(({ principal, eventType }) => [principal, eventType])).toEqual([
    [{ type: 'platform', id: 'platform' }, 'PLATFORM_AUDIT_LOG'],
    [{ type: 'platform', id: 'platform' }, 'PLATFORM_TENANT_LOG'],
  ]);
});

test('a long log is read in windows, from old to new', async () => {
  const { client, log, inOrder, emulator } = openPlatform();
  const day = 86_400;
  log.append(
    Array.from({ length: 5_000 }, (_, index) => ({
      type: 'user.added',
      effective_at: nowSeconds - 400 * day + Math.floor((index * 400 * day) / 5_000),
    })),
  );
  const files = new Set<unknown>();
  const ids: string[] = [];
  for await (const event of client().events({ eventTypes })) {
    ids.push(event.id);
    files.add(sourceOf(event)?.file.id);
  }
  expect(ids).toEqual(inOrder());
  expect(files.size).toBeGreaterThan(5);
  // Fifty pages, and what it took to find stretches that are short enough.
  expect(emulator.requests.list().length).toBeLessThan(120);
});

test('more events than a window holds, within one second, are all delivered', async () => {
  const { client, log, inOrder } = openPlatform();
  log.append(Array.from({ length: 1_500 }, () => ({ type: 'user.added', effective_at: nowSeconds - 7 })));
  log.append([{ type: 'user.deleted' }]);
  expect(await idsOf(client().events({ eventTypes }))).toEqual(inOrder());
});

test('`after` and `before` are seconds of events: the first is among them, the other is not', async () => {
  const { client, write, emulator } = openPlatform();
  const [, second, third] = write(30, 20, 10, 5);
  const at = (age: number) => new Date((nowSeconds - age) * 1000);
  expect(await idsOf(client().events({ eventTypes, after: at(20), before: at(5) }))).toEqual([second, third]);
  // Within a second, what has begun counts: an event says no more than its second.
  const between = { after: new Date(at(20).getTime() + 300), before: new Date(at(10).getTime() + 300) };
  expect(await idsOf(client().events({ eventTypes, ...between }))).toEqual([second, third]);
  const requests = emulator.requests.list().length;
  expect(await idsOf(client().events({ eventTypes, after: at(5), before: at(20) }))).toEqual([]);
  expect(emulator.requests.list()).toHaveLength(requests);
});

test.each(['oldest_first', 'by_arrival'] as const)(
  'a list that runs %s is noticed, and read whole',
  async (listOrder) => {
    const { client, write } = openPlatform({ platform: { quirks: { listOrder, maxPageSize: 2 } } });
    const ids = write(50, 40, 30, 20, 60);
    const warnings: unknown[] = [];
    const events = client().events({ eventTypes, onWarning: (warning) => warnings.push(warning) });
    expect(await idsOf(events)).toEqual([ids[4], ...ids.slice(0, 4)]);
    expect(warnings).toHaveLength(1);
    expect(warnings).toContainEqual({
      code: 'not_newest_first',
      principal: { type: 'platform', id: 'platform' },
      eventType: 'PLATFORM_AUDIT_LOG',
    });
  },
);

test('what is written as no number can hold is delivered as it was written', async () => {
  const answer =
    '{"object":"list",\n "data":[\n  {"id":"e1", "type":"new.kind",\n   "effective_at":1795000020, "new.kind":{"big":12345678901234567890}}\n ],"has_more":false}';
  const client = new AuditLogClient({
    platform: { id: 'platform', apiKey: 'sk-admin-1' },
    fetch: async () => new Response(answer, { headers: { 'content-type': 'application/json' } }),
  });
  const read = async (bigIntegers: 'number' | 'string') => {
    for await (const event of client.events({ eventTypes, bigIntegers })) return event;
    throw new Error('There is no event.');
  };
  expect(await read('string')).toMatchObject({ 'new.kind': { big: '12345678901234567890' } });
  expect(issuesOf(await read('number'))).toMatchObject([{ path: ['new.kind', 'big'] }]);
});

test('what has no id and what has no time is delivered where it stands', async () => {
  const data = [
    { id: 'e3', type: 'a', effective_at: 1_795_000_030 },
    { id: 'e2', type: 'a' },
    { type: 'a', effective_at: 1_795_000_010 },
  ];
  const client = new AuditLogClient({
    platform: { id: 'platform', apiKey: 'sk-admin-1' },
    fetch: async () => Response.json({ object: 'list', data, has_more: false }),
  });
  const events = client.events({ eventTypes });
  const delivered: unknown[] = [];
  for await (const event of events) delivered.push(event);
  expect(delivered).toEqual(data.toReversed());
  const again = client.events({ eventTypes, resumeFrom: events.checkpoint() });
  for await (const event of again) expect.unreachable(JSON.stringify(event));
  expect(again.stats.events).toBe(0);
});

test('the newest times say how fresh each log is', async () => {
  const { client, write } = openPlatform();
  write(30, 10);
  expect(await client({ includeTenant: true }).maxEventTime({ eventTypes: 'all' })).toEqual([
    {
      principal: { type: 'platform', id: 'platform' },
      maxEventTime: { PLATFORM_AUDIT_LOG: '2026-11-23T08:59:50.000000Z', PLATFORM_TENANT_LOG: null },
    },
  ]);
});

test('a follower delivers what comes, late events too, and waits while the service is away', async () => {
  const { client, write, emulator, clock } = openPlatform();
  const first = write(30);
  const stop = new AbortController();
  const outages: unknown[] = [];
  const events = client().follow(
    { eventTypes, intervalMs: 1_000, onOutage: (error) => outages.push(error.code) },
    { signal: stop.signal, maxRetries: 0 },
  );
  const ids: string[] = [];
  const reading = (async () => {
    for await (const { id } of events) ids.push(id);
  })().catch((error: unknown) => error);
  const afterAWhile = (count: () => number) =>
    expect.poll(() => {
      clock.advance(1_000);
      return count();
    });
  await expect.poll(() => ids.length).toBe(1);
  const late = write(60, 5);
  await afterAWhile(() => ids.length).toBe(3);
  emulator.faults.add(fault.status(503), { route, times: 3 });
  await afterAWhile(() => outages.length).toBeGreaterThan(0);
  const last = write(2);
  await afterAWhile(() => ids.length).toBe(4);
  stop.abort();
  expect(await reading).toBe(stop.signal.reason);
  expect(ids).toEqual([...first, ...late, ...last]);
  expect(outages[0]).toBe('server_error');
});

test('there is no gap to report, however long ago the last event was read', async () => {
  const { client, write } = openPlatform();
  write(200 * 86_400);
  const events = client().events({ eventTypes });
  const [first] = await idsOf(events);
  const resumeFrom = { ...events.checkpoint() };
  const partitions = resumeFrom.partitions.map((one) => ({ ...one, caughtUpAt: '2026-01-01T00:00:00Z' }));
  write(10);
  const ids = await idsOf(client().events({ eventTypes, resumeFrom: { ...resumeFrom, partitions } }));
  expect(ids).toHaveLength(1);
  expect(ids).not.toContain(first);
});

test('a log that fails is told of, and the other is read on', async () => {
  const { client, write, emulator } = openPlatform();
  const ids = write(10);
  emulator.faults.add(fault.status(400, { body: { error: { message: 'tenant_only is not available.' } } }), {
    route,
    times: Number.POSITIVE_INFINITY,
    when: ({ url }) => url.searchParams.has('tenant_only'),
  });
  const told: unknown[] = [];
  const events = client({ includeTenant: true }).events({
    eventTypes: 'all',
    onFailedPrincipal: ({ principal, eventTypes }) => told.push([principal.type, eventTypes]),
  });
  expect(await idsOf(events)).toEqual(ids);
  expect(told).toEqual([['platform', ['PLATFORM_TENANT_LOG']]]);
});

test.each([
  [401, /another console.*platform\.openai\.com/s],
  [403, /api\.audit_logs\.read, audit logging is off/],
  [400, /did not accept the query/],
  [404, /no audit log at this address/],
  [429, /Too many requests/],
] as const)('a %i says what may be wrong, and what to do', async (status, remedy) => {
  const { client, emulator } = openPlatform();
  emulator.faults.add(fault.status(status), { route, times: Number.POSITIVE_INFINITY });
  const error = await rejection(idsOf(client({}, { maxRetries: 0 }).events({ eventTypes })));
  expect(isSdkError(error, 'ResponseError') && error.remedy).toMatch(remedy);
});

test('a list that takes no range, and one that goes round in circles, end in an error', async () => {
  const page = (from: number) => ({
    data: Array.from({ length: 100 }, (_, index) => ({
      id: `e${from + index}`,
      type: 'a',
      effective_at: 1_795_000_000 - from - index,
    })),
    has_more: true,
  });
  const reading = (fetch: typeof globalThis.fetch) =>
    rejection(
      idsOf(
        new AuditLogClient({ platform: { id: 'platform', apiKey: 'sk-admin-1' }, fetch, maxRetries: 0 }).events({
          eventTypes,
        }),
      ),
    );
  const circles = await reading(async () => Response.json(page(0)));
  // As with files: asked for again, then given up.
  expect(circles).toMatchObject({ name: 'ResponseValidationError', retryable: true });
  const rangeless = await reading(async (url) => {
    const after = new URL(String(url)).searchParams.get('after');
    return Response.json(page(after === null ? 0 : Number(after.slice(1)) + 1));
  });
  expect(rangeless).toMatchObject({ name: 'IncompleteListError', reason: 'cursor_stuck' });
});
