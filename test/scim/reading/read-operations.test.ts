import { describe, expect, test } from 'vitest';
import { answer, fakeServer, listAnswer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

describe('get', () => {
  test('reads one resource, with its id encoded', async () => {
    const server = fakeServer({ users: [{ id: 'a/b%c', userName: 'a' }] });
    server.intercept = ({ path }) =>
      path === '/Users/a/b%c' ? answer(200, { id: 'a/b%c', userName: 'a' }) : undefined;
    expect(await openClient(server).client.users.get('a/b%c', { attributes: ['userName'] })).toMatchObject({
      userName: 'a',
    });
    expect(server.seen[0]?.query.get('attributes')).toBe('userName');
  });

  test.each(['', '.', '..'])('refuses the id %j before anything is sent', async (id) => {
    const server = fakeServer();
    await expect(openClient(server).client.users.get(id)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(server.seen).toEqual([]);
  });

  test('an answer without a resource is an error', async () => {
    const server = fakeServer();
    server.intercept = () => answer(200, { message: 'hello' });
    await expect(openClient(server).client.users.get('1')).rejects.toMatchObject({ code: 'invalid_response' });
  });

  test('schemas as one string are read as a list', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a', schemas: 'urn:x' }] });
    expect((await openClient(server).client.users.get('1')).schemas).toEqual(['urn:x']);
  });
});

describe('getIfNoneMatch', () => {
  const server = () => fakeServer({ users: [{ id: '1', userName: 'a', meta: { version: 'W/"3"' } }] });

  test('answers nothing where the resource is still at that version', async () => {
    const fake = server();
    expect(await openClient(fake).client.users.getIfNoneMatch('1', 'W/"3"')).toBeUndefined();
    expect(fake.seen[0]?.headers.get('if-none-match')).toBe('W/"3"');
  });

  test('answers the resource where it changed', async () => {
    expect(await openClient(server()).client.users.getIfNoneMatch('1', 'W/"2"')).toMatchObject({ id: '1' });
  });
});

describe('search', () => {
  test('sends the query in the body', async () => {
    const server = fakeServer();
    server.intercept = () => listAnswer([{ id: '1', username: 'a' }]);
    const page = await openClient(server, { profile: 'rfc' }).client.users.search({
      filter: 'userName eq "a"',
      attributes: ['userName'],
      count: 5,
    });
    expect(page.items).toEqual([{ id: '1', userName: 'a' }]);
    expect(server.log).toEqual(['POST /Users/.search']);
    expect(server.seen[0]?.query.size).toBe(0);
    expect(server.seen[0]?.body).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: 'userName eq "a"',
      attributes: ['userName'],
      startIndex: 1,
      count: 5,
    });
  });

  test('refuses what is not part of a query', async () => {
    const server = fakeServer();
    const query = { filter: 'active eq true', _method: 'DELETE' };
    await expect(openClient(server, { profile: 'rfc' }).client.users.search(query)).rejects.toThrow('`_method`');
    expect(server.seen).toEqual([]);
  });

  test('is a read: it is repeated after a failure, and a client without access has it', async () => {
    const server = fakeServer();
    server.intercept = (_, number) => (number === 1 ? scimError(503) : listAnswer([]));
    await openClient(server, { profile: 'rfc' }).client.users.search();
    expect(server.seen).toHaveLength(2);
  });

  test.each([400, 404, 405, 501])(
    'asks by URL where the server has no such route (%i), and remembers',
    async (status) => {
      const server = fakeServer({ users: [{ id: '1', userName: 'a' }] });
      server.intercept = ({ method }) => (method === 'POST' ? scimError(status) : undefined);
      const { client } = openClient(server, { profile: 'rfc' });
      expect((await client.users.search({ filter: 'userName eq "a"' })).items).toMatchObject([{ id: '1' }]);
      expect((await client.users.search({ filter: 'userName eq "b"' })).items).toEqual([]);
      expect(server.log).toEqual(['POST /Users/.search', 'GET /Users', 'GET /Users']);
    },
  );

  test('is refused where a list is refused as well', async () => {
    const server = fakeServer();
    server.intercept = (_, number) => (number <= 2 ? scimError(400, 'invalidFilter') : listAnswer([]));
    const { client } = openClient(server, { profile: 'rfc' });
    await expect(client.users.search()).rejects.toMatchObject({ status: 400, method: 'GET' });
    await client.users.search();
    expect(server.log).toEqual(['POST /Users/.search', 'GET /Users', 'POST /Users/.search']);
  });

  test('asks WorkOS by URL from the first', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a' }] });
    expect((await openClient(server).client.users.search()).items).toHaveLength(1);
    expect(server.log).toEqual(['GET /Users']);
  });
});

describe('count', () => {
  const users = Array.from({ length: 7 }, (_, index) => ({ id: `${index}`, userName: `u${index}`, active: index < 3 }));

  test('asks for the number alone', async () => {
    const server = fakeServer({ users });
    const { client } = openClient(server);
    expect(await client.users.count()).toBe(7);
    expect(server.seen.map(({ query }) => query.get('count'))).toEqual(['0']);
    expect(await client.users.count({ filter: 'active eq true' })).toBe(3);
  });

  test('of nothing is 0', async () => {
    expect(await openClient(fakeServer()).client.users.count()).toBe(0);
  });

  test.each([400, 422])('asks otherwise where count=0 is refused with %i', async (status) => {
    const server = fakeServer({ users });
    server.intercept = ({ query }) => (query.get('count') === '0' ? scimError(status, 'invalidValue') : undefined);
    expect(await openClient(server).client.users.count()).toBe(7);
    expect(server.seen).toHaveLength(2);
  });

  test('counts for itself where the total is the page', async () => {
    const server = fakeServer({ users });
    server.intercept = ({ query }) => {
      const start = Number(query.get('startIndex')) - 1;
      return listAnswer(users.slice(start, start + Math.min(2, Number(query.get('count')))));
    };
    expect(await openClient(server).client.users.count()).toBe(7);
  });
});
