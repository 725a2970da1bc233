import { describe, expect, test } from 'vitest';
import { rawOf } from '../../../src/scim/resource.js';
import { answer, fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const serving = (documents: Record<string, unknown>) => {
  const server = fakeServer({ users: [{ id: 'a b', userName: 'me' }] });
  server.intercept = ({ path }) => (path in documents ? answer(200, documents[path]) : undefined);
  return server;
};

describe('serviceProviderConfig', () => {
  test('is read in the spelling of the RFC', async () => {
    const sent = { PATCH: { Supported: 'True' }, bulk: { supported: true, MaxOperations: 5 }, extra: { Kept: 1 } };
    const { client } = openClient(serving({ '/ServiceProviderConfig': sent }));
    const config = await client.serviceProviderConfig();
    expect(config).toEqual({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 5 },
      extra: { Kept: 1 },
    });
    expect(rawOf(config)).toEqual(sent);
  });

  test('may be at the older plural', async () => {
    const { client } = openClient(serving({ '/ServiceProviderConfigs': { patch: { supported: true } } }));
    expect(await client.serviceProviderConfig()).toMatchObject({ patch: { supported: true } });
  });

  test('missing is said by the first answer', async () => {
    const { client } = openClient(fakeServer());
    await expect(client.serviceProviderConfig()).rejects.toMatchObject({
      code: 'not_found',
      route: '/ServiceProviderConfig',
    });
  });

  test('without PATCH makes the client put from the first', async () => {
    const server = serving({ '/ServiceProviderConfig': { patch: { supported: false }, filter: { supported: 0 } } });
    const { client } = openClient(server);
    await client.serviceProviderConfig();
    await client.users.patch('a b', [{ op: 'replace', path: 'title', value: 'x' }]);
    expect(server.log.slice(1)).toEqual(['GET /Users/a b', 'PUT /Users/a b']);
  });

  test('without filters makes the client look through all from the first', async () => {
    const server = serving({ '/ServiceProviderConfig': { filter: { supported: false } } });
    const { client } = openClient(server);
    await client.serviceProviderConfig();
    expect(await client.users.find({ userName: 'me' })).toMatchObject({ id: 'a b' });
    expect(await client.users.upsert({ userName: 'me', emails: [{ value: 'me@x.y', primary: true }] })).toMatchObject({
      outcome: 'updated',
    });
    expect(server.seen.filter(({ query }) => query.has('filter'))).toEqual([]);
  });

  test.each([
    ['filter.maxResults', { filter: { supported: true, maxResults: 40 } }],
    ['pagination.maxPageSize', { pagination: { cursor: false, index: true, MAXPAGESIZE: 40 } }],
    ['both', { filter: { maxResults: 200 }, pagination: { cursor: false, index: true, maxPageSize: 40 } }],
  ])('with %s makes the client ask for no more', async (_, config) => {
    const server = serving({ '/ServiceProviderConfig': config });
    const { client } = openClient(server);
    await client.serviceProviderConfig();
    await client.users.list();
    expect(server.seen[1]?.query.get('count')).toBe('40');
  });

  test('with a page of less than one row is not believed', async () => {
    const server = serving({
      '/ServiceProviderConfig': { filter: { maxResults: 0.5 }, pagination: { maxPageSize: 0 } },
    });
    const { client } = openClient(server);
    await client.serviceProviderConfig();
    await client.users.list();
    expect(server.seen[1]?.query.get('count')).toBe('100');
  });

  test('is read in the spelling of the RFCs that came later', async () => {
    const scheme = { Type: 'oauth2', SpecUri: 'https://spec.example', DOCUMENTATIONURI: 'https://doc.example' };
    const sent = { authenticationSchemes: [scheme], SecurityEvents: { AsyncRequest: 'none', eventuris: [] } };
    const { client } = openClient(serving({ '/ServiceProviderConfig': sent }));
    expect(await client.serviceProviderConfig()).toEqual({
      authenticationSchemes: [
        { type: 'oauth2', specUri: 'https://spec.example', documentationUri: 'https://doc.example' },
      ],
      securityEvents: { asyncRequest: 'none', eventUris: [] },
    });
  });

  test('with cursors by default makes the client ask by cursor', async () => {
    const server = serving({ '/ServiceProviderConfig': { pagination: { cursor: true, index: false } } });
    const { client } = openClient(server);
    await client.serviceProviderConfig();
    await client.users.list();
    expect(server.seen[1]?.query.get('cursor')).toBe('');
    expect(server.seen[1]?.query.has('startIndex')).toBe(false);
    await client.users.list({ startIndex: 5 });
    expect(server.seen[2]?.query.get('startIndex')).toBe('5');
    expect(server.seen[2]?.query.has('cursor')).toBe(false);
  });
});

describe('resourceTypes and schemas', () => {
  const type = { name: 'User', endpoint: '/Users', schema: 'urn:u' };

  test.each([
    ['a list', { totalResults: 1, Resources: [type] }],
    ['a bare array', [type]],
    ['one object', { id: 'User', ...type }],
    ['one object without an id', type],
  ])('are read from %s', async (_, body) => {
    const { client } = openClient(serving({ '/ResourceTypes': body }));
    expect(await client.resourceTypes()).toMatchObject([type]);
  });

  test('are read in the spelling of the RFC', async () => {
    const schema = {
      ID: 'urn:u',
      Attributes: [{ NAME: 'a', MultiValued: 'true', subattributes: [{ Name: 'b', CaseExact: false }] }],
    };
    const { client } = openClient(serving({ '/Schemas': { Resources: [schema] } }));
    expect(await client.schemas()).toEqual([
      { id: 'urn:u', attributes: [{ name: 'a', multiValued: true, subAttributes: [{ name: 'b', caseExact: false }] }] },
    ]);
  });
});

describe('me', () => {
  test('is read where the server answers', async () => {
    const { client } = openClient(serving({ '/Me': { id: '1', USERNAME: 'me' } }));
    expect(await client.me()).toEqual({ id: '1', userName: 'me' });
  });

  test('is read by its id where the server points to it, and only from this server', async () => {
    const server = fakeServer({ users: [{ id: 'a b', userName: 'me' }] });
    server.intercept = ({ path }) =>
      path === '/Me'
        ? new Response(null, { status: 308, headers: { location: 'https://evil.example/Users/a%20b' } })
        : undefined;
    expect(await openClient(server).client.me()).toMatchObject({ userName: 'me' });
    expect(server.log).toEqual(['GET /Me', 'GET /Users/a b']);
  });

  test.each([
    ['a body that is no user', () => answer(200, { hello: 'world' })],
    ['a redirect to nowhere', () => new Response(null, { status: 308 })],
  ])('answered with %s is an error', async (_, respond) => {
    const server = fakeServer();
    server.intercept = respond;
    await expect(openClient(server).client.me()).rejects.toMatchObject({ code: 'invalid_response' });
    expect(server.log).toEqual(['GET /Me']);
  });

  test('is an error where the server has none', async () => {
    const server = fakeServer();
    server.intercept = () => scimError(501);
    await expect(openClient(server).client.me()).rejects.toMatchObject({ code: 'not_implemented' });
  });
});
