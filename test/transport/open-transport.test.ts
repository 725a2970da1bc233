import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { AccessDeniedError } from '../../src/errors/input-errors.js';
import { systemClock } from '../../src/internal/clock.js';
import type { TransportRequest } from '../../src/transport/options.js';
import { Cooldown } from '../../src/transport/request-gate.js';
import type { Throttle } from '../../src/transport/throttle.js';
import { Transport } from '../../src/transport/transport.js';
import { createFakeClock } from '../support/fake-clock.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { logSoak, timesOf } from '../support/scale.js';
import { fetchFailed, scriptedFetch } from '../support/scripted-fetch.js';

const ok = () => Response.json({ id: '1' });
const status = (code: number, headers: Record<string, string> = {}) => new Response(null, { status: code, headers });
const read = { method: 'GET', route: '/Users' } as const;
const write = { method: 'POST', route: '/Users', body: { userName: 'jdoe' } } as const;
/** Answers never; ends only with its signal. */
const hang = (request: Request) =>
  new Promise<Response>((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)));

test('sends the credential, both SCIM media types and its own name below the path of the base URL', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const { transport } = openTestTransport(fetch);
  const response = await transport.send({
    method: 'GET',
    route: '/Users/{id}',
    params: { id: 'a/b c' },
    query: [['filter', 'a+b c']],
  });
  expect(response).toMatchObject({ status: 200, body: { id: '1' } });
  expect(requests[0]?.url).toBe('https://scim.example.com/scim/v2.0/dir_1/Users/a%2Fb%20c?filter=a%2Bb%20c');
  expect(requests[0]?.redirect).toBe('manual');
  expect(requests[0]?.credentials).toBe('omit');
  expect(Object.fromEntries(requests[0]?.headers ?? [])).toEqual({
    authorization: 'Bearer token-1',
    accept: 'application/scim+json, application/json;q=0.9',
    'user-agent': expect.stringMatching(/^chatgpt-enterprise-sdk\/\d/),
  });
});

test('sends a body as JSON with the content type asked for', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const { transport } = openTestTransport(fetch);
  await transport.send(write);
  await transport.send({ ...write, contentType: 'application/scim+json' });
  expect(requests.map(({ headers }) => headers.get('content-type'))).toEqual([
    'application/json',
    'application/scim+json',
  ]);
  expect(await requests[0]?.json()).toEqual({ userName: 'jdoe' });
});

test('a body that JSON cannot hold is refused without being repeated', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const { transport } = openTestTransport(fetch);
  for (const body of [{ big: 12345678901234567890n }, () => 'jdoe', Symbol('jdoe')]) {
    const error = await rejection(transport.send({ ...write, body }));
    expect(error).toMatchObject({ name: 'InputError', path: ['body'], message: '`body` must be JSON-serializable.' });
  }
  expect(requests).toHaveLength(0);
});

