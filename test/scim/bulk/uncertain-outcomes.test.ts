import { describe, expect, test } from 'vitest';
import { bulk as runBulk } from '../../../src/scim/bulk/bulk.js';
import type { BulkWrite } from '../../../src/scim/bulk/writes.js';
import { answer, type FakeServer, fakeServer, listAnswer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const user = (name: string): BulkWrite => ({
  method: 'POST',
  path: '/Users',
  bulkId: name,
  data: { userName: `${name}@x.y` },
});

/** A server whose bulk requests take so many operations and are answered like this. */
function serverWithBulk(
  respond: (operations: readonly Record<string, unknown>[], number: number) => Response,
  maxOperations = 100,
): FakeServer {
  const server = fakeServer();
  let bulks = 0;
  server.intercept = ({ path, body }) => {
    if (path === '/ServiceProviderConfig') return answer(200, { bulk: { supported: true, maxOperations } });
    if (path !== '/Bulk') return undefined;
    bulks += 1;
    return respond((body as { Operations: Record<string, unknown>[] }).Operations, bulks);
  };
  return server;
}

const created = (operations: readonly Record<string, unknown>[], more: object = {}) =>
  answer(200, {
    Operations: operations.map(({ method, bulkId }) => ({
      method,
      bulkId,
      location: `https://scim.example/v2/key/Users/made-${bulkId}`,
      status: '201',
      ...more,
    })),
  });

const bulk = (server: FakeServer, writes: readonly BulkWrite[]) =>
  runBulk(openClient(server, { profile: 'rfc' }).client, writes);

describe('a bulk request', () => {
  test.each([
    ['accepted without a body', new Response(null, { status: 202 }), 'write_pending'],
    ['accepted with another body', answer(202, { id: 'job-1' }), 'write_pending'],
    ['answered 200 without a body', new Response(null, { status: 200 }), 'invalid_response'],
    ['answered 204', new Response(null, { status: 204 }), 'invalid_response'],
    ['answered 200 with another body', answer(200, { ok: true }), 'invalid_response'],
    ['answered with a page', new Response('<html>'), 'invalid_response'],
  ])('%s leaves every write unknown', async (_, response, code) => {
    const results = await bulk(
      serverWithBulk(() => response.clone()),
      [user('a'), user('b')],
    );
    expect(results).toMatchObject([
      { outcome: 'unknown', bulkId: 'a', error: { code } },
      { outcome: 'unknown', bulkId: 'b', error: { code } },
    ]);
  });

  test.each([408, 500, 502, 520, 524, 599])(
    'that ends in %i leaves its writes unknown, be it the first or a later one',
    async (status) => {
      const fails = (at: number) =>
        serverWithBulk((operations, number) => (number === at ? scimError(status) : created(operations)), 1);
      expect((await bulk(fails(1), [user('a'), user('b')])).map(({ outcome }) => outcome)).toEqual([
        'unknown',
        'not_attempted',
      ]);
      expect((await bulk(fails(2), [user('a'), user('b'), user('c')])).map(({ outcome }) => outcome)).toEqual([
        'succeeded',
        'unknown',
        'not_attempted',
      ]);
    },
  );

  test('that is accepted keeps nothing back but what refers to its writes', async () => {
    const server = serverWithBulk(
      (operations, number) => (number === 1 ? new Response(null, { status: 202 }) : created(operations)),
      1,
    );
    const team: BulkWrite = {
      method: 'POST',
      path: '/Groups',
      data: { displayName: 'Team', members: [{ value: 'bulkId:a' }] },
    };
    expect(await bulk(server, [user('a'), team, user('b')])).toMatchObject([
      { outcome: 'unknown' },
      { outcome: 'not_attempted', error: { code: 'write_pending' } },
      { outcome: 'succeeded' },
    ]);
  });
});

describe('an entry of the answer', () => {
  test('is read in whatever case its keys are written', async () => {
    const server = serverWithBulk((operations) =>
      answer(200, {
        operations: operations.map(({ method, bulkId }) => ({
          Method: method,
          BulkId: bulkId,
          Location: `https://scim.example/Users/made-${bulkId}`,
          Status: { Code: '201' },
          Version: 'W/"1"',
        })),
      }),
    );
    expect(await bulk(server, [user('a')])).toMatchObject([
      { outcome: 'succeeded', status: 201, id: 'made-a', version: 'W/"1"' },
    ]);
  });

  test.each([
    ['201 Created', 'succeeded', 201],
    ['HTTP/1.1 201', 'succeeded', 201],
    [' 201 ', 'succeeded', 201],
    [{ code: 201 }, 'succeeded', 201],
    [{ code: '409' }, 'failed', 409],
    ['501 Not Implemented', 'failed', 501],
    ['202', 'unknown', 202],
    [504, 'unknown', 504],
    [undefined, 'unknown', undefined],
    ['Created', 'unknown', undefined],
    ['2019', 'unknown', undefined],
    [{}, 'unknown', undefined],
  ])('with the status %j is %s', async (given, outcome, status) => {
    const server = serverWithBulk((operations) => created(operations, { status: given }));
    const [result] = await bulk(server, [user('a')]);
    expect([result?.outcome, result?.status]).toEqual([outcome, status]);
  });

  test('that fits no write leaves those without one unknown', async () => {
    const server = serverWithBulk(() =>
      answer(200, {
        Operations: [
          { method: 'POST', bulkId: 'b', location: 'https://scim.example/Users/2', status: '201' },
          { method: 'POST', bulkId: 'A-1', location: 'https://scim.example/Users/1', status: '201' },
        ],
      }),
    );
    const results = await bulk(server, [user('a'), user('b'), user('c')]);
    expect(results.map(({ outcome, id }) => [outcome, id])).toEqual([
      ['unknown', undefined],
      ['succeeded', '2'],
      ['unknown', undefined],
    ]);
  });

  test('without a method is known by where the resource is', async () => {
    const server = serverWithBulk(() =>
      answer(200, { Operations: [{ location: 'https://scim.example/v2/key/Users/1', status: '204' }] }),
    );
    expect(await bulk(server, [{ method: 'DELETE', path: '/Users/1' }])).toMatchObject([{ outcome: 'succeeded' }]);
  });
});

describe('a write by a request of its own', () => {
  test.each([
    ['accepted', new Response(null, { status: 202 }), { outcome: 'unknown', error: { code: 'write_pending' } }],
    ['answered 524', scimError(524), { outcome: 'unknown', status: 524 }],
    ['answered 501', scimError(501), { outcome: 'failed', status: 501 }],
  ])('that is %s is reported as what it is', async (_, response, expected) => {
    const server = fakeServer();
    server.intercept = ({ method }) => (method === 'POST' ? response.clone() : listAnswer([]));
    expect(await runBulk(openClient(server).client, [user('a')])).toMatchObject([expected]);
  });

  test('that was answered with somebody else, or did not take effect, was sent', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'other@x.y', active: true }] });
    server.intercept = ({ method }) => (method === 'GET' ? undefined : answer(201, server.users.get('1')));
    const deactivation: BulkWrite = {
      method: 'PATCH',
      path: '/Users/1',
      data: { Operations: [{ op: 'replace', path: 'active', value: false }] },
    };
    expect(await runBulk(openClient(server).client, [user('a'), deactivation])).toMatchObject([
      { outcome: 'unknown', error: { name: 'NaturalKeyConflictError' } },
      { outcome: 'unknown', error: { code: 'not_applied' } },
    ]);
  });
});
