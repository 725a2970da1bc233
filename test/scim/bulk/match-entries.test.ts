import { describe, expect, test } from 'vitest';
import { bulk as runBulk } from '../../../src/scim/bulk/bulk.js';
import type { BulkWrite } from '../../../src/scim/bulk/writes.js';
import { answer, fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const user = (name: string): BulkWrite => ({
  method: 'POST',
  path: '/Users',
  bulkId: name,
  data: { userName: `${name}@x.y` },
});
const remove = (id: string): BulkWrite => ({ method: 'DELETE', path: `/Users/${id}` });
const retitle = (id: string): BulkWrite => ({
  method: 'PATCH',
  path: `/Users/${id}`,
  data: { Operations: [{ op: 'replace', path: 'title', value: 'x' }] },
});
const join = (...names: string[]): BulkWrite => ({
  method: 'PATCH',
  path: '/Groups/g',
  data: { Operations: [{ op: 'add', path: 'members', value: names.map((name) => ({ value: `bulkId:${name}` })) }] },
});

/** Runs the writes on a server that answers its bulk requests with these entries, one after the other. */
async function bulk(writes: readonly BulkWrite[], answers: readonly (readonly unknown[])[], maxOperations = 10) {
  const sent: unknown[][] = [];
  const server = fakeServer();
  server.intercept = ({ path, body }) => {
    if (path === '/ServiceProviderConfig') return answer(200, { bulk: { supported: true, maxOperations } });
    if (path !== '/Bulk') return undefined;
    sent.push((body as { Operations: unknown[] }).Operations);
    return answer(200, { Operations: answers[sent.length - 1] });
  };
  const results = await runBulk(openClient(server, { profile: 'rfc' }).client, writes);
  return { sent, results, seen: results.map(({ outcome, id }) => [outcome, id]) };
}

const at = (path: string) => `https://scim.example/v2/key${path}`;
const deleted = { method: 'DELETE', status: '204' };

describe('entries without names', () => {
  test('are read in order where there are as many as writes', async () => {
    const { seen } = await bulk([remove('1'), remove('2')], [[deleted, { ...deleted, status: '404' }]]);
    expect(seen).toEqual([
      ['succeeded', undefined],
      ['failed', undefined],
    ]);
  });

  test('say nothing of any write where there are fewer', async () => {
    const { seen, results } = await bulk([remove('1'), remove('2'), remove('3')], [[deleted, deleted]]);
    expect(seen).toEqual(Array.from({ length: 3 }, () => ['unknown', undefined]));
    expect(results[0]?.error).toMatchObject({ code: 'invalid_response' });
  });

  test('give nobody the id of another, who would then get into the group', async () => {
    const b = { method: 'POST', status: '201', location: at('/Users/b'), response: { id: 'b', userName: 'b@x.y' } };
    const c = { method: 'POST', status: '201', location: at('/Users/c') };
    const { seen, sent } = await bulk([user('a'), user('b'), user('c'), join('a')], [[b, c]], 3);
    expect(seen.map(([outcome]) => outcome)).toEqual(['unknown', 'unknown', 'unknown', 'not_attempted']);
    expect(sent).toHaveLength(1);
  });

  test.each<[string, readonly BulkWrite[], readonly unknown[]]>([
    ['method', [remove('1'), retitle('2')], [{ method: 'PATCH', status: '200' }, deleted]],
    ['location', [remove('1'), remove('2')], [{ ...deleted, location: at('/Users/2') }, deleted]],
    [
      'userName',
      [user('a'), user('b')],
      ['b', 'a'].map((name) => ({ method: 'POST', status: '201', response: { id: name, userName: `${name}@x.y` } })),
    ],
    ['name', [user('a'), user('b')], ['b', 'x'].map((bulkId) => ({ method: 'POST', bulkId, status: '201' }))],
    ['kind', [user('a')], [{ method: 'POST', status: '201', location: at('/Groups/7') }]],
  ])('are not read in order where a %s contradicts', async (_, writes, entries) => {
    const { seen } = await bulk(writes, [entries]);
    expect(seen[0]).toEqual(['unknown', undefined]);
  });
});

describe('entries with names', () => {
  test('are believed once: three of one address are one, and leave the others unknown', async () => {
    const one = { ...deleted, location: at('/Users/1') };
    const { seen } = await bulk([remove('1'), remove('2'), remove('3')], [[one, one, one]]);
    expect(seen).toEqual([
      ['succeeded', '1'],
      ['unknown', undefined],
      ['unknown', undefined],
    ]);
  });

  test('that disagree about one write leave it unknown', async () => {
    const entries = ['1', '2'].map((id) => ({ method: 'POST', bulkId: 'a', status: '201', response: { id } }));
    expect((await bulk([user('a')], [entries])).seen).toEqual([['unknown', undefined]]);
  });

  test('of several writes to one resource are read in order, whatever stands between them', async () => {
    const [first, second] = ['200', '400'].map((status) => ({ method: 'PATCH', status, location: at('/users/1') }));
    const { seen } = await bulk(
      [retitle('1'), remove('2'), retitle('1')],
      [[{ ...deleted, path: '/Users/2' }, first, second]],
    );
    expect(seen.map(([outcome]) => outcome)).toEqual(['succeeded', 'succeeded', 'failed']);
  });

  test('leave the others not attempted after a failure, and unknown without one', async () => {
    const failed = { method: 'POST', bulkId: 'a', status: '400' };
    expect((await bulk([user('a'), user('b')], [[failed]])).seen[1]).toEqual(['not_attempted', undefined]);
    const done = { method: 'POST', bulkId: 'a', status: '201', location: at('/Users/1') };
    expect((await bulk([user('a'), user('b')], [[done]])).seen[1]).toEqual(['unknown', undefined]);
    expect((await bulk([user('a'), user('b')], [[]])).seen).toEqual([
      ['unknown', undefined],
      ['unknown', undefined],
    ]);
  });
});

describe('the id of what was created', () => {
  const created = (more: object) => [[{ method: 'POST', bulkId: 'a', status: '201', ...more }], [{ status: '200' }]];

  test.each([
    ['the list', { location: at('/Users') }],
    ['the list, with a slash', { location: at('/Users/') }],
    ['nothing', { location: at('/Users/undefined') }],
    ['null', { location: at('/Users/null') }],
    ['something else', { location: at('/audit/5') }],
    ['half an escape', { location: at('/Users/%E0%A4%A') }],
    ['nothing at all', {}],
    ['a number that is not exact', { response: JSON.parse('{"id":9007199254740993}') }],
    ['two different ids', { location: at('/Users/1'), response: { id: '2' } }],
    ['nothing, in the resource', { response: { id: 'undefined' } }],
  ])('is not taken from %s, and nobody gets into the group', async (_, more) => {
    const { results, sent } = await bulk([user('a'), join('a')], created(more), 1);
    expect(sent).toHaveLength(1);
    expect(results).toMatchObject([{ outcome: 'succeeded' }, { outcome: 'not_attempted' }]);
    expect(results[0]).not.toHaveProperty('id');
    expect(results[1]?.error).toMatchObject({ code: 'invalid_response' });
  });

  test.each([
    ['a number', { response: { id: 7 } }, '7'],
    [
      'an address, where the number is not exact',
      { location: at('/Users/9007199254740993'), response: JSON.parse('{"id":9007199254740993}') },
      '9007199254740993',
    ],
    ['a relative address', { location: '/Users/7/' }, '7'],
    ['an address in another case, with a query', { location: `${at('/users/7')}?x=/Users/8` }, '7'],
  ])('is read from %s', async (_, more, id) => {
    const { results, sent } = await bulk([user('a'), join('a')], created(more), 1);
    expect(results[0]).toMatchObject({ outcome: 'succeeded', id });
    expect(sent[1]).toMatchObject([{ data: { Operations: [{ value: [{ value: id }] }] } }]);
  });
});

test('a success that holds an error is none', async () => {
  const response = { status: '403', detail: 'no' };
  const { results } = await bulk([remove('1')], [[{ ...deleted, location: at('/Users/1'), response }]]);
  expect(results).toMatchObject([{ outcome: 'failed', status: 403 }]);
});

describe('an entry that shows another resource than was written', () => {
  const other = { id: 'other', userName: 'other@x.y', active: true };
  const own = { location: at('/Users/1') };

  test.each<[string, BulkWrite, object]>([
    ['a PATCH', retitle('1'), { method: 'PATCH', status: '200', response: other }],
    ['a PATCH, at its own address', retitle('1'), { method: 'PATCH', status: '200', ...own, response: other }],
    ['a PUT', { method: 'PUT', path: '/Users/1', data: { userName: 'a@x.y' } }, { status: '200', response: other }],
    ['a DELETE', remove('1'), { ...deleted, ...own, response: { ID: 'other' } }],
    ['a PATCH, by a number', retitle('1'), { status: '200', response: { id: 2 } }],
    ['a PATCH, by a number that is not exact', retitle('9007199254740993'), { response: { id: 2 ** 53 }, status: 200 }],
    ['a POST', user('a'), { method: 'POST', bulkId: 'a', status: '201', response: other }],
  ])('is the success of nothing, and is not handed out: %s', async (_, write, entry) => {
    const { results } = await bulk([write], [[{ version: 'W/"9"', ...entry }]]);
    expect(results).toMatchObject([{ outcome: 'unknown', error: { code: 'invalid_response' } }]);
    for (const name of ['id', 'location', 'version', 'response']) expect(results[0]).not.toHaveProperty(name);
    expect(JSON.stringify(results)).not.toContain('other@x.y');
  });

  test.each<[string, BulkWrite, object]>([
    ['its id in another case', retitle('ab'), { id: 'AB' }],
    ['its id as a number', retitle('7'), { id: 7 }],
    ['no id', retitle('7'), { userName: 'a@x.y' }],
    ['its name as the server spells it', user('a'), { id: '1', userName: 'DOM\\A@x.y' }],
    [
      'one of its names',
      { ...user('a'), data: { userName: 'a@x.y', externalId: '1' } } as BulkWrite,
      { userName: 'b', externalId: 1 },
    ],
  ])('is not one with %s', async (_, write, response) => {
    const bulkId = write.method === 'POST' ? 'a' : undefined;
    const { results } = await bulk([write], [[{ method: write.method, bulkId, status: '200', response }]]);
    expect(results).toMatchObject([{ outcome: 'succeeded', response }]);
  });

  test('lets nobody into a group, and says nothing of the writes without an entry', async () => {
    const created = { method: 'POST', bulkId: 'a', status: '201', response: other };
    const { seen, sent } = await bulk([user('a'), user('b'), join('a')], [[created]], 2);
    expect(seen.map(([outcome]) => outcome)).toEqual(['unknown', 'unknown', 'not_attempted']);
    expect(sent).toHaveLength(1);
  });
});
