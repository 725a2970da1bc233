import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CostIndex } from '../../../src/connection/roster/cost-index.js';
import { timesOf } from '../../support/scale.js';

const days = { from: '2026-11-01', to: '2026-12-01' };
const userIds = ['user-a', 'user-b', 'user-c', undefined] as const;

interface Row {
  readonly userId: string | undefined;
  readonly day: string;
  readonly hour: number;
  readonly groups: readonly string[];
  readonly model: string;
  /** Millionths, by unit. */
  readonly bills: readonly { readonly unit: string; readonly millionths: number }[];
}

const row: fc.Arbitrary<Row> = fc.record({
  userId: fc.constantFrom(...userIds),
  day: fc.constantFrom('2026-10-31', '2026-11-01', '2026-11-17', '2026-11-30', '2026-12-01'),
  hour: fc.integer({ min: 0, max: 23 }),
  groups: fc.uniqueArray(fc.constantFrom('g1', 'g2', 'g3')),
  model: fc.constantFrom('one', 'two'),
  bills: fc.array(
    fc.record({ unit: fc.constantFrom('CREDITS', 'USD'), millionths: fc.integer({ min: 1, max: 9_999_999 }) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
});

/** The rows of a log: of each grain one. */
const log = fc.uniqueArray(row, {
  selector: ({ userId, day, hour, groups, model }) => [userId, day, hour, groups.toSorted().join('+'), model].join(' '),
  maxLength: 40,
});

function eventOf({ userId, day, hour, groups, model, bills }: Row, number: number) {
  const billing = bills.map(({ unit, millionths }) => ({
    sku: 'x',
    cost: { value: millionths / 1e6, unit },
    // Of the same credits: in no sum.
    estimated_cost_usd: { value: 1_000, unit: 'USD' },
  }));
  return {
    event_id:
      number % 2 === 0 ? `0000000${number % 10}-0000-4000-8000-${String(number).padStart(12, '0')}` : `event ${number}`,
    type: 'COSTS',
    timestamp: `${day}T12:00:00Z`,
    payload: {
      day,
      hour,
      organization_id: 'org-1',
      identity: { user_id: userId, name: 'Ada', groups: groups.map((id) => ({ id, name: `Group ${id}` })) },
      model,
      measures: { billing },
    },
  };
}

const isOfDays = ({ day }: Row) => day >= days.from && day < days.to;

/** The sums, by whole numbers. */
function oracle(rows: readonly Row[]): Record<string, bigint> | undefined {
  const sums: Record<string, bigint> = {};
  for (const { unit, millionths } of rows.flatMap(({ bills }) => bills)) {
    sums[unit] = (sums[unit] ?? 0n) + BigInt(millionths);
  }
  return rows.length === 0 ? undefined : sums;
}

function millionthsOf(amount: string): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  return BigInt(`${whole}${fraction.padEnd(6, '0')}`);
}

const sumsOf = (cost: ReturnType<CostIndex['total']>) =>
  cost && Object.fromEntries(cost.amounts.map(({ unit, amount }) => [unit, millionthsOf(amount)]));

test('each row counts once, however often it is delivered, and the sums are exact, each unit by itself', () => {
  fc.assert(
    fc.property(log, fc.array(fc.nat(39), { maxLength: 60 }), fc.nat(), (rows, again, turn) => {
      const events = rows.map(eventOf);
      const repeated = again.flatMap((number) => events[number] ?? []);
      const cut = turn % (events.length + 1);
      const index = new CostIndex(days);
      // Files overlap: some of it comes before, some after, and each event as an object of its own.
      for (const event of [...repeated.slice(0, 10), ...events.slice(cut), ...events.slice(0, cut), ...repeated])
        index.add(JSON.parse(JSON.stringify(event)));
      const counted = rows.filter(isOfDays);
      expect(index.leftOut).toBe(0);
      expect(sumsOf(index.total())).toEqual(oracle(counted));
      expect(index.total()?.rows ?? 0).toBe(counted.length);
      for (const id of userIds) {
        if (id === undefined) continue;
        expect(sumsOf(index.costOf([id, id]))).toEqual(oracle(counted.filter(({ userId }) => userId === id)));
      }
      const isKnown = (id: string) => id === 'user-a';
      expect(sumsOf(index.costOfOthers(isKnown))).toEqual(oracle(counted.filter(({ userId }) => userId !== 'user-a')));
    }),
    { numRuns: timesOf(200, 20_000) },
  );
});

const one = (more: object = {}, id = 'event 1') => {
  const event = eventOf(
    {
      userId: 'user-a',
      day: '2026-11-17',
      hour: 3,
      groups: ['g2', 'g1'],
      model: 'one',
      bills: [{ unit: 'USD', millionths: 1_500_000 }],
    },
    1,
  );
  return { ...event, event_id: id, payload: { ...event.payload, ...more } };
};
const added = (...events: unknown[]) => {
  const index = new CostIndex(days);
  for (const event of events) index.add(event);
  return {
    leftOut: index.leftOut,
    amounts: index.total()?.amounts,
    rows: index.total()?.rows,
    without: index.total()?.rowsWithoutCost,
  };
};

test('a row that is told again under another id is not added, and missed', () => {
  expect(added(one(), one({}, 'event 2'))).toMatchObject({ leftOut: 1, amounts: [{ unit: 'USD', amount: '1.5' }] });
  const renamed = {
    identity: { user_id: 'user-a', name: 'Ada Fir', groups: [{ id: 'g1', name: null }, { id: 'g2' }] },
  };
  expect(added(one(), one(renamed, 'event 2'))).toMatchObject({ leftOut: 1, rows: 1 });
});

test.each<[string, object]>([
  ['hour', { hour: 4 }],
  ['combination of groups', { identity: { user_id: 'user-a', groups: [{ id: 'g1' }] } }],
  ['agent', { identity: { user_id: 'user-a', groups: [{ id: 'g1' }, { id: 'g2' }], agent: { id: 'agt' } } }],
  ['product', { product: 'Work' }],
  ['tier', { service_tier: 'fast' }],
  ['reasoning', { reasoning: 'high' }],
])('a row of another %s is another one', (_name, more) => {
  expect(added(one(), one(more, 'event 2'))).toMatchObject({ leftOut: 0, amounts: [{ unit: 'USD', amount: '3' }] });
});

test.each<[string, unknown]>([
  ['a row of a whole day', one({ hour: undefined })],
  ['a row of no day', one({ day: '17.11.2026' })],
  ['an hour that there is not', one({ hour: 24 })],
  ['an hour that cannot be made a text', one({ hour: { toString: 1 } })],
  ['a cost without a unit', one({ measures: { billing: [{ cost: { value: 1 } }] } })],
  ['a cost that is no number', one({ measures: { billing: [{ cost: { value: 'much', unit: 'USD' } }] } })],
  ['an article that is none', one({ measures: { billing: ['x'] } })],
  ['bills that are no list', one({ measures: { billing: {} } })],
  ['a row without an id', one({}, '')],
  ['no row', 'COSTS'],
])('%s is not added, and missed', (_name, event) => {
  expect(added(event)).toEqual({ leftOut: 1, amounts: undefined, rows: undefined, without: undefined });
});

test('what has no cost is counted, and is not zero', () => {
  expect(added(one({ measures: {} }))).toMatchObject({ leftOut: 0, rows: 1, without: 1, amounts: [] });
  const half = [
    { sku: 'a', cost: { value: '2.25', unit: ' credits ' } },
    { sku: 'b', cost: null },
  ];
  expect(added(one({ measures: { billing: half } }))).toMatchObject({
    without: 1,
    amounts: [{ unit: 'CREDITS', amount: '2.25' }],
  });
});

test('an id that is no UUID is told from the bytes of one', () => {
  const bytes = '3d3d3d3d-3d3d-4d3d-8d3d-3d3d3d3d3d3d';
  const text = String.fromCharCode(
    ...(bytes.replaceAll('-', '').match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)),
  );
  expect(added(one({}, bytes), one({ hour: 5 }, text), one({ hour: 6 }, text.slice(1)))).toMatchObject({ rows: 3 });
});
