import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { openLogWorld } from './support/open-log-world.js';
import { collect } from './support/read-fake-log.js';

const eventTypes = ['AUTH_LOG'] as const;
const isList = (url: string) => /\/logs\?/.test(url);

test.each([
  ['a page', () => new Response('<html>Back soon</html>')],
  ['nothing', () => new Response('')],
  ['JSON that is cut', () => new Response('{"data":[{"id":')],
  ['an error', () => Response.json({ error: { message: 'overloaded' } })],
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
