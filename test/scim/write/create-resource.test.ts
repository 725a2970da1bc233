import { describe, expect, test } from 'vitest';
import { answer, fakeServer, listAnswer, lost, once, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const mira = { userName: 'mira@x.y', externalId: 'hr-1', displayName: 'Mira' };
const isPost = ({ method }: { readonly method: string }) => method === 'POST';
const posts = (log: readonly string[]) => log.filter((request) => request.startsWith('POST')).length;

describe('create', () => {
  test('names the schemas in use and leaves out what is the server’s', async () => {
    const server = fakeServer();
    const department = { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Ops' } };
    const read = { id: 'x', meta: {}, ...mira };
    const created = await openClient(server).client.users.create({ ...read, ...department });
    expect(created).toMatchObject({ id: 'new-1', userName: 'mira@x.y' });
    expect(server.seen[0]?.headers.get('content-type')).toBe('application/scim+json');
    expect(server.seen[0]?.body).toEqual({
      ...mira,
      ...department,
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      ],
    });
  });

  test('a conflict is an error, and nothing is looked up', async () => {
    const server = fakeServer({ users: [{ id: '1', ...mira }] });
    await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({
      code: 'uniqueness',
      status: 409,
      remedy: expect.stringContaining('upsert'),
    });
    expect(server.log).toEqual(['POST /Users']);
  });

  test('an answer without a body is followed by its Location, also one in raw UTF-8', async () => {
    const server = fakeServer({ users: [{ id: 'müller', ...mira }] });
    const location = Buffer.from('https://elsewhere.example/Users/müller').toString('latin1');
    server.intercept = ({ method }) =>
      method === 'POST' ? new Response(null, { status: 201, headers: { location } }) : undefined;
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'müller' });
  });

  test('an answer without a body is followed by its Location', async () => {
    const server = fakeServer({ users: [{ id: 'a b', ...mira }] });
    server.intercept = ({ method }) =>
      method === 'POST'
        ? new Response(null, { status: 201, headers: { location: 'https://elsewhere.example/Users/a%20b?x' } })
        : undefined;
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'a b' });
    expect(server.log).toEqual(['POST /Users', 'GET /Users/a b']);
  });

  test.each([429, 503])(
    'what was created is given as it was sent, where it cannot be read back (%i)',
    async (status) => {
      const server = fakeServer();
      server.intercept = ({ method }) =>
        method === 'POST'
          ? new Response(null, { status: 201, headers: { location: '/Users/new' } })
          : scimError(status);
      expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'new', ...mira });
      expect(posts(server.log)).toBe(1);
    },
  );

  test.each([null, '{"id":'])(
    'what was created is not created again, where the answer is %j and nothing is found',
    async (body) => {
      const server = fakeServer();
      server.intercept = ({ method }) => (method === 'POST' ? new Response(body, { status: 201 }) : listAnswer([]));
      await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({
        code: 'invalid_response',
        status: 201,
      });
      expect(posts(server.log)).toBe(1);
    },
  );

  test('an answer with neither is looked up', async () => {
    const server = fakeServer({ users: [{ id: '1', ...mira }] });
    server.intercept = ({ method }) => (method === 'POST' ? new Response(null, { status: 201 }) : undefined);
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: '1' });
    expect(posts(server.log)).toBe(1);
  });

  test.each([200, 204])('is not repeated where the answer is an empty %i and a replica lags behind', async (status) => {
    const server = fakeServer();
    const made = { id: 'made', ...mira };
    server.intercept = ({ method }) => {
      if (method === 'POST') return new Response(null, { status });
      return server.seen.length > 5 ? listAnswer([made]) : listAnswer([]);
    };
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'made' });
    expect(posts(server.log)).toBe(1);
  });

  test('202 says that nobody knows yet', async () => {
    const server = fakeServer();
    server.intercept = () => new Response(null, { status: 202 });
    await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({
      code: 'write_pending',
      route: '/Users',
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe('a POST whose answer is lost', () => {
  test('after the server acted is not sent again', async () => {
    const server = fakeServer();
    server.loseAnswer = once(isPost);
    const { client, clock } = openClient(server);
    expect(await client.users.create(mira)).toMatchObject({ id: 'new-1' });
    expect(server.log).toEqual(['POST /Users', 'GET /Users']);
    expect(server.users.size).toBe(1);
    expect(clock.waits.length).toBeGreaterThan(0);
  });

  test('before the server acted is sent again, after a look', async () => {
    const server = fakeServer();
    server.intercept = (_, number) => (number === 1 ? lost() : undefined);
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'new-1' });
    expect(server.log.at(0)).toBe('POST /Users');
    expect(server.log.at(-1)).toBe('POST /Users');
    expect(posts(server.log)).toBe(2);
    expect(server.log.length).toBeGreaterThan(2);
  });

  test.each([408, 500, 502, 503, 504, 520, 524, 526])('or answered with %i is treated alike', async (status) => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (!isPost(request) || posts(server.log) > 1) return undefined;
      server.users.set('made', { id: 'made', ...mira });
      return scimError(status);
    };
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'made' });
    expect(posts(server.log)).toBe(1);
  });

  test('is found by externalId where the server changed the userName', async () => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (!isPost(request)) return undefined;
      server.users.set('made', { id: 'made', ...mira, userName: 'MIRA@X.Y' });
      return lost();
    };
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'made' });
  });

  test.each<[string, object, object]>([
    ['a password, which is never shown', { password: 'p4ssw0rd' }, { password: undefined }],
    [
      'schemas, which are the server’s own',
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:x:y'] },
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] },
    ],
    [
      'a `primary` that is false, which is left out',
      { emails: [{ value: 'mira@x.y', type: 'work', primary: false }] },
      { emails: [{ value: 'mira@x.y', type: 'work' }] },
    ],
  ])('is found with %s', async (_what, sent, shown) => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (!isPost(request)) return undefined;
      server.users.set('made', { id: 'made', ...mira, ...sent, ...shown });
      return lost();
    };
    expect(await openClient(server).client.users.create({ ...mira, ...sent })).toMatchObject({ id: 'made' });
    expect(posts(server.log)).toBe(1);
  });

  test('is not mistaken for another user with the same name', async () => {
    const server = fakeServer({ users: [{ id: 'old', ...mira, displayName: 'Another Mira' }] });
    server.intercept = (request) => (isPost(request) ? lost() : undefined);
    await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({
      code: 'network_error',
      delivery: 'unknown',
    });
    expect(posts(server.log)).toBe(1);
  });

  test('that conflicts when sent again was carried out the first time', async () => {
    const server = fakeServer();
    let isVisible = false;
    server.intercept = (request) => {
      if (isPost(request)) {
        isVisible = server.users.size > 0;
        if (!isVisible) {
          server.users.set('made', { id: 'made', ...mira });
          return lost();
        }
        return undefined;
      }
      // A replica that lags behind.
      return isVisible ? undefined : listAnswer([]);
    };
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'made' });
    expect(server.users.size).toBe(1);
    expect(posts(server.log)).toBe(2);
  });

  test('gives up after the repeats allowed', async () => {
    const server = fakeServer();
    server.intercept = (request) => (isPost(request) ? lost() : undefined);
    await expect(openClient(server).client.users.create(mira, { maxRetries: 2 })).rejects.toMatchObject({
      code: 'network_error',
    });
    expect(posts(server.log)).toBe(3);
  });

  test('is not sent again where nothing names the resource', async () => {
    const server = fakeServer();
    server.intercept = () => lost();
    const things = openClient(server).client.resource({ endpoint: '/Things', schema: { id: 'urn:t', attributes: {} } });
    await expect(things.create({ colour: 'red' } as never)).rejects.toMatchObject({ code: 'network_error' });
    expect(server.log).toEqual(['POST /Things']);
  });

  test('is not sent again where nobody can say whether it was carried out', async () => {
    const server = fakeServer();
    server.intercept = (request) => (isPost(request) ? lost() : scimError(403));
    await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({ code: 'network_error' });
    expect(posts(server.log)).toBe(1);
  });

  test('is found by walking where the server takes no filter', async () => {
    const server = fakeServer({
      users: Array.from({ length: 150 }, (_, index) => ({ id: `${index}`, userName: `u${index}` })),
    });
    server.intercept = ({ query }) => (query.has('filter') ? scimError(501) : undefined);
    server.loseAnswer = once(isPost);
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'new-1' });
    expect(posts(server.log)).toBe(1);
  });

  test('waits no longer than the signal', async () => {
    const server = fakeServer();
    const controller = new AbortController();
    server.intercept = () => {
      controller.abort(new Error('enough'));
      return lost();
    };
    const create = openClient(server).client.users.create(mira, { signal: controller.signal });
    await expect(create).rejects.toThrow('enough');
    expect(server.log).toEqual(['POST /Users']);
  });
});

