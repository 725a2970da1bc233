import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { listWorkspaceUsers } from '../../../src/connection/roster/workspace-users.js';
import { createFakeClock } from '../../support/fake-clock.js';

const workspaceId = '11111111-1111-4111-8111-111111111111';
const member = (n: number) => ({ id: `user-${n}`, email: `p${n}@north.example`, status: 'active' });
const members = (count: number) => Array.from({ length: count }, (_none, n) => member(n));

type Answer = (query: URLSearchParams, count: number) => unknown;

/** Reads what a service answers, each answer after a second. */
async function listFrom(answer: Answer, { options = {}, ofClientMs }: { options?: object; ofClientMs?: number } = {}) {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  let requests = 0;
  const fetch = async (input: RequestInfo | URL) => {
    if (++requests > 20_000) throw new Error('It asks for ever.');
    await clock.sleep(1_000);
    const { searchParams } = new URL(input instanceof Request ? input.url : String(input));
    return Response.json(answer(searchParams, requests));
  };
  const transport = openComplianceTransport({ fetch, clock, apiKey: 'key', rateLimit: false, maxRetries: 0 });
  const ids: string[] = [];
  let error: unknown;
  try {
    for await (const page of listWorkspaceUsers(transport, workspaceId, options, ofClientMs))
      ids.push(...page.map(({ id }) => id));
  } catch (thrown) {
    error = thrown;
  }
  return { ids, error, requests };
}

test.each<[string, unknown]>([
  ['no more', { data: members(3), has_more: false, last_id: 'user-2' }],
  ['no more, and a total that is this', { data: members(3), has_more: false, total: 3 }],
  ['no more, and no cursor', { data: members(200), has_more: false, cursor: null, next_page: '' }],
  ['not a word, of few', { object: 'list', data: members(3) }],
  ['nobody', { data: [] }],
])('a list is whole by %s', async (_, body) => {
  const { error, ids } = await listFrom(() => body);
  expect(error).toBeUndefined();
  expect(ids).toHaveLength((body as { data: object[] }).data.length);
});

test.each<[string, unknown, string]>([
  ['a full page without a word on more', { data: members(200), last_id: 'user-199' }, 'end_unclear'],
  ['a round number of rows without a word on more', { data: members(50) }, 'end_unclear'],
  ['"has_more" as a text', { data: members(1), has_more: 'true' }, 'end_unclear'],
  ['a next page, and not whether there is more', { data: members(1), next_page: 'p2' }, 'end_unclear'],
  ['a word on paging that is not known', { data: members(1), links: { next: '/x' } }, 'end_unclear'],
  ['no more, and a cursor', { data: members(1), has_more: false, cursor: 'abc' }, 'end_unclear'],
  ['no more, and a larger total', { data: members(1), has_more: false, total: 2 }, 'rows_missing'],
  ['nobody, of several', { data: [], total_count: '7' }, 'rows_missing'],
])('who is read is delivered, and not taken for all: %s', async (_, body, reason) => {
  const { error, ids, requests } = await listFrom(() => body);
  expect(ids).toHaveLength((body as { data: object[] }).data.length);
  expect(error).toMatchObject({ name: 'IncompleteListError', reason, received: ids.length });
  expect(requests).toBe(1);
});

test.each<[string, Answer, string, number]>([
  ['an empty page', (_, count) => ({ data: [], has_more: true, last_id: `user-${count}` }), 'page_empty', 1],
  [
    'known rows again and again',
    (_, count) => ({ data: count === 1 ? members(30) : [member(count)], has_more: true }),
    'row_repeated',
    12,
  ],
  ['new rows for ever', (_, count) => ({ data: [member(count)], has_more: true }), 'end_unclear', 10_000],
])('a list that never ends is left: %s', { timeout: 120_000 }, async (_, answer, reason, requests) => {
  const list = await listFrom(answer);
  expect(list.error).toMatchObject({ name: 'IncompleteListError', reason });
  expect(list.requests).toBe(requests);
});

test('a few pages of known rows in between are no reason to leave a list', async () => {
  const { ids, error } = await listFrom((_, count) =>
    count === 12
      ? { data: [member(30)], has_more: false }
      : { data: count === 1 ? members(30) : [member(count)], has_more: true },
  );
  expect([new Set(ids).size, error]).toEqual([31, undefined]);
});

test('a known row that says something else than before ends a list that is not known to be whole', async () => {
  const { ids, error } = await listFrom((_, count) =>
    count === 1
      ? { data: members(3), has_more: true }
      : { data: [{ ...member(0), role: 'account-owner' }, member(4)], has_more: false },
  );
  expect(ids).toHaveLength(5);
  expect(error).toMatchObject({ name: 'IncompleteListError', reason: 'row_contradicts', received: 4 });
});

test('a deadline is for all pages together, the call’s or the client’s', async () => {
  const endless: Answer = (_, count) => ({ data: [member(count)], has_more: true });
  for (const given of [{ options: { deadlineMs: 2_500 } }, { ofClientMs: 2_500 }]) {
    const { error, requests } = await listFrom(endless, given);
    expect(error).toMatchObject({ name: 'ConnectionError', code: 'timeout' });
    expect(requests).toBe(3);
  }
});
