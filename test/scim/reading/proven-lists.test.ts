import { describe, expect, test } from 'vitest';
import { answer, type FakeServer, fakeServer, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const emails = ['work', 'home', 'other'].map((type) => ({ value: `mira@${type}.example`, type }));
const mira = { id: '1', userName: 'mira@work.example', active: true, emails };
const newServer = () =>
  fakeServer({ users: [mira], groups: [{ id: 'g', displayName: 'G', members: [{ value: '1' }] }] });

/** Stores these attributes instead of what it was sent, and says that all is done. */
function keeping(server: FakeServer, kept: (sent: Stored) => object): FakeServer {
  server.intercept = ({ method, path, body }) => {
    if (method !== 'PUT' && method !== 'PATCH') return undefined;
    const store = path.startsWith('/Users') ? server.users : server.groups;
    const id = path.split('/')[2] ?? '';
    store.set(id, { ...(store.get(id) as Stored), ...kept(body as Stored) });
    return answer(200, store.get(id));
  };
  return server;
}

describe('with verify a list that lost values which were to stay is told', () => {
  const added = { value: 'mira@new.example', type: 'other' };

  test.each([
    ['one is added, and it replaces the others', { op: 'add', path: 'emails', value: [added] }, [added]],
    ['one is removed, and two go', { op: 'remove', path: 'emails[type eq "home"]' }, emails.slice(0, 1)],
    ['another attribute is written', { op: 'replace', path: 'title', value: 'Lead' }, emails.slice(0, 1)],
  ] as const)('%s', async (_, operation, left) => {
    const server = keeping(newServer(), () => ({ emails: left, title: 'Lead' }));
    await expect(
      openClient(server).client.users.patch('1', [operation as never], { verify: true }),
    ).rejects.toMatchObject({ code: 'not_applied', attributes: ['emails'] });
  });

  test('by `upsert` too', async () => {
    const lost = { code: 'not_applied', attributes: ['emails'] };
    const other = keeping(newServer(), () => ({ emails: emails.slice(0, 1), title: 'Lead' }));
    const upserted = openClient(other).client.users.upsert(
      { userName: mira.userName, title: 'Lead' },
      { verify: true },
    );
    await expect(upserted).rejects.toMatchObject(lost);
  });

  test('and one that did not is not, in whatever order and case it is shown', async () => {
    const shown = [...emails].reverse().map(({ value, type }) => ({ type, value: value.toUpperCase() }));
    const server = keeping(newServer(), () => ({ emails: [...shown, added] }));
    const operation = { op: 'add', path: 'emails', value: [added] } as const;
    await expect(openClient(server).client.users.patch('1', [operation], { verify: true })).resolves.toBeDefined();
  });
});

describe('a list that a change empties', () => {
  const withoutPatch = (server: FakeServer) => {
    server.intercept = ({ method, path, body }) => {
      if (method === 'PATCH') return scimError(501);
      if (method !== 'PUT') return undefined;
      // What is not mentioned stays.
      const store = path.startsWith('/Users') ? server.users : server.groups;
      const id = path.split('/')[2] ?? '';
      store.set(id, { ...(store.get(id) as Stored), ...(body as Stored) });
      return answer(200, store.get(id));
    };
    return server;
  };

  test('is put back as `[]`, and nothing else is', async () => {
    const server = withoutPatch(newServer());
    const { users, groups } = openClient(server).client;
    await users.patch('1', [{ op: 'remove', path: 'emails' }], { verify: true });
    await groups.removeMembers('g', ['1'], { verify: true });
    expect(server.users.get('1')?.emails).toEqual([]);
    expect(server.groups.get('g')?.members).toEqual([]);
    await users.patch('1', [{ op: 'replace', path: 'title', value: 'Lead' }]);
    const puts = server.seen.flatMap(({ method, body }) => (method === 'PUT' ? [Object.keys(body as object)] : []));
    expect(puts.at(-1)?.sort()).toEqual(['active', 'emails', 'id', 'schemas', 'title', 'userName']);
  });

  test('of an extension likewise', async () => {
    const urn = 'urn:example:2.0:User';
    const server = withoutPatch(fakeServer({ users: [{ ...mira, [urn]: { badge: '1', keys: ['a'] } }] }));
    await openClient(server).client.users.patch('1', [{ op: 'remove', path: `${urn}:keys` }]);
    expect(server.users.get('1')?.[urn]).toEqual({ badge: '1', keys: [] });
  });

  test('by a PUT that the server takes for "not mentioned" is told with verify', async () => {
    const server = keeping(newServer(), () => ({}));
    const { users, groups } = openClient(server).client;
    const replaced = users.replace('1', { userName: mira.userName, emails: [] }, { verify: true });
    await expect(replaced).rejects.toMatchObject({ code: 'not_applied', attributes: ['emails'] });
    const emptied = groups.replace('g', { displayName: 'G', members: [] }, { verify: true });
    await expect(emptied).rejects.toMatchObject({ code: 'not_applied', attributes: ['members'] });
  });

  test('of members that the server hides is not compared', async () => {
    const server = newServer();
    server.intercept = ({ method, path }) =>
      method === 'GET' && path.startsWith('/Groups/')
        ? answer(200, { id: 'g', displayName: 'G', members: [] })
        : undefined;
    const { groups } = openClient(server).client;
    const shown = { displayName: 'G' };
    await expect(groups.replace('g', { ...shown, members: [] }, { verify: true })).resolves.toMatchObject(shown);
    const added = [{ op: 'add', path: 'members', value: [{ value: '1' }] }] as const;
    await expect(groups.patch('g', added, { verify: true })).resolves.toMatchObject(shown);
    const removed = [{ op: 'remove', path: 'members[value eq "1"]' }] as const;
    await expect(groups.patch('g', removed, { verify: true })).resolves.toMatchObject(shown);
  });
});
