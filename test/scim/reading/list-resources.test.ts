import { describe, expect, test } from 'vitest';
import { and, eq, present } from '../../../src/scim/filter/build.js';
import type { User } from '../../../src/scim/schemas/user.js';
import { collect } from '../support/collect.js';
import { fakeServer, listAnswer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const users = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, userName: `u${index}` }));

describe('the request', () => {
  test('always names index and size, since some servers answer nothing without', async () => {
    const server = fakeServer();
    await openClient(server).client.users.list();
    expect([...(server.seen[0]?.query ?? [])]).toEqual([
      ['startIndex', '1'],
      ['count', '100'],
    ]);
  });

  test('carries filter, projection and order', async () => {
    const server = fakeServer();
    await openClient(server).client.users.list({
      filter: and<User>(eq<User>('userName', 'a "b"'), present<User>('title')),
      attributes: ['userName', 'emails.value'],
      excludedAttributes: ['photos'],
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 5,
      count: 7,
    });
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      startIndex: '5',
      count: '7',
      attributes: 'userName,emails.value',
      excludedAttributes: 'photos',
      filter: 'userName eq "a \\"b\\"" and title pr',
      sortBy: 'userName',
      sortOrder: 'descending',
    });
  });

  test('sends the text of a filter as it is', async () => {
    const server = fakeServer();
    await openClient(server).client.users.list({ filter: 'title  PR' });
    expect(server.seen[0]?.query.get('filter')).toBe('title  PR');
  });
});

describe('no match', () => {
  test('answered with 404 is an empty list where there was a filter', async () => {
    const server = fakeServer();
    server.intercept = ({ query }) => (query.has('filter') ? scimError(404) : undefined);
    expect((await openClient(server).client.users.list({ filter: 'userName eq "a"' })).items).toEqual([]);
  });

  test('is not what a web page means, which answers to a wrong URL', async () => {
    const server = fakeServer();
    server.intercept = () =>
      new Response('<!doctype html><title>Not found</title>', {
        status: 404,
        headers: { 'content-type': 'text/html' },
      });
    const { client } = openClient(server);
    await expect(client.users.list({ filter: 'userName eq "a"' })).rejects.toMatchObject({ status: 404 });
    await expect(client.users.find({ userName: 'a' })).rejects.toMatchObject({ status: 404 });
    await expect(collect(client.users.iterate({ filter: 'active eq true' }))).rejects.toMatchObject({ status: 404 });
  });

  test('answered with 404 is an error where there was none', async () => {
    const server = fakeServer();
    server.intercept = () => scimError(404);
    await expect(openClient(server).client.users.list()).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a size that the server refuses', () => {
  test.each([
    [400, 'invalidValue'],
    [400, undefined],
    [422, undefined],
  ])('with %i %s is lowered once, and remembered', async (status, scimType) => {
    const server = fakeServer({ users: users(120) });
    server.intercept = ({ query }) => (Number(query.get('count')) > 50 ? scimError(status, scimType) : undefined);
    const { client } = openClient(server);
    expect((await client.users.list()).items).toHaveLength(50);
    expect(await collect(client.users.iterate({ count: 200 }))).toHaveLength(120);
    expect(server.seen.map(({ query }) => query.get('count'))).toEqual(['100', '50', '50', '50', '50']);
  });

  test('is lowered until it is taken', async () => {
    const server = fakeServer({ users: users(30) });
    server.intercept = ({ query }) => (Number(query.get('count')) > 20 ? scimError(400) : undefined);
    const { client } = openClient(server);
    expect((await client.users.list()).items).toHaveLength(20);
    expect(await collect(client.users.iterate())).toHaveLength(30);
    expect(server.seen.map(({ query }) => query.get('count'))).toEqual(['100', '50', '20', '20', '20']);
  });

  test('is not lowered where the refusal is about something else', async () => {
    const server = fakeServer();
    server.intercept = () => scimError(400, 'invalidFilter');
    await expect(openClient(server).client.users.list({ filter: 'x' })).rejects.toMatchObject({
      scimType: 'invalidFilter',
    });
    expect(server.seen).toHaveLength(1);
  });

  test('is not lowered, nor asked for twice, where it was accepted before', async () => {
    const server = fakeServer({ users: users(3) });
    const { client } = openClient(server);
    await client.users.list();
    server.intercept = () => scimError(400);
    await expect(client.users.list({ filter: 'x' })).rejects.toMatchObject({ code: 'bad_request' });
    expect(server.seen).toHaveLength(2);
  });

  test('that was not the reason is not remembered', async () => {
    const server = fakeServer({ users: users(3) });
    server.intercept = ({ query }) => (query.has('filter') ? scimError(400) : undefined);
    const { client } = openClient(server);
    await expect(client.users.list({ filter: 'x' })).rejects.toMatchObject({ code: 'bad_request' });
    await client.users.list();
    expect(server.seen.at(-1)?.query.get('count')).toBe('100');
  });
});

test('a row without an id is handed out apart from the others', async () => {
  const server = fakeServer();
  server.intercept = () => listAnswer([{ userName: 'secret-name' }]);
  const page = await openClient(server).client.users.list();
  expect(page).toMatchObject({ items: [], invalidRows: [{ userName: 'secret-name' }] });
});

test('an id that is a number is read as text', async () => {
  const server = fakeServer();
  server.intercept = () => listAnswer([{ id: 7, userName: 'a' }]);
  expect((await openClient(server).client.users.list()).items[0]?.id).toBe('7');
});

test('asks for smaller pages where one is too large to be read, also after others were not', async () => {
  const members = (count: number) =>
    Array.from({ length: count }, (_, n) => ({ value: `user-${n}`, display: 'x'.repeat(1_000) }));
  const server = fakeServer({
    groups: Array.from({ length: 130 }, (_, n) => ({
      id: `${n}`,
      displayName: `G${n}`,
      members: members(n < 100 ? 1 : 500),
    })),
  });
  const { client } = openClient(server);
  const groups = await collect(client.groups.iterate());
  expect(groups.map(({ id }) => id)).toEqual(Array.from({ length: 130 }, (_, n) => `${n}`));
});

test('a single resource that is too large is an error, and not a loop', async () => {
  const server = fakeServer({ groups: [{ id: '1', displayName: 'x'.repeat(11 * 1024 * 1024) }] });
  await expect(openClient(server).client.groups.list()).rejects.toMatchObject({ code: 'response_too_large' });
});

test('one deadline holds for all requests of a call', async () => {
  const server = fakeServer({ users: users(500) });
  const { client, clock } = openClient(server);
  server.intercept = async ({ query }) => {
    await clock.advance(200);
    // So that all users have to be walked through.
    return query.has('filter') ? scimError(400, 'invalidFilter') : undefined;
  };
  await expect(client.users.find(eq('title', 'x'), { deadlineMs: 500 })).rejects.toMatchObject({ code: 'timeout' });
  expect(server.log.length).toBeLessThan(5);
});