test("headers of the call win over those of the client, those over the library's own", async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const { transport } = openTestTransport(fetch, { headers: { Accept: 'client/*', 'X-C': 'client' } });
  await transport.send({ ...read, headers: { 'x-C': 'call' } });
  const sent = ['user-agent', 'accept', 'x-c'].map((name) => requests[0]?.headers.get(name));
  expect(sent).toEqual([expect.stringMatching(/^chatgpt-enterprise-sdk\//), 'client/*', 'call']);
});

test('refuses an authorization header, for the client and for a call', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  expect(() => openTestTransport(fetch, { headers: { Authorization: 'Bearer other' } })).toThrow(/authorization/);
  const { transport } = openTestTransport(fetch);
  expect(await rejection(transport.send({ ...read, headers: { Authorization: 'Bearer other' } }))).toMatchObject({
    name: 'InputError',
  });
  expect(requests).toHaveLength(0);
});

test('tries a read four times in all, and no more: the retries of ky are off', async () => {
  const { fetch, requests } = scriptedFetch(status(503));
  const { transport, clock } = openTestTransport(fetch);
  expect(await rejection(transport.send(read))).toMatchObject({ name: 'ScimError', code: 'server_error', attempts: 4 });
  expect(requests).toHaveLength(4);
  expect(clock.waits).toEqual([250, 500, 1_000]);
});

test('a network fault is retried four times in all too: neither layer multiplies the other', async () => {
  const { fetch, requests } = scriptedFetch(fetchFailed('ECONNRESET'));
  const { transport } = openTestTransport(fetch);
  expect(await rejection(transport.send(read))).toMatchObject({
    name: 'ConnectionError',
    code: 'network_error',
    reason: 'ECONNRESET',
    delivery: 'unknown',
    attempts: 4,
    message: 'GET /Users failed: no answer came (ECONNRESET). Tried 4 times.',
  });
  expect(requests).toHaveLength(4);
});

test.each([
  ['a refused connection', fetchFailed('ECONNREFUSED'), true],
  ['a reset connection', fetchFailed('ECONNRESET'), false],
  ['429', status(429), true],
  ['503 with Retry-After', status(503, { 'retry-after': '1' }), false],
  ['503 with a Retry-After that cannot be read', status(503, { 'retry-after': 'soon' }), false],
  ['503', status(503), false],
  ['500', status(500), false],
  ['408', status(408), false],
])('a POST after %s', async (_, failure, repeats) => {
  const { fetch, requests } = scriptedFetch(failure, ok());
  const { transport } = openTestTransport(fetch);
  const sent = transport.send(write);
  if (repeats) await expect(sent).resolves.toMatchObject({ status: 200 });
  else await expect(sent).rejects.toMatchObject({ attempts: 1 });
  expect(requests).toHaveLength(repeats ? 2 : 1);
});

test('a POST that is safe to repeat is repeated with the same body', async () => {
  const { fetch, requests } = scriptedFetch(fetchFailed('ECONNRESET'), status(500), ok());
  const { transport } = openTestTransport(fetch);
  await transport.send({ ...write, safeToRepeat: true });
  expect(await Promise.all(requests.map((request) => request.text()))).toEqual(Array(3).fill('{"userName":"jdoe"}'));
});

test('a final refusal is not repeated', async () => {
  for (const code of [400, 401, 403, 404, 409, 412, 422, 501]) {
    const { fetch, requests } = scriptedFetch(status(code));
    await rejection(openTestTransport(fetch).transport.send(read));
    expect(requests).toHaveLength(1);
  }
});

test('a fault of the program is neither repeated nor shown as it came', async () => {
  const { fetch, requests } = scriptedFetch(new TypeError('cannot read "token-1" of undefined, jane@d.example'));
  const error = await rejection(openTestTransport(fetch).transport.send(read));
  expect(error).toMatchObject({
    name: 'ConnectionError',
    message: 'GET /Users failed: no answer came (cannot read "…" of undefined, […]).',
  });
  expect(requests).toHaveLength(1);
});

test('what an attempt may have done is not forgotten by the next', async () => {
  const { fetch } = scriptedFetch(fetchFailed('ECONNRESET'), fetchFailed('ECONNREFUSED'));
  const error = await rejection(openTestTransport(fetch).transport.send({ ...write, safeToRepeat: true }));
  expect(error).toMatchObject({ reason: 'ECONNREFUSED', delivery: 'unknown' });
});

test('a call wins over its client, the client over the default, and 0 is a value', async () => {
  const attempts = async (client: number | undefined, call: number | undefined) => {
    const { fetch, requests } = scriptedFetch(status(503));
    await rejection(openTestTransport(fetch, { maxRetries: client }).transport.send({ ...read, maxRetries: call }));
    return requests.length;
  };
  expect(await attempts(undefined, undefined)).toBe(4);
  expect(await attempts(1, undefined)).toBe(2);
  expect(await attempts(1, 2)).toBe(3);
  expect(await attempts(1, 0)).toBe(1);
  expect(await attempts(0, undefined)).toBe(1);
});

test.each([{ timeoutMs: 0 }, { timeoutMs: Number.NaN }, { deadlineMs: -1 }, { maxRetries: -1 }, { maxRetries: 0.5 }])(
  'refuses %j',
  async (options) => {
    const { fetch } = scriptedFetch(ok());
    const path = Object.keys(options);
    expect(() => openTestTransport(fetch, options)).toThrow(expect.objectContaining({ name: 'InputError', path }));
    expect(await rejection(openTestTransport(fetch).transport.send({ ...read, ...options }))).toMatchObject({ path });
  },
);

test('waits as long as Retry-After says, in seconds and as a date, up to a minute', async () => {
  const clock = createFakeClock(Date.UTC(2026, 10, 23), { autoAdvance: true });
  const { fetch } = scriptedFetch(
    status(429, { 'retry-after': '7' }),
    () => status(503, { 'retry-after': new Date(clock.now() + 30_000).toUTCString() }),
    status(429, { 'retry-after': '86400' }),
    ok(),
  );
  await openTestTransport(fetch, { clock }).transport.send(read);
  expect(clock.waits).toEqual([7_000, 30_000, 60_000]);
});

test('tells how long the server asked to wait, even where that is longer than anyone would', async () => {
  const { fetch } = scriptedFetch(status(429, { 'retry-after': '86400' }));
  const error = await rejection(openTestTransport(fetch, { maxRetries: 0 }).transport.send(read));
  expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 86_400_000, retryable: true });
});

