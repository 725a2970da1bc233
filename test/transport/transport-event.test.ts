import { expect, onTestFinished, test, vi } from 'vitest';
import type { TransportEvent } from '../../src/transport/options.js';
import { createFakeClock } from '../support/fake-clock.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { fetchFailed, scriptedFetch } from '../support/scripted-fetch.js';

const read = { method: 'GET', route: '/Users/{id}', params: { id: 'jane@d.example' } } as const;

function listen() {
  const events: TransportEvent[] = [];
  return { events, onEvent: (event: TransportEvent) => void events.push(event) };
}

test('tells the whole story of a call: each attempt, its answer, each wait', async () => {
  const { events, onEvent } = listen();
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const slow = async () => {
    await clock.sleep(120);
    return Response.json({ id: '1' }, { headers: { 'x-request-id': 'req_9' } });
  };
  const { fetch } = scriptedFetch(
    fetchFailed('ECONNRESET'),
    new Response(null, { status: 429, headers: { 'retry-after': '2' } }),
    slow,
  );
  await openTestTransport(fetch, { onEvent, clock }).transport.send(read);
  const facts = { service: 'scim', callId: expect.any(Number), method: 'GET', route: '/Users/{id}' };
  expect(events).toEqual([
    { ...facts, type: 'request', attempt: 1 },
    { ...facts, type: 'response', attempt: 1, errorCode: 'network_error', durationMs: 0 },
    { ...facts, type: 'retry', attempt: 1, errorCode: 'network_error', waitMs: 250 },
    { ...facts, type: 'request', attempt: 2 },
    { ...facts, type: 'response', attempt: 2, status: 429, errorCode: 'rate_limited', durationMs: 0, bytes: 0 },
    { ...facts, type: 'cooldown', attempt: 2, waitMs: 2_000 },
    { ...facts, type: 'retry', attempt: 2, errorCode: 'rate_limited', waitMs: 2_000 },
    { ...facts, type: 'request', attempt: 3 },
    { ...facts, type: 'response', attempt: 3, status: 200, requestId: 'req_9', durationMs: 120, bytes: 10 },
    { ...facts, type: 'call', attempt: 3, durationMs: 2_370 },
  ]);
  expect(new Set(events.map(({ callId }) => callId)).size).toBe(1);
});

test('tells how long a call waited for its turn', async () => {
  const { events, onEvent } = listen();
  const clock = createFakeClock();
  const { fetch } = scriptedFetch(
    new Response(null, { status: 429, headers: { 'retry-after': '2' } }),
    Response.json({}),
  );
  const { transport } = openTestTransport(fetch, { onEvent, clock, maxRetries: 0 });
  await rejection(transport.send(read));
  const sent = transport.send(read);
  await clock.advance(2_000);
  await sent;
  expect(events.filter(({ type }) => type === 'throttled')).toEqual([
    expect.objectContaining({ type: 'throttled', method: 'GET', route: '/Users/{id}', attempt: 1, waitMs: 2_000 }),
  ]);
  // The wait is a part of the call.
  expect(events.filter(({ type }) => type === 'call')).toMatchObject([
    { attempt: 1, errorCode: 'rate_limited', durationMs: 0 },
    { attempt: 1, durationMs: 2_000 },
  ]);
});

test('every request has its response, also when it is aborted, runs out of time or is asked for once more', async () => {
  const { events, onEvent } = listen();
  const clock = createFakeClock();
  const controller = new AbortController();
  const hang = () => new Promise<Response>(() => {});
  const { fetch } = scriptedFetch(hang, hang, new Response(null, { status: 401 }), Response.json({}));
  const { transport } = openTestTransport(fetch, { onEvent, clock, maxRetries: 0, credential: () => 'token-1' });
  const aborted = rejection(transport.send({ ...read, signal: controller.signal }));
  await clock.advance(0);
  controller.abort();
  await aborted;
  const late = rejection(transport.send({ ...read, timeoutMs: 500 }));
  await clock.advance(500);
  await late;
  await transport.send(read);
  expect(events.map((event) => [event.type, 'errorCode' in event ? event.errorCode : undefined])).toEqual([
    ['request', undefined],
    ['response', 'aborted'],
    ['call', 'aborted'],
    ['request', undefined],
    ['response', 'timeout'],
    ['call', 'timeout'],
    ['request', undefined],
    ['response', 'unauthorized'],
    ['retry', 'unauthorized'],
    ['request', undefined],
    ['response', undefined],
    ['call', undefined],
  ]);
});

