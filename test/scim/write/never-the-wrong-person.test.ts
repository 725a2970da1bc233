import { describe, expect, test } from 'vitest';
import { rejection } from '../../support/open-test-transport.js';
import { tellsOf } from '../../support/tells-of.js';
import { answer, fakeServer, listAnswer, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const anna: Stored = { id: 'a', userName: 'a.berg@x.y', externalId: 'hr-1', displayName: 'Anna', active: false };
const adam = { userName: 'a.berg@x.y', externalId: 'hr-2', displayName: 'Adam' };
const writes = (log: readonly string[]) => log.filter((request) => !request.startsWith('GET'));

/** Refuses filters by this attribute. */
const refusing =
  (attribute: string, refusal: () => Response) =>
  ({ query }: { readonly query: URLSearchParams }) =>
    query.get('filter')?.startsWith(attribute) ? refusal() : undefined;

const refusals: [string, () => Response][] = [
  ['501', () => scimError(501)],
  ['400 invalidFilter', () => scimError(400, 'invalidFilter')],
  ['400', () => scimError(400)],
];

describe('upsert of a user with the address of another person', () => {
  test('changes nobody, and says whom it found', async () => {
    const server = fakeServer({ users: [anna] });
    const error = await openClient(server)
      .client.users.upsert(adam)
      .catch((failure: unknown) => failure);
    expect(tellsOf(error)).toMatchObject({
      name: 'NaturalKeyConflictError',
      code: 'conflict',
      reason: 'other_external_id',
      ids: ['a'],
      externalIds: ['hr-2', 'hr-1'],
      remedy: expect.stringContaining('takeOver'),
    });
    expect(writes(server.log)).toEqual([]);
    expect(server.users.get('a')).toEqual(anna);
  });

  test('takes the account over where that is said', async () => {
    const server = fakeServer({ users: [anna] });
    expect(await openClient(server).client.users.upsert(adam, { takeOver: true })).toMatchObject({
      outcome: 'reactivated',
      resource: { id: 'a', externalId: 'hr-2', displayName: 'Adam' },
    });
  });

  test.each([
    ['that a conflict shows and the filter had not', () => scimError(409)],
    ['that the server calls taken with 400', () => scimError(400, 'uniqueness')],
    ['that a creation is answered with', () => answer(200, anna)],
  ])('changes nobody %s', async (_, post) => {
    const server = fakeServer({ users: [anna] });
    server.intercept = ({ method }) => {
      // The list lags behind.
      if (!server.log.includes('POST /Users')) return listAnswer([]);
      return method === 'POST' ? post() : undefined;
    };
    const upsert = openClient(server).client.users.upsert(adam);
    expect(tellsOf(await rejection(upsert))).toMatchObject({
      code: 'conflict',
      reason: 'other_external_id',
      ids: ['a'],
    });
    expect(writes(server.log)).toEqual(['POST /Users']);
  });
});

test('a creation that is answered with 200 and somebody who has none of the keys changes nobody', async () => {
  const server = fakeServer();
  server.intercept = ({ method }) =>
    method === 'POST' ? answer(200, { id: '9', userName: 'other@x.y', emails: [{ value: 'a.berg@x.y' }] }) : undefined;
  const upsert = openClient(server).client.users.upsert(adam);
  expect(tellsOf(await rejection(upsert))).toMatchObject({ code: 'conflict', reason: 'other_resource', ids: ['9'] });
  expect(writes(server.log)).toEqual(['POST /Users']);
});

test('keeps a user whom a conflict with 400 shows', async () => {
  const server = fakeServer({ users: [{ ...anna, active: true, displayName: 'A' }] });
  server.intercept = ({ method, query }) => {
    if (query.has('filter') || !server.log.includes('POST /Users')) return listAnswer([]);
    return method === 'POST' ? scimError(400, 'uniqueness') : undefined;
  };
  const wanted = { userName: 'a.berg@x.y', externalId: 'hr-1', displayName: 'Anna' };
  expect(await openClient(server).client.users.upsert(wanted)).toMatchObject({
    outcome: 'adopted',
    resource: { id: 'a', displayName: 'Anna' },
  });
});

describe('keys that name two users', () => {
  const two: Stored[] = [
    { id: '1', userName: 'old@x.y', externalId: 'hr-1' },
    { id: '2', userName: 'new@x.y', externalId: 'hr-9' },
  ];
  const wanted = { userName: 'new@x.y', externalId: 'hr-1' };

  test.each([false, true])('change neither, takeOver or not: %s', async (takeOver) => {
    const server = fakeServer({ users: two });
    const upsert = openClient(server).client.users.upsert(wanted, { takeOver });
    expect(tellsOf(await rejection(upsert))).toMatchObject({ code: 'conflict', reason: 'several', ids: ['2', '1'] });
    expect(writes(server.log)).toEqual([]);
  });

  test('change neither where one of them has no externalId', async () => {
    const server = fakeServer({ users: [two[0] as Stored, { id: '2', userName: 'new@x.y' }] });
    expect(tellsOf(await rejection(openClient(server).client.users.upsert(wanted)))).toMatchObject({ ids: ['2', '1'] });
    expect(writes(server.log)).toEqual([]);
  });

  test.each(refusals)('change neither where the filter by externalId is refused with %s', async (_, refusal) => {
    const server = fakeServer({ users: two });
    server.intercept = refusing('externalId', refusal);
    await expect(openClient(server).client.users.upsert(wanted)).rejects.toMatchObject({ reason: 'several' });
    expect(writes(server.log)).toEqual([]);
  });
});

describe.each(refusals)('where the filter by externalId is refused with %s', (_, refusal) => {
  test('a renamed user is found by walking', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'old@x.y', externalId: 'hr-1' }] });
    server.intercept = refusing('externalId', refusal);
    const upsert = openClient(server).client.users.upsert({ userName: 'new@x.y', externalId: 'hr-1' });
    expect(await upsert).toMatchObject({ outcome: 'updated', resource: { id: '1', userName: 'new@x.y' } });
    expect(server.users.size).toBe(1);
  });

  test('a renamed group is found by walking', async () => {
    const server = fakeServer({ groups: [{ id: '1', displayName: 'Ops', externalId: 'g-1' }] });
    server.intercept = refusing('externalId', refusal);
    const upsert = openClient(server).client.groups.upsert({ displayName: 'Operations', externalId: 'g-1' });
    expect(await upsert).toMatchObject({ outcome: 'updated', resource: { id: '1', displayName: 'Operations' } });
    expect(server.groups.size).toBe(1);
  });

  test('nobody is created while the list is not whole', async () => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (request.method !== 'GET') return undefined;
      return (
        refusing('externalId', refusal)(request) ??
        listAnswer([], { totalResults: request.query.has('filter') ? 0 : 5 })
      );
    };
    const upsert = openClient(server).client.users.upsert({ userName: 'new@x.y', externalId: 'hr-1' });
    await expect(upsert).rejects.toMatchObject({ code: 'incomplete_list' });
    expect(writes(server.log)).toEqual([]);
  });
});

