import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { platformTypes } from '../../../src/testing/events/platform-event.js';
import { generatePlatformEvents } from '../../../src/testing/events/platform-events.js';
import { tenantTypes } from '../../../src/testing/events/samples/platform.js';

const hour = { from: '2026-11-23T08:00:00Z', to: '2026-11-23T09:00:00Z' };

/** The names in openai-node, which are generated from OpenAI's own description. */
function officialTypes(): string[] {
  const path = 'node_modules/openai/resources/admin/organization/audit-logs.d.ts';
  const [, union = ''] = /^ {4}type: (.+);$/m.exec(readFileSync(path, 'utf8')) ?? [];
  return union.split(' | ').map((name) => name.slice(1, -1));
}

test('every type is made that openai-node knows, and no other: 61 of the organization, 88 of the tenant', () => {
  expect(tenantTypes).toHaveLength(88);
  expect(platformTypes).toHaveLength(61 + 88);
  expect([...platformTypes].sort()).toEqual(officialTypes().sort());
});

test('each comes once, the oldest first, in time, with an id of its own and no placeholder left', () => {
  const events = [...generatePlatformEvents(hour)];
  expect(events.map(({ type }) => type)).toEqual(platformTypes);
  expect(new Set(events.map(({ id }) => id)).size).toBe(149);
  const times = events.map(({ effective_at }) => effective_at);
  expect(times).toEqual([...times].sort((one, other) => one - other));
  expect(new Date((times[0] ?? 0) * 1000).toISOString() >= '2026-11-23T08:00:00.000Z').toBe(true);
  expect((times.at(-1) ?? 0) * 1000).toBeLessThan(Date.parse(hour.to));
  expect(JSON.stringify(events)).not.toMatch(/[<>]|undefined/);
  expect(new Set(events.map(({ actor }) => actor?.type))).toEqual(new Set(['session', 'api_key', undefined]));
});

test('the same options give the same events, and a second of time is a burst', () => {
  const burst = { types: ['user.added', 'user.deleted'], count: 250, from: hour.from, to: '2026-11-23T08:00:01Z' };
  const events = [...generatePlatformEvents(burst)];
  expect(events).toEqual([...generatePlatformEvents(burst)]);
  expect(events).not.toEqual([...generatePlatformEvents({ ...burst, seed: 2 })]);
  expect(events).toHaveLength(250);
  expect(new Set(events.map(({ effective_at }) => effective_at)).size).toBe(1);
  expect([...generatePlatformEvents({ types: [], count: 3, ...hour })]).toEqual([]);
});

test('the default world has one of each, within three days, and the empty one has none', () => {
  const clock = createTestClock();
  const events = createEmulator({ clock }).store.platform.list();
  expect(events.map(({ type }) => type)).toEqual(platformTypes);
  for (const { effective_at } of events) {
    expect(effective_at * 1000).toBeLessThan(clock.now());
    expect(effective_at * 1000).toBeGreaterThanOrEqual(clock.now() - 3 * 86_400_000 - 1000);
  }
  expect(createEmulator({ world: 'empty' }).store.platform.list()).toEqual([]);
});