describe('verify', () => {
  test('reads back what was created and gives it, once a replica has it', async () => {
    const server = fakeServer();
    server.intercept = ({ method }) => (method === 'GET' && server.seen.length < 3 ? scimError(404) : undefined);
    const created = await openClient(server).client.users.create({ ...mira, password: 'x' }, { verify: true });
    expect(created).toMatchObject({ id: 'new-1', ...mira });
    expect(server.log.slice(0, 3)).toEqual(['POST /Users', 'GET /Users/new-1', 'GET /Users/new-1']);
  });

  test('reports what the server did not keep', async () => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (!isPost(request)) return undefined;
      server.users.set('1', { id: '1', userName: mira.userName, externalId: mira.externalId });
      return answer(201, server.users.get('1'));
    };
    await expect(openClient(server).client.users.create(mira, { verify: true })).rejects.toMatchObject({
      code: 'not_applied',
      attributes: ['displayName'],
      route: '/Users',
    });
  });

  test('reports members that the server dropped, and not that more were added', async () => {
    const server = fakeServer();
    let kept = [{ value: 'a' }];
    server.intercept = (request) => {
      if (!isPost(request)) return undefined;
      server.groups.set('g', { id: 'g', displayName: 'G', members: kept });
      return answer(201, server.groups.get('g'));
    };
    const { groups } = openClient(server).client;
    const group = { displayName: 'G', members: [{ value: 'a' }, { value: 'b' }] };
    await expect(groups.create(group, { verify: true })).rejects.toMatchObject({ attributes: ['members'] });
    kept = [{ value: 'b' }, { value: 'c' }, { value: 'a' }];
    expect(await groups.create(group, { verify: true })).toMatchObject({ members: kept });
  });
});

test('a refusal is final', async () => {
  const server = fakeServer();
  server.intercept = () => answer(400, { status: 400, detail: ["'userName' is required"] });
  await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({ code: 'bad_request' });
  expect(server.seen).toHaveLength(1);
});
