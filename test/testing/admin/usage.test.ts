import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { Emulator, EmulatorOptions } from '../../../src/testing/emulator.js';
import { personOf } from '../../../src/testing/people.js';
import { seedEvents } from '../../../src/testing/world/seed.js';
import { askAdmin, askAllOf } from '../support/ask-admin.js';

const daySeconds = 86_400;

function open(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: createTestClock(), ...options });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  return { emulator, first, second };
}

async function usageOf(emulator: Emulator, id: string, query = '') {
  const { status, body } = await askAdmin(
    emulator,
    `/analytics/workspaces/${id}/usage${query}`,
    emulator.admin.apiKeys[id],
  );
  return { status, body, rows: (body.data ?? []) as readonly UsageRow[] };
}

interface UsageRow {
  readonly start_time: number;
  readonly end_time: number;
  readonly user_id: string | null;
  readonly actor: { readonly email?: string } | null;
  readonly totals: Readonly<Record<string, number>>;
  readonly clients: readonly Readonly<Record<string, unknown>>[];
}

/** The bills of the organization, each once, as whoever reads the log gets them. */
function bills(emulator: Emulator) {
  const { logs } = emulator.store;
  const { organizationId } = emulator.compliance;
  logs.flush(organizationId);
  const files = logs.list(organizationId, { eventTypes: new Set(['COSTS']) });
  const lines = files.flatMap(({ source }) => (source.kind === 'lines' ? source.lines : []));
  const events = lines.map((line) => JSON.parse(line));
  return [...new Map(events.map((event) => [event.event_id, event])).values()];
}

const total = (rows: readonly UsageRow[], name: string) =>
  rows.reduce((sum, { totals }) => sum + (totals[name] ?? 0), 0);

test('all workspaces together used what the organization is billed for, and each person what is billed for them', async () => {
  const { emulator, first, second } = open();
  const rows = [...(await usageOf(emulator, first)).rows, ...(await usageOf(emulator, second)).rows];
  const billed = bills(emulator);
  expect(billed.length).toBe(36);
  const costOf = (unit: string, userId?: string) =>
    billed
      .filter(({ payload }) => userId === undefined || payload.identity.user_id === userId)
      .map(({ payload }) => payload.measures.billing[0].cost)
      .filter((cost) => cost.unit === unit)
      .reduce((sum, cost) => sum + cost.value, 0);
  expect(costOf('CREDITS')).toBeGreaterThan(0);
  expect(costOf('USD')).toBeGreaterThan(0);
  expect(total(rows, 'credits')).toBeCloseTo(costOf('CREDITS'));
  expect(total(rows, 'cost_usd')).toBeCloseTo(costOf('USD'));
  for (let number = 0; number < 12; number++) {
    const { userId } = personOf(number);
    const own = rows.filter(({ user_id }) => user_id === userId);
    expect(total(own, 'credits')).toBeCloseTo(costOf('CREDITS', userId));
  }
});

test('a row is one day of UTC and one member, in order, and no two are the same', async () => {
  const { emulator, first } = open();
  const { body, rows } = await usageOf(emulator, first);
  expect(body).toMatchObject({ object: 'page', has_more: false, next_page: null });
  const keys = rows.map(({ start_time, user_id }) => `${start_time} ${user_id}`);
  expect(keys).toEqual([...new Set(keys)].sort());
  for (const { start_time, end_time, actor, user_id } of rows) {
    expect([start_time % daySeconds, end_time - start_time]).toEqual([0, daySeconds]);
    expect(actor).toMatchObject({ type: 'ACCOUNT_USER', user_id });
  }
  const paged = await askAllOf(emulator, `/analytics/workspaces/${first}/usage`, 4);
  expect(paged).toEqual(rows);
});

test('what there was not is absent, and is not zero', async () => {
  const { emulator, first } = open();
  const { rows } = await usageOf(emulator, first);
  const nothing = rows.filter(({ totals }) => Object.keys(totals).length === 0);
  expect(nothing.length).toBeGreaterThan(0);
  const values = rows.flatMap(({ totals }) => Object.values(totals));
  expect(values.every((value) => value > 0)).toBe(true);
  expect(rows.some(({ totals }) => 'credits' in totals && !('cost_usd' in totals))).toBe(true);
  expect(rows.some(({ totals }) => 'cost_usd' in totals && !('credits' in totals))).toBe(true);
});

test('grouped by workspace there is one row for each day, which is what the members used together', async () => {
  const { emulator, first } = open();
  const { rows } = await usageOf(emulator, first);
  const { rows: days } = await usageOf(emulator, first, '?group=workspace');
  expect(days.map(({ start_time }) => start_time)).toEqual([...new Set(rows.map(({ start_time }) => start_time))]);
  for (const day of days) {
    expect([day.user_id, day.actor]).toEqual([null, null]);
    const own = rows.filter(({ start_time }) => start_time === day.start_time);
    for (const name of ['credits', 'cost_usd', 'text_total_tokens']) {
      expect(day.totals[name] ?? 0).toBeCloseTo(total(own, name));
    }
  }
  expect((await usageOf(emulator, first, '?group=user')).status).toBe(400);
});

