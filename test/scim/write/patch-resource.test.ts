import { describe, expect, test } from 'vitest';
import type { PatchOperation } from '../../../src/scim/schemas/common.js';
import { answer, fakeServer, lost, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const user = { id: '1', userName: 'mira@x.y', title: 'Lead', emails: [{ value: 'mira@x.y', type: 'work' }] };
const titled = (title: string) => [{ op: 'replace' as const, path: 'title', value: title }];

describe('patch', () => {
  test('sends the operations in a message of the RFC', async () => {
    const server = fakeServer({ users: [user] });
    expect(await openClient(server).client.users.patch('1', titled('Head'))).toBeUndefined();
    expect(server.seen[0]).toMatchObject({
      method: 'PATCH',
      path: '/Users/1',
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: titled('Head') },
    });
  });

  test('gives the resource where the server answers with it', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? answer(200, { ...user, TITLE: 'Head' }) : undefined);
    expect(await openClient(server).client.users.patch('1', titled('Head'))).toMatchObject({
      title: 'Lead',
      TITLE: 'Head',
    });
  });

  test('reads it back where the server answers with something else', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? answer(200, { ok: true }) : undefined);
    const patched = openClient(server).client.users.patch('1', titled('Head'));
    await expect(patched).rejects.toMatchObject({ name: 'WriteNotConfirmedError', attributes: ['title'] });
  });

  test('without operations only reads', async () => {
    const server = fakeServer({ users: [user] });
    expect(await openClient(server).client.users.patch('1', [])).toMatchObject({ title: 'Lead' });
    expect(server.log).toEqual(['GET /Users/1']);
  });

  test('carries the version it depends on, verbatim', async () => {
    const server = fakeServer({ users: [{ ...user, meta: { version: 'W/"2"' } }] });
    const { users } = openClient(server).client;
    await expect(users.patch('1', titled('Head'), { ifMatch: 'W/"1"' })).rejects.toMatchObject({
      code: 'precondition_failed',
    });
    await users.patch('1', titled('Head'), { ifMatch: 'W/"2"' });
    expect(server.seen.map(({ headers }) => headers.get('if-match'))).toEqual(['W/"1"', 'W/"2"']);
  });

  test('a version that is wanted and missing has its own code', async () => {
    const server = fakeServer();
    server.intercept = () => scimError(428);
    await expect(openClient(server).client.users.patch('1', titled('Head'))).rejects.toMatchObject({
      code: 'precondition_required',
      remedy: expect.stringContaining('ifMatch'),
    });
  });

  test('202 says that nobody knows yet', async () => {
    const server = fakeServer();
    server.intercept = () => new Response(null, { status: 202 });
    await expect(openClient(server).client.users.patch('1', titled('Head'))).rejects.toMatchObject({
      code: 'write_pending',
    });
  });

  test('is sent again after a lost answer where twice is as once, and only there', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = (_, number) => (number === 1 ? lost() : undefined);
    await openClient(server).client.users.patch('1', titled('Head'));
    expect(server.log).toEqual(['PATCH /Users/1', 'PATCH /Users/1']);
    const other = fakeServer({ users: [user] });
    other.intercept = () => lost();
    const add = openClient(other).client.users.patch('1', [{ op: 'add', path: 'roles', value: [{ value: 'x' }] }]);
    await expect(add).rejects.toMatchObject({ code: 'network_error' });
    expect(other.log).toEqual(['PATCH /Users/1']);
  });
});

