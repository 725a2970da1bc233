import { describe, expect, it, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { timeAt } from './support/fake-log-source.js';
import { openLogWorld } from './support/open-log-world.js';
import { collect } from './support/read-fake-log.js';
import { inRange, pageOf, row, smallLogServer } from './support/small-log-server.js';

const eventTypes = ['AUTH_LOG'] as const;
const isList = (url: string) => /\/logs\?/.test(url);

test.each([
  ['a page', () => new Response('<html>Back soon</html>')],
  ['nothing', () => new Response('')],
  ['JSON that is cut', () => new Response('{"data":[{"id":')],
  ['an error', () => Response.json({ error: { message: 'overloaded' } })],
  ['JSON that is no list', () => Response.json({ message: 'maintenance' })],
  ['null', () => Response.json(null)],
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
  for await (const event of client.follow({
    eventTypes,
    signal: stop.signal,
    onOutage: ({ code }) => outages.push(code),
  })) {
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

const storageAnswers = [
  ['a page', () => new Response('<html>Back soon</html>')],
  ['nothing', () => new Response('')],
  ['an error', () => Response.json({ error: 'x', padding: 'longer than the file'.repeat(50) })],
  ['204', () => new Response(null, { status: 204 })],
  ['206', () => new Response('{"event_id":"a"}', { status: 206 })],
] as const;

describe.each([true, false])('a storage, of whose files the list says size and hash: %s,', (isDescribed) => {
  it.each(storageAnswers)('that answers with %s for a while is an outage for follow', async (_, wrong) => {
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
    const events = server.client.follow({ eventTypes, signal: stop.signal, onOutage: ({ code }) => told.push(code) });
    for await (const event of events) {
      ids.push(event.event_id);
      stop.abort('enough');
      break;
    }
    expect(ids).toEqual(['a']);
    expect(told.length).toBeGreaterThanOrEqual(3);
  });
});
