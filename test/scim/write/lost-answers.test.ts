import { describe, expect, test } from 'vitest';
import { answer, fakeServer, listAnswer, lost, once, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const mira = { userName: 'mira@x.y', externalId: 'hr-1', displayName: 'Mira' };
const isPost = ({ method }: { readonly method: string }) => method === 'POST';
const posts = (log: readonly string[]) => log.filter((request) => request.startsWith('POST')).length;

/** A server that keeps doubles, and whose list shows what was created only some time later. */
function laggingServer(lagMs: number, now: () => number) {
  const server = fakeServer();
  const createdAt = new Map<string, number>();
  server.intercept = ({ method, query, body }) => {
    if (method === 'POST') {
      const id = `u${server.users.size + 1}`;
      server.users.set(id, { ...(body as object), id });
      createdAt.set(id, now());
      return answer(201, server.users.get(id));
    }
    if (!query.has('filter')) return undefined;
    const [attribute = '', , value] = query.get('filter')?.split(' ') ?? [];
    const isShown = ({ id }: { readonly id: string }) => now() - (createdAt.get(id) ?? 0) >= lagMs;
    return listAnswer([...server.users.values()].filter((row) => isShown(row) && `"${row[attribute]}"` === value));
  };
  return server;
}

describe('a POST that is answered with 503 and Retry-After', () => {
  test('is looked up before it is repeated, after the time asked for', async () => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (!isPost(request) || server.users.size > 0) return undefined;
      server.users.set('made', { id: 'made', ...mira });
      return answer(503, {}, { 'retry-after': '7' });
    };
    const { client, clock } = openClient(server);
    expect(await client.users.create(mira)).toMatchObject({ id: 'made' });
    expect(server.log).toEqual(['POST /Users', 'GET /Users']);
    expect(Math.max(...clock.waits)).toBeGreaterThanOrEqual(7_000);
  });

  test('is repeated where nothing was done', async () => {
    const server = fakeServer();
    server.intercept = (_, number) => (number === 1 ? answer(503, {}, { 'retry-after': '1' }) : undefined);
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'new-1' });
    expect(posts(server.log)).toBe(2);
  });
});

test.each([
  ['409', () => scimError(409)],
  ['400 uniqueness', () => scimError(400, 'uniqueness')],
])('what is taken (%s) after a lost answer is one’s own', async (_, taken) => {
  const server = fakeServer();
  let looksAfter = 0;
  server.intercept = (request) => {
    if (isPost(request)) {
      if (posts(server.log) > 1) return taken();
      server.users.set('made', { id: 'made', ...mira });
      return lost();
    }
    // Long behind.
    if (posts(server.log) > 1) looksAfter += 1;
    return looksAfter > 4 ? undefined : listAnswer([]);
  };
  expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'made' });
  expect(posts(server.log)).toBe(2);
});

test.each([500, 1_000, 2_000])('a list that is %i ms behind makes no second user of a lost answer', async (lagMs) => {
  let now = () => 0;
  const server = laggingServer(lagMs, () => now());
  const { client, clock } = openClient(server);
  now = clock.now;
  server.loseAnswer = once(isPost);
  expect(await client.users.create(mira)).toMatchObject({ id: 'u1' });
  expect(server.users.size).toBe(1);
});

test('a create that cannot be looked up is not repeated, and its outcome is unknown', async () => {
  const server = fakeServer();
  server.intercept = (request) => {
    if (isPost(request)) return lost();
    return request.query.has('filter') ? scimError(501) : listAnswer([], { totalResults: 9 });
  };
  await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({ delivery: 'unknown' });
  expect(posts(server.log)).toBe(1);
});

test('a create that cannot be looked up says to look before it is repeated', async () => {
  const server = fakeServer();
  server.intercept = (request) => {
    if (isPost(request)) return lost();
    return request.query.has('filter') ? scimError(501) : listAnswer([], { totalResults: 9 });
  };
  const { client } = openClient(server);
  const remedy = expect.stringMatching(/^It may have been created all the same. Look for it in the directory/);
  await expect(client.users.create(mira)).rejects.toMatchObject({ remedy });
  await expect(client.users.upsert(mira)).rejects.toBeDefined();
  const things = client.resource({ endpoint: '/Users', schema: { id: 'urn:x', attributes: {} } });
  for (const failure of [lost, () => scimError(503), () => answer(201, {})]) {
    server.intercept = () => failure();
    await expect(things.create({ serial: '1' } as never)).rejects.toMatchObject({
      remedy: expect.stringMatching(/Look at the directory before you create it again, and give it an `externalId`/),
    });
  }
  server.intercept = () => scimError(400);
  await expect(things.create({ serial: '1' } as never)).rejects.not.toMatchObject({
    remedy: expect.stringMatching(/may have/),
  });
});

