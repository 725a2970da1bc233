import { describe, expect, test } from 'vitest';
import { CostIndex } from '../../../src/connection/roster/cost-index.js';

const days = { from: '2026-11-01', to: '2026-12-01' };

type Fields = Readonly<Record<string, unknown>>;

/** All that one row of the documented grain says of what it is about. */
const identity = { user_id: 'user-a', email: 'ada@north.example', name: 'Ada', agent: { id: 'agent-1' } };
const grain: Fields = {
  day: '2026-11-10',
  hour: 9,
  organization_id: 'org-1',
  product: 'codex',
  surface: 'cli',
  client: 'terminal',
  model: 'one',
  service_tier: 'default',
  reasoning: 'high',
  identity: { ...identity, groups: [{ id: 'g1', name: 'Lab' }] },
};

const event = (event_id: unknown, more: Fields = {}) => ({
  event_id,
  payload: { ...grain, ...more, measures: { billing: [{ sku: 'x', cost: { value: 1.5, unit: 'CREDITS' } }] } },
});

function read(...events: readonly unknown[]) {
  const index = new CostIndex(days);
  for (const one of events) index.add(one);
  return { index, total: index.total(), leftOut: index.leftOut };
}

const twice = { amounts: [{ unit: 'CREDITS', amount: '3' }], rows: 2, rowsWithoutCost: 0 };
const once = { amounts: [{ unit: 'CREDITS', amount: '1.5' }], rows: 1, rowsWithoutCost: 0 };

describe('a row of the log COSTS', () => {
  test.each<[what: string, more: Fields]>([
    ['day', { day: '2026-11-11' }],
    ['hour', { hour: 10 }],
    ['organization', { organization_id: 'org-2' }],
    ['organization, which is not said', { organization_id: undefined }],
    ['product', { product: 'chatgpt' }],
    ['surface', { surface: 'ide' }],
    ['surface, which is not said', { surface: undefined }],
    ['client', { client: 'editor' }],
    ['client, which is not said', { client: null }],
    ['model', { model: 'two' }],
    ['tier', { service_tier: 'fast' }],
    ['reasoning', { reasoning: 'low' }],
    ['user', { identity: { ...identity, user_id: 'user-b', groups: [{ id: 'g1' }] } }],
    ['agent', { identity: { ...identity, agent: { id: 'agent-2' }, groups: [{ id: 'g1' }] } }],
    ['agent, which there is not', { identity: { ...identity, agent: undefined, groups: [{ id: 'g1' }] } }],
    ['group', { identity: { ...identity, groups: [{ id: 'g2' }] } }],
    ['group too', { identity: { ...identity, groups: [{ id: 'g1' }, { id: 'g2' }] } }],
  ])('of another %s counts beside the first', (_, more) => {
    expect(read(event('1'), event('2', more))).toMatchObject({ total: twice, leftOut: 0 });
  });

  test.each<[what: string, more: Fields]>([
    ['all of it', {}],
    [
      'all but the name and the address of the user',
      {
        identity: { ...identity, name: 'Ada F.', email: 'fir@north.example', groups: [{ id: 'g1', name: 'Labs' }] },
      },
    ],
    ['all, and what no grain has', { cost_center: 7 }],
  ])('that says the same of %s under another id is left out, and told', (_, more) => {
    expect(read(event('1'), event('2', more))).toMatchObject({ total: once, leftOut: 1 });
  });

  test('whose groups come in another order is the same', () => {
    const [one, other] = [{ id: 'g1' }, { id: 'g2' }];
    const groups = (...order: readonly object[]) => ({ identity: { ...identity, groups: order } });
    expect(read(event('1', groups(one, other)), event('2', groups(other, one)))).toMatchObject({ leftOut: 1 });
  });

  test('without a user is told apart by its address, and counts for nobody', () => {
    const of = (email: string | undefined, user_id: string | null | undefined) => ({ identity: { user_id, email } });
    const { index, total, leftOut } = read(
      event('1', of('ada@north.example', undefined)),
      event('2', of('ben@north.example', null)),
      event('3', of('ada@north.example', null)),
      event('4', of(undefined, undefined)),
    );
    expect([total?.rows, leftOut]).toEqual([3, 1]);
    expect(index.costOfOthers(() => true)?.rows).toBe(3);
    expect(index.costOf(['user-a'])).toBeUndefined();
  });

  test('counts once by its id, whatever else it says, and nothing is left out by that', () => {
    for (const id of ['event 1', '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f1']) {
      const again = event(id, { surface: 'ide', client: 'editor', hour: 11 });
      expect(read(event(id), event(id), again)).toMatchObject({ total: once, leftOut: 0 });
    }
  });

  test.each([
    ['amount', [{ cost: { value: 1.6, unit: 'CREDITS' } }]],
    ['unit', [{ cost: { value: 1.5, unit: 'USD' } }]],
    ['number of articles', [{ cost: { value: 1.5, unit: 'CREDITS' } }, { cost: { value: 1, unit: 'USD' } }]],
    ['bill, which is none', []],
    ['bill, which cannot be read', [{ cost: { value: 'much', unit: 'CREDITS' } }]],
  ])('that comes again by its id with another %s does not count, and is told', (_, billing) => {
    for (const id of ['event 1', '0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f1']) {
      const again = { event_id: id, payload: { ...grain, measures: { billing } } };
      expect(read(event(id), again, event(id))).toMatchObject({ total: once, leftOut: 1 });
    }
  });

  test('whose articles come in another order, or with an amount in other digits, is the same', () => {
    const [one, other] = [{ cost: { value: 0.5, unit: 'CREDITS' } }, { cost: { value: 2, unit: 'USD' } }];
    const of = (...billing: readonly object[]) => ({ event_id: '1', payload: { ...grain, measures: { billing } } });
    const spelled = { cost: { value: '2.00', unit: ' usd ' } };
    expect(read(of(one, other), of(other, one), of(one, spelled))).toMatchObject({ total: { rows: 1 }, leftOut: 0 });
  });

  test.each([undefined, null, '', 7])('whose id is %j is left out, and told', (id) => {
    expect(read(event(id), event('2'))).toMatchObject({ total: once, leftOut: 1 });
  });
});
