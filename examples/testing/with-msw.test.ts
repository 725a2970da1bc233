import { createEmulator, type Emulator, fault } from 'chatgpt-enterprise-sdk/testing';
import { http } from 'msw/http';
import { type SetupServer, setupServer } from 'msw/node';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isActive } from './connector.ts';

let emulator: Emulator;
let server: SetupServer;

beforeEach(() => {
  emulator = createEmulator();
  server = setupServer(...emulator.handlers(http));
  server.listen({ onUnhandledFrame: 'error' });
});
afterEach(async () => {
  server.close();
  await emulator.close();
});

test('answers the application’s own fetch', async () => {
  expect(await isActive(emulator.connectionConfig(), 'mira.sol@northwind.example')).toBe(true);
  expect(await isActive(emulator.connectionConfig(), 'nobody@northwind.example')).toBe(false);
});

test('fails as the network does', async () => {
  emulator.faults.add(fault.cut('before_commit'), { route: 'GET /Users', times: Number.POSITIVE_INFINITY });
  const once = { maxRetries: 0 };
  await expect(isActive(emulator.connectionConfig(), 'mira.sol@northwind.example', once)).rejects.toMatchObject({
    code: 'network_error',
  });
});
