import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { listInvitations } from '../../../src/connection/roster/invitations.js';
import { createTestClock } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';

const workspaceId = '11111111-1111-4111-8111-111111111111';
const row = (name: string) => ({ id: `invite-${name}`, email: `${name}@north.example` });
const rows = (...names: string[]) => names.map(row);

type Answer = (query: URLSearchParams, count: number) => unknown;

/** Reads what a service answers, which is a body, or a `Response`. */
async function listFrom(answer: Answer, signal?: AbortSignal, how: object = {}) {
  const asked: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    const { searchParams } = new URL(input instanceof Request ? input.url : String(input));
    if (asked.push(searchParams.toString()) > 2_000) throw new Error('It asks for ever.');
    const body = await answer(searchParams, asked.length);
    return body instanceof Response ? body : Response.json(body);
  };
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const transport = openComplianceTransport({ fetch, clock, apiKey: 'key', rateLimit: false, maxRetries: 0, ...how });
  const { invitations, isWhole } = await listInvitations(transport, workspaceId, { signal });
  return { names: invitations.map(({ email }) => email.split('@')[0]), isWhole, asked, invitations };
}

const busy = (status: number, retryAfter: string) =>
  Response.json({}, { status, headers: { 'retry-after': retryAfter } });
const notKnown = { names: [], isWhole: false };

test.each<[string, Answer]>([
  [
    'an id to come after',
    (query) =>
      query.has('after')
        ? { data: rows('c'), has_more: false, last_id: 'invite-c' }
        : { data: rows('a', 'b'), has_more: true, last_id: 'invite-b' },
  ],
  [
    'an id to come after, which only the rows tell',
    (query) =>
      query.get('after') === 'invite-b'
        ? { data: rows('c'), has_more: false }
        : { data: rows('a', 'b'), has_more: true },
  ],
  [
    'a cursor, beside an id for old clients',
    (query) =>
      query.get('cursor') === 'x'
        ? { data: rows('c'), has_more: false, cursor: null }
        : { data: rows('a', 'b'), has_more: true, cursor: 'x', last_id: 'invite-b' },
  ],
  [
    'a cursor alone',
    (query) =>
      query.get('cursor') === 'x' ? { data: rows('c'), cursor: null } : { data: rows('a', 'b'), cursor: 'x' },
  ],
  [
    'a next page',
    (query) =>
      query.get('page') === '2'
        ? { object: 'page', data: rows('c'), has_more: false, next_page: null }
        : { object: 'page', data: rows('a', 'b'), has_more: true, next_page: 2 },
  ],
  [
    'an empty page in between',
    (query) =>
      ({
        null: { data: rows('a', 'b'), has_more: true, cursor: '1' },
        1: { data: [], has_more: true, cursor: '2' },
      })[String(query.get('cursor'))] ?? { data: rows('c'), has_more: false },
  ],
  [
    'a row that is shown twice',
    (query) =>
      query.has('cursor')
        ? { data: rows('b', 'c'), has_more: false }
        : { data: rows('a', 'b'), has_more: true, cursor: 'x' },
  ],
  [
    'ids that are not each a row’s own',
    () => ({ data: ['a', 'b', 'c'].map((name) => ({ ...row(name), id: 'invite' })), has_more: false }),
  ],
  ['one page without a word on paging', () => ({ object: 'list', data: rows('a', 'b', 'c') })],
  ['one page that has nothing more', () => ({ data: rows('a', 'b', 'c'), cursor: null, next_page: null, total: null })],
  ['a bare array', () => rows('a', 'b', 'c')],
])('all are found by %s', async (_, answer) => {
  expect(await listFrom(answer)).toMatchObject({ names: ['a', 'b', 'c'], isWhole: true });
});

test('a page size that is refused is left to the service', async () => {
  for (const status of [400, 422]) {
    const { asked, names, isWhole } = await listFrom((query) => {
      if (query.has('limit')) return Response.json({ detail: 'limit' }, { status });
      return query.has('cursor') ? { data: rows('b'), has_more: false } : { data: rows('a'), cursor: 'x' };
    });
    expect({ asked, names, isWhole }).toEqual({
      asked: ['limit=100', '', 'cursor=x'],
      names: ['a', 'b'],
      isWhole: true,
    });
  }
  const refused = await listFrom(() => Response.json({}, { status: 400 }));
  expect(refused).toMatchObject({ ...notKnown, asked: ['limit=100', ''] });
});

