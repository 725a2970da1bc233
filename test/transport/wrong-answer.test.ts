import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startLoopbackServer } from '../support/loopback-server.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';

const right = JSON.stringify({ data: [], has_more: false });
const packed = gzipSync(JSON.stringify({ data: Array.from({ length: 500 }, (_, index) => ({ id: `f${index}` })) }));
const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

type Wrong = readonly [name: string, body: string | Buffer, headers?: Record<string, string> | undefined];
const wrongAnswers: readonly Wrong[] = [
  ['JSON that is cut', '{"data":[{"id":'],
  ['a gzip that is cut', packed.subarray(0, packed.length / 2), { 'content-encoding': 'gzip' }],
  ['nothing', ''],
  ['a page', '<!doctype html><html>Sign in</html>', { 'content-type': 'text/html' }],
  ['an error of OpenAI', '{"error":{"message":"No"}}'],
  ['errors', '{"errors":[{"code":"busy"}]}'],
  ['success: false', '{"success":false}'],
  ['a status', '{"status":503,"message":"upstream"}'],
  ['an error of SCIM', JSON.stringify({ schemas: [errorSchema], status: '503' })],
  ['a label of gzip on what is not', right, { 'content-encoding': 'gzip' }],
  ['a label of br on what is not', right, { 'content-encoding': 'br' }],
];

/** Answers so often with the wrong one, then with the right one. */
async function openWrong([, body, headers = {}]: Wrong, times: number) {
  const server = await startLoopbackServer((_, response, count) => {
    const isWrong = count <= times;
    response
      .writeHead(200, { 'content-type': 'application/json', ...(isWrong && headers) })
      .end(isWrong ? body : right);
  });
  const { transport } = openTestTransport(globalThis.fetch, {
    baseUrl: server.url,
    dangerouslyAllowHttpLoopback: true,
  });
  return { server, transport };
}

test.each(wrongAnswers.map((wrong) => ({ name: wrong[0], wrong })))(
  'a read that is answered 200 with $name is asked again',
  async ({ wrong }) => {
    const { server, transport } = await openWrong(wrong, 2);
    expect(await transport.send({ method: 'GET', route: '/logs' })).toMatchObject({ body: { data: [] } });
    expect(server.requests).toHaveLength(3);
  },
);

test.each(wrongAnswers.map((wrong) => ({ name: wrong[0], wrong })))(
  'a read that is always answered 200 with $name fails as what may pass',
  async ({ wrong }) => {
    const { server, transport } = await openWrong(wrong, Number.POSITIVE_INFINITY);
    expect(await rejection(transport.send({ method: 'GET', route: '/logs', maxRetries: 2 }))).toMatchObject({
      retryable: true,
      message: expect.stringContaining('Tried 3 times.'),
    });
    expect(server.requests).toHaveLength(3);
  },
);

test.each(['POST', 'PATCH', 'PUT', 'DELETE'] as const)(
  'a %s that is answered 200 with a page is sent once',
  async (method) => {
    const { server, transport } = await openWrong(['a page', '<html>'], 1);
    expect(await rejection(transport.send({ method, route: '/Users', body: {} }))).toMatchObject({
      code: 'invalid_response',
      retryable: false,
    });
    expect(server.requests).toHaveLength(1);
  },
);

test('says in these words that an answer is not packed as it is labelled', async () => {
  for (const encoding of ['gzip', 'br']) {
    const { transport } = await openWrong(['', right, { 'content-encoding': encoding }], 9);
    expect(await rejection(transport.send({ method: 'GET', route: '/logs', maxRetries: 0 }))).toMatchObject({
      code: 'response_cut',
      message: `GET /logs failed: the answer is labelled ${encoding}, but is not.`,
      remedy: expect.stringContaining('Check the proxy'),
    });
  }
});

test.each([
  ['{"error":{"message":"busy"},"status":503}', 503],
  [JSON.stringify({ schemas: [errorSchema], status: '503' }), 503],
  ['{"code":429,"message":"slow down"}', 429],
])('an error in a 200 tells its own status: %s', async (body, innerStatus) => {
  const { transport } = await openWrong(['', body], 9);
  const error = await rejection(transport.send({ method: 'GET', route: '/logs', maxRetries: 1 }));
  expect(error).toMatchObject({
    code: 'invalid_response',
    status: 200,
    innerStatus,
    message: `GET /logs was answered 200 with an error of status ${innerStatus}. Tried 2 times.`,
    remedy: expect.stringContaining('Try again later'),
  });
});

test('an outage says how often it was tried, and what to do', async () => {
  const server = await startLoopbackServer((_, response) => response.writeHead(503).end());
  const { transport } = openTestTransport(globalThis.fetch, {
    baseUrl: server.url,
    dangerouslyAllowHttpLoopback: true,
  });
  expect(await rejection(transport.send({ method: 'GET', route: '/logs' }))).toMatchObject({
    message: 'GET /logs failed: 503 server_error. Tried 4 times.',
    remedy: 'The service is down or overloaded. Try again later.',
  });
});

test('a resource or a list that has such words of its own is no error', async () => {
  for (const body of [
    { id: 'u1', status: 500, error: 'none', code: 404 },
    { Resources: [{ id: 'u1' }], errors: ['x'] },
    { data: [{ id: 'f1' }], error: 'x' },
    { schemas: ['urn:x'], status: 200, success: true, error: null, errors: [] },
  ]) {
    const { transport, server } = await openWrong(['', JSON.stringify(body)], 9);
    expect(await transport.send({ method: 'GET', route: '/x' })).toMatchObject({ body });
    expect(server.requests).toHaveLength(1);
  }
});

test('packed answers are read', async () => {
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const) {
    const { transport } = await openWrong(['', pack(right), { 'content-encoding': encoding }], 1);
    expect(await transport.send({ method: 'GET', route: '/x' })).toMatchObject({ body: { data: [] } });
  }
});
