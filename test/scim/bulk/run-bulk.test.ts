import { describe, expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import type { BulkWrite } from '../../../src/scim/bulk/writes.js';
import { answer, type FakeServer, fakeServer, lost, scimError } from '../support/fake-server.js';
import { openClient, openRestricted } from '../support/open-client.js';

interface Sent {
  readonly failOnErrors?: number;
  readonly Operations: (BulkWrite & { data?: Record<string, unknown> })[];
}

/** Adds `/Bulk` to the fake server. */
function withBulk(
  server: FakeServer,
  options: {
    maxOperations?: number;
    maxPayloadSize?: number;
    fails?: (write: BulkWrite) => boolean;
    silent?: boolean;
  } = {},
) {
  const batches: Sent[] = [];
  const { maxOperations = 100, maxPayloadSize = 1_000_000 } = options;
  server.intercept = ({ path, body }) => {
    if (path === '/ServiceProviderConfig')
      return answer(200, { bulk: { supported: true, maxOperations, maxPayloadSize } });
    if (path !== '/Bulk') return undefined;
    const sent = body as Sent;
    batches.push(sent);
    if (sent.Operations.length > maxOperations) return scimError(413);
    let failures = 0;
    const entries = sent.Operations.flatMap((write, index): Record<string, unknown>[] => {
      if (failures >= (sent.failOnErrors ?? Infinity)) return [];
      const bulkId = 'bulkId' in write ? write.bulkId : undefined;
      if (options.fails?.(write)) {
        failures += 1;
        return [
          {
            method: write.method,
            bulkId,
            status: { code: 400 },
            response: { scimType: 'invalidValue', status: '400' },
          },
        ];
      }
      const location = `https://scim.example/v2/key${write.method === 'POST' ? `${write.path}/made-${bulkId}` : write.path}`;
      return [{ method: write.method, bulkId, location, status: index % 2 === 0 ? '201' : 201, version: 'W/"1"' }];
    });
    // In another order than asked.
    return answer(200, { Operations: entries.reverse() });
  };
  return batches;
}

const user = (name: string, more: object = {}): BulkWrite => ({
  method: 'POST',
  path: '/Users',
  bulkId: name,
  data: { userName: `${name}@x.y`, ...more },
});
const team = (...members: string[]): BulkWrite => ({
  method: 'POST',
  path: '/Groups',
  bulkId: 'team',
  data: { displayName: 'Team', members: members.map((name) => ({ value: `bulkId:${name}` })) },
});
const open = (server: FakeServer) => openClient(server, { profile: 'rfc' }).client;

describe('bulk', () => {
  test('sends one request and matches the results, in whatever order they come', async () => {
    const server = fakeServer();
    const batches = withBulk(server);
    const results = await bulk(open(server), [
      user('a'),
      {
        method: 'PATCH',
        path: '/Users/7',
        version: 'W/"3"',
        data: { Operations: [{ op: 'replace', path: 'title', value: 'x' }] },
      },
      user('b'),
      { method: 'DELETE', path: '/Users/8' },
      { method: 'DELETE', path: '/Users/9' },
    ]);
    expect(batches).toHaveLength(1);
    expect(batches[0]?.Operations[0]?.data).toMatchObject({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] });
    expect(batches[0]?.Operations[1]).toMatchObject({
      version: 'W/"3"',
      data: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] },
    });
    expect(results.map(({ outcome, id, path }) => [outcome, id, path])).toEqual([
      ['succeeded', 'made-a', '/Users'],
      ['succeeded', '7', '/Users/7'],
      ['succeeded', 'made-b', '/Users'],
      ['succeeded', '8', '/Users/8'],
      ['succeeded', '9', '/Users/9'],
    ]);
    expect(results[0]).toMatchObject({ method: 'POST', bulkId: 'a', status: 201, version: 'W/"1"' });
  });

  test('puts first what others refer to', async () => {
    const server = fakeServer();
    const batches = withBulk(server);
    const results = await bulk(open(server), [team('a', 'b'), user('a'), user('b')]);
    expect(batches[0]?.Operations.map((write) => ('bulkId' in write ? write.bulkId : ''))).toEqual(['a', 'b', 'team']);
    expect(results.map(({ bulkId }) => bulkId)).toEqual(['team', 'a', 'b']);
  });

  test('splits at the number of operations, with references replaced by ids', async () => {
    const server = fakeServer();
    const batches = withBulk(server, { maxOperations: 2 });
    const results = await bulk(open(server), [
      team('a', 'b', 'c'),
      user('a'),
      user('b'),
      user('c', { manager: 'bulkId:a' }),
    ]);
    expect(batches.map(({ Operations }) => Operations.length)).toEqual([2, 2]);
    expect(batches[1]?.Operations[0]?.data).toMatchObject({ manager: 'made-a' });
    expect(batches[1]?.Operations[1]?.data).toMatchObject({
      members: [{ value: 'made-a' }, { value: 'made-b' }, { value: 'bulkId:c' }],
    });
    expect(results.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
  });

  test('splits at the size of the body', async () => {
    const server = fakeServer();
    const batches = withBulk(server, { maxPayloadSize: 1_000 });
    await bulk(
      open(server),
      Array.from({ length: 6 }, (_, index) => user(`u${index}`, { title: 'x'.repeat(300) })),
    );
    expect(batches.length).toBeGreaterThan(2);
    for (const batch of batches) expect(JSON.stringify(batch).length).toBeLessThanOrEqual(1_000);
  });

  test('splits further where the server says it is too much', async () => {
    const server = fakeServer();
    withBulk(server, { maxOperations: 2 });
    const limited = server.intercept;
    server.intercept = (seen, number) =>
      seen.path === '/ServiceProviderConfig' ? answer(200, { bulk: { supported: true } }) : limited?.(seen, number);
    const results = await bulk(open(server), [user('a'), user('b'), user('c'), user('d'), user('e')]);
    expect(results.map(({ id }) => id)).toEqual(['made-a', 'made-b', 'made-c', 'made-d', 'made-e']);
  });

  test('keeps a circle together', async () => {
    const server = fakeServer();
    const batches = withBulk(server);
    const results = await bulk(open(server), [user('a', { friend: 'bulkId:b' }), user('b', { friend: 'bulkId:a' })]);
    expect(batches).toHaveLength(1);
    expect(results.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
  });

  test('does not attempt a circle that fits into no request, nor what refers to it, and makes the other writes', async () => {
    const server = fakeServer();
    const batches = withBulk(server, { maxOperations: 2 });
    const results = await bulk(open(server), [
      team('a'),
      user('a', { friend: 'bulkId:b' }),
      user('b', { friend: 'bulkId:c' }),
      user('c', { friend: 'bulkId:a' }),
      user('d'),
      user('e', { friend: 'bulkId:f' }),
      user('f', { friend: 'bulkId:e' }),
      user('g'),
    ]);
    expect(results.map(({ bulkId, outcome }) => [bulkId, outcome])).toEqual([
      ['team', 'not_attempted'],
      ['a', 'not_attempted'],
      ['b', 'not_attempted'],
      ['c', 'not_attempted'],
      ['d', 'succeeded'],
      ['e', 'succeeded'],
      ['f', 'succeeded'],
      ['g', 'succeeded'],
    ]);
    for (const { error } of results.slice(0, 4)) expect(error).toMatchObject({ code: 'invalid_input' });
    expect(batches.map(({ Operations }) => Operations.length)).toEqual([1, 2, 1]);
  });

  test('goes on after a write that is too large by itself', async () => {
    const server = fakeServer();
    const batches = withBulk(server);
    const honest = server.intercept;
    server.intercept = (seen, number) =>
      seen.path === '/Bulk' && JSON.stringify(seen.body).includes('b@x.y') ? scimError(413) : honest?.(seen, number);
    const results = await bulk(open(server), [user('a'), user('b'), team('b'), user('c')]);
    expect(results.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['succeeded', 201],
      ['failed', 413],
      ['not_attempted', undefined],
      ['succeeded', 201],
    ]);
    expect(batches.length).toBeGreaterThan(1);
  });

  test('keeps a circle together that is larger than what the server took last', async () => {
    const server = fakeServer();
    withBulk(server);
    const honest = server.intercept;
    server.intercept = (seen, number) =>
      seen.path === '/Bulk' && (seen.body as Sent).Operations.length > 3 ? scimError(413) : honest?.(seen, number);
    const results = await bulk(open(server), [
      user('x'),
      user('a', { friend: 'bulkId:b' }),
      user('b', { friend: 'bulkId:c' }),
      user('c', { friend: 'bulkId:a' }),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
  });

  test.each([
    [3, ['succeeded', 'succeeded', 'succeeded', 'succeeded', 'succeeded']],
    [1, ['failed', 'failed', 'failed', 'succeeded', 'succeeded']],
  ] as const)(
    'makes the other writes beside a cycle, on a server that takes %i in a request',
    async (most, expected) => {
      const server = fakeServer();
      withBulk(server);
      const honest = server.intercept;
      server.intercept = (seen, number) =>
        seen.path === '/Bulk' && (seen.body as Sent).Operations.length > most ? scimError(413) : honest?.(seen, number);
      const results = await bulk(open(server), [
        user('a', { friend: 'bulkId:b' }),
        user('b', { friend: 'bulkId:c' }),
        user('c', { friend: 'bulkId:a' }),
        user('d'),
        user('e'),
      ]);
      expect(results.map(({ outcome }) => outcome)).toEqual(expected);
    },
  );

  test('sends the writes as they were judged', async () => {
    const server = fakeServer();
    const batches = withBulk(server);
    const hired = new Date('2026-01-01');
    const data = { userName: 'a@x.y', hired };
    const honest = server.intercept;
    server.intercept = (seen, number) => {
      // While the server is asked for its limits.
      data.userName = 'b@x.y';
      return honest?.(seen, number);
    };
    await bulk(open(server), [{ method: 'POST', path: '/Users', data }]);
    expect(batches[0]?.Operations[0]?.data).toMatchObject({ userName: 'a@x.y', hired: hired.toISOString() });
  });

  test('does nothing where there is nothing to do', async () => {
    const server = fakeServer();
    expect(await bulk(openRestricted(server, { provisioning: true }), [])).toEqual([]);
    expect(server.log).toEqual([]);
  });

  test('puts the address that is an id into a path, where one permission is enough to change it', async () => {
    const server = fakeServer();
    const batches = withBulk(server, { maxOperations: 1 });
    const honest = server.intercept;
    server.intercept = (seen, number) => {
      if (seen.path !== '/Bulk' || batches.length > 0) return honest?.(seen, number);
      batches.push(seen.body as Sent);
      return answer(200, {
        Operations: [{ method: 'POST', bulkId: 'a', response: { id: 'cn=a,ou=x@x.y' }, status: '201' }],
      });
    };
    const client = openRestricted(server, { provisioning: true }, { profile: 'rfc' });
    const change = { Operations: [{ op: 'replace', path: 'title', value: 'x' }] };
    const results = await bulk(client, [user('a'), { method: 'PATCH', path: '/Users/bulkId:a', data: change }]);
    expect(batches[1]?.Operations[0]?.path).toBe('/Users/cn=a,ou=x@x.y');
    expect(results.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
  });

  test.each(['auth0|1', 'a/b c', '.h', 'bulk', 'x%2fy'])(
    'changes what was created under an id that must be encoded, under one permission: %s',
    async (id) => {
      const server = fakeServer();
      const batches = withBulk(server, { maxOperations: 2 });
      const honest = server.intercept;
      server.intercept = (seen, number) => {
        if (seen.method === 'PATCH') return answer(204, undefined);
        if (seen.path !== '/Bulk' || batches.length > 0) return honest?.(seen, number);
        batches.push(seen.body as Sent);
        return answer(200, {
          Operations: ['a', 'b'].map((bulkId) => ({ method: 'POST', bulkId, response: { id }, status: '201' })),
        });
      };
      const client = openRestricted(server, { provisioning: true }, { profile: 'rfc' });
      const change = { Operations: [{ op: 'replace', path: 'title', value: 'x' }] };
      const results = await bulk(client, [
        user('a'),
        user('b'),
        user('c'),
        { method: 'PATCH', path: '/Users/bulkId:a', data: change },
        { method: 'PATCH', path: '/Users/2', data: change },
      ]);
      expect(results.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'succeeded'));
    },
  );

  test('says which write has an id that takes both permissions, unless it is not allowed anyway', async () => {
    const client = openRestricted(fakeServer(), { provisioning: true });
    const odd = { method: 'PUT', path: '/Users/a%2Fb', data: { userName: 'a@x.y', active: true } } as const;
    await expect(bulk(client, [user('a'), odd])).rejects.toMatchObject({ code: 'invalid_input', path: [1, 'path'] });
    const denied = { code: 'access_denied', permission: 'deprovisioning' };
    await expect(bulk(client, [odd, { method: 'DELETE', path: '/Users/1' }])).rejects.toMatchObject(denied);
    await expect(bulk(client, [{ method: 'DELETE', path: '/Users/a%2Fb' }])).rejects.toMatchObject(denied);
  });

  test('reports a failure with its reason, and goes on', async () => {
    const server = fakeServer();
    withBulk(server, { fails: (write) => 'bulkId' in write && write.bulkId === 'a' });
    const results = await bulk(open(server), [user('a'), user('b')]);
    expect(results).toMatchObject([
      { outcome: 'failed', status: 400, scimType: 'invalidValue', response: { status: '400' } },
      { outcome: 'succeeded' },
    ]);
  });

  test('stops after so many failures, over all requests', async () => {
    const server = fakeServer();
    const batches = withBulk(server, { maxOperations: 2, fails: () => true });
    const results = await bulk(open(server), [user('a'), user('b'), user('c'), user('d'), user('e')], {
      failOnErrors: 3,
    });
    expect(batches.map(({ failOnErrors }) => failOnErrors)).toEqual([3, 1]);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'failed',
      'not_attempted',
      'not_attempted',
    ]);
  });

  test('does not attempt in a later request what refers to a failure in an earlier one', async () => {
    const server = fakeServer();
    const batches = withBulk(server, { maxOperations: 1, fails: (write) => 'bulkId' in write && write.bulkId === 'a' });
    const results = await bulk(open(server), [user('a'), team('a'), user('b')]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'not_attempted', 'succeeded']);
    expect(batches).toHaveLength(2);
  });

  test('says what nobody knows when the answer is lost, and what was not attempted', async () => {
    const server = fakeServer();
    withBulk(server, { maxOperations: 2 });
    const honest = server.intercept;
    server.intercept = (seen, number) =>
      seen.path === '/Bulk' && JSON.stringify(seen.body).includes('c@x.y') ? lost() : honest?.(seen, number);
    const results = await bulk(open(server), [user('a'), user('b'), user('c'), user('d'), user('e')]);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'succeeded',
      'succeeded',
      'unknown',
      'unknown',
      'not_attempted',
    ]);
    expect(results[2]?.error).toMatchObject({ code: 'network_error' });
  });

  test('reads a 412 that carries results', async () => {
    const server = fakeServer();
    server.intercept = ({ path }) =>
      path === '/Bulk'
        ? answer(412, { Operations: [{ method: 'DELETE', location: '/v2/key/Users/1', status: '412' }] })
        : undefined;
    expect(await bulk(open(server), [{ method: 'DELETE', path: '/Users/1' }])).toMatchObject([
      { outcome: 'failed', status: 412 },
    ]);
  });

  test('is an error where the first request is refused as a whole', async () => {
    const server = fakeServer();
    server.intercept = ({ path }) => (path === '/Bulk' ? scimError(401) : undefined);
    await expect(bulk(open(server), [user('a')])).rejects.toMatchObject({ code: 'unauthorized' });
  });

  const cycle: { self?: object } = {};
  cycle.self = cycle;

  test.each<[string, readonly unknown[]]>([
    ['two writes with one name', [user('a'), user('a')]],
    ['a name that no write has', [team('nobody')]],
    ['half an escape in a path', [user('a'), { method: 'DELETE', path: '/Users/100%' }]],
    ['an escape that is no text', [{ method: 'DELETE', path: '/Users/%ff' }]],
    ['a path that leads elsewhere', [{ method: 'DELETE', path: '/Users/%2e%2e/Groups/1' }]],
    ['a path with a query', [{ method: 'DELETE', path: '/Users/1?x=y' }]],
    ['a path without its slash', [{ method: 'DELETE', path: 'Users/1' }]],
    ['a method that is none', [{ method: 'Delete', path: '/Users/1' }]],
    ['a write without a path', [{ method: 'DELETE' }]],
    ['nothing for a write', [null]],
    ['a body that JSON cannot hold', [{ method: 'POST', path: '/Users', data: { userName: 'a@x.y', cycle } }]],
  ])('refuses %s before anything is sent', async (_, writes) => {
    for (const profile of ['rfc', 'workos'] as const) {
      const server = fakeServer();
      const { client } = openClient(server, { profile });
      await expect(bulk(client, writes as readonly BulkWrite[])).rejects.toMatchObject({ code: 'invalid_input' });
      expect(server.log).toEqual([]);
    }
  });
});

