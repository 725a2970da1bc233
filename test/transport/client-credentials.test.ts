import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ScimClient } from '../../src/scim/client.js';
import { createTestClock } from '../../src/testing/clock.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';
import type { OAuthOptions } from '../../src/testing/scim/oauth.js';
import { type ClientCredentialsOptions, clientCredentials } from '../../src/transport/client-credentials.js';
import { rejection } from '../support/open-test-transport.js';

type Given = Partial<ClientCredentialsOptions>;

/** A directory that takes OAuth tokens, and a client of it. */
function open(given: Given = {}, oauth: OAuthOptions = {}) {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ clock, scim: { oauth } });
  const server = emulator.scim.oauth;
  if (server === undefined) throw new Error('There is no token endpoint.');
  const { tokenUrl, clientId, clientSecret } = server;
  const token = clientCredentials({ tokenUrl, clientId, clientSecret, fetch: emulator.fetch, clock, ...given });
  const client = new ScimClient({
    baseUrl: emulator.scim.baseUrl,
    token,
    access: { provisioning: true },
    ...emulator.clientOptions,
  });
  const asked = () => emulator.requests.count('POST /oauth/token');
  return { emulator, server, clock, token, client, asked, clientSecret };
}

/** A credential whose token URL gives these answers in turn, the last one for ever. */
function answeredWith(...answers: (() => Response | Promise<Response>)[]) {
  const seen: { readonly url: string; readonly init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    seen.push({ url: String(input), init });
    const next = answers[Math.min(seen.length, answers.length) - 1];
    if (next === undefined) throw new Error('No answer.');
    return next();
  };
  const make = (given: Given = {}) =>
    clientCredentials({ tokenUrl, clientId: 'client_1', clientSecret: secret, fetch, ...given });
  return { seen, make };
}
const tokenUrl = 'https://login.north.example/oauth/token';
const secret = 'p:ss w+rd/ü';
const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });
const tokenOf = (access_token: string, more: object = {}) => json({ access_token, token_type: 'bearer', ...more });

describe('a token', () => {
  test('is asked for once, by the first of many requests', async () => {
    const { client, asked } = open();
    await Promise.all([client.users.list(), client.groups.list(), client.users.count()]);
    await client.users.list();
    expect(asked()).toBe(1);
  });

  test('is replaced shortly before it expires', async () => {
    const { client, asked, clock } = open({}, { expiresInSeconds: 3600 });
    await client.users.list();
    clock.advance(3_539_000);
    await client.users.list();
    expect(asked()).toBe(1);
    clock.advance(2_000);
    await client.users.list();
    expect(asked()).toBe(2);
  });

  test('that lives a moment only is used for half of it', async () => {
    const { client, asked, clock } = open({}, { expiresInSeconds: 10 });
    await client.users.list();
    clock.advance(4_900);
    await client.users.list();
    expect(asked()).toBe(1);
    clock.advance(200);
    await client.users.list();
    expect(asked()).toBe(2);
  });

  test('that was revoked is replaced within the call, whatever its method', async () => {
    const { client, asked, server, emulator } = open();
    await client.users.list();
    server.revokeTokens();
    const user = { userName: 'ada@north.example', emails: [{ value: 'ada@north.example', primary: true }] };
    await client.users.create(user);
    expect([asked(), emulator.requests.count('POST /Users')]).toEqual([2, 2]);
    server.revokeTokens();
    await Promise.all([client.users.list(), client.groups.list(), client.users.count()]);
    expect(asked()).toBe(3);
  });

  test('that was refused is not handed out again, though it should live on', async () => {
    const { make, seen } = answeredWith(tokenOf('one', { expires_in: 3600 }));
    const credential = make();
    const client = new ScimClient({
      baseUrl: 'https://scim.north.example/v2',
      token: credential,
      fetch: async () => Response.json({ detail: 'no' }, { status: 401 }),
      maxRetries: 0,
    });
    const error = await rejection(client.users.list());
    expect(error).toMatchObject({ code: 'credential_unavailable', retryable: false, delivery: 'not_sent' });
    expect(error).toMatchObject({
      message: expect.stringContaining('gave the one again that the service had refused'),
    });
    expect(seen).toHaveLength(2);
  });

  test('that was refused by mistake is tried again after a minute', async () => {
    const clock = createTestClock();
    const { make } = answeredWith(tokenOf('one', { expires_in: 3600 }));
    let isRefused = true;
    const client = new ScimClient({
      baseUrl: 'https://scim.north.example/v2',
      token: make({ clock }),
      fetch: async () => (isRefused ? json({}, 401)() : json({ totalResults: 0, Resources: [] })()),
      rateLimit: false,
      maxRetries: 0,
    });
    expect(await rejection(client.users.list())).toMatchObject({ code: 'credential_unavailable' });
    isRefused = false;
    clock.advance(59_000);
    expect(await rejection(client.users.list())).toMatchObject({ code: 'credential_unavailable' });
    clock.advance(1_000);
    expect(await client.users.list()).toMatchObject({ totalResults: 0 });
  });

  test('is used to its end where no other is to be had', async () => {
    const clock = createTestClock();
    const { make } = answeredWith(tokenOf('one', { expires_in: 3600 }), json({}, 503));
    const credential = make({ clock });
    await credential();
    clock.advance(3_599_000);
    expect(await credential()).toBe('one');
    clock.advance(1_000);
    expect(await rejection(credential())).toMatchObject({ code: 'credential_unavailable' });
  });

  test.each<[string, unknown, string]>([
    ['says no life', undefined, 'one'],
    ['gives its life as text', '3600', 'one'],
    ['lives for no time', 0, 'two'],
    ['says nonsense of its life', 'soon', 'one'],
  ])('that %s', async (_case, expires_in, second) => {
    const { make } = answeredWith(tokenOf('one', { expires_in }), tokenOf('two'));
    const credential = make({ clock: createTestClock() });
    expect([await credential(), await credential()]).toEqual(['one', second]);
  });
});