test.each<[string, number, Answer]>([
  ['the same cursor again', 2, (_, count) => ({ data: rows(`p${count}`), has_more: true, cursor: 'x' })],
  ['the same last id again', 2, (_, count) => ({ data: rows(`p${count}`), has_more: true, last_id: 'invite-a' })],
  ['an earlier cursor again', 3, (_, count) => ({ data: rows(`p${count}`), cursor: ['x', 'y'][count % 2] })],
  ['the same page under new cursors', 2, (_, count) => ({ data: rows('a', 'b'), has_more: true, cursor: `x${count}` })],
  ['more, and no way to it', 1, () => ({ data: rows('a'), has_more: true, last_id: '' })],
  ['more behind rows without ids', 1, () => ({ data: [{ email: 'a@north.example' }], has_more: true })],
  ['empty pages for ever', 11, (_, count) => ({ data: [], has_more: true, cursor: `x${count}` })],
  ['new pages for ever', 1_000, (_, count) => ({ data: rows(`p${count}`), has_more: true, cursor: `x${count}` })],
  ['a second page that is no list', 2, (_, count) => (count === 1 ? { data: rows('a'), cursor: 'x' } : { data: {} })],
  [
    'a second page that is refused',
    2,
    (_, count) => (count === 1 ? { data: rows('a'), cursor: 'x' } : Response.json({}, { status: 403 })),
  ],
  ['another envelope', 1, () => ({ invites: rows('a') })],
  ['a text', 1, () => 'none'],
  ['null', 1, () => null],
  ['nothing', 1, () => new Response(null, { status: 204 })],
  ['no JSON', 1, () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
])('what breaks off proves nothing, and costs few requests: %s (%i)', async (_, requests, answer) => {
  const { asked, ...list } = await listFrom(answer);
  expect(list).toMatchObject(notKnown);
  expect(asked).toHaveLength(requests);
});

test.each<[string, unknown]>([
  ['a word on paging that is not known', { data: rows('a'), next: 'https://elsewhere.example/?page=2' }],
  ['a total that is not known to be this', { data: rows('a'), total_count: 250 }],
  ['a last id, and not whether there is more', { data: rows('a'), last_id: 'invite-a' }],
  ['"has_more" as a text', { data: rows('a'), has_more: 'true' }],
  ['no more, and a larger total', { data: rows('a'), has_more: false, total: 57 }],
  ['no more, and a larger total as a text', { data: rows('a'), has_more: false, total_count: '57' }],
  ['no more, and a cursor', { data: rows('a'), has_more: false, cursor: 'abc' }],
  ['no more, and a next page', { data: rows('a'), has_more: false, next_page: 2 }],
  ['a masked address', { data: [row('a'), { email: 'b***@north.example' }], has_more: false }],
  ['a cut address', { data: [row('a'), { email: 'b...@north.example' }], has_more: false }],
  ['an address with a name', { data: [row('a'), { email: 'Ben <b@north.example>' }], has_more: false }],
  ['an address with a scheme', { data: [row('a'), { email: 'mailto:b@north.example' }], has_more: false }],
  ['a text that is no address', { data: [row('a'), { email: 'invited user' }], has_more: false }],
  [
    'two addresses',
    { data: [row('a'), { email: 'b@north.example', email_address: 'c@north.example' }], has_more: false },
  ],
  ['a row that is no object', { data: [row('a'), 'b@north.example'], has_more: false }],
  ['a row without an address', { data: [row('a'), { id: 'invite-b', email: ' ' }], has_more: false }],
  ['a row whose address is no text', { data: [row('a'), { email: { value: 'b@north.example' } }], has_more: false }],
])('who is read is known, and not that these are all: %s', async (_, body) => {
  expect(await listFrom(() => body)).toMatchObject({ names: ['a'], isWhole: false });
});

test('a full page without a word on paging may be one of several', async () => {
  const hundred = rows(...Array.from({ length: 100 }, (_none, n) => `p${n}`));
  for (const body of [hundred, { data: hundred }]) {
    const { names, isWhole } = await listFrom(() => body);
    expect([names.length, isWhole]).toEqual([100, false]);
  }
});

test('a round number of rows without a word on paging may be a page of a size that the service chose', async () => {
  for (const [count, isWhole] of [
    [20, false],
    [50, false],
    [49, true],
  ] as const) {
    const some = rows(...Array.from({ length: count }, (_none, n) => `p${n}`));
    for (const body of [some, { data: some }]) expect((await listFrom(() => body)).isWhole).toBe(isWhole);
  }
});

test('where the size that was asked for is refused, rows without a word on paging may be one page of several', async () => {
  const some = rows('a', 'b', 'c');
  for (const body of [some, { data: some }]) {
    const answer: Answer = (query) => (query.has('limit') ? Response.json({}, { status: 400 }) : body);
    expect(await listFrom(answer)).toMatchObject({ names: ['a', 'b', 'c'], isWhole: false });
  }
});

test('a second row of one id and address with another status is not the first one again', async () => {
  const data = ['expired', 'pending', 'pending'].map((status) => ({ ...row('a'), status }));
  const { invitations, isWhole } = await listFrom(() => ({ data, has_more: false }));
  expect([invitations.map(({ isPending }) => isPending), isWhole]).toEqual([[false, true], true]);
});

test.each<[object, boolean | undefined]>([
  [{}, true],
  [{ state: 'Accepted' }, false],
  [{ state: 'pending' }, true],
  [{ status: null, state: 'on_its_way' }, undefined],
  [{ accepted_at: 1_700_000_000 }, undefined],
  [{ status: 'pending', accepted_at: '2026-11-01T00:00:00Z' }, undefined],
  [{ accepted_at: null, is_revoked: false }, true],
  [{ is_revoked: true }, undefined],
  [{ expires_at: 1_500_000_000 }, undefined],
  [{ expires_at: 1_500_000_000_000 }, undefined],
  [{ expires_at: '2020-01-01T00:00:00Z' }, undefined],
  [{ expires_at: 'in seven days' }, undefined],
  [{ expires_at: 4_000_000_000 }, true],
  [{ expires_at: '2090-01-01T00:00:00Z' }, true],
])('a row that says otherwise that it is over is not called open: %j', async (more, isPending) => {
  const { invitations, isWhole } = await listFrom(() => ({ data: [{ ...row('a'), ...more }], has_more: false }));
  expect([invitations.map((one) => one.isPending), isWhole]).toEqual([[isPending], true]);
});

test('pages are not asked for any more when the list cannot be whole', async () => {
  const { asked, isWhole, names } = await listFrom((_, count) => ({
    data: [row(`p${count}`), { note: 'x' }],
    has_more: true,
    cursor: `x${count}`,
  }));
  expect([asked.length, isWhole, names]).toEqual([1, false, ['p1']]);
});

test('rows that are too large to be kept all are no list', async () => {
  const note = 'x'.repeat(1_000_000);
  const { asked, names } = await listFrom((_, count) => ({
    data: Array.from({ length: 9 }, (_none, n) => ({ email: `p${count}-${n}@north.example`, note })),
    has_more: true,
    cursor: `x${count}`,
  }));
  expect([asked.length, names]).toEqual([5, []]);
});

test.each<[string, Answer, number, number]>([
  ['asks for an hour', () => busy(429, '3600'), 0, 1],
  ['asks for a minute', () => busy(503, '60'), 0, 1],
  ['asks for a second', (_, count) => (count < 3 ? busy(429, '1') : { data: rows('a'), has_more: false }), 2_000, 3],
])('a list that %s holds nobody up for long', async (_, answer, ms, requests) => {
  const clock = createTestClock({ skipsWaits: true });
  const began = clock.now();
  const { asked } = await listFrom(answer, undefined, { clock, maxRetries: 3 });
  expect(asked).toHaveLength(requests);
  expect(clock.now() - began).toBeLessThanOrEqual(ms);
});

test('a list that never answers, or not to its end in two minutes, is left', async () => {
  for (const [first, ms] of [
    [undefined, 20_000],
    [{ data: rows('a'), cursor: 'x' }, 120_000],
  ] as const) {
    const clock = createTestClock();
    let isAsked = () => {};
    const asking = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const answer: Answer = (_, count) => {
      if (first !== undefined && count === 1) return first;
      isAsked();
      return new Promise(() => {});
    };
    const list = listFrom(answer, undefined, { clock, timeoutMs: 600_000 });
    await asking;
    clock.advance(ms);
    expect(await list).toMatchObject(notKnown);
  }
});

test('of a row nothing is taken but the address and the status, and nothing is lost', async () => {
  const sent = { id: 7, email: ' Ada@North.example ', status: 'Pending', role: { name: 'x' }, name: 'Ada' };
  const { invitations } = await listFrom(() => ({ data: [sent], has_more: false }));
  expect(invitations).toEqual([
    { workspaceId, email: 'Ada@North.example', status: 'Pending', isPending: true, listedBy: 'compliance', raw: sent },
  ]);
});

test('what is on `Object.prototype` is no row’s and no page’s', async () => {
  const ambient: Readonly<Record<string, unknown>> = {
    email: 'eve@evil.example',
    status: 'expired',
    has_more: true,
    cursor: 'x',
  };
  for (const [name, value] of Object.entries(ambient)) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
  }
  try {
    const { invitations, isWhole } = await listFrom(() => ({
      data: [{ id: 'invite-a', email_address: 'a@north.example' }, { id: 'invite-b' }],
    }));
    expect(invitations.map(({ email, isPending }) => [email, isPending])).toEqual([['a@north.example', true]]);
    expect(isWhole).toBe(false);
  } finally {
    for (const name of Object.keys(ambient)) Reflect.deleteProperty(Object.prototype, name);
  }
});

test('a large list is read in linear time', async () => {
  const page = (query: URLSearchParams) => {
    const n = Number(query.get('cursor') ?? 0);
    const data = rows(...Array.from({ length: 10_000 }, (_none, index) => `p${n}-${index}`));
    return { data, has_more: n < 4, cursor: n < 4 ? String(n + 1) : null };
  };
  const startMs = performance.now();
  const { names, isWhole } = await listFrom(page);
  expect([names.length, isWhole]).toEqual([50_000, true]);
  expect(performance.now() - startMs).toBeLessThan(20_000);
});

test('the signal of the call ends it with its own reason', async () => {
  const stop = new AbortController();
  const waiting = listFrom(() => {
    stop.abort('enough');
    return new Response(new ReadableStream());
  }, stop.signal);
  expect(await rejection(waiting)).toBe('enough');
});
