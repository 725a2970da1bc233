import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { listInvitations } from '../../../src/connection/roster/invitations.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';

const workspaceId = '11111111-1111-4111-8111-111111111111';
const row = (name: string) => ({ id: `invite-${name}`, email: `${name}@north.example` });
const rows = (...names: string[]) => names.map(row);

type Answer = (query: URLSearchParams, count: number) => unknown;

/** Reads what a service answers, which is a body, or a `Response`. */
async function listFrom(answer: Answer, signal?: AbortSignal) {
  const asked: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    const { searchParams } = new URL(input instanceof Request ? input.url : String(input));
    if (asked.push(searchParams.toString()) > 2_000) throw new Error('It asks for ever.');
    const body = answer(searchParams, asked.length);
    return body instanceof Response ? body : Response.json(body);
  };
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const transport = openComplianceTransport({ fetch, clock, apiKey: 'key', rateLimit: false, maxRetries: 0 });
  const { invitations, isWhole } = await listInvitations(transport, workspaceId, { signal });
  return { names: invitations.map(({ email }) => email.split('@')[0]), isWhole, asked, invitations };
}

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

test('of a row nothing is taken but the address and the status, and nothing is lost', async () => {
  const sent = { id: 7, email: ' Ada@North.example ', status: 'Pending', role: { name: 'x' }, name: 'Ada' };
  const { invitations } = await listFrom(() => ({ data: [sent], has_more: false }));
  expect(invitations).toEqual([
    { workspaceId, email: 'Ada@North.example', status: 'Pending', isPending: true, raw: sent },
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
    return { data, has_more: n < 4, cursor: String(n + 1) };
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
