import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createFakeClock } from '../support/fake-clock.js';
import { startLoopbackServer } from '../support/loopback-server.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { fetchFailed, scriptedFetch } from '../support/scripted-fetch.js';
import { tellsOf } from '../support/tells-of.js';

const signed = {
  url: 'https://storage.example.net/file?sig=secret-signature',
  route: '/logs/{log_file_id} (storage)',
  maxBytes: 1_000,
};
const file = () => new Response('one\ntwo\n');
const redirect = (location: string, status = 302) => new Response(null, { status, headers: { location } });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('brings the bytes, and takes along neither the credential nor any header of the client or the call', async () => {
  const { fetch, requests } = scriptedFetch(file());
  const { transport } = openTestTransport(fetch, {
    headers: { 'x-gateway-key': 'secret', 'x-beta': '1' },
  });
  expect(text(await transport.download({ ...signed, headers: { 'x-call': 'secret' } }))).toBe('one\ntwo\n');
  expect(Object.keys(Object.fromEntries(requests[0]?.headers ?? []))).toEqual(['user-agent']);
  expect(requests[0]?.credentials).toBe('omit');
});

test('keeps the bytes as they are: no BOM dropped, no text made of them', async () => {
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0xff, 0x00]);
  const { fetch } = scriptedFetch(new Response(bytes));
  expect(await openTestTransport(fetch).transport.download(signed)).toEqual(bytes);
});

test('makes one attempt: only the caller can get a new URL', async () => {
  for (const failure of [
    fetchFailed('ECONNREFUSED'),
    new Response(null, { status: 503 }),
    new Response(null, { status: 429 }),
  ]) {
    const { fetch, requests } = scriptedFetch(failure);
    expect(await rejection(openTestTransport(fetch).transport.download(signed))).toMatchObject({
      attempts: 1,
      route: signed.route,
    });
    expect(requests).toHaveLength(1);
  }
});

test('is not held back by the rate limit or by a Retry-After of the service', async () => {
  const clock = createFakeClock();
  const { fetch, requests } = scriptedFetch(
    new Response(null, { status: 429, headers: { 'retry-after': '60' } }),
    file(),
  );
  const { transport } = openTestTransport(fetch, { clock, throttle: (run) => run(), maxRetries: 0 });
  await rejection(transport.send({ method: 'GET', route: '/logs' }));
  expect(text(await transport.download(signed))).toBe('one\ntwo\n');
  expect(requests).toHaveLength(2);
});

test('follows a few redirects, relative ones too, to https only', async () => {
  const { fetch, requests } = scriptedFetch(redirect('/other?x=1', 307), redirect('https://third.example/'), file());
  expect(text(await openTestTransport(fetch).transport.download(signed))).toBe('one\ntwo\n');
  expect(requests.map(({ url }) => url)).toEqual([
    signed.url,
    'https://storage.example.net/other?x=1',
    'https://third.example/',
  ]);
  expect(requests.every(({ headers }) => !headers.has('authorization') && !headers.has('referer'))).toBe(true);
});

test.each([
  'http://storage.example.net/x',
  'http://127.0.0.1/x',
  'ftp://x.example/',
  'file:///etc/passwd',
  'data:,x',
  'https://user:pass@x.example/',
  'http://[',
])('goes to %s neither at first nor by a redirect', async (url) => {
  const { fetch, requests } = scriptedFetch(redirect(url));
  const { transport } = openTestTransport(fetch);
  expect(await rejection(transport.download({ ...signed, url }))).toMatchObject({
    name: 'ConnectionError',
    code: 'insecure_url',
  });
  expect(requests).toHaveLength(0);
  const error = await rejection(transport.download(signed));
  expect(error).toMatchObject({ code: 'insecure_url', retryable: false });
  expect(String(error)).not.toContain(url);
  expect(requests).toHaveLength(1);
});

test('takes an address that is relative to the service as a `Location` may be, still without the credential', async () => {
  const { fetch, requests } = scriptedFetch(new Response('abc'));
  await openTestTransport(fetch).transport.download({ ...signed, url: '/blob/f?sig=1' });
  expect(requests[0]?.url).toBe('https://scim.example.com/blob/f?sig=1');
  expect(requests[0]?.headers.has('authorization')).toBe(false);
});

test('gives up on a circle of redirects', async () => {
  const { fetch, requests } = scriptedFetch(redirect(signed.url));
  expect(await rejection(openTestTransport(fetch).transport.download(signed))).toMatchObject({
    code: 'unexpected_redirect',
  });
  expect(requests).toHaveLength(4);
});

test('refuses more bytes than allowed, announced or not', async () => {
  for (const answer of [
    new Response('x'.repeat(1_001)),
    new Response('x', { headers: { 'content-length': '1001' } }),
  ]) {
    const { fetch } = scriptedFetch(answer);
    expect(await rejection(openTestTransport(fetch).transport.download(signed))).toMatchObject({
      code: 'response_too_large',
      message: 'GET /logs/{log_file_id} (storage) failed: the answer is larger than 1000 bytes.',
    });
  }
  const { fetch } = scriptedFetch(new Response('x'.repeat(1_000)));
  expect(await openTestTransport(fetch).transport.download(signed)).toHaveLength(1_000);
});

