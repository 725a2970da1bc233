import OpenAI from 'openai';
import { expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../src/audit-logs/checkpoint.js';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { createTestClock } from '../../src/testing/clock.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../src/testing/emulator.js';
import { generatePlatformEvents } from '../../src/testing/events/platform-events.js';
import { fault } from '../../src/testing/faults.js';
import type { PlatformBehaviour } from '../../src/testing/platform/behaviour.js';

const route = 'GET /organization/audit_logs';
const start = Date.parse('2026-11-23T09:00:00Z') / 1000;

function open(listOrder: PlatformBehaviour['listOrder'] = 'newest_first', options: EmulatorOptions = {}) {
  const clock = createTestClock();
  const emulator = createEmulator({ clock, world: 'empty', platform: { quirks: { listOrder } }, ...options });
  const { apiKey, baseUrl } = emulator.platform;
  const openai = new OpenAI({ adminAPIKey: apiKey, apiKey: 'sk-unused', baseURL: baseUrl, fetch: emulator.fetch });
  const client = new AuditLogClient({
    ...emulator.clientOptions,
    platform: { id: 'platform', apiKey, baseUrl, includeTenant: true },
  });
  /** What openai-node's own iterator gives, in its order. */
  const theirs = async (query: OpenAI.Admin.Organization.AuditLogListParams = {}) => {
    const events = [];
    for await (const event of openai.admin.organization.auditLogs.list(query)) events.push(event);
    return events;
  };
  /** What our reader gives, in its order, and from where it goes on. */
  const ours = async (resumeFrom?: AuditLogCheckpoint, eventType = 'PLATFORM_AUDIT_LOG' as const) => {
    const reading = client.events({ eventTypes: [eventType], resumeFrom });
    const events = [];
    for await (const event of reading) events.push(event);
    return { events, ids: events.map(({ id }) => id), checkpoint: reading.checkpoint() };
  };
  const log = emulator.store.platform;
  /** Events a second apart, from the start on, by their number. */
  const fill = (count: number) =>
    log.append(
      Array.from({ length: count }, (_none, index) => ({
        id: `e${index}`,
        type: 'project.created',
        effective_at: start - count + index,
      })),
    );
  /** Something is written before each page but the first. */
  const whileReading = (write: () => unknown, times: number) =>
    emulator.faults.add(fault.meanwhile('writing', write), { route, skip: 1, times });
  return { emulator, client, theirs, ours, log, fill, whileReading };
}

const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);

test('while nothing moves both give the same events, as they were sent: theirs the newest first, ours the oldest', async () => {
  const { emulator, client, theirs, log } = open();
  const [from, to] = ['2026-11-22T09:00:00Z', '2026-11-23T09:00:00Z'];
  log.append(generatePlatformEvents({ from, to, count: 700 }));
  const passes = [
    ['PLATFORM_AUDIT_LOG', await theirs({ limit: 100 })],
    ['PLATFORM_TENANT_LOG', await theirs({ limit: 100, tenant_only: true })],
  ] as const;
  for (const [eventType, expected] of passes) {
    const events = [];
    for await (const event of client.events({ eventTypes: [eventType] })) events.push(event);
    expect(expected.length).toBeGreaterThan(200);
    expect(JSON.parse(JSON.stringify(events))).toEqual(expected.toReversed());
  }
  expect(passes[0][1].length + passes[1][1].length).toBe(700);
  await emulator.close();
});

test('what happens while they read is not in what they give; ours gives it when it goes on, and nothing twice', async () => {
  const { theirs, ours, log, fill, whileReading } = open();
  fill(300);
  let count = 0;
  const write = () => log.append([{ id: `new${count++}`, type: 'user.added', effective_at: start + count }]);
  whileReading(write, 2);
  const found = idsOf(await theirs({ limit: 100 }));
  expect(found).toHaveLength(300);
  expect(found).not.toContain('new0');

  whileReading(write, 2);
  const first = await ours();
  const second = await ours(first.checkpoint);
  const all = [...first.ids, ...second.ids];
  expect(all).toEqual([...Array.from({ length: 300 }, (_none, index) => `e${index}`), 'new0', 'new1', 'new2', 'new3']);
});

test('an event that is written late into what they have passed they never give, nor when they go on behind the newest', async () => {
  const { theirs, ours, log, fill, whileReading } = open();
  fill(300);
  whileReading(() => log.append([{ id: 'late', type: 'user.added', effective_at: start - 50 }]), 1);
  const found = await theirs({ limit: 100 });
  const [newest] = found;
  const next = await theirs({ limit: 100, effective_at: { gte: newest?.effective_at ?? 0 } });
  expect(idsOf([...found, ...next])).not.toContain('late');

  const { ours: oursAlone, log: other, fill: fillOther, whileReading: whileOthers } = open();
  fillOther(300);
  whileOthers(() => other.append([{ id: 'late', type: 'user.added', effective_at: start - 50 }]), 1);
  const first = await oursAlone();
  const second = await oursAlone(first.checkpoint);
  expect([...first.ids, ...second.ids].filter((id) => id === 'late')).toEqual(['late']);
  expect(new Set([...first.ids, ...second.ids]).size).toBe(301);
  expect((await ours()).ids).toContain('late');
});

test.each(['newest_first', 'seconds_by_id'] as const)(
  'of a burst within one second they lose the rest or give it twice, by how they go on; ours gives each once (%s)',
  async (listOrder) => {
    const { theirs, ours, log } = open(listOrder);
    const burst = (name: string) =>
      Array.from({ length: 120 }, (_none, index) => ({
        id: `${index}${name}`,
        type: 'user.added',
        effective_at: start,
      }));
    log.append(burst('a'));
    const first = await theirs({ limit: 100 });
    const mine = await ours();
    log.append(burst('b'));
    const behind = await theirs({ limit: 100, effective_at: { gt: start } });
    expect(behind).toEqual([]);
    const again = await theirs({ limit: 100, effective_at: { gte: start } });
    const doubles = idsOf([...first, ...again]);
    expect(doubles.length - new Set(doubles).size).toBe(120);

    const rest = await ours(mine.checkpoint);
    const all = [...mine.ids, ...rest.ids];
    expect([all.length, new Set(all).size]).toEqual([240, 240]);
  },
);

test('who stops theirs in the middle has read the newest part, and goes on behind the newest without the oldest', async () => {
  const { client, theirs, log, fill } = open();
  fill(300);
  const found = (await theirs({ limit: 100 })).slice(0, 150);
  log.append([{ id: 'later', type: 'user.added', effective_at: start }]);
  const next = await theirs({ limit: 100, effective_at: { gt: found[0]?.effective_at ?? 0 } });
  const missed = 300 - new Set(idsOf([...found, ...next])).size + 1;
  expect(missed).toBe(150);

  const reading = client.events({ eventTypes: ['PLATFORM_AUDIT_LOG'] });
  const ids = [];
  for await (const { id } of reading) {
    ids.push(id);
    if (ids.length === 150) break;
  }
  for await (const { id } of client.events({ eventTypes: ['PLATFORM_AUDIT_LOG'], resumeFrom: reading.checkpoint() })) {
    ids.push(id);
  }
  expect(ids).toEqual([...Array.from({ length: 300 }, (_none, index) => `e${index}`), 'later']);
});
