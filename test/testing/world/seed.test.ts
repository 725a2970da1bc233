import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { seedEvents, seedGroups, seedUsers } from '../../../src/testing/world/seed.js';
import { askCompliance, organizationId, workspaceId } from '../support/ask-compliance.js';
import { askFor, askScim } from '../support/ask-scim.js';

test('makes 100,000 users and 5,000 groups, and finds one among them', { timeout: 60_000 }, async () => {
  await using emulator = createEmulator({ world: 'empty' });
  const ids = seedUsers(emulator, 100_000);
  seedGroups(emulator, 5_000, { memberIds: ids, membersPerGroup: 20 });
  expect([emulator.store.users.size, emulator.store.groups.size, new Set(ids).size]).toEqual([100_000, 5_000, 100_000]);
  const { userName } = emulator.store.users.get(ids[77_777] ?? '') ?? {};
  const { body } = await askFor(emulator, '/Users', `userName eq "${userName}"`);
  expect(body.Resources).toMatchObject([
    { id: ids[77_777], groups: [{ display: expect.stringMatching(/^Team \d+$/) }] },
  ]);
  const page = await askScim(emulator, 'GET', '/Users?startIndex=99951&count=100');
  expect([page.body.totalResults, page.body.itemsPerPage]).toEqual([100_000, 50]);
});

test('puts events into the log, some of them late and some twice', async () => {
  const clock = createTestClock();
  await using emulator = createEmulator({ clock, world: 'empty' });
  emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId });
  seedEvents(emulator, { eventType: 'AUTH_LOG', count: 200, duplicateShare: 0.2, lateShare: 0.2 });
  clock.advance(3_600_000);
  const seen: string[] = [];
  let late = 0;
  let after: string | null = '2026-11-01T00:00:00Z';
  for (let hasMore = true; hasMore; ) {
    const { body } = await askCompliance(
      emulator,
      `/workspaces/${workspaceId}/logs?event_type=AUTH_LOG&after=${after}`,
    );
    for (const file of body.data) {
      const { headers } = await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${file.id}`);
      const text = await (await emulator.fetch(headers.get('location') ?? '')).text();
      for (const line of text.trimEnd().split('\n')) {
        const event = JSON.parse(line);
        if (Date.parse(file.end_time) - Date.parse(event.timestamp) > 601_000 && !seen.includes(event.event_id))
          late += 1;
        seen.push(event.event_id);
      }
    }
    hasMore = body.has_more;
    after = body.last_end_time;
  }
  expect(new Set(seen).size).toBe(200);
  expect(seen.length).toBeGreaterThan(220);
  expect(late).toBeGreaterThan(20);
});