test('Retry-After holds back the other calls of the same client, and of no other', async () => {
  const clock = createFakeClock();
  const { fetch, requests } = scriptedFetch(status(429, { 'retry-after': '5' }), ok());
  const { transport } = openTestTransport(fetch, { clock });
  const first = transport.send(read);
  await clock.advance(0);
  const others = [transport.send(read), transport.send(write)];
  await clock.advance(4_999);
  expect(requests).toHaveLength(1);
  await openTestTransport(fetch, { clock }).transport.send(read);
  expect(requests).toHaveLength(2);
  await clock.advance(1);
  await Promise.all([first, ...others]);
  expect(requests).toHaveLength(5);
});

test('an attempt that takes too long is given up and repeated', async () => {
  const clock = createFakeClock();
  const { fetch, requests } = scriptedFetch(hang, ok());
  const sent = openTestTransport(fetch, { clock, random: () => 0 }).transport.send({ ...read, timeoutMs: 1_000 });
  await clock.advance(999);
  expect(requests).toHaveLength(1);
  await clock.advance(1);
  await expect(sent).resolves.toMatchObject({ status: 200 });
  expect(requests[0]?.signal.aborted).toBe(true);
});

test('the time of an attempt covers the body, also where fetch takes no notice of its signal', async () => {
  const clock = createFakeClock();
  const { fetch } = scriptedFetch(() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })));
  const sent = rejection(
    openTestTransport(fetch, { clock, maxRetries: 0 }).transport.send({ ...read, timeoutMs: 1_000 }),
  );
  await clock.advance(1_000);
  expect(await sent).toMatchObject({
    name: 'ConnectionError',
    code: 'timeout',
    delivery: 'unknown',
    message: 'GET /Users failed: no complete answer came within 1000 ms.',
  });
});

test('the deadline covers every attempt and every wait, and keeps the last failure', async () => {
  const clock = createFakeClock();
  const { fetch, requests } = scriptedFetch(status(503), hang);
  const sent = rejection(openTestTransport(fetch, { clock }).transport.send({ ...read, deadlineMs: 2_000 }));
  await clock.advance(2_000);
  expect(await sent).toMatchObject({
    code: 'timeout',
    attempts: 2,
    delivery: 'unknown',
    message: 'GET /Users failed: the call did not succeed within 2000 ms. Tried 2 times.',
    cause: { name: 'ScimError', status: 503 },
  });
  expect(requests).toHaveLength(2);
  expect(clock.pending).toBe(0);
});

