import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { askScim, newUser } from './support/ask-scim.js';

test('keeps what was asked, by route, with its body and its answer', async () => {
  await using emulator = createEmulator({ world: 'empty' });
  await askScim(emulator, 'POST', '/Users', newUser('mira@a.example'));
  await askScim(emulator, 'GET', '/Users?count=1');
  expect(emulator.requests.count('POST /Users')).toBe(1);
  expect(emulator.requests.list('POST /Users')[0]).toMatchObject({ number: 1, service: 'scim', status: 201 });
  expect(emulator.requests.list('POST /Users')[0]?.body).toMatchObject({ userName: 'mira@a.example' });
  expect(emulator.requests.last).toMatchObject({ route: 'GET /Users', query: { count: '1' } });
  expect([...emulator.requests].map((request) => request.method)).toEqual(['POST', 'GET']);
});

test('shows no credential, however it is printed', async () => {
  await using emulator = createEmulator();
  await askScim(emulator, 'GET', '/Users');
  const [request] = emulator.requests;
  expect(request?.headers.authorization).toBe('Bearer [redacted]');
  const printed = `${inspect(request, { depth: 9, showHidden: true })}${JSON.stringify(request)}${inspect(request?.headers)}`;
  expect(printed).not.toContain(emulator.scim.token);
});

test('keeps only the newest, and counts all', async () => {
  await using emulator = createEmulator({ world: 'empty', maxRecordedRequests: 3 });
  for (let count = 0; count < 20; count++) await askScim(emulator, 'GET', '/Users');
  expect(emulator.requests.count()).toBeLessThanOrEqual(6);
  expect(emulator.requests.total).toBe(20);
  expect(emulator.requests.last?.number).toBe(20);
  emulator.requests.clear();
  expect(emulator.requests.count()).toBe(0);
});