describe('the request of a token', () => {
  test('has id and secret form-encoded in its header, and nothing of them elsewhere', async () => {
    const { make, seen } = answeredWith(tokenOf('one'));
    await make({ scope: 'directory write' })();
    const [{ url, init } = { url: '', init: undefined }] = seen;
    const headers = new Headers(init?.headers);
    expect([url, init?.method, init?.redirect]).toEqual([tokenUrl, 'POST', 'manual']);
    expect(init?.body).toBe('grant_type=client_credentials&scope=directory+write');
    expect(headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(atob(String(headers.get('authorization')).slice('Basic '.length))).toBe('client_1:p%3Ass+w%2Brd%2F%C3%BC');
  });

  test('has them in its body instead where that is wanted', async () => {
    const { client } = open({ authentication: 'post' }, { authentication: 'post', scope: 'all' });
    const error = await rejection(client.users.list());
    expect(error).toMatchObject({ code: 'credential_unavailable', remedy: expect.stringContaining('`scope`') });
    expect(error).toMatchObject({ message: expect.stringContaining('answered 400 (invalid_scope)') });
    const { client: right, emulator: other } = open(
      { authentication: 'post', scope: 'all' },
      { authentication: 'post', scope: 'all' },
    );
    await right.users.list();
    const [request] = other.requests.list('POST /oauth/token');
    expect(request?.headers).not.toHaveProperty('authorization');
    expect(request?.bodyText).toMatch(/client_id=client_\w+&client_secret=\[redacted\]$/);
  });

  test('that has them in its body is not advised to have them there', async () => {
    const { make } = answeredWith(() => Response.json({ error: 'invalid_client' }, { status: 401 }));
    const { remedy } = (await rejection(make({ authentication: 'post' })())) as { readonly remedy?: string };
    expect(remedy).toMatch(/want them in the header: leave out/);
  });

  test('goes to the token URL alone, and the token to the service alone', async () => {
    const { make, seen } = answeredWith(tokenOf('the-token'));
    const asked: [string, string | null][] = [];
    const client = new ScimClient({
      baseUrl: 'https://scim.north.example/v2',
      token: make(),
      fetch: async (input, init) => {
        asked.push([new URL(String(input)).origin, new Headers(init?.headers).get('authorization')]);
        return Response.json({ totalResults: 0, Resources: [] });
      },
    });
    await client.users.list();
    expect(asked).toEqual([['https://scim.north.example', 'Bearer the-token']]);
    expect(seen.map(({ url }) => url)).toEqual([tokenUrl]);
  });
});

describe('where there is no token', () => {
  const failures: Record<string, [answer: () => Response | Promise<Response>, says: string, remedy: RegExp]> = {
    'the client is unknown': [json({ error: 'invalid_client' }, 401), 'answered 401 (invalid_client)', /clientSecret/],
    'it may not': [json({ error: 'unauthorized_client' }, 400), '400 (unauthorized_client)', /grant/],
    'the answer repeats the secret': [
      json({ error: secret, error_description: `no ${secret} for client_1` }, 400),
      'answered 400.',
      /token endpoint/,
    ],
    'there is no such page': [() => new Response('<html>', { status: 404 }), 'answered 404.', /token endpoint/],
    'it is led elsewhere': [
      () => new Response(null, { status: 307, headers: { location: 'https://evil.example/' } }),
      'redirects, which is not followed',
      /address that gives the token/,
    ],
    'it is answered by a page': [() => new Response('<html>sign in</html>'), 'holds none', /proxy/],
    'it is no text': [json({ access_token: 7, token_type: 'Bearer' }), 'holds none', /proxy/],
    'it would end the header': [json({ access_token: 'a\r\nb', token_type: 'Bearer' }), 'holds none', /proxy/],
    'it is of another type': [json({ access_token: 'a', token_type: 'DPoP' }), 'another type', /token endpoint/],
    'the answer has no end': [
      () => new Response(new ReadableStream({ pull: (out) => out.enqueue(new Uint8Array(32 * 1024)) })),
      'holds none',
      /proxy/,
    ],
  };

  test.each(Object.entries(failures))('as %s, the call says so and sends nothing', async (_case, failure) => {
    const [answer, says, remedy] = failure;
    const { make, seen } = answeredWith(answer);
    let sent = 0;
    const client = new ScimClient({
      baseUrl: 'https://scim.north.example/v2',
      token: make(),
      fetch: async () => {
        sent += 1;
        return Response.json({});
      },
    });
    const error = await rejection(client.users.list());
    expect(error).toMatchObject({
      name: 'ConnectionError',
      code: 'credential_unavailable',
      delivery: 'not_sent',
      retryable: false,
      remedy: expect.stringMatching(remedy),
    });
    expect(error).toMatchObject({ message: expect.stringContaining(says) });
    expect([sent, seen.length]).toEqual([0, 1]);
    const shown = [inspect(error, { showHidden: true, depth: 9 }), JSON.stringify(error), String(error)].join();
    for (const hidden of [secret, 'p%3Ass', 'client_1', 'evil', tokenUrl]) expect(shown).not.toContain(hidden);
  });

  test('for the moment, the call is repeated, and a POST too', async () => {
    const { client, emulator, asked } = open();
    emulator.faults.add(fault.status(503), { route: 'POST /oauth/token', times: 2 });
    emulator.faults.add(fault.cut('before_commit'), { route: 'POST /oauth/token', skip: 2 });
    const user = { userName: 'ada@north.example', emails: [{ value: 'ada@north.example', primary: true }] };
    expect(await client.users.create(user)).toMatchObject({ userName: 'ada@north.example' });
    expect([asked(), emulator.requests.count('POST /Users')]).toEqual([4, 1]);
  });

  test('as the token URL cannot be reached, the reason is named and the secret is not', async () => {
    const { make } = answeredWith(() => {
      throw Object.assign(new TypeError(`fetch failed for ${secret}`), { code: 'ENOTFOUND' });
    });
    const error = await rejection(make()());
    expect(error).toMatchObject({ code: 'credential_unavailable', reason: 'ENOTFOUND', retryable: true });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  });

  test('as the token URL is silent, the time limit says so, and the next call asks again', async () => {
    const clock = createTestClock();
    const { make, seen } = answeredWith(() => new Promise<Response>(() => {}), tokenOf('two'));
    const credential = make({ clock, timeoutMs: 5_000 });
    const waiting = rejection(credential());
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    clock.advance(5_000);
    expect(await waiting).toMatchObject({ code: 'credential_unavailable', retryable: true });
    expect(await credential()).toBe('two');
  });

  test('as its host is not allowed, nothing is sent there', async () => {
    const hosts: string[] = [];
    const allowHost = (url: URL) => hosts.push(url.href) > 1;
    const { make, seen } = answeredWith(tokenOf('one'));
    const credential = make({ allowHost });
    const error = await rejection(credential());
    expect(error).toMatchObject({ code: 'credential_unavailable', retryable: false });
    expect(error).toMatchObject({
      message: expect.stringContaining('`allowHost` does not allow the host of the token URL'),
    });
    expect(seen).toHaveLength(0);
    expect(await credential()).toBe('one');
    expect(hosts).toEqual(['https://login.north.example/', 'https://login.north.example/']);
    const failing = make({ allowHost: () => Promise.reject(new Error(`no ${secret}`)) });
    expect(inspect(await rejection(failing()), { depth: 9 })).not.toContain(secret);
  });

  test('a request of one that fails when nobody waits any more fails nothing', async () => {
    let fail: (reason: Error) => void = () => {};
    const { make, seen } = answeredWith(() => new Promise<Response>((_, reject) => (fail = reject)), tokenOf('two'));
    const credential = make();
    const client = new ScimClient({ baseUrl: 'https://scim.north.example', token: credential });
    const stop = new AbortController();
    const stopped = rejection(client.users.list({}, { signal: stop.signal }));
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort(new Error('Enough.'));
    expect(await stopped).toMatchObject({ message: 'Enough.' });
    // Nobody handles it, and vitest fails for a rejection that nobody handles.
    fail(new TypeError('fetch failed'));
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(await credential()).toBe('two');
  });

  test('whoever stops waiting does not end the request of the others', async () => {
    let answer: (response: Response) => void = () => {};
    const { make, seen } = answeredWith(() => new Promise<Response>((resolve) => (answer = resolve)));
    const list = json({ totalResults: 0, Resources: [] });
    const client = new ScimClient({ baseUrl: 'https://scim.north.example', token: make(), fetch: async () => list() });
    const stop = new AbortController();
    const stopped = client.users.list({}, { signal: stop.signal });
    const other = client.users.list();
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    stop.abort(new Error('Enough.'));
    await expect(stopped).rejects.toThrow('Enough.');
    answer(tokenOf('one')());
    expect((await other).totalResults).toBe(0);
    expect(seen).toHaveLength(1);
  });
});

test('printed, or as JSON, the credential shows nothing', async () => {
  const { token, clientSecret, client } = open();
  await client.users.list();
  const value = await token();
  const shown = [
    inspect(token, { showHidden: true, depth: 9 }),
    inspect({ token }, { showHidden: true, depth: 9 }),
    String(JSON.stringify({ token })),
    String(token),
    inspect(client, { showHidden: true, depth: 9 }),
  ].join();
  for (const hidden of [clientSecret, value]) expect(shown).not.toContain(hidden);
});

test.each<[Given | Record<string, unknown>, string]>([
  [{ tokenUrl: 'login.north.example' }, '`tokenUrl` must be a URL'],
  [{ tokenUrl: undefined }, '`tokenUrl` must be a URL'],
  [{ tokenUrl: 'http://login.north.example/token' }, 'must use https'],
  [{ tokenUrl: 'http://127.0.0.1:9/token' }, 'must use https'],
  [{ tokenUrl: 'http://login.north.example/token', dangerouslyAllowHttpLoopback: true }, 'must use https'],
  [{ tokenUrl: 'https://user:pass@login.north.example/token' }, 'a user name or a password'],
  [{ clientId: undefined }, '`clientId` must be a text'],
  [{ clientSecret: '' }, '`clientSecret` is empty'],
  [{ clientSecret: '[redacted]' }, 'a redacted secret'],
  [{ scope: ['a'] }, '`scope` must be a text'],
  [{ authentication: 'body' }, '`authentication` must be'],
  [{ timeoutMs: 0 }, '`timeoutMs` must be'],
  [{ fetch: 'x' }, '`fetch` must be'],
  [{ allowHost: 'x' }, '`allowHost` must be'],
  [{ clientSecrt: 'x' }, '`clientSecrt` is not an option of clientCredentials()'],
])('refuses %o', (given, message) => {
  const make = () => clientCredentials({ tokenUrl, clientId: 'a', clientSecret: 'b', ...given } as never);
  expect(make).toThrow(message);
});

test('works over loopback, where that is allowed twice', async () => {
  await using emulator = createEmulator({ scim: { oauth: {} } });
  await using server = await emulator.listen();
  const { clientId = '', clientSecret = '' } = emulator.scim.oauth ?? {};
  const dangerouslyAllowHttpLoopback = true;
  const token = clientCredentials({
    tokenUrl: String(server.oauthTokenUrl),
    clientId,
    clientSecret,
    dangerouslyAllowHttpLoopback,
  });
  const client = new ScimClient({ baseUrl: server.scimBaseUrl, token, dangerouslyAllowHttpLoopback });
  expect(await client.users.count()).toBe(12);
});