test('a deadline met in the queue says that nothing was sent', async () => {
  const clock = createFakeClock();
  const { fetch, requests } = scriptedFetch(ok());
  const throttle: Throttle = (_, signal) =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  const sent = rejection(openTestTransport(fetch, { clock, throttle }).transport.send({ ...write, deadlineMs: 1_000 }));
  await clock.advance(1_000);
  expect(await sent).toMatchObject({ code: 'timeout', delivery: 'not_sent', attempts: 0 });
  expect(requests).toHaveLength(0);
});

test('a wait that would outlast the deadline is not begun: the failure comes back at once', async () => {
  const { fetch, requests } = scriptedFetch(status(429, { 'retry-after': '10' }));
  const { transport, clock } = openTestTransport(fetch);
  expect(await rejection(transport.send({ ...read, deadlineMs: 10_000 }))).toMatchObject({ code: 'rate_limited' });
  expect({ requests: requests.length, waits: clock.waits }).toEqual({ requests: 1, waits: [] });
});

test.each(['the call', 'the client'])(
  'an abort of %s is honoured before, while sending, reading and waiting',
  async (whose) => {
    const answers = {
      before: ok(),
      sending: hang,
      reading: () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })),
      waiting: status(503),
    };
    for (const [when, answer] of Object.entries(answers)) {
      const clock = createFakeClock();
      const controller = new AbortController();
      const reason = { when };
      const { fetch, requests } = scriptedFetch(answer);
      const { transport } = openTestTransport(fetch, {
        clock,
        signal: whose === 'the client' ? controller.signal : undefined,
      });
      if (when === 'before') controller.abort(reason);
      const sent = rejection(transport.send({ ...read, signal: whose === 'the call' ? controller.signal : undefined }));
      await clock.advance(0);
      controller.abort(reason);
      expect(await sent).toBe(reason);
      expect(requests).toHaveLength(when === 'before' ? 0 : 1);
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
      expect(clock.pending).toBe(0);
    }
  },
);

test('an abort in the queue rejects at once with its own reason, and nothing is sent', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const transport = new Transport({
    service: 'scim',
    baseUrl: 'https://scim.example.com',
    credential: 'token-1',
    rateLimit: { requests: 1, intervalMs: 60_000 },
    fetch,
  });
  await transport.send(read);
  const controller = new AbortController();
  const sent = rejection(transport.send({ ...read, signal: controller.signal }));
  controller.abort('enough');
  expect(await sent).toBe('enough');
  expect(requests).toHaveLength(1);
});

