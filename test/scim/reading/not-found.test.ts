import { describe, expect, test } from 'vitest';
import { answer, type FakeServer, fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const address = 'mira.sol@north.example';
const newServer = () => fakeServer({ users: [{ id: '1', userName: address, active: true }] });

/** Answers that say 404 of the address, and not of one resource. */
const notOfOne: [string, () => Response][] = [
  [
    'a web page',
    () => new Response('<html><h1>404</h1></html>', { status: 404, headers: { 'content-type': 'text/html' } }),
  ],
  ['nothing', () => new Response(null, { status: 404 })],
  ['the words of a gateway', () => answer(404, { message: 'no Route matched with those values' })],
  ['the words of a framework', () => answer(404, { detail: 'Not Found' })],
];

function answering(of404: () => Response, where: (path: string) => boolean = () => true): FakeServer {
  const server = newServer();
  server.intercept = ({ path }) => (where(path) ? of404() : undefined);
  return server;
}

describe.each(['deactivate', 'delete'] as const)('%s', (method) => {
  test('of an id that nobody has is `not_found`, after the directory was seen to answer', async () => {
    const server = newServer();
    expect(await openClient(server).client.users[method]('2')).toEqual({ outcome: 'not_found' });
    expect(server.log.at(-1)).toBe('GET /Users');
    expect(await openClient(server).client.users[method]('2', { verify: true })).toEqual({ outcome: 'not_found' });
  });

  test('of an address in place of the id says how to find the id, and touches nobody', async () => {
    const server = newServer();
    const result = await openClient(server).client.users[method](address);
    expect(result).toMatchObject({ outcome: 'not_found', remedy: expect.stringContaining('users.find') });
    expect(JSON.stringify(result)).not.toContain('mira');
    expect(server.users.get('1')).toMatchObject({ active: true });
  });

  test('works on a server whose ids are addresses', async () => {
    const server = fakeServer({ users: [{ id: address, userName: address, active: true }] });
    expect(await openClient(server).client.users[method](address)).toMatchObject({ outcome: `${method}d` });
  });

  test('where the SCIM URL leads to no directory is an error that says so', async () => {
    for (const verify of [false, true]) {
      await expect(
        openClient(answering(() => scimError(404))).client.users[method]('1', { verify }),
      ).rejects.toMatchObject({ code: 'not_found', route: '/Users', remedy: expect.stringContaining('no directory') });
    }
  });

  test.each(notOfOne)('answered 404 with %s is an error, though the directory answers', async (_, of404) => {
    for (const verify of [false, true]) {
      const server = answering(of404, (path) => path.startsWith('/Users/'));
      await expect(openClient(server).client.users[method]('1', { verify })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
  });

  test('refused with 404 for a user who is shown is an error, and for one who has gone meanwhile is not', async () => {
    const server = newServer();
    const isWrite = (request: { method: string }) => request.method === 'PATCH' || request.method === 'DELETE';
    server.intercept = (request) => (isWrite(request) ? scimError(404) : undefined);
    await expect(openClient(server).client.users[method]('1')).rejects.toMatchObject({ code: 'not_found' });
    server.intercept = (request) => {
      if (!isWrite(request)) return undefined;
      server.users.delete('1');
      return scimError(404);
    };
    expect(await openClient(server).client.users[method]('1')).toEqual({ outcome: 'not_found' });
  });
});

test('delete that is answered 404 for a row left of a deletion was done already', async () => {
  const server = fakeServer({ users: [{ id: '1', userName: address, active: false }] });
  server.intercept = ({ method }) => (method === 'DELETE' ? scimError(404) : undefined);
  expect(await openClient(server).client.users.delete('1')).toEqual({ outcome: 'already' });
});

test('with verify a 404 of a proxy does not pass for deactivated or deleted', async () => {
  for (const method of ['deactivate', 'delete'] as const) {
    const server = newServer();
    let isWritten = false;
    server.intercept = (request) => {
      if (request.method !== 'GET') {
        isWritten = true;
        return new Response(null, { status: 204 });
      }
      return isWritten ? new Response('<html>', { status: 404 }) : undefined;
    };
    await expect(openClient(server).client.users[method]('1', { verify: true })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
});

test('the error for an address in place of an id points to `find`', async () => {
  const { users } = openClient(newServer()).client;
  for (const call of [
    users.get(address),
    users.activate(address),
    users.patch(address, [{ op: 'remove', path: 'title' }]),
  ]) {
    await expect(call).rejects.toMatchObject({ code: 'not_found', remedy: expect.stringContaining('users.find') });
  }
  await expect(users.get('2')).rejects.toMatchObject({ remedy: expect.not.stringContaining('users.find') });
});

test('what is said of an address in place of an id finds the user, whichever of the two it is', async () => {
  const emails = [{ value: address }];
  const byMail = fakeServer({ users: [{ id: '1', userName: 'msol', emails, active: true }] });
  for (const [server, attribute] of [
    [newServer(), 'userName'],
    [byMail, 'emails'],
  ] as const) {
    const { users } = openClient(server).client;
    const { remedy } = await users.deactivate(address);
    expect(remedy).toContain(`users.find({ ${attribute}: address })`);
    expect(await users.find({ [attribute]: address })).toMatchObject({ id: '1' });
  }
});

describe('a list that is answered 404 under a filter', () => {
  const lists = (server: FakeServer) => {
    const { users } = openClient(server).client;
    return [
      () => users.find({ userName: 'nobody' }),
      () => users.find('userName eq "nobody"', { scan: false }),
      () => users.count({ filter: 'userName eq "nobody"' }),
      async () => (await users.list({ filter: 'userName eq "nobody"' })).items.length,
    ];
  };

  test('is empty where the same list answers without it', async () => {
    const server = newServer();
    server.intercept = ({ query }) => (query.has('filter') ? scimError(404) : undefined);
    const found = await Promise.all(lists(server).map((call) => call()));
    expect(found).toEqual([undefined, undefined, 0, 0]);
  });

  test.each([['SCIM', () => scimError(404)] as const, ...notOfOne])(
    'is an error where everything is answered 404 (%s)',
    async (_, of404) => {
      for (const call of lists(answering(of404))) await expect(call()).rejects.toMatchObject({ code: 'not_found' });
    },
  );
});
