import { expect, test } from 'vitest';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';

const world = () => {
  const emulator = createEmulator();
  const init = { headers: { authorization: `Bearer ${emulator.scim.token}` } };
  return { emulator, init, url: `${emulator.scim.baseUrl}/Users?count=1` };
};

test('takes a URL, a string or a Request', async () => {
  const { emulator, init, url } = world();
  await using _emulator = emulator;
  for (const input of [url, new URL(url)]) expect((await emulator.fetch(input, init)).status).toBe(200);
  expect((await emulator.fetch(new Request(url, init))).status).toBe(200);
});

test('rejects with the reason of the signal', async () => {
  const { emulator, init, url } = world();
  await using _emulator = emulator;
  await expect(emulator.fetch(url, { ...init, signal: AbortSignal.abort('stop') })).rejects.toBe('stop');
  const stop = new AbortController();
  emulator.faults.add(fault.latency(60_000));
  const slow = emulator.fetch(url, { ...init, signal: stop.signal });
  while (emulator.requests.count() === 0) await Promise.resolve();
  stop.abort('enough');
  await expect(slow).rejects.toBe('enough');
});

test.each([
  [301, 'POST', 'GET'],
  [302, 'POST', 'GET'],
  [303, 'POST', 'GET'],
  [307, 'POST', 'POST'],
  [308, 'POST', 'POST'],
] as const)('a %i after %s is followed by %s', async (status, method, next) => {
  const { emulator, init, url } = world();
  await using _emulator = emulator;
  emulator.faults.add(fault.redirect(url, status));
  await emulator.fetch(`${emulator.scim.baseUrl}/Users`, { ...init, method, body: '{}' });
  expect(emulator.requests.list().map((request) => request.method)).toEqual([method, next]);
  expect(emulator.requests.last?.bodyText).toBe(next === 'POST' ? '{}' : '');
});

test('does not follow a redirect when told not to, or fails', async () => {
  const { emulator, init, url } = world();
  await using _emulator = emulator;
  emulator.faults.add(fault.redirect(url), { times: 2 });
  expect((await emulator.fetch(url, { ...init, redirect: 'manual' })).status).toBe(302);
  await expect(emulator.fetch(url, { ...init, redirect: 'error' })).rejects.toThrow('fetch failed');
});

test('gives up on a redirect that never ends', async () => {
  const { emulator, init, url } = world();
  await using _emulator = emulator;
  emulator.faults.add(fault.redirect(url), { times: Number.POSITIVE_INFINITY });
  await expect(emulator.fetch(url, init)).rejects.toThrow('fetch failed');
});

test('refuses requests after it was closed', async () => {
  const { emulator, init, url } = world();
  await emulator.close();
  await expect(emulator.fetch(url, init)).rejects.toMatchObject({ code: 'emulator_closed' });
});

test('refuses a route that the emulator has not, by name', async () => {
  const { emulator, init } = world();
  await expect(emulator.fetch(`${emulator.compliance.baseUrl}/compliance/workspaces/x/gpts`, init)).rejects.toThrow(
    '/gpts',
  );
  await expect(emulator.close()).rejects.toMatchObject({ code: 'unhandled_request' });
});