test('a late answer to an aborted call is let go', async () => {
  const cancel = vi.fn();
  let answer: (response: Response) => void = () => {};
  const { fetch } = scriptedFetch(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  const controller = new AbortController();
  const clock = createFakeClock();
  const sent = rejection(openTestTransport(fetch, { clock }).transport.send({ ...read, signal: controller.signal }));
  await clock.advance(0);
  controller.abort('enough');
  expect(await sent).toBe('enough');
  answer(new Response(new ReadableStream({ cancel })));
  await clock.advance(0);
  expect(cancel).toHaveBeenCalledOnce();
});

test('many calls under one signal leave no listeners and no warning', { timeout: 120_000 }, async () => {
  const warnings: unknown[] = [];
  const onWarning = (warning: Error) => warnings.push(warning.name);
  process.on('warning', onWarning);
  const { signal } = new AbortController();
  const { fetch } = scriptedFetch(ok());
  const { transport } = openTestTransport(fetch, { signal });
  const calls = timesOf(100, 10_000);
  await Promise.all(Array.from({ length: calls }, () => transport.send({ ...read, signal })));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  logSoak(`${calls} requests on one signal: ${getEventListeners(signal, 'abort').length} listeners left`);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('asks a credential function for each attempt', async () => {
  const { fetch, requests } = scriptedFetch(status(503), ok());
  let asked = 0;
  const { transport } = openTestTransport(fetch, { credential: async () => `token-${++asked}` });
  await transport.send(read);
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('asks a credential function once more after 401, for a POST too, and only once', async () => {
  const { fetch, requests } = scriptedFetch(status(401), ok());
  let asked = 0;
  const credential = () => `token-${++asked}`;
  await openTestTransport(fetch, { credential, maxRetries: 0 }).transport.send(write);
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', 'Bearer token-2']);

  const refused = scriptedFetch(status(401));
  const error = await rejection(openTestTransport(refused.fetch, { credential }).transport.send(write));
  expect(error).toMatchObject({ code: 'unauthorized', attempts: 2 });
  expect(refused.requests).toHaveLength(2);
});

test('does not repeat a 401 to a credential that cannot change', async () => {
  const { fetch, requests } = scriptedFetch(status(401));
  await rejection(openTestTransport(fetch).transport.send(read));
  expect(requests).toHaveLength(1);
});

test.each(['', ' ', 'a b', 'a\nb', 'tökén', undefined as unknown as string])(
  'refuses the credential %j without repeating it',
  async (credential) => {
    const { fetch, requests } = scriptedFetch(ok());
    expect(() => openTestTransport(fetch, { credential })).toThrow(
      expect.objectContaining({ name: 'InputError', path: ['token'] }),
    );
    const error = await rejection(openTestTransport(fetch, { credential: () => credential }).transport.send(read));
    expect(error).toMatchObject({ name: 'InputError', path: ['token'] });
    expect(requests).toHaveLength(0);
  },
);

test.each([new Error('vault is sealed'), new TypeError('fetch failed'), 'a text'])(
  'what a credential function throws comes back untouched: %s',
  async (reason) => {
    const { fetch } = scriptedFetch(ok());
    const credential = vi.fn(() => Promise.reject(reason));
    expect(await rejection(openTestTransport(fetch, { credential }).transport.send(read))).toBe(reason);
    expect(credential).toHaveBeenCalledOnce();
  },
);

test('an abort does not wait for a credential function', async () => {
  const controller = new AbortController();
  const { fetch } = scriptedFetch(ok());
  const { transport } = openTestTransport(fetch, { credential: () => new Promise(() => {}) });
  const sent = rejection(transport.send({ ...read, signal: controller.signal }));
  controller.abort('enough');
  expect(await sent).toBe('enough');
});

test('the guard stops a request before it is sent or queued', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  let queued = 0;
  const throttle: Throttle = (run) => {
    queued++;
    return run();
  };
  const denied = new AccessDeniedError({ permissions: ['provisioning'], method: 'POST', route: '/Users' });
  const guard = (request: TransportRequest) => {
    if (request.method !== 'GET') throw denied;
  };
  const { transport } = openTestTransport(fetch, { guard, throttle });
  expect(await rejection(transport.send(write))).toBe(denied);
  expect({ requests: requests.length, queued }).toEqual({ requests: 0, queued: 0 });
  await transport.send(read);
  expect(requests).toHaveLength(1);
});

test('the guard judges the very body that is sent, whatever the object answers the second time', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  let reads = 0;
  const body = {
    get active() {
      return reads++ === 0 ? 'first' : 'second';
    },
    toJSON() {
      return { active: this.active };
    },
  };
  const judged: unknown[] = [];
  const { transport } = openTestTransport(fetch, { guard: (request) => judged.push(request.body) });
  await transport.send({ ...write, body });
  expect(judged).toEqual([{ active: 'first' }]);
  expect(await requests[0]?.json()).toEqual({ active: 'first' });
});

test.each([
  ['application/scim+json; charset=utf-8', '{"a":1}'],
  ['text/plain', '{"a":1}'],
  [undefined, '{"a":1}'],
  ['application/json', '\ufeff{"a":1}'],
  ['text/html', ' \n{"a":1}\n'],
])('reads JSON whatever the content type %s', async (contentType, text) => {
  const bytes = new TextEncoder().encode(text);
  const { fetch } = scriptedFetch(new Response(bytes, { headers: contentType ? { 'content-type': contentType } : {} }));
  expect((await openTestTransport(fetch).transport.send(read)).body).toEqual({ a: 1 });
});

test.each([200, 201, 202, 204])('an empty %i to a write has no body', async (code) => {
  for (const body of code === 204 ? [null] : [null, '', ' \n']) {
    const { fetch } = scriptedFetch(
      new Response(body, { status: code, headers: { etag: 'W/"1"', 'x-request-id': 'req_1' } }),
    );
    const response = await openTestTransport(fetch).transport.send({ ...read, method: 'DELETE' });
    expect(response).toMatchObject({ status: code, body: undefined, requestId: 'req_1' });
    expect(response.headers.get('etag')).toBe('W/"1"');
  }
});

test.each([
  [
    '<!DOCTYPE html><p>Sign in, jane</p>',
    'GET /Users was answered 200 with an HTML page, perhaps a proxy or sign-in page.',
  ],
  ['OK jane', 'GET /Users was answered 200 with a text that is not JSON.'],
  ['{"a":', 'GET /Users was answered 200 with a text that is not JSON.'],
])('a 2xx of %j is an answer of the wrong shape', async (text, message) => {
  const { fetch, requests } = scriptedFetch(new Response(text));
  const error = await rejection(openTestTransport(fetch, { maxRetries: 0 }).transport.send(read));
  expect(error).toMatchObject({ name: 'ResponseValidationError', code: 'invalid_response', status: 200, message });
  expect(requests).toHaveLength(1);
});

test('an answer of more than 10 MiB is refused, by its announcement and by its size', async () => {
  const chunk = new Uint8Array(1024 * 1024).fill(32);
  let chunks = 0;
  const endless = () =>
    new Response(
      new ReadableStream({
        pull: (controller) => {
          chunks++;
          controller.enqueue(chunk);
        },
      }),
    );
  for (const answer of [endless, new Response('{}', { headers: { 'content-length': '99999999' } })]) {
    const { fetch, requests } = scriptedFetch(answer);
    const error = await rejection(openTestTransport(fetch).transport.send(read));
    expect(error).toMatchObject({ name: 'ConnectionError', code: 'response_too_large', retryable: false });
    expect(requests).toHaveLength(1);
  }
  expect(chunks).toBeLessThan(15);
});

test('a failure with a body that is cut or endless is still the failure that it is', async () => {
  const cut = () =>
    new Response(
      new ReadableStream(
        {
          start(controller) {
            controller.enqueue(new TextEncoder().encode('no such'));
            controller.error(new TypeError('terminated'));
          },
        },
        { highWaterMark: 0 },
      ),
      { status: 404 },
    );
  const { fetch } = scriptedFetch(cut);
  expect(await rejection(openTestTransport(fetch).transport.send(read))).toMatchObject({
    status: 404,
    code: 'not_found',
  });
});

test('a redirect is an error naming the origin only, unless it was asked for', async () => {
  const redirect = status(307, { location: 'https://evil.example/collect?user=jane' });
  const { fetch, requests } = scriptedFetch(redirect);
  const { transport } = openTestTransport(fetch);
  expect(await rejection(transport.send(read))).toMatchObject({
    code: 'unexpected_redirect',
    message: 'GET /Users failed: 307 unexpected_redirect. The server redirects to https://evil.example.',
  });
  expect(requests).toHaveLength(1);
  const accepted = await transport.send({ ...read, acceptStatuses: [307] });
  expect(accepted).toMatchObject({ status: 307, body: undefined });
  expect(accepted.headers.get('location')).toBe('https://evil.example/collect?user=jane');
});

test('an accepted failure comes back with its body, as JSON or not at all', async () => {
  const { fetch } = scriptedFetch(
    Response.json({ Operations: [] }, { status: 412 }),
    new Response('<html>', { status: 412 }),
  );
  const { transport } = openTestTransport(fetch);
  const request = { ...write, acceptStatuses: [412] };
  expect((await transport.send(request)).body).toEqual({ Operations: [] });
  expect((await transport.send(request)).body).toBeUndefined();
});

test('never changes what the caller passed', async () => {
  const { fetch } = scriptedFetch(status(503), ok());
  const options = Object.freeze({
    headers: Object.freeze({ 'X-A': '1' }),
    rateLimit: Object.freeze({ requests: 5, intervalMs: 1 }),
  });
  const { transport } = openTestTransport(fetch, { ...options, guard: () => {} });
  const body = Object.freeze({ emails: Object.freeze(['a']) });
  await transport.send(Object.freeze({ ...write, safeToRepeat: true, body, headers: Object.freeze({ 'X-B': '2' }) }));
});

test('the rate limit for SCIM is ten a second, and none for the other service', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  try {
    const { fetch, requests } = scriptedFetch(ok());
    for (const [service, atOnce] of [
      ['scim', 10],
      ['compliance', 25],
    ] as const) {
      requests.length = 0;
      const { transport } = openTestTransport(fetch, { service, rateLimit: undefined, clock: systemClock });
      const sent = Promise.all(Array.from({ length: 25 }, () => transport.send(read)));
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(requests).toHaveLength(atOnce);
      await vi.advanceTimersByTimeAsync(5_000);
      await sent;
    }
  } finally {
    vi.useRealTimers();
  }
});

test('the rate limit waits on the clock of the client, as everything else does', async () => {
  const { fetch } = scriptedFetch(ok());
  const { transport, clock } = openTestTransport(fetch, { rateLimit: { requests: 2, intervalMs: 60_000 } });
  const startMs = clock.now();
  for (let call = 0; call < 5; call++) await transport.send(read);
  expect(clock.now() - startMs).toBe(120_000);
});

test('reads as many bytes of an answer as the client allows, and says how to ask for less', async () => {
  const { fetch } = scriptedFetch(Response.json({ name: 'x'.repeat(2_000) }));
  const error = await rejection(openTestTransport(fetch, { maxResponseBytes: 1_000 }).transport.send(read));
  expect(error).toMatchObject({
    code: 'response_too_large',
    message: expect.stringContaining('larger than 1000 bytes'),
    remedy: expect.stringMatching(/lower `count`.*`excludedAttributes`.*`maxResponseBytes`/),
  });
  await openTestTransport(fetch, { maxResponseBytes: 3_000 }).transport.send(read);
  expect(() => openTestTransport(fetch, { maxResponseBytes: 0 })).toThrow('`maxResponseBytes`');
});

test('transports that share a hold keep together to a Retry-After that one of them was given', async () => {
  const cooldown = new Cooldown();
  const busy = new Response('', { status: 429, headers: { 'retry-after': '20' } });
  const clock = createFakeClock();
  const one = openTestTransport(scriptedFetch(busy).fetch, { cooldown, clock, maxRetries: 0 }).transport;
  const other = openTestTransport(scriptedFetch(ok()).fetch, { cooldown, clock }).transport;
  const stranger = openTestTransport(scriptedFetch(ok()).fetch, { clock }).transport;
  await rejection(one.send(read));
  let isSent = false;
  const sent = other.send(read).then(() => {
    isSent = true;
  });
  await stranger.send(read);
  await clock.advance(19_999);
  expect(isSent).toBe(false);
  await clock.advance(1);
  await sent;
});

test('two clients in one process do not meet', async () => {
  const { fetch } = scriptedFetch(ok());
  const limited = { rateLimit: { requests: 1, intervalMs: 60_000 } };
  await openTestTransport(fetch, limited).transport.send(read);
  await expect(openTestTransport(fetch, limited).transport.send(read)).resolves.toMatchObject({ status: 200 });
});

test('uses the fetch that is global when the request leaves', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const transport = new Transport({ service: 'scim', baseUrl: 'https://scim.example.com', credential: 'token-1' });
  vi.stubGlobal('fetch', fetch);
  try {
    await transport.send(read);
  } finally {
    vi.unstubAllGlobals();
  }
  expect(requests).toHaveLength(1);
});