test('a call that ends before it is sent has its end all the same, and none has two', async () => {
  const { events, onEvent } = listen();
  const { fetch } = scriptedFetch();
  const allowHost = () => false;
  const { transport } = openTestTransport(fetch, { onEvent, allowHost, maxRetries: 0 });
  await rejection(transport.send({ ...read, signal: AbortSignal.abort() }));
  await rejection(transport.send(read));
  await rejection(transport.download({ url: 'http://s.example/x', route: '/file (storage)', maxBytes: 10 }));
  expect(events).toMatchObject([
    { type: 'call', route: '/Users/{id}', attempt: 0, errorCode: 'aborted' },
    { type: 'call', route: '/Users/{id}', attempt: 0, errorCode: 'host_not_allowed' },
    { type: 'call', route: '/file (storage)', attempt: 0, errorCode: 'insecure_url' },
  ]);
});

test('no two calls of a process share a number, whichever clients they are of', async () => {
  const { events, onEvent } = listen();
  for (const service of ['scim', 'compliance'] as const) {
    const { fetch } = scriptedFetch(Response.json({}));
    await openTestTransport(fetch, { onEvent, service }).transport.send(read);
  }
  expect(new Set(events.map(({ callId }) => callId)).size).toBe(2);
});

test('tells of downloads by their name', async () => {
  const { events, onEvent } = listen();
  const { fetch } = scriptedFetch(new Response('abc'));
  const { transport } = openTestTransport(fetch, { onEvent, service: 'compliance' });
  await transport.download({ url: 'https://s.example/x?sig=1', route: '/logs/{log_file_id} (storage)', maxBytes: 10 });
  const facts = { service: 'compliance', method: 'GET', route: '/logs/{log_file_id} (storage)', attempt: 1 };
  expect(events).toMatchObject([
    { ...facts, type: 'request' },
    { ...facts, type: 'response', status: 200, durationMs: 0, bytes: 3 },
    { ...facts, type: 'call', durationMs: 0 },
  ]);
});

test('holds neither the credential nor what was asked for', async () => {
  const { events, onEvent } = listen();
  const { fetch } = scriptedFetch(
    Response.json({ userName: 'jane@d.example' }, { headers: { 'x-request-id': 'jane@d.example' } }),
  );
  await openTestTransport(fetch, { onEvent }).transport.send({
    ...read,
    query: [['filter', 'userName eq "jane@d.example"']],
  });
  expect(JSON.stringify(events)).not.toMatch(/jane|token-1|scim\.example\.com/);
});

test('a listener that rejects later breaks neither the call nor the process', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const { fetch } = scriptedFetch(Response.json({}));
  const onEvent = vi.fn(async () => {
    throw new Error('listener');
  });
  await openTestTransport(fetch, { onEvent }).transport.send({ method: 'GET', route: '/Users' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(onEvent).toHaveBeenCalledTimes(3);
  expect(unhandled).not.toHaveBeenCalled();
});

test('a request id that repeats the credential is told to no listener', async () => {
  const { fetch } = scriptedFetch(Response.json({}, { headers: { 'x-request-id': 'token-1' } }));
  const onEvent = vi.fn();
  const { requestId } = await openTestTransport(fetch, { onEvent }).transport.send({ method: 'GET', route: '/Users' });
  expect(requestId).toBeUndefined();
  expect(JSON.stringify(onEvent.mock.calls)).not.toContain('token-1');
});

test('a listener that throws breaks no call', async () => {
  const { fetch } = scriptedFetch(new Response(null, { status: 503 }), Response.json({ id: '1' }));
  const onEvent = () => {
    throw new Error('listener');
  };
  await expect(openTestTransport(fetch, { onEvent }).transport.send(read)).resolves.toMatchObject({
    body: { id: '1' },
  });
});
