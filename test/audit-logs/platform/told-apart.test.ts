import { expect, test } from 'vitest';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { issuesOf } from '../../../src/audit-logs/reading/event-source.js';
import { exportLogs } from '../../../src/export/export-logs.js';
import { memorySink } from '../../../src/export/memory-sink.js';
import { collect } from '../support/read-fake-log.js';

const eventTypes = ['PLATFORM_AUDIT_LOG'] as const;
const start = 1_795_000_000;

/** A client of a list that shows these events, written as they are here, newest first. */
function open(events: readonly string[]) {
  return new AuditLogClient({
    platform: { id: 'org-1', apiKey: 'sk-admin-1' },
    fetch: async (url) => {
      const { searchParams } = new URL(String(url));
      const from = Number(searchParams.get('effective_at[gte]') ?? 0);
      const to = Number(searchParams.get('effective_at[lt]') ?? Number.POSITIVE_INFINITY);
      const secondOf = (text: string) => Number(JSON.parse(text).effective_at ?? start);
      const shown = events
        .filter((text) => secondOf(text) >= from && secondOf(text) < to)
        .toSorted((one, other) => secondOf(other) - secondOf(one));
      return new Response(`{"object":"list","data":[${shown.join()}],"has_more":false}`, {
        headers: { 'content-type': 'application/json' },
      });
    },
  });
}

const eventAt = (second: number, more: object) => JSON.stringify({ type: 'a.b', effective_at: second, ...more });

test.each([
  ['the same in all of them', () => 'same'],
  ['null', () => null],
  ['a text of its own', (index: number) => `own-${index}`],
])('events that have an `event_id` too are told by their `id`: %s', async (_what, eventIdOf) => {
  const events = [0, 1, 2].map((index) =>
    eventAt(start + index, { id: `e${index}`, event_id: eventIdOf(index), timestamp: 'soon' }),
  );
  const client = open(events);
  const stream = client.events({ eventTypes });
  expect((await collect(stream)).map(({ id }) => id)).toEqual(['e0', 'e1', 'e2']);
  expect(stream.stats).toMatchObject({ events: 3, duplicates: 0 });
  const sink = memorySink();
  await exportLogs({ client, query: { eventTypes: 'all' }, sink });
  expect(sink.events.map((row) => [row.eventId, row.eventType, row.action, row.timestamp])).toEqual(
    [0, 1, 2].map((index) => [`e${index}`, 'PLATFORM_AUDIT_LOG', 'a.b', `2026-11-18T11:06:4${index}.000000Z`]),
  );
});

test('a field of that name is nothing to report', async () => {
  const [event] = await collect(open([eventAt(start, { id: 'e1', event_id: null })]).events({ eventTypes }));
  expect(issuesOf(event as object)).toEqual([]);
});

test('events without an id are in a store once each, however the stretch changes that is read again', async () => {
  const events = Array.from({ length: 20 }, (_, index) => eventAt(start + index, { key: `k${index}` }));
  const sink = memorySink();
  const client = open(events);
  for (const key of ['late', 'later', 'latest']) {
    await exportLogs({ client, query: { eventTypes: 'all' }, sink });
    // In the middle of what is read again.
    events.push(eventAt(start + 5, { key }));
  }
  await exportLogs({ client, query: { eventTypes: 'all' }, sink });
  expect(sink.events.map(({ raw }) => raw).toSorted()).toEqual(events.toSorted());
  expect(sink.events[0]?.eventId).toMatch(/^no-id-1795000000-[\da-f]{16}$/);
});

test('without an id, what differs by a digit that JSON would round is two events, and what says the same is one', async () => {
  const digits = (last: number) => `{"type":"a.b","effective_at":${start},"n":1234567890123456789${last}}`;
  const stream = open([digits(1), digits(2), digits(2)]).events({ eventTypes, bigIntegers: 'string' });
  expect((await collect(stream)).map((event) => /\d{20}/.exec(JSON.stringify(event))?.[0]).toSorted()).toEqual([
    '12345678901234567891',
    '12345678901234567892',
  ]);
  const again = open([digits(1), digits(2)]).events({ eventTypes, resumeFrom: stream.checkpoint() });
  expect(await collect(again)).toEqual([]);
});
