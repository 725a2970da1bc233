import { expect, test } from 'vitest';
import { documentedShape } from '../../../src/audit-logs/documented-shape.js';
import type { AuditLogEventsQuery } from '../../../src/audit-logs/query.js';
import { issuesOf } from '../../../src/audit-logs/reading/event-source.js';
import { checkEnvelope } from '../../../src/audit-logs/validator.js';
import { openLogWorld, tenMinutes, workspaceIds } from '../support/open-log-world.js';
import { collect } from '../support/read-fake-log.js';

const eventTypes = ['AUTH_LOG'] as const;

const big = '12345678901234567890';

/** A record with more keys, as bytes: 0xff for each «?». */
function line(keys: string): Uint8Array<ArrayBuffer> {
  const text = `{"event_id":"a","type":"AUTH_LOG","timestamp":"2026-11-22T00:00:00Z",${keys}}\n`;
  return Uint8Array.from(text, (character) => (character === '?' ? 0xff : character.charCodeAt(0)));
}

function openWith(keys: string) {
  const { client, emulator } = openLogWorld();
  emulator.store.logs.addFile(workspaceIds[0], { eventType: 'AUTH_LOG', endTime: tenMinutes(1), body: line(keys) });
  return client;
}

type Query = Partial<AuditLogEventsQuery<'AUTH_LOG'>>;

/** The one event, by each of the ways to read. */
const waysToRead: Record<string, (keys: string, query: Query) => Promise<object | undefined>> = {
  events: async (keys, query) => (await collect(openWith(keys).events({ eventTypes, ...query })))[0],
  'events in time order': async (keys, query) =>
    (await collect(openWith(keys).events({ eventTypes, ordering: 'time', ...query })))[0],
  'events with checkpoints': async (keys, query) =>
    (
      await collect(
        openWith(keys)
          .events({ eventTypes, ...query })
          .withCheckpoints(),
      )
    )[0]?.event,
  batches: async (keys, query) => (await collect(openWith(keys).batches({ eventTypes, ...query })))[0]?.events[0],
  follow: async (keys, query) => {
    for await (const event of openWith(keys).follow({ eventTypes, after: tenMinutes(0), ...query })) return event;
    return undefined;
  },
};

const paths = (event: object | undefined) => issuesOf(event ?? {}).map(({ path }) => path.join('.'));

for (const [name, read] of Object.entries(waysToRead)) {
  test(`${name}: an integer that a number cannot hold is reported by default`, async () => {
    expect(paths(await read(`"n":{"id":[${big}]}`, {}))).toEqual(['n.id.0']);
    expect(paths(await read(`"n":-${big},"m":1e400`, {}))).toEqual(['n', 'm']);
  });

  test(`${name}: an integer that a number cannot hold comes as it is written, where strings are asked for`, async () => {
    const event = await read(`"n":{"id":[${big}, 5]},"text":"${big}"`, { bigIntegers: 'string' });
    expect(event).toMatchObject({ n: { id: [big, 5] }, text: big });
    expect(paths(event)).toEqual([]);
  });

  test(`${name}: bytes that are not UTF-8 are reported by default`, async () => {
    expect(paths(await read('"n":"a?b"', {}))).toEqual(['']);
  });

  test(`${name}: a key that an object has twice is reported to whoever checks more than the envelope`, async () => {
    expect(paths(await read('"n":{"a":1,"a":2}', {}))).toEqual([]);
    expect(paths(await read('"n":{"a":1,"a":2}', { validate: checkEnvelope }))).toEqual(['n.a']);
    expect(paths(await read('"n":{"a":1,"a":2}', { validate: documentedShape }))).toContain('n.a');
  });

  test(`${name}: nothing is reported where nothing is checked`, async () => {
    expect(paths(await read(`"n":${big},"n":"?"`, { validate: false }))).toEqual([]);
  });
}

test('says what is wrong, and not with which value', async () => {
  const event = await waysToRead.events?.(`"n":${big},"m":1e400,"t":"?","t":1`, { validate: checkEnvelope });
  expect(issuesOf(event ?? {})).toEqual([
    { path: ['n'], message: "expected an integer within 2^53: digits were lost (`bigIntegers: 'string'` keeps them)" },
    { path: ['m'], message: 'expected a number below 1.8e308' },
    { path: ['t'], message: 'expected the key once: only its last value was kept' },
    { path: [], message: 'expected UTF-8: what is not became U+FFFD' },
  ]);
});

test('a replacement character that stands in the file is none of its faults', async () => {
  const { client, emulator } = openLogWorld();
  const body = '{"event_id":"a","type":"AUTH_LOG","timestamp":"2026-11-22T00:00:00Z","n":"\ufffd ü"}\n';
  emulator.store.logs.addFile(workspaceIds[0], { eventType: 'AUTH_LOG', endTime: tenMinutes(1), body });
  const [event] = await collect(client.events({ eventTypes }));
  expect(paths(event)).toEqual([]);
});

test('an odd choice is refused at once', () => {
  const query = { eventTypes, bigIntegers: 'bigint' } as unknown as Parameters<typeof client.events>[0];
  const { client } = openLogWorld();
  expect(() => client.events(query)).toThrow('bigIntegers');
});