describe('upsert of a group', () => {
  const named: Stored[] = [
    { id: '1', displayName: 'Old', externalId: 'g-1' },
    { id: '2', displayName: 'New' },
  ];

  test('whose keys name two changes neither', async () => {
    const server = fakeServer({ groups: named });
    const upsert = openClient(server).client.groups.upsert({ displayName: 'New', externalId: 'g-1' });
    expect(tellsOf(await rejection(upsert))).toMatchObject({ code: 'conflict', reason: 'several', ids: ['1', '2'] });
    expect(writes(server.log)).toEqual([]);
  });

  test('takes one of the same name over only where that is said', async () => {
    const server = fakeServer({ groups: [{ id: '1', displayName: 'Ops', externalId: 'g-1' }] });
    const { groups } = openClient(server).client;
    expect(await groups.upsert({ displayName: 'Ops', externalId: 'g-2' }, { takeOver: true })).toMatchObject({
      outcome: 'updated',
      resource: { id: '1', externalId: 'g-2' },
    });
    expect(await groups.upsert({ displayName: 'Ops', externalId: 'g-3' })).toMatchObject({ outcome: 'created' });
  });

  test('goes on where another group has the new name and an externalId of its own', async () => {
    const server = fakeServer({ groups: [named[0] as Stored, { id: '2', displayName: 'New', externalId: 'g-9' }] });
    const upsert = openClient(server).client.groups.upsert({ displayName: 'New', externalId: 'g-1' });
    expect(await upsert).toMatchObject({ outcome: 'updated', resource: { id: '1', displayName: 'New' } });
  });
});