test('notices a file that ends early', async () => {
  const { fetch } = scriptedFetch(new Response('one\n', { headers: { 'content-length': '8' } }));
  expect(await rejection(openTestTransport(fetch).transport.download(signed))).toMatchObject({
    code: 'response_cut',
    retryable: true,
  });
});

test('a refusal of the storage server is a ResponseError with its text masked', async () => {
  const body = `<?xml version="1.0"?><Error><Code>AuthenticationFailed</Code><Message>Signature did not match c2VjcmV0LXNpZ25hdHVyZTEyMzQ1Njc4OTA=</Message></Error>`;
  const { fetch } = scriptedFetch(new Response(body, { status: 403 }));
  const error = await rejection(openTestTransport(fetch).transport.download(signed));
  expect(tellsOf(error)).toMatchObject({
    name: 'ResponseError',
    code: 'forbidden',
    message: 'GET /logs/{log_file_id} (storage) failed: 403 forbidden (AuthenticationFailed).',
    serverMessage: 'AuthenticationFailed Signature did not match […]',
    remedy: 'The address may have expired or been used: ask for a new one.',
  });
});

test('one deadline covers the redirects and the body', async () => {
  const clock = createFakeClock();
  const { fetch } = scriptedFetch(
    async () => {
      await clock.sleep(600);
      return redirect('/other');
    },
    () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })),
  );
  const got = rejection(openTestTransport(fetch, { clock }).transport.download({ ...signed, deadlineMs: 1_000 }));
  await clock.advance(1_000);
  expect(await got).toMatchObject({ code: 'timeout' });
});

/** Answers that send a piece each 900 ms. */
function slowFile(clock: Pick<ReturnType<typeof createFakeClock>, 'setTimer'>, pieces: number) {
  let sent = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) =>
    new Promise<void>((resolve) => {
      clock.setTimer?.(900, () => {
        if (sent++ < pieces) controller.enqueue(new TextEncoder().encode('line\n'));
        else controller.close();
        resolve();
      });
    });
  return () => new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
}

test('a file may take longer than the time limit, which is about silence', async () => {
  const clock = createFakeClock();
  const { fetch } = scriptedFetch(slowFile(clock, 9));
  const got = openTestTransport(fetch, { clock }).transport.download({ ...signed, timeoutMs: 1_000 });
  await clock.advance(20_000);
  expect(text(await got)).toBe('line\n'.repeat(9));
  expect(clock.pending).toBe(0);
});

test('a file that goes quiet in the middle is late, and the remedy names the option', async () => {
  const clock = createFakeClock();
  let sent = 0;
  const quiet = new ReadableStream(
    { pull: (controller) => (sent++ < 2 ? controller.enqueue(new Uint8Array(5)) : new Promise(() => {})) },
    { highWaterMark: 0 },
  );
  const { fetch } = scriptedFetch(new Response(quiet));
  const got = rejection(openTestTransport(fetch, { clock }).transport.download({ ...signed, timeoutMs: 1_000 }));
  await clock.advance(1_000);
  expect(await got).toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('nothing came for 1000 ms'),
    remedy: expect.stringContaining('Raise `timeoutMs`'),
  });
});

test('a file that never ends is ended by the deadline, and the remedy names that option', async () => {
  const clock = createFakeClock();
  const { fetch } = scriptedFetch(slowFile(clock, 100));
  const limits = { timeoutMs: 1_000, deadlineMs: 5_000 };
  const got = rejection(openTestTransport(fetch, { clock }).transport.download({ ...signed, ...limits }));
  await clock.advance(5_000);
  expect(await got).toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('the file did not arrive within 5000 ms'),
    remedy: expect.stringContaining('Raise `deadlineMs`'),
  });
});

test.each(['the call', 'the client'])('an abort of %s rejects with its own reason', async (whose) => {
  const controller = new AbortController();
  const { signal } = controller;
  const clock = createFakeClock();
  const { fetch } = scriptedFetch(() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })));
  const { transport } = openTestTransport(fetch, { clock, signal: whose === 'the client' ? signal : undefined });
  const got = rejection(transport.download({ ...signed, signal: whose === 'the call' ? signal : undefined }));
  await clock.advance(0);
  controller.abort('enough');
  expect(await got).toBe('enough');
  expect(await rejection(openTestTransport(fetch, { clock }).transport.download({ ...signed, signal }))).toBe('enough');
});

test('over a real connection: a compressed file whole, a cut one noticed, plain http on loopback only when allowed', async () => {
  const content = 'line\n'.repeat(10_000);
  const packed = gzipSync(content);
  const server = await startLoopbackServer((request, response) => {
    if (request.url === '/packed')
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
    else {
      response.writeHead(200, { 'content-length': '100000' });
      response.write('line\n', () => request.socket.destroy());
    }
  });
  const allowed = openTestTransport(globalThis.fetch, {
    dangerouslyAllowHttpLoopback: true,
    clock: undefined,
  }).transport;
  const request = { route: '/file', maxBytes: 1_000_000 };
  expect(text(await allowed.download({ ...request, url: `${server.url}/packed` }))).toBe(content);
  expect(await rejection(allowed.download({ ...request, url: `${server.url}/cut` }))).toMatchObject({
    code: 'response_cut',
  });
  expect(server.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  const strict = openTestTransport(globalThis.fetch).transport;
  expect(await rejection(strict.download({ ...request, url: `${server.url}/packed` }))).toMatchObject({
    code: 'insecure_url',
  });
});
