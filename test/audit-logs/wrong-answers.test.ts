import { describe, expect, it, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { timeAt } from './support/fake-log-source.js';
import { openLogWorld } from './support/open-log-world.js';
import { collect } from './support/read-fake-log.js';
import { inRange, pageOf, row, rows, smallLogServer } from './support/small-log-server.js';

const eventTypes = ['AUTH_LOG'] as const;
const isList = (url: string) => /\/logs\?/.test(url);

test.each([
  ['a page', () => new Response('<html>Back soon</html>')],
  ['nothing', () => new Response('')],
  ['JSON that is cut', () => new Response('{"data":[{"id":')],
  ['an error', () => Response.json({ error: { message: 'overloaded' } })],
  ['an object that is no list', () => Response.json({})],
  ['a list of nothing', () => Response.json([])],
  ['null', () => Response.json(null)],
  ['a message', () => Response.json({ message: 'Endpoint request timed out' })],
  ['a list without rows', () => Response.json({ data: null })],
  ['an empty page that has more', () => Response.json({ data: [], has_more: true, last_end_time: null })],
  ['522', () => new Response('error code: 522', { status: 522 })],
])('a list that is answered with %s for a while is an outage for follow', async (_, answer) => {
  const { emulator, open, addFile } = openLogWorld();
  addFile(['a']);
  let down = 5;
  const stop = new AbortController();
  const outages: unknown[] = [];
  const client = open({
    maxRetries: 1,
    fetch: async (input, init) =>
      isList(input instanceof Request ? input.url : String(input)) && down-- > 0
        ? answer()
        : emulator.fetch(input, init),
  });
  const seen: string[] = [];
  const query = { eventTypes, onOutage: ({ code }: { readonly code: string }) => outages.push(code) };
  for await (const event of client.follow(query, { signal: stop.signal })) {
    seen.push(event.event_id);
    break;
  }
  expect(seen).toEqual(['a']);
  // The clock runs ahead of the download meanwhile.
  expect(outages.filter((code) => code !== 'timeout')).toHaveLength(2);
});

test('a list that stays so is an error for events', async () => {
  const { open } = openLogWorld();
  const client = open({ fetch: async () => new Response('<html>Back soon</html>') });
  expect(await rejection(collect(client.events({ eventTypes })))).toMatchObject({
    code: 'invalid_response',
    retryable: true,
  });
});

test.each([
  ['{}', {}],
  ['more to come on an empty page', { data: [], has_more: true }],
])('a list that says %s once is asked again, after a wait', async (_, answer) => {
  const { emulator, open, addFile, clock } = openLogWorld();
  addFile(['a']);
  let down = 2;
  const client = open({
    random: () => 0.5,
    fetch: async (input, init) =>
      isList(input instanceof Request ? input.url : String(input)) && down-- > 0
        ? Response.json(answer)
        : emulator.fetch(input, init),
  });
  const startMs = clock.now();
  expect(await collect(client.events({ eventTypes }))).toHaveLength(1);
  expect(clock.now() - startMs).toBeGreaterThanOrEqual(250);
});

test.each(['', 1_764_460_800, 'yesterday', '300000-01-01T00:00:00Z', {}])(
  'a `last_end_time` of %j is not needed',
  async (said) => {
    const { client } = smallLogServer(() => ({ ...pageOf([row('a', timeAt(1))]), last_end_time: said }));
    expect(await collect(client.events({ eventTypes }))).toHaveLength(1);
    const empty = smallLogServer(() => ({ data: [], has_more: false, last_end_time: said }));
    expect(await collect(empty.client.events({ eventTypes }))).toEqual([]);
  },
);

test('a server that takes no range: what was not asked for is left out, and told once', async () => {
  const all = rows(5);
  const { client } = smallLogServer(() => pageOf(all));
  const warnings: unknown[] = [];
  const query = { eventTypes, after: timeAt(10), onWarning: (warning: unknown) => warnings.push(warning) };
  const ids = (await collect(client.events({ ...query, before: timeAt(40) }))).map(({ event_id: id }) => id);
  expect(ids).toEqual(['f1', 'f2']);
  expect(warnings).toMatchObject([{ code: 'outside_range', eventType: 'AUTH_LOG', file: { id: 'f0' } }]);
  warnings.length = 0;
  const stop = new AbortController();
  const following = client.follow(
    { ...query, onCaughtUp: () => ++polls === 5 && stop.abort() },
    { signal: stop.signal },
  );
  let polls = 0;
  const seen: unknown[] = [];
  await rejection(
    (async () => {
      for await (const { event_id: id } of following) seen.push(id);
    })(),
  );
  expect(seen).toEqual(['f1', 'f2', 'f3', 'f4']);
  expect(warnings).toHaveLength(1);
});

const storageAnswers = [
  ['a page', () => new Response('<html>Back soon</html>')],
  ['nothing', () => new Response('')],
  ['an error', () => Response.json({ error: 'x', padding: 'longer than the file'.repeat(50) })],
  ['204', () => new Response(null, { status: 204 })],
  ['206', () => new Response('{"event_id":"a"}', { status: 206 })],
] as const;

describe.each([true, false])('a storage, of whose files the list says size and hash: %s,', (isDescribed) => {
  it.each(storageAnswers)(
    'that answers with %s for a while does not end follow, which tells it once',
    async (_, wrong) => {
      let down = 6;
      const more = isDescribed ? {} : { file_size: undefined, file_sha256: undefined };
      const told: unknown[] = [];
      const server = smallLogServer((url) => pageOf(inRange([row('a', timeAt(10), more)], url)), undefined, {
        maxRetries: 1,
        fetch: async (input, init) =>
          String(input instanceof Request ? input.url : input).includes('/storage/') && down-- > 0
            ? wrong()
            : server.answer(input, init),
      });
      const stop = new AbortController();
      const ids: string[] = [];
      const events = server.client.follow(
        { eventTypes, onOutage: ({ code }) => told.push(code) },
        { signal: stop.signal },
      );
      for await (const event of events) {
        ids.push(event.event_id);
        stop.abort('enough');
        break;
      }
      expect(ids).toEqual(['a']);
      expect(told).toHaveLength(1);
    },
  );
});
