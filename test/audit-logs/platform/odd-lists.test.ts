import { expect, test } from 'vitest';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { PlatformWindows } from '../../../src/audit-logs/platform/windows.js';
import { fault } from '../../../src/testing/faults.js';
import { rejection } from '../../support/open-test-transport.js';
import { idsOf, nowSeconds, openPlatform } from './support/open-platform.js';

const eventTypes = ['PLATFORM_AUDIT_LOG'] as const;
const route = 'GET /organization/audit_logs';

const nothingAndMore = () => ({ object: 'list', data: [], last_id: null, has_more: true });

test('one page that leads nowhere is asked for again, and nothing ends by it', async () => {
  const { client, write, emulator } = openPlatform({ platform: { quirks: { maxPageSize: 2 } } });
  const ids = write(50, 40, 30, 20, 10);
  emulator.faults.add(fault.body('nothing, and more', nothingAndMore), { route, skip: 1, times: 1 });
  emulator.faults.add(fault.repeatedPage(), { route, skip: 2, times: 1 });
  expect(await idsOf(client({}, { clock: skipping(emulator) }).events({ eventTypes }))).toEqual(ids);
});

/** Retries wait for nothing. */
function skipping({ clock }: { readonly clock: { now(): number } }) {
  return { now: clock.now, sleep: async () => {} };
}

test('a list that leads nowhere for long is an outage to a follower, which goes on', async () => {
  const { client, write, emulator, clock } = openPlatform();
  emulator.faults.add(fault.body('nothing, and more', nothingAndMore), { route, times: 3 });
  const ids = write(10);
  const stop = new AbortController();
  const outages: unknown[] = [];
  const delivered: string[] = [];
  const query = { eventTypes, intervalMs: 1_000, onOutage: (error: { code: string }) => outages.push(error.code) };
  const reading = (async () => {
    for await (const { id } of client().follow(query, { signal: stop.signal, maxRetries: 0 })) delivered.push(id);
  })().catch((error: unknown) => error);
  await expect
    .poll(() => {
      clock.advance(1_000);
      return delivered;
    })
    .toEqual(ids);
  stop.abort();
  expect(await reading).toBe(stop.signal.reason);
  expect(outages).toContain('invalid_response');
});

/** A list of pages of two that refuses a cursor whose event has gone; `before` may change it before each request. */
function openList(events: { id: string; effective_at?: unknown }[], pageSize: number, before = (_count: number) => {}) {
  let count = 0;
  const client = new AuditLogClient({
    platform: { id: 'org-1', apiKey: 'sk-admin-1' },
    maxRetries: 0,
    fetch: async (url) => {
      before(++count);
      const { searchParams } = new URL(String(url));
      const to = Number(searchParams.get('effective_at[lt]') ?? Number.POSITIVE_INFINITY);
      const from = Number(searchParams.get('effective_at[gte]') ?? 0);
      const cursor = searchParams.get('after');
      const at = events.findIndex(({ id }) => id === cursor);
      if (cursor !== null && at < 0) return Response.json({ error: { message: 'No such event' } }, { status: 400 });
      const rest = events
        .slice(at + 1)
        .filter(({ effective_at: time }) => typeof time !== 'number' || (time >= from && time < to));
      return Response.json({ data: rest.slice(0, pageSize), has_more: rest.length > pageSize });
    },
  });
  return { client, requests: () => count };
}

const listed = (count: number, timeOf = (index: number): unknown => nowSeconds - index) =>
  Array.from({ length: count }, (_, index) => ({ id: `e${index}`, effective_at: timeOf(index) }));

test('an event that vanishes while the list is read takes no other with it', async () => {
  const events = listed(7);
  const { client } = openList(events, 2, (count) => {
    // The event that the next page is asked for behind.
    if (count === 3) events.splice(3, 1);
  });
  // It was shown: it is delivered.
  expect(await idsOf(client.events({ eventTypes }))).toEqual(['e6', 'e5', 'e4', 'e3', 'e2', 'e1', 'e0']);
});

test('where every cursor is refused that is given up, as what may pass', async () => {
  const { client, requests } = openList(listed(7), 2);
  const refusing = new AuditLogClient({
    platform: { id: 'org-1', apiKey: 'sk-admin-1' },
    maxRetries: 0,
    fetch: async (url) => {
      if (new URL(String(url)).searchParams.has('after')) return Response.json({}, { status: 400 });
      return Response.json({ data: listed(2), has_more: true });
    },
  });
  expect(await idsOf(client.events({ eventTypes }))).toHaveLength(7);
  expect(requests()).toBe(4);
  const error = await rejection(idsOf(refusing.events({ eventTypes })));
  expect(error).toMatchObject({ name: 'ResponseValidationError', status: 400, retryable: true });
  expect(String(error)).toContain('does not go on behind an event that it has just shown');
});

test('events whose times no one can read are all delivered, by no more requests than there are pages', async () => {
  const { client, requests } = openList(
    listed(2_500, (index) => (nowSeconds - index) * 1_000),
    100,
  );
  expect(await idsOf(client.events({ eventTypes }))).toHaveLength(2_500);
  expect(requests()).toBe(25);
});

test('a server that heeds no limit is read all the same', async () => {
  let asked = 0;
  const windows = new PlatformWindows({
    route: '/organization/audit_logs',
    from: 0,
    to: Number.POSITIVE_INFINITY,
    ask: async ({ cursor }) => {
      const first = asked++ * 15_000;
      if (asked > 10) return { rows: [], hasMore: false, cursor: undefined };
      const row = (index: number) => ({ id: `e${index}`, second: nowSeconds - index, bytes: new Uint8Array() });
      const rows = Array.from({ length: 15_000 }, (_, index) => row(first + index));
      return { rows, hasMore: true, cursor: `${cursor}+` };
    },
  });
  // More than an engine takes as the arguments of one call.
  for await (const rows of windows.read()) expect(rows).toEqual([]);
  expect(asked).toBeGreaterThan(10);
});
