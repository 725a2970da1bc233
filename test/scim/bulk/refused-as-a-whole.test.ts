import { describe, expect, test } from 'vitest';
import { bulk as runBulk } from '../../../src/scim/bulk/bulk.js';
import type { BulkWrite } from '../../../src/scim/bulk/writes.js';
import { answer, type FakeServer, fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const user = (name: string, more: object = {}): BulkWrite => ({
  method: 'POST',
  path: '/Users',
  bulkId: name,
  data: { userName: `${name}@x.y`, ...more },
});
const retitle = (id: string): BulkWrite => ({
  method: 'PATCH',
  path: `/Users/${id}`,
  data: { Operations: [{ op: 'replace', path: 'title', value: 'x' }] },
});

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  readonly data?: object;
}

/**
 * A server that carries out one operation after the other, and answers with the error of the first that fails. It lets two
 * users have one name, so that a creation sent twice shows.
 */
function naiveServer(failing: (operation: Operation, number: number) => Response | undefined): FakeServer {
  const server = fakeServer();
  let made = 0;
  let bulks = 0;
  server.intercept = ({ method, path, body }) => {
    if (path === '/ServiceProviderConfig') return answer(200, { bulk: { supported: true, maxOperations: 100 } });
    if (method === 'POST' && path === '/Users') return create(body as object);
    if (path !== '/Bulk') return undefined;
    bulks += 1;
    const entries: object[] = [];
    for (const operation of (body as { Operations: Operation[] }).Operations) {
      const refusal = failing(operation, bulks);
      if (refusal !== undefined) return refusal;
      const { method: done, path: where, bulkId } = operation;
      if (done === 'POST') create(JSON.parse(JSON.stringify(operation.data).replaceAll(/bulkId:\w+/g, 'n1')));
      if (done === 'DELETE') server.users.delete(where.split('/').at(-1) ?? '');
      const location = done === 'POST' ? `${where}/n${made}` : where;
      entries.push({ method: done, bulkId, location, status: '200' });
    }
    return answer(200, { Operations: entries });
  };
  return server;

  function create(data: object): Response {
    made += 1;
    const stored = { ...data, id: `n${made}` };
    server.users.set(stored.id, stored);
    return answer(201, stored);
  }
}

const bulk = (server: FakeServer, writes: readonly BulkWrite[], options: { maxRetries?: number } = {}) =>
  runBulk(openClient(server, { profile: 'rfc' }).client, writes, options);
const names = (server: FakeServer) => [...server.users.values()].map(({ userName }) => userName);
const outcomes = (results: Awaited<ReturnType<typeof bulk>>) => results.map(({ outcome }) => outcome);

const refusesPatch =
  (status: number, scimType?: string) =>
  ({ method }: Operation) =>
    method === 'PATCH' ? scimError(status, scimType) : undefined;

describe('a bulk request that is refused as a whole for one of its operations', () => {
  test.each([
    [404, undefined],
    [405, undefined],
    [501, undefined],
    [400, 'invalidValue'],
    [403, undefined],
    [422, undefined],
  ] as const)('with %i makes nobody twice, and says what was done', async (status, scimType) => {
    const server = naiveServer(refusesPatch(status, scimType));
    const results = await bulk(server, [user('a'), retitle('gone'), user('b')]);
    expect(names(server)).toEqual(['a@x.y', 'b@x.y']);
    expect(outcomes(results)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(results[0]).toMatchObject({ id: 'n1' });
    expect(results[1]).toMatchObject({ status: 404 });
  });

  test('with a 409 calls nothing untried that may be done, nor done what may have been there before', async () => {
    const server = naiveServer(({ bulkId }) => (bulkId === 'b' ? scimError(409, 'uniqueness') : undefined));
    server.users.set('7', { id: '7', userName: 'b@x.y' });
    const results = await bulk(server, [user('a'), user('b'), user('c')]);
    expect(names(server)).toEqual(['b@x.y', 'a@x.y', 'c@x.y']);
    expect(outcomes(results)).toEqual(['unknown', 'unknown', 'succeeded']);
    expect(results[0]).toMatchObject({ error: { code: 'uniqueness' } });
  });

  test('leaves unknown what cannot be looked up, and what refers to it', async () => {
    const server = naiveServer(refusesPatch(404));
    const nameless: BulkWrite = { method: 'POST', path: '/Devices', bulkId: 'd', data: { serialNumber: '1' } };
    const results = await bulk(server, [nameless, user('a', { nickName: 'bulkId:d' }), retitle('gone')]);
    expect(outcomes(results)).toEqual(['unknown', 'unknown', 'failed']);
    expect(server.log.filter((line) => line === 'POST /Devices' || line === 'POST /Users')).toEqual([]);
  });

  test('does not call a deletion refused that it may have made', async () => {
    const server = naiveServer(refusesPatch(404));
    server.users.set('7', { id: '7', userName: 'g@x.y' });
    const results = await bulk(server, [{ method: 'DELETE', path: '/Users/7' }, retitle('gone')]);
    expect(results.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['unknown', 404],
      ['failed', 404],
    ]);
  });

  test('of one operation is a failure of that one', async () => {
    const server = naiveServer(refusesPatch(404));
    expect(await bulk(server, [retitle('gone')])).toMatchObject([{ outcome: 'failed', status: 404 }]);
    expect(server.log.filter((line) => line === 'POST /Bulk')).toHaveLength(2);
  });

  test('adds nothing to a resource that shows it already', async () => {
    const server = naiveServer(({ path }) => (path === '/Users/gone' ? scimError(400) : undefined));
    server.groups.set('g', { id: 'g', displayName: 'G', members: [{ value: '1' }] });
    const add = (value: string): BulkWrite => ({
      method: 'PATCH',
      path: '/Groups/g',
      data: { Operations: [{ op: 'add', path: 'members', value: [{ value }] }] },
    });
    const results = await bulk(server, [add('1'), add('2'), retitle('gone')]);
    expect(outcomes(results)).toEqual(['succeeded', 'succeeded', 'failed']);
    expect(server.log.filter((line) => line === 'PATCH /Groups/g')).toHaveLength(1);
  });
});

