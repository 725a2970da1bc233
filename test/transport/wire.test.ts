import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createWire } from '../../src/transport/wire.js';
import { rejection } from '../support/open-test-transport.js';
import { fetchFailed, scriptedFetch } from '../support/scripted-fetch.js';

const { signal } = new AbortController();
const request = { url: 'https://h.example/x', method: 'GET', headers: { authorization: 'Bearer token-1' }, signal };

test('rejects with what fetch rejected with, and not with an error of ky, which holds the request', async () => {
  const failure = fetchFailed('ECONNRESET');
  expect(await rejection(createWire(scriptedFetch(failure).fetch)(request))).toBe(failure);
  const unknown = new Error('Network connection lost.');
  expect(await rejection(createWire(scriptedFetch(unknown).fetch)(request))).toBe(unknown);
});

test('what rejects before fetch is asked says nothing of the credential', async () => {
  const { fetch, requests } = scriptedFetch(new Response());
  const error = await rejection(createWire(fetch)({ ...request, method: 'GET', body: 'a body where none may be' }));
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain('token-1');
  expect(requests).toHaveLength(0);
});

test('sends once and gives back any status, a redirect too', async () => {
  for (const status of [200, 302, 404, 429, 503]) {
    const { fetch, requests } = scriptedFetch(
      new Response(null, { status, headers: { location: '/y', 'retry-after': '0' } }),
    );
    expect((await createWire(fetch)(request)).status).toBe(status);
    expect(requests).toHaveLength(1);
  }
});

test('passes the abort on to fetch, with its reason', async () => {
  const controller = new AbortController();
  const { fetch } = scriptedFetch(
    (sent) => new Promise((_, reject) => sent.signal.addEventListener('abort', () => reject(sent.signal.reason))),
  );
  const sent = rejection(createWire(fetch)({ ...request, signal: controller.signal }));
  await new Promise((resolve) => setTimeout(resolve));
  controller.abort('enough');
  expect(await sent).toBe('enough');
});
