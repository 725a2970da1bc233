import { expect, test, vi } from 'vitest';
import { isSdkError } from '../../src/errors/is-sdk-error.js';
import type { TransportEvent } from '../../src/transport/options.js';
import { publicHostsOnly } from '../../src/transport/public-hosts.js';
import { createFakeClock } from '../support/fake-clock.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { fetchFailed, scriptedFetch } from '../support/scripted-fetch.js';

const ok = () => Response.json({ id: '1' });
const read = { method: 'GET', route: '/Users' } as const;
const write = { method: 'POST', route: '/Users', body: { userName: 'jdoe' } } as const;
const signed = {
  url: 'https://storage.example.net/file?sig=secret-signature',
  route: '/logs/{log_file_id} (storage)',
  maxBytes: 1_000,
};
const redirect = (location: string) => new Response(null, { status: 302, headers: { location } });
/** For what JavaScript gives. */
const returning = (value: unknown) => (() => value) as () => boolean;

test('is asked before each attempt, with the host and without path and query', async () => {
  const { fetch, requests } = scriptedFetch(fetchFailed('ECONNREFUSED'), ok());
  const asked: string[] = [];
  const allowHost = (url: URL) => {
    asked.push(url.href);
    expect(requests).toHaveLength(asked.length - 1);
    // Nobody else sees what it does to it.
    url.hostname = 'evil.example';
    return true;
  };
  const { transport } = openTestTransport(fetch, { allowHost });
  await transport.send({ ...read, query: [['filter', 'userName eq "jdoe"']] });
  expect(asked).toEqual(['https://scim.example.com/', 'https://scim.example.com/']);
  expect(requests.map(({ url }) => new URL(url).host)).toEqual(['scim.example.com', 'scim.example.com']);
});

test.each([
  ['false', () => false],
  ['a promise of false', async () => false],
  ['nothing', returning(undefined)],
  ['what is only truthy', returning('yes')],
])('an answer of %s sends nothing, repeats nothing and tells nobody of a request', async (_, allowHost) => {
  const { fetch, requests } = scriptedFetch(ok());
  const events: TransportEvent[] = [];
  const { transport, clock } = openTestTransport(fetch, { allowHost, onEvent: (event) => events.push(event) });
  for (const request of [read, write]) {
    const error = await rejection(transport.send(request));
    expect(error).toMatchObject({
      name: 'ConnectionError',
      code: 'host_not_allowed',
      message: `${request.method} /Users failed: \`allowHost\` does not allow the host of the base URL, so nothing was sent to it.`,
      remedy: expect.stringContaining('Check the host name'),
      delivery: 'not_sent',
      retryable: false,
      attempts: 1,
    });
    expect(`${JSON.stringify(error)} ${isSdkError(error) && error.stack}`).not.toMatch(/dir_1|scim\.example\.com/);
  }
  expect(requests).toHaveLength(0);
  expect(events.filter(({ type }) => type !== 'call')).toEqual([]);
  expect(clock.waits).toEqual([]);
});

test('an answer other than true for a later attempt ends the call', async () => {
  const { fetch, requests } = scriptedFetch(fetchFailed('ECONNRESET'));
  const allowHost = vi.fn(() => false).mockReturnValueOnce(true);
  const error = await rejection(openTestTransport(fetch, { allowHost }).transport.send(read));
  // The first may have arrived.
  expect(error).toMatchObject({ code: 'host_not_allowed', delivery: 'unknown', attempts: 2 });
  expect(requests).toHaveLength(1);
});