describe('a bulk request that is refused with 429', () => {
  const busy = () => answer(429, { status: '429' }, { 'retry-after': '1' });

  test('in the middle makes nobody twice', async () => {
    const server = naiveServer(({ bulkId }, number) => (number === 1 && bulkId === 'b' ? busy() : undefined));
    const results = await bulk(server, [user('a'), user('b')]);
    expect(names(server)).toEqual(['a@x.y', 'b@x.y']);
    expect(results.map(({ outcome, id }) => [outcome, id])).toEqual([
      ['succeeded', 'n1'],
      ['succeeded', 'n2'],
    ]);
  });

  test('ahead of all of it is sent again', async () => {
    const server = naiveServer((_, number) => (number <= 2 ? busy() : undefined));
    expect(outcomes(await bulk(server, [user('a'), user('b')]))).toEqual(['succeeded', 'succeeded']);
    expect(server.log.filter((line) => line === 'POST /Bulk')).toHaveLength(3);
  });

  test('again and again is an error where certainly nothing was done', async () => {
    const server = naiveServer(() => busy());
    await expect(bulk(server, [user('a'), user('b')], { maxRetries: 1 })).rejects.toMatchObject({ status: 429 });
    expect(names(server)).toEqual([]);
    const deletion: BulkWrite = { method: 'DELETE', path: '/Users/7' };
    expect(outcomes(await bulk(server, [user('a'), deletion], { maxRetries: 1 }))).toEqual([
      'not_attempted',
      'unknown',
    ]);
  });
});

describe('a server that refuses a bulk request without operations as well', () => {
  test.each([404, 405, 501])('with %i has none, and gets each write once', async (status) => {
    const server = naiveServer(() => undefined);
    const honest = server.intercept;
    server.intercept = (seen, number) => (seen.path === '/Bulk' ? scimError(status) : honest?.(seen, number));
    expect(outcomes(await bulk(server, [user('a'), user('b')]))).toEqual(['succeeded', 'succeeded']);
    expect(server.log.slice(1)).toEqual(['POST /Bulk', 'POST /Bulk', 'POST /Users', 'POST /Users']);
  });

  test('with 403 does not allow it, and nothing was done', async () => {
    const server = fakeServer();
    server.intercept = ({ path }) => (path === '/Bulk' ? scimError(403) : undefined);
    await expect(bulk(server, [user('a'), user('b')])).rejects.toMatchObject({ status: 403 });
  });
});

test('of two creations that are alike, what is found stands for one', async () => {
  const server = naiveServer(({ method, bulkId }) =>
    bulkId === 'b' || method === 'PATCH' ? scimError(400) : undefined,
  );
  const twice = [user('a'), { ...user('a'), bulkId: 'b' }] as const;
  expect(outcomes(await bulk(server, twice))).toEqual(['succeeded', 'unknown']);
  expect(names(server)).toEqual(['a@x.y']);
});
