import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { InputError } from '../../../src/errors/input-errors.js';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

async function refusal(
  call: (client: ReturnType<typeof openClient>['client']) => Promise<unknown>,
  profile: 'workos' | 'rfc' = 'workos',
) {
  const server = fakeServer();
  const error: unknown = await call(openClient(server, { profile }).client).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(server.seen).toEqual([]);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).remedy).toEqual(expect.any(String));
  return error as InputError;
}

const mail = (email: object) => ({ userName: 'mira', emails: [email] });

describe('what WorkOS would refuse or misread is refused before the first request', () => {
  test.each([
    ['no userName', { userName: '' }, ['userName']],
    ['a blank userName', { userName: '  ' }, ['userName']],
    ['no e-mail address anywhere', { userName: 'mira' }, ['emails']],
    ['an empty list of addresses', { userName: 'mira', emails: [] }, ['emails']],
    ['an address that is none', mail({ value: 'mira', type: 'work' }), ['emails', 0, 'value']],
    ['a blank address', mail({ value: ' ', primary: true }), ['emails', 0, 'value']],
    ['no address that can be the primary one', mail({ value: 'a@b.c', type: 'other' }), ['emails']],
    ['addresses that are no objects', { userName: 'mira', emails: ['a@b.c'] }, ['emails']],
    ['a name that is no text', { userName: 'a@b.c', name: { givenName: 7 } }, ['name', 'givenName']],
    [
      'an address that is no text',
      { userName: 'mira', emails: [{ value: 'a@b.c', primary: true }, { value: 7 }] },
      ['emails', 1, 'value'],
    ],
    ['active as text', { userName: 'a@b.c', active: 'true' }, ['active']],
    ['null', { userName: 'a@b.c', externalId: null }, ['externalId']],
    ['null within', { userName: 'a@b.c', name: { givenName: null } }, ['name', 'givenName']],
    ['null in a list', { userName: 'a@b.c', roles: [{ value: null }] }, ['roles', 0, 'value']],
  ])('%s', async (_, user, path) => {
    const given = user as { userName: string };
    expect((await refusal(({ users }) => users.create(given))).path).toEqual(path);
    expect((await refusal(({ users }) => users.replace('1', given))).path).toEqual(path);
    expect((await refusal(({ users }) => users.upsert(given))).path).toEqual(path);
    expect((await refusal((client) => bulk(client, [{ method: 'POST', path: '/Users', data: given }]))).path).toEqual(
      path,
    );
  });

  test.each([
    ['a group without a name', { displayName: '' }, ['displayName']],
    ['members that are no list', { displayName: 'G', members: 'all' }, ['members']],
    ['a member without an id', { displayName: 'G', members: [{ value: '1' }, { value: '' }] }, ['members', 1, 'value']],
  ])('%s', async (_, group, path) => {
    expect((await refusal(({ groups }) => groups.create(group as { displayName: string }))).path).toEqual(path);
  });

  test('a member to add without an id', async () => {
    expect((await refusal(({ groups }) => groups.addMembers('g', ['1', '']))).path).toEqual([1, 'value']);
  });

  test('active as text in a patch', async () => {
    const asPath = refusal(({ users }) => users.patch('1', [{ op: 'replace', path: 'active', value: 'False' }]));
    expect((await asPath).path).toEqual([0, 'value']);
    const withoutPath = refusal(({ users }) => users.patch('1', [{ op: 'replace', value: { active: 'False' } }]));
    expect((await withoutPath).path).toEqual([0, 'value', 'active']);
  });

  test('a body of more than 2,000 KB', async () => {
    const members = Array.from({ length: 40_000 }, (_, index) => ({ value: `user-${index}-${'x'.repeat(40)}` }));
    const error = await refusal(({ groups }) => groups.create({ displayName: 'G', members }));
    expect(error.message).toMatch(/^The body has \d+ bytes; the server accepts 2000000\.$/);
  });

  test('no value is in the message', async () => {
    const error = await refusal(({ users }) =>
      users.create(mail({ value: 'secret-person', type: 'work' }) as { userName: string }),
    );
    expect(JSON.stringify(error)).not.toContain('secret-person');
  });
});

describe('what WorkOS takes is sent', () => {
  test.each([
    { userName: 'a@b.c' },
    { userName: 'mira', emails: [{ value: 'a@b.c', primary: true }] },
    { userName: 'mira', emails: [{ value: 'a@b.c', type: 'home' }] },
    { userName: 'a@b.c', emails: [], active: true },
    {
      userName: 'mira',
      emails: [
        { value: 'x', type: 'other' },
        { value: 'a@b.c', type: 'work' },
      ],
    },
  ])('%j', async (user) => {
    const server = fakeServer();
    await openClient(server).client.users.create(user);
    expect(server.users.size).toBe(1);
  });
});

describe('the rfc profile', () => {
  test('leaves e-mail addresses and null to the server', async () => {
    const server = fakeServer();
    await openClient(server, { profile: 'rfc' }).client.users.create({ userName: 'mira', title: null });
    expect(server.users.size).toBe(1);
  });

  test('still asks for a name', async () => {
    expect((await refusal(({ users }) => users.create({ userName: '' }), 'rfc')).path).toEqual(['userName']);
  });
});

describe('schemas of your own', () => {
  test('are checked before anything is sent', async () => {
    const extension = { 'urn:example:User': z.object({ badge: z.string() }) };
    const error = await refusal(({ users }) =>
      users.withExtensions(extension).create({ userName: 'a@b.c', 'urn:example:User': { badge: 7 as never } }),
    );
    expect(error.path).toEqual(['urn:example:User', 'badge']);
    const device = {
      endpoint: 'Devices',
      schema: { id: 'urn:d', attributes: {} },
      shape: z.object({ serial: z.string() }),
    };
    expect((await refusal((client) => client.resource(device).create({ serial: 7 as never }))).path).toEqual([
      'serial',
    ]);
  });
});
