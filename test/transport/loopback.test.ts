import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { Transport, type TransportOptions } from '../../src/transport/transport.js';
import { createFakeClock } from '../support/fake-clock.js';
import { startLoopbackServer } from '../support/loopback-server.js';
import { rejection } from '../support/open-test-transport.js';

// The real fetch of this runtime against a real server; only the waits between attempts take no time.
function open(baseUrl: string, options: Partial<TransportOptions> = {}) {
  const clock = createFakeClock(Date.now(), { autoAdvance: true });
  const transport = new Transport({
    service: 'scim',
    baseUrl,
    credential: 'token-1',
    rateLimit: false,
    dangerouslyAllowHttpLoopback: true,
    clock,
    ...options,
  });
  return { transport, clock };
}

const read = { method: 'GET', route: '/Users' } as const;
const write = { method: 'POST', route: '/Users', body: { userName: 'jdoe' } } as const;

test('a request arrives as it was meant', async () => {
  const server = await startLoopbackServer((_, response) => response.end('{"a":1}'));
  const { transport } = open(`${server.url}/scim/v2/`);
  const { body } = await transport.send({ ...read, query: [['filter', 'userName eq "a+b"']] });
  expect(body).toEqual({ a: 1 });
  expect(server.requests[0]).toMatchObject({
    method: 'GET',
    url: '/scim/v2/Users?filter=userName%20eq%20%22a%2Bb%22',
    headers: { authorization: 'Bearer token-1', 'user-agent': expect.stringMatching(/^chatgpt-enterprise-sdk\//) },
  });
  expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
});

test('a refused connection is repeated, also for a POST, and told by its reason', async () => {
  const server = await startLoopbackServer((_, response) => response.end());
  await server.stop();
  for (const request of [read, write]) {
    expect(await rejection(open(server.url).transport.send(request))).toMatchObject({
      name: 'ConnectionError',
      code: 'network_error',
      reason: 'ECONNREFUSED',
      delivery: 'not_sent',
      attempts: 4,
      remedy: expect.stringContaining('host and port'),
    });
  }
});

test('a host that does not exist is told apart', async () => {
  const error = await rejection(open('https://no-such-host.invalid', { maxRetries: 0 }).transport.send(read));
  // Without a resolver the system says EAI_AGAIN.
  expect(error).toMatchObject({ reason: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/), delivery: 'not_sent' });
});

test('https on a server that speaks no TLS is not taken for a refusal to act', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const error = await rejection(open(`https://127.0.0.1:${port}`, { maxRetries: 0 }).transport.send(read));
  server.close();
  expect(error).toMatchObject({ name: 'ConnectionError', code: 'network_error' });
});

test('a connection cut before the answer is repeated for a read and not for a POST', async () => {
  const server = await startLoopbackServer((request, response, count) => {
    if (count === 1 || request.method === 'POST') request.socket.destroy();
    else response.end('{}');
  });
  const { transport } = open(server.url);
  await expect(transport.send(read)).resolves.toMatchObject({ body: {} });
  expect(server.requests).toHaveLength(2);
  expect(await rejection(transport.send(write))).toMatchObject({
    reason: 'ECONNRESET',
    delivery: 'unknown',
    attempts: 1,
  });
  expect(server.requests).toHaveLength(3);
});

test('a connection cut within the answer is repeated for a read, and reported as cut', async () => {
  const server = await startLoopbackServer((request, response, count) => {
    if (count === 3) return response.end('{"a":1}');
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"a":');
    return setImmediate(() => request.socket.destroy());
  });
  const { transport } = open(server.url);
  expect(await rejection(transport.send({ ...read, maxRetries: 1 }))).toMatchObject({
    code: 'response_cut',
    attempts: 2,
  });
  expect((await transport.send(read)).body).toEqual({ a: 1 });
});

test.each([301, 302, 303, 307, 308])('the credential does not follow a %i to another origin', async (status) => {
  const other = await startLoopbackServer((_, response) => response.end('{}'));
  const server = await startLoopbackServer((_, response) => {
    response.writeHead(status, { location: `${other.url}/collect?token=x` }).end();
  });
  const { transport } = open(server.url);
  for (const request of [read, write]) {
    expect(await rejection(transport.send(request))).toMatchObject({
      code: 'unexpected_redirect',
      status,
      message: expect.stringMatching(/The server redirects to http:\/\/127\.0\.0\.1:\d+\.$/),
    });
  }
  expect(other.requests).toEqual([]);
  const accepted = await transport.send({ ...read, acceptStatuses: [status] });
  expect(accepted.headers.get('location')).toBe(`${other.url}/collect?token=x`);
  expect(other.requests).toEqual([]);
});

test('waits for Retry-After in both its forms before it asks again', async () => {
  const server = await startLoopbackServer((_, response, count) => {
    if (count === 1) response.writeHead(429, { 'retry-after': '7' }).end();
    // The date is read against the Date that Node puts into every answer.
    else if (count === 2) {
      const now = Date.now();
      response
        .writeHead(503, { date: new Date(now).toUTCString(), 'retry-after': new Date(now + 30_000).toUTCString() })
        .end();
    } else response.end('{}');
  });
  const { transport, clock } = open(server.url);
  await transport.send({ ...write, safeToRepeat: true });
  expect(clock.waits).toEqual([7_000, 30_000]);
});

test('a body that comes too slowly is given up', async () => {
  const server = await startLoopbackServer((_, response) => void response.writeHead(200).write('{"a":'));
  const clock = createFakeClock();
  const sent = rejection(open(server.url, { clock, maxRetries: 0 }).transport.send({ ...read, timeoutMs: 1_000 }));
  while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(1_000);
  expect(await sent).toMatchObject({ name: 'ConnectionError', code: 'timeout' });
});

test('an abort while reading rejects with its own reason and closes the connection', async () => {
  const closed = new Promise<void>((resolve) => {
    void startLoopbackServer((request, response) => {
      request.socket.once('close', () => resolve());
      response.writeHead(200).write('{"a":');
      setImmediate(() => controller.abort(reason));
    }).then(async ({ url }) => {
      expect(await rejection(open(url).transport.send({ ...read, signal: controller.signal }))).toBe(reason);
    });
  });
  const controller = new AbortController();
  const reason = { why: 'enough' };
  await closed;
  expect(controller.signal.aborted).toBe(true);
});

test('answers that are not read leave no connection behind', async () => {
  const server = await startLoopbackServer((_, response, count) => {
    const big = 'x'.repeat(200_000);
    if (count % 2 === 0) response.writeHead(307, { location: '/x' }).end(big);
    else response.writeHead(200, { 'content-length': '99999999' }).write(big);
  });
  const { transport } = open(server.url, { maxRetries: 0 });
  for (let call = 0; call < 10; call++) await rejection(transport.send(read));
  await expect.poll(server.openConnections).toBeLessThanOrEqual(1);
});