describe('a server without bulk requests', () => {
  test('gets the body of a type of your own as it was given', async () => {
    const server = fakeServer();
    server.intercept = ({ path }) => (path === '/Devices' ? answer(201, { id: 'd1' }) : undefined);
    const data = { schemas: ['urn:d'], serialNumber: 'A' };
    const [result] = await bulk(openClient(server).client, [
      { method: 'POST', path: '/Devices', data },
      { method: 'POST', path: '/Devices', data: { serialNumber: 'B' } },
    ]);
    expect(result).toMatchObject({ outcome: 'succeeded', id: 'd1' });
    expect(server.seen.map(({ body }) => body)).toEqual([data, { serialNumber: 'B' }]);
  });

  test.each([
    ['by its profile', 'workos', undefined],
    ['by its document', 'rfc', { bulk: { supported: false } }],
    ['by its refusal', 'rfc', undefined],
  ] as const)('%s gets one request for each write, in order', async (_, profile, config) => {
    const server = fakeServer({
      users: [
        { id: '7', userName: 'g@x.y' },
        { id: '8', userName: 'h@x.y' },
      ],
    });
    server.intercept = ({ path }) => (path === '/ServiceProviderConfig' && config ? answer(200, config) : undefined);
    const { client } = openClient(server, { profile });
    const results = await bulk(client, [
      team('a'),
      user('a'),
      { method: 'PATCH', path: '/Users/7', data: { Operations: [{ op: 'replace', path: 'title', value: 'x' }] } },
      { method: 'PUT', path: '/Users/7', data: { userName: 'i@x.y' } },
      { method: 'DELETE', path: '/Users/8' },
      { method: 'DELETE', path: '/Users/9' },
    ]);
    expect(server.log.filter((line) => !line.startsWith('GET') && line !== 'POST /Bulk')).toEqual([
      'POST /Users',
      'POST /Groups',
      'PATCH /Users/7',
      'PUT /Users/7',
      'DELETE /Users/8',
      'DELETE /Users/9',
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
      'succeeded',
      'succeeded',
      'failed',
    ]);
    expect(results[5]).toMatchObject({ status: 404, path: '/Users/9' });
    expect([...server.groups.values()]).toMatchObject([{ members: [{ value: results[1]?.id }] }]);
  });

  test('reaches an endpoint of several names, and no path below a user', async () => {
    const server = fakeServer();
    server.intercept = ({ path }) => (path.startsWith('/v1/Devices') ? answer(200, { id: 'd 9' }) : undefined);
    const results = await bulk(openClient(server).client, [
      { method: 'POST', path: '/v1/Devices', data: { serialNumber: 'A' } },
      { method: 'PUT', path: '/v1/Devices/d%209', data: { serialNumber: 'A' } },
      { method: 'DELETE', path: '/v1/Devices/d%209' },
      { method: 'DELETE', path: '/Users/1/emails/2' },
      { method: 'POST', path: '/Users/1', data: { userName: 'a@x.y' } },
      { method: 'DELETE', path: '/Me' },
    ]);
    expect(server.log).toEqual(['POST /v1/Devices', 'PUT /v1/Devices/d 9', 'DELETE /v1/Devices/d 9']);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      ...['succeeded', 'succeeded', 'succeeded'],
      ...['not_attempted', 'not_attempted', 'not_attempted'],
    ]);
  });

  test('is sent no circle, nor what refers to one, and all the other writes', async () => {
    const server = fakeServer();
    const results = await bulk(openClient(server).client, [
      user('a', { friend: 'bulkId:b' }),
      user('b', { friend: 'bulkId:a' }),
      team('a'),
      user('c', { friend: 'bulkId:c' }),
      user('d'),
    ]);
    expect(results.map(({ outcome, error }) => [outcome, error?.code])).toEqual([
      ['not_attempted', 'invalid_input'],
      ['not_attempted', 'invalid_input'],
      ['not_attempted', 'invalid_input'],
      ['not_attempted', 'invalid_input'],
      ['succeeded', undefined],
    ]);
    expect([...server.users.values()]).toMatchObject([{ userName: 'd@x.y' }]);
  });

  test('stops after so many failures and does not attempt what refers to one', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a@x.y' }] });
    const { client } = openClient(server);
    expect((await bulk(client, [user('a'), team('a')])).map(({ outcome }) => outcome)).toEqual([
      'failed',
      'not_attempted',
    ]);
    const stopped = await bulk(client, [user('a'), user('b')], { failOnErrors: 1 });
    expect(stopped.map(({ outcome }) => outcome)).toEqual(['failed', 'not_attempted']);
  });
});
