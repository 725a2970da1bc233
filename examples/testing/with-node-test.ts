import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmulator, createTestClock, fault } from 'chatgpt-enterprise-sdk/testing';
import { isActive, provisionEmployee } from './connector.ts';

const ada = { email: 'ada@northwind.example', name: 'Ada Byrne' };

test('provisions through an outage', async () => {
  const clock = createTestClock({ skipsWaits: true });
  await using emulator = createEmulator({ clock });
  emulator.faults.add(fault.status(503), { route: 'GET /Users', times: 2 });
  const form = emulator.connectionConfig({ provisioning: true });
  const options = emulator.clientOptions;
  assert.equal(await provisionEmployee(form, ada, options), 'created');
  assert.equal(await isActive(form, ada.email, options), true);
});

test('writes nothing without the checkbox', async () => {
  await using emulator = createEmulator();
  const form = emulator.connectionConfig({ provisioning: false });
  await assert.rejects(provisionEmployee(form, ada, emulator.clientOptions), /may not provision/);
  assert.deepEqual(
    emulator.requests.list().filter((request) => request.method !== 'GET'),
    [],
  );
});
