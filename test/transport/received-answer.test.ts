import { expect, test } from 'vitest';
import { yieldToEventLoop } from '../../src/internal/clock.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { scriptedFetch } from '../support/scripted-fetch.js';

const list = { method: 'GET', route: '/Users' } as const;

test('what is asked for when an answer has come is sent before that answer is read', async () => {
  const order: string[] = [];
  const { fetch } = scriptedFetch(Response.json({ id: '1' }), () => {
    order.push('the next is sent');
    return Response.json({ id: '2' });
  });
  const { transport } = openTestTransport(fetch);
  let next: Promise<unknown> | undefined;
  const onReceived = async () => {
    order.push('all has come');
    next = transport.send(list);
    await yieldToEventLoop();
  };
  const check = () => void order.push('it is read');
  expect(await transport.send({ ...list, onReceived, check })).toMatchObject({ body: { id: '1' } });
  expect(order).toEqual(['all has come', 'the next is sent', 'it is read']);
  expect(await next).toMatchObject({ body: { id: '2' } });
});

test('only of a success it is told that it has come, and only of a whole one', async () => {
  const cut = () =>
    new Response(
      new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('{"id":'));
          controller.error(new TypeError('terminated'));
        },
      }),
    );
  const { fetch, requests } = scriptedFetch(new Response('{}', { status: 503 }), cut, Response.json({ id: '1' }));
  const { transport } = openTestTransport(fetch);
  const after: number[] = [];
  await transport.send({ ...list, onReceived: async () => void after.push(requests.length) });
  expect(after).toEqual([3]);
});

test('a call that is aborted while its answer waits to be read ends with the reason', async () => {
  const controller = new AbortController();
  const { fetch } = scriptedFetch(Response.json({ id: '1' }));
  const { transport } = openTestTransport(fetch);
  const reason = new Error('No longer wanted.');
  const onReceived = async () => controller.abort(reason);
  expect(await rejection(transport.send({ ...list, onReceived, signal: controller.signal }))).toBe(reason);
});