describe('a server without PATCH', () => {
  test.each([501, 405])('that answers %i gets the whole resource, now and from then on', async (status) => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(status) : undefined);
    const { users } = openClient(server).client;
    expect(await users.patch('1', titled('Head'))).toMatchObject({ title: 'Head', emails: user.emails });
    expect(await users.patch('1', titled('Chief'))).toMatchObject({ title: 'Chief' });
    expect(server.log).toEqual(['PATCH /Users/1', 'GET /Users/1', 'PUT /Users/1', 'GET /Users/1', 'PUT /Users/1']);
  });

  test('is written to only at the version that was read, where the profile says so', async () => {
    const server = fakeServer({ users: [{ ...user, meta: { version: 'W/"2"' } }] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    await openClient(server, { profile: 'rfc' }).client.users.patch('1', titled('Head'));
    expect(server.seen.at(-1)?.headers.get('if-match')).toBe('W/"2"');
  });

  test('is written to once more when somebody else was quicker, with both changes', async () => {
    const server = fakeServer({ users: [{ ...user, meta: { version: '1' } }] });
    server.intercept = ({ method }) => {
      if (method === 'PATCH') return scimError(501);
      if (method === 'PUT' && server.users.get('1')?.nickName === undefined) {
        server.users.set('1', { ...user, nickName: 'M', meta: { version: '2' } });
      }
      return undefined;
    };
    const { users } = openClient(server, { profile: 'rfc' }).client;
    expect(await users.patch('1', titled('Head'))).toMatchObject({ title: 'Head', nickName: 'M' });
    expect(server.log.slice(1)).toEqual(['GET /Users/1', 'PUT /Users/1', 'GET /Users/1', 'PUT /Users/1']);
  });

  test.each([
    ['that the caller named', '1', 1],
    ['that never holds', undefined, 3],
  ])('gives up on a version %s', async (_, ifMatch, puts) => {
    const server = fakeServer({ users: [{ ...user, meta: { version: '1' } }] });
    server.intercept = ({ method }) =>
      method === 'PATCH' ? scimError(501) : method === 'PUT' ? scimError(412) : undefined;
    const { users } = openClient(server, { profile: 'rfc' }).client;
    await expect(users.patch('1', titled('Head'), { ifMatch })).rejects.toMatchObject({ code: 'precondition_failed' });
    expect(server.log.filter((line) => line.startsWith('PUT'))).toHaveLength(puts);
  });

  test('loses neither of two changes made at once', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    const { users } = openClient(server).client;
    await Promise.all([
      users.patch('1', titled('Head')),
      users.patch('1', [{ op: 'replace', path: 'nickName', value: 'M' }]),
    ]);
    expect(server.users.get('1')).toMatchObject({ title: 'Head', nickName: 'M' });
  });

  test('for users may have it for groups', async () => {
    const server = fakeServer({ users: [user], groups: [{ id: 'g', displayName: 'G' }] });
    server.intercept = ({ method, path }) =>
      method === 'PATCH' && path.startsWith('/Users') ? scimError(501) : undefined;
    const { users, groups } = openClient(server).client;
    await users.patch('1', titled('Head'));
    await groups.patch('g', [{ op: 'replace', path: 'displayName', value: 'H' }]);
    expect(server.groups.get('g')).toEqual({ id: 'g', displayName: 'H' });
  });

  test('for a filter in a path may have it for everything else', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method, body }) =>
      method === 'PATCH' && JSON.stringify(body).includes('[type') ? scimError(501) : undefined;
    const { users } = openClient(server).client;
    const work = [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'm@x.y' }] as const;
    await users.patch('1', work);
    await users.patch('1', titled('Head'));
    await users.patch('1', work);
    expect(server.log).toEqual(['PATCH /Users/1', 'GET /Users/1', 'PUT /Users/1', 'PATCH /Users/1', 'GET /Users/1']);
    expect(server.users.get('1')).toMatchObject({ title: 'Head', emails: [{ value: 'm@x.y' }] });
  });

  test('gets no nulls and no meta', async () => {
    const server = fakeServer({ users: [{ ...user, nickName: null, meta: { created: 'x' } }] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    await openClient(server).client.users.patch('1', titled('Head'));
    expect(Object.keys(server.seen.at(-1)?.body as object).sort()).toEqual([
      'emails',
      'id',
      'schemas',
      'title',
      'userName',
    ]);
  });

  test('gets nothing where nothing changes', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    expect(await openClient(server).client.users.patch('1', titled('Lead'))).toMatchObject({ id: '1' });
    expect(server.log).toEqual(['PATCH /Users/1', 'GET /Users/1']);
  });

  test('and without a view of members gets no group, which could lose them all', async () => {
    const server = fakeServer({ groups: [{ id: 'g', displayName: 'G' }] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    const patch = openClient(server).client.groups.patch('g', [{ op: 'replace', path: 'displayName', value: 'H' }]);
    await expect(patch).rejects.toMatchObject({ code: 'invalid_response', remedy: expect.stringContaining('members') });
    expect(server.log).not.toContain('PUT /Groups/g');
  });

  test('whose resource cannot be changed like that is not written to', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    const patch = openClient(server).client.users.patch('1', [
      { op: 'replace', path: 'emails[type eq "home"].value', value: 'a' },
    ]);
    await expect(patch).rejects.toMatchObject({ code: 'invalid_patch' });
    expect(server.log).not.toContain('PUT /Users/1');
  });
});

describe('what the answer holds', () => {
  test.each(['PATCH', 'PUT'])('is asked of %s and of nothing that is read on the way', async (method) => {
    const server = fakeServer({ users: [user] });
    server.intercept = (seen) => (method === 'PUT' && seen.method === 'PATCH' ? scimError(501) : undefined);
    await openClient(server).client.users.patch('1', titled('Head'), { attributes: ['title'], verify: true });
    const asked = server.seen.filter(({ query }) => query.has('attributes')).map((seen) => seen.method);
    expect(asked).toEqual(method === 'PUT' ? ['PATCH', 'PUT'] : ['PATCH']);
    expect(server.users.get('1')).toMatchObject({ userName: user.userName, emails: user.emails, title: 'Head' });
  });

  test('is asked where a resource is created, replaced or activated', async () => {
    const server = fakeServer({ users: [{ id: '2', userName: 'b@c.d', active: false }] });
    const { users } = openClient(server).client;
    await users.create({ userName: 'a@b.c' }, { attributes: ['id'] });
    await users.replace('2', { userName: 'b@c.d', active: false }, { excludedAttributes: ['groups', 'roles'] });
    await users.activate('2', { attributes: ['userName'] });
    expect(server.seen.map(({ method, query }) => `${method} ${query}`)).toEqual([
      'POST attributes=id',
      'PUT excludedAttributes=groups%2Croles',
      'GET ',
      'PATCH attributes=userName',
    ]);
  });
});

