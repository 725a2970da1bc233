import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { askCompliance } from '../support/ask-compliance.js';

test('begins with a dozen people, three groups, two workspaces and some days of events', async () => {
  await using emulator = createEmulator({ clock: createTestClock() });
  expect([emulator.store.users.size, emulator.store.groups.size]).toEqual([12, 3]);
  expect(emulator.store.groups.getByName('Everyone')?.members).toHaveLength(12);
  const [first = ''] = emulator.compliance.workspaceIds;
  expect(emulator.store.workspaces.users(first)).toHaveLength(12);
  const types = 'AUTH_LOG,AUDIT_LOG,CONVERSATION_MESSAGE,CODEX_LOG,APP_LOG';
  const { body } = await askCompliance(
    emulator,
    `/workspaces/${first}/logs?event_type=${types}&after=2026-11-01T00:00:00Z&limit=100`,
  );
  expect(new Set(body.data.map((file: { event_type: string }) => file.event_type)).size).toBe(5);
  const costs = await askCompliance(
    emulator,
    `/organizations/${emulator.compliance.organizationId}/logs?event_type=COSTS&after=2026-11-01T00:00:00Z`,
  );
  expect(costs.body.data.length).toBeGreaterThan(5);
});

test('the same seed gives the same world, ids and secrets included', async () => {
  const make = (seed: number) => createEmulator({ seed, clock: createTestClock() });
  const [one, same, other] = [make(7), make(7), make(8)];
  expect(one.connectionConfig()).toEqual(same.connectionConfig());
  expect(one.store.users.list()).toEqual(same.store.users.list());
  expect(one.connectionConfig()).not.toEqual(other.connectionConfig());
});