describe('a lookup that proves nothing', () => {
  const quoted = { userName: 'o"neil@x.y', displayName: 'O' };

  test.each(['create', 'upsert'] as const)(
    'licences no second POST of %s where the filter is misread',
    async (method) => {
      const server = fakeServer();
      server.intercept = ({ query }) => (query.get('filter')?.includes('\\"') ? listAnswer([]) : undefined);
      server.loseAnswer = once(isPost);
      await openClient(server).client.users[method](quoted);
      expect(server.users.size).toBe(1);
      expect(posts(server.log)).toBe(1);
    },
  );

  test('is followed by a walk where one filter is not supported and the other key may have been changed', async () => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (request.query.get('filter')?.startsWith('externalId')) return scimError(501);
      if (!isPost(request)) return undefined;
      server.users.set('made', { id: 'made', ...mira, userName: 'renamed@x.y' });
      return lost();
    };
    await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({ code: 'network_error' });
    expect(posts(server.log)).toBe(1);
  });

  test('does not end a find', async () => {
    const server = fakeServer({ users: [{ id: '1', ...quoted }] });
    server.intercept = ({ query }) => (query.has('filter') ? listAnswer([]) : undefined);
    expect(await openClient(server).client.users.find({ userName: quoted.userName })).toMatchObject({ id: '1' });
  });

  test.each<[string, () => Response]>([
    ['501', () => scimError(501)],
    ['400 invalidFilter', () => scimError(400, 'invalidFilter')],
  ])('says nothing of other values: one is refused with %s', async (_, refusal) => {
    const server = fakeServer({ users: [{ id: '1', ...mira }] });
    server.intercept = ({ query }) => (query.get('filter')?.includes("'") ? refusal() : undefined);
    const { users } = openClient(server).client;
    for (const userName of ["o'neil@x.y", "o'hara@x.y", "o'brien@x.y"]) await users.find({ userName });
    const before = server.seen.length;
    expect(await users.find({ userName: 'mira@x.y' })).toMatchObject({ id: '1' });
    expect(server.seen[before]?.query.has('filter')).toBe(true);
  });

  test('says nothing of other values, however often the same one is refused', async () => {
    const server = fakeServer({ users: [{ id: '1', ...mira }] });
    server.intercept = ({ query }) => (query.get('filter')?.includes('odd') ? scimError(400) : undefined);
    const { users } = openClient(server).client;
    for (let time = 0; time < 3; time++) await users.find({ userName: 'odd@x.y' });
    expect(await users.find({ userName: 'mira@x.y' })).toMatchObject({ id: '1' });
    expect(server.seen.at(-1)?.query.has('filter')).toBe(true);
  });
});

describe('find or create takes its turn', () => {
  const group = { displayName: 'Operations', externalId: 'hr-ops' };

  test('five at once make one group', async () => {
    const server = fakeServer();
    const { groups } = openClient(server).client;
    const results = await Promise.all(Array.from({ length: 5 }, () => groups.upsert(group)));
    expect(server.groups.size).toBe(1);
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', ...Array(4).fill('unchanged')]);
  });

  test('by any of the keys, through any view of the client, with create too', async () => {
    const server = fakeServer();
    const { groups } = openClient(server).client;
    const made = groups.create(group);
    const again = groups.withExtensions({}).upsert({ displayName: 'operations', externalId: 'hr-ops' });
    await Promise.all([made, again, groups.upsert({ displayName: 'Operations' })]);
    expect(server.groups.size).toBe(1);
  });

  test('and neither fails with another nor waits for ever', async () => {
    const server = fakeServer();
    server.intercept = (request) => (isPost(request) && posts(server.log) === 1 ? scimError(400) : undefined);
    const { users } = openClient(server).client;
    const pairs = [
      { userName: 'a@x.y', externalId: '1' },
      { userName: 'b@x.y', externalId: '1' },
      { userName: 'a@x.y', externalId: '2' },
      { userName: 'b@x.y', externalId: '2' },
    ];
    const results = await Promise.allSettled(pairs.map((user) => users.upsert(user)));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'rejected']);
    expect(server.users.size).toBe(2);
  });
});

describe('a Location that leads nowhere', () => {
  test.each(['/Users/undefined', '/Users/null', '/Users/', '/Users'])('makes no user of %s', async (location) => {
    const server = fakeServer();
    server.intercept = (request) =>
      isPost(request) ? new Response(null, { status: 201, headers: { location } }) : scimError(503);
    await expect(openClient(server).client.users.create(mira)).rejects.toMatchObject({ code: 'invalid_response' });
    expect(posts(server.log)).toBe(1);
  });

  test.each(['create', 'upsert'] as const)('and is denied by the server makes no user of it: %s', async (method) => {
    const server = fakeServer();
    server.intercept = (request) =>
      isPost(request) ? new Response(null, { status: 201, headers: { location: '/Users/7' } }) : undefined;
    await expect(openClient(server).client.users[method](mira)).rejects.toMatchObject({ code: 'invalid_response' });
    expect(posts(server.log)).toBe(1);
  });

  test('is not followed where the user is found by another id', async () => {
    const server = fakeServer();
    server.intercept = (request) => {
      if (!isPost(request)) return undefined;
      server.users.set('made', { id: 'made', ...mira });
      return new Response(null, { status: 201, headers: { location: '/Users/7' } });
    };
    expect(await openClient(server).client.users.create(mira)).toMatchObject({ id: 'made' });
    expect(posts(server.log)).toBe(1);
  });
});