test('is asked about storage too: the first address and every redirect', async () => {
  const { fetch, requests } = scriptedFetch(
    redirect('https://169.254.169.254/latest/meta-data/'),
    new Response('role'),
  );
  const asked: string[] = [];
  const allowHost = (url: URL) => {
    asked.push(url.href);
    return publicHostsOnly(url, { lookup: async () => ['93.184.215.14'] });
  };
  const { transport } = openTestTransport(fetch, { allowHost });
  const error = await rejection(transport.download(signed));
  expect(error).toMatchObject({
    code: 'host_not_allowed',
    message:
      'GET /logs/{log_file_id} (storage) failed: `allowHost` does not allow the host of the storage address, so nothing was sent to it.',
    delivery: 'not_sent',
    retryable: false,
  });
  expect(JSON.stringify(error)).not.toMatch(/169\.254|secret-signature|meta-data/);
  expect(asked).toEqual(['https://storage.example.net/', 'https://169.254.169.254/']);
  expect(requests.map(({ url }) => url)).toEqual([signed.url]);

  expect(await rejection(transport.download({ ...signed, url: 'https://[::1]/x' }))).toMatchObject({
    code: 'host_not_allowed',
  });
  expect(requests).toHaveLength(1);
});

test('a name that leads to an internal address is refused', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const lookup = vi.fn(async () => ['93.184.215.14', '10.0.0.1']);
  const allowHost = (url: URL) => publicHostsOnly(url, { lookup });
  const { transport } = openTestTransport(fetch, { allowHost });
  expect(await rejection(transport.send(read))).toMatchObject({ code: 'host_not_allowed' });
  expect(requests).toHaveLength(0);
  lookup.mockResolvedValue(['93.184.215.14']);
  await transport.send(read);
  expect(requests).toHaveLength(1);
});

test('a resolver that is out of order for a moment is waited for, also by a POST', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const failure = Object.assign(new Error('getaddrinfo EAI_AGAIN scim.example.com'), { code: 'EAI_AGAIN' });
  const allowHost = vi.fn(async () => true).mockRejectedValueOnce(failure);
  await openTestTransport(fetch, { allowHost }).transport.send(write);
  expect(requests).toHaveLength(1);

  const always = openTestTransport(fetch, { allowHost: () => Promise.reject(failure), maxRetries: 1 });
  expect(await rejection(always.transport.send(write))).toMatchObject({
    code: 'network_error',
    message: 'POST /Users failed: `allowHost` failed (EAI_AGAIN), so nothing was sent. Tried 2 times.',
    reason: 'EAI_AGAIN',
    delivery: 'not_sent',
  });
});

test('one that throws allows nothing, and what it threw is not kept', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const allowHost = (url: URL): boolean => {
    throw new TypeError(`no list for ${url.hostname}`);
  };
  const error = await rejection(openTestTransport(fetch, { allowHost }).transport.send(read));
  expect(error).toMatchObject({ code: 'network_error', delivery: 'not_sent', retryable: false, attempts: 1 });
  expect(error).not.toHaveProperty('cause');
  expect(String(error)).not.toContain('scim.example.com');
  expect(requests).toHaveLength(0);
});

test('one that never answers ends with the time limit of the attempt, or with the signal', async () => {
  const { fetch, requests } = scriptedFetch(ok());
  const never = () => new Promise<boolean>(() => {});
  const clock = createFakeClock();
  const { transport } = openTestTransport(fetch, { allowHost: never, clock, timeoutMs: 1_000, maxRetries: 0 });
  const late = rejection(transport.send(read));
  await vi.waitFor(() => expect(clock.pending).toBeGreaterThan(0));
  await clock.advance(1_000);
  expect(await late).toMatchObject({ code: 'timeout', delivery: 'not_sent' });

  const controller = new AbortController();
  const aborted = rejection(transport.send({ ...read, signal: controller.signal }));
  const reason = new Error('enough');
  controller.abort(reason);
  expect(await aborted).toBe(reason);
  expect(requests).toHaveLength(0);
});

test('must be a function', () => {
  const { fetch } = scriptedFetch(ok());
  const allowHost = ['api.workos.com'] as unknown as () => boolean;
  expect(() => openTestTransport(fetch, { allowHost })).toThrow(
    expect.objectContaining({ name: 'InputError', path: ['allowHost'], message: '`allowHost` must be a function.' }),
  );
});