describe('verify', () => {
  test('reads back and gives the resource', async () => {
    const server = fakeServer({ users: [user] });
    expect(await openClient(server).client.users.patch('1', titled('Head'), { verify: true })).toMatchObject({
      title: 'Head',
    });
    expect(server.log).toEqual(['GET /Users/1', 'PATCH /Users/1', 'GET /Users/1']);
  });

  test('reports what was not done, by the name of the attribute', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? answer(200, user) : undefined);
    const { client, clock } = openClient(server);
    const patch = client.users.patch('1', [...titled('Secret'), { op: 'remove', path: 'emails' }], { verify: true });
    const error: unknown = await patch.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'not_applied', method: 'PATCH', route: '/Users/{id}' });
    expect((error as { attributes: string[] }).attributes.toSorted()).toEqual(['emails', 'title']);
    expect(JSON.stringify(error)).not.toContain('Secret');
    expect(clock.waits).toEqual([500, 1_500]);
  });

  test('waits for a replica that lags behind', async () => {
    const server = fakeServer({ users: [user] });
    let reads = 0;
    server.intercept = ({ method }) => {
      if (method !== 'GET') return undefined;
      reads += 1;
      return reads < 3 ? answer(200, user) : undefined;
    };
    const { client } = openClient(server);
    expect(await client.users.patch('1', titled('Head'), { verify: true })).toMatchObject({ title: 'Head' });
    expect(reads).toBe(3);
  });

  test('takes the server’s own spelling and additions for what was written', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      server.users.set('1', {
        ...user,
        emails: [{ value: 'luna@x.y', type: 'work', primary: false, display: 'luna' }],
      });
      return new Response(null, { status: 204 });
    };
    const emails = [{ value: 'Luna@x.y', type: 'Work' }];
    const { client } = openClient(server);
    await client.users.patch('1', [{ op: 'replace', path: 'emails', value: emails }], { verify: true });
  });

  const work = { value: 'old@x.y', type: 'work' };
  test.each<[string, PatchOperation, object[], object[]]>([
    [
      'that its own filter does not match any more',
      { op: 'replace', path: 'emails[value eq "old@x.y"].value', value: 'new@x.y' },
      [work],
      [{ ...work, value: 'new@x.y' }],
    ],
    [
      'that turns into another type',
      { op: 'replace', path: 'emails[type eq "work"].type', value: 'home' },
      [work],
      [{ ...work, type: 'home' }],
    ],
    [
      'that is stored in lower case',
      { op: 'add', path: 'emails', value: [{ value: 'New@x.y', type: 'home' }] },
      [work],
      [work, { value: 'new@x.y', type: 'home', primary: false }],
    ],
  ])('sees a change %s', async (_, operation, before, after) => {
    const server = fakeServer({ users: [{ ...user, emails: before }] });
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      server.users.set('1', { ...user, emails: after });
      return new Response(null, { status: 204 });
    };
    const { users } = openClient(server).client;
    expect(await users.patch('1', [operation], { verify: true })).toMatchObject({ emails: after });

    const idle = fakeServer({ users: [{ ...user, emails: before }] });
    idle.intercept = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 204 }) : undefined);
    const patch = openClient(idle).client.users.patch('1', [operation], { verify: true });
    await expect(patch).rejects.toMatchObject({ code: 'not_applied', attributes: ['emails'] });
  });

  test('is not misled by what others change meanwhile', async () => {
    const server = fakeServer({ users: [{ ...user, emails: [work] }] });
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      const others = { value: 'other@x.y', type: 'other' };
      server.users.set('1', { ...user, emails: [work, { value: 'mine@x.y', type: 'home' }, others] });
      return new Response(null, { status: 204 });
    };
    const operation = { op: 'add', path: 'emails', value: [{ value: 'mine@x.y', type: 'home' }] } as const;
    await openClient(server).client.users.patch('1', [operation], { verify: true });
  });

  test('of a target that is not there is a failure of its own', async () => {
    const server = fakeServer({ users: [user] });
    server.intercept = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 204 }) : undefined);
    const operations = [{ op: 'replace' as const, path: 'emails[type eq "home"].value', value: 'a@b' }];
    await expect(openClient(server).client.users.patch('1', operations, { verify: true })).rejects.toMatchObject({
      code: 'not_applied',
    });
  });
});

test('attributes in the place of operations are refused, and nothing is sent', async () => {
  const server = fakeServer({ users: [{ id: '1', userName: 'a' }] });
  const { client } = openClient(server);
  await expect(client.users.patch('1', { title: 'Lead' } as never)).rejects.toMatchObject({
    code: 'invalid_input',
    path: ['operations'],
  });
  expect(server.seen).toEqual([]);
});