test('a window begins and ends at midnight, and its end is not in it', async () => {
  const { emulator, first } = open();
  const { rows } = await usageOf(emulator, first);
  const days = [...new Set(rows.map(({ start_time }) => start_time))];
  const [from = 0, until = 0] = days.slice(1);
  const within = await usageOf(emulator, first, `?start_time=${from}&end_time=${until}`);
  expect(within.rows).toEqual(rows.filter(({ start_time }) => start_time === from));
  for (const query of [
    `start_time=${from + 1}`,
    `end_time=${from - 1}`,
    'start_time=then',
    `start_time=${until}&end_time=${until}`,
  ]) {
    expect([query, (await usageOf(emulator, first, `?${query}`)).status]).toEqual([query, 400]);
  }
});

test('without a window there are the last thirty days', async () => {
  const { emulator, first } = open();
  const { rows } = await usageOf(emulator, first);
  const today = Math.floor(emulator.clock.now() / 1000 / daySeconds) * daySeconds;
  emulator.clock.advance(28 * daySeconds * 1000);
  const { rows: later } = await usageOf(emulator, first);
  expect(later.length).toBeGreaterThan(0);
  expect(later).toEqual(rows.filter(({ start_time }) => start_time >= today - daySeconds));
});

test('the seed decides what was used, and time what is known of it', async () => {
  const [one, same, other] = [open(), open(), open({ seed: 2 })];
  const { rows } = await usageOf(one.emulator, one.first);
  expect((await usageOf(same.emulator, same.first)).rows).toEqual(rows);
  expect((await usageOf(other.emulator, other.first)).rows).not.toEqual(rows);
});

test('events that are put into the log count, once, and not before their time', async () => {
  const { emulator, first, second } = open({ world: 'empty', workspaces: [{}, {}] });
  const { organizationId } = emulator.compliance;
  const owner = { type: 'organization', id: organizationId } as const;
  const [from, to] = ['2026-11-22T00:00:00Z', '2026-11-24T00:00:00Z'];
  seedEvents(emulator, { owner, eventType: 'COSTS', count: 40, from, to, duplicateShare: 1 });
  const tokens = async () => total((await usageOf(emulator, first)).rows, 'text_output_tokens');
  // Nobody is a member: the first workspace has the bill. Of two days, one and 9 hours are over.
  const before = await tokens();
  expect(before).toBeGreaterThan(310 * 20);
  expect(before).toBeLessThan(310 * 40);
  emulator.clock.advance(daySeconds * 1000);
  expect(await tokens()).toBe(310 * 40);
  expect((await usageOf(emulator, second)).rows).toEqual([]);
});

test('lines that are no events are passed over', async () => {
  const { emulator, first } = open({ world: 'empty', workspaces: [{}] });
  const { organizationId } = emulator.compliance;
  const events = [
    { event_id: 'a', type: 'COSTS', timestamp: '2026-11-22T10:00:00Z' },
    {
      event_id: 'b',
      type: 'COSTS',
      timestamp: '2026-11-22T10:00:00Z',
      payload: { day: 'never', identity: { user_id: 'u' } },
    },
    {
      event_id: 'c',
      type: 'COSTS',
      timestamp: '2026-11-22T10:00:00Z',
      payload: { identity: { user_id: 'u' }, measures: { billing: 7 } },
    },
  ];
  emulator.store.logs.addFile(organizationId, { eventType: 'COSTS', endTime: '2026-11-22T11:00:00Z', events });
  emulator.store.logs.addFile(organizationId, { eventType: 'COSTS', endTime: '2026-11-22T12:00:00Z', body: 'no JSON' });
  const { rows } = await usageOf(emulator, first);
  expect(rows).toMatchObject([{ user_id: 'u', totals: {}, clients: [] }]);
});

test('the credits of the month are those of the days, and last month has its own', async () => {
  const { emulator, first } = open();
  const { rows } = await usageOf(emulator, first);
  const limits = await askAllOf(emulator, '/usage_limits/users', 100);
  for (const row of limits) {
    const own = rows.filter(({ user_id }) => user_id === row.id);
    expect(row.current_month_usage).toBeCloseTo(total(own, 'credits'));
    expect(row.last_month_usage).toBe(0);
    const { body } = await askAdmin(emulator, `/usage_limits/users/${row.id}/monthly-usage`);
    expect(body).toMatchObject({
      id: row.id,
      account_user_id: row.account_user_id,
      current_month_usage: row.current_month_usage,
      current_month_usage_unit: 'credit',
    });
  }
  expect(limits.some(({ current_month_usage }) => Number(current_month_usage) > 0)).toBe(true);
  emulator.clock.advance(10 * daySeconds * 1000);
  const later = await askAllOf(emulator, '/usage_limits/users', 100);
  expect(later.map(({ last_month_usage }) => last_month_usage)).toEqual(limits.map((row) => row.current_month_usage));
  expect(later.every(({ current_month_usage }) => current_month_usage === 0)).toBe(true);
});
