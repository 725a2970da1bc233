import { createEmulator, createTestClock, type Emulator, fault } from 'chatgpt-enterprise-sdk/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countFailedSignIns, isActive, provisionEmployee } from './connector.ts';

// One clock for both sides: a wait of a minute is over at once.
const clock = createTestClock({ start: '2026-11-23T09:00:00Z', skipsWaits: true });
let emulator: Emulator;

beforeEach(() => {
  emulator = createEmulator({ clock });
});
// Fails the test when a planned fault was not used or a request had no answer.
afterEach(() => emulator.close());

const mira = { email: 'mira.sol@northwind.example', name: 'Mira Sol' };
const ada = { email: 'ada@northwind.example', name: 'Ada Byrne' };
// The emulator's fetch and clock, and no rate limit: a second full read would wait a minute for it.
const options = () => emulator.clientOptions;
const writable = () => emulator.connectionConfig({ provisioning: true });

test('creates someone new and leaves someone known alone', async () => {
  expect(await provisionEmployee(writable(), ada, options())).toBe('created');
  expect(await provisionEmployee(writable(), ada, options())).toBe('unchanged');
  expect(emulator.store.users.getByName(ada.email)).toMatchObject({ displayName: 'Ada Byrne', active: true });
  expect(emulator.requests.count('POST /Users')).toBe(1);
});

test('never makes a second user when the answer to the first is lost', async () => {
  emulator.faults.add(fault.cut('after_commit'), { route: 'POST /Users' });
  const before = emulator.store.users.size;
  await provisionEmployee(writable(), ada, options());
  expect(emulator.store.users.size).toBe(before + 1);
});

test('waits as long as the service says', async () => {
  emulator.faults.add(fault.status(429, { retryAfter: 30 }), { route: 'GET /Users' });
  const started = clock.now();
  expect(await isActive(emulator.connectionConfig(), mira.email, options())).toBe(true);
  expect(clock.now() - started).toBeGreaterThanOrEqual(30_000);
});

test('counts an event once, although it is in two files', async () => {
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  const event = {
    event_id: 'e-1',
    type: 'AUTH_LOG',
    timestamp: '2026-11-23T08:01:00.000000Z',
    principal: { id: workspaceId, type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'ACCOUNT_USER', user_id: 'user-1', user_email: ada.email },
    action_data: { action: 'login_failed', auth_provider_name: 'saml' },
  };
  emulator.store.logs.append(workspaceId, [event]);
  emulator.store.logs.append(workspaceId, [event], { writtenAt: '2026-11-23T08:15:00Z' });
  const failures = await countFailedSignIns(emulator.connectionConfig(), '2026-11-23T08:00:00Z', options());
  expect(failures.get(ada.email)).toBe(1);
});
