import { describe, expect, test } from 'vitest';
import { eq } from '../../../src/scim/filter/build.js';
import type { User } from '../../../src/scim/schemas/user.js';
import { fakeServer, listAnswer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const users = Array.from({ length: 250 }, (_, index) => ({
  id: `${index}`,
  userName: `User${index}@x.y`,
  externalId: `E${index}`,
}));

describe('find', () => {
  test.each([
    ['criteria', { userName: 'user7@x.y' }],
    ['a filter', eq<User>('userName', 'user7@x.y')],
    ['the text of a filter', 'userName eq "user7@x.y"'],
  ])('by %s asks once', async (_, match) => {
    const server = fakeServer({ users });
    expect((await openClient(server).client.users.find(match))?.id).toBe('7');
    expect(server.seen).toHaveLength(1);
  });

  test('answers nothing where nothing matches', async () => {
    const server = fakeServer({ users });
    expect(await openClient(server).client.users.find({ userName: 'nobody' })).toBeUndefined();
    // And once at index 0, from which some servers count.
    expect(server.seen.map(({ query }) => query.get('startIndex'))).toEqual(['1', '0']);
  });

  test('checks what comes back, since some servers ignore filters', async () => {
    const server = fakeServer({ users });
    server.intercept = (request) => {
      request.query.delete('filter');
      return undefined;
    };
    const { client } = openClient(server);
    expect((await client.users.find({ userName: 'USER207@x.y' }))?.id).toBe('207');
    expect(await client.users.find({ externalId: 'e7' })).toBeUndefined();
    expect((await client.users.find({ externalId: 'E7', userName: 'user7@x.y' }))?.id).toBe('7');
  });

  test('does not take a part for the whole', async () => {
    const server = fakeServer();
    server.intercept = () => listAnswer([{ id: '1', userName: 'mira.sol' }]);
    expect(await openClient(server).client.users.find({ userName: 'mira' })).toBeUndefined();
  });

  test.each([
    [400, 'invalidFilter'],
    [501, undefined],
  ])('walks through all where the filter is refused with %i, and remembers', async (status, scimType) => {
    const server = fakeServer({ users });
    server.intercept = ({ query }) => (query.has('filter') ? scimError(status, scimType) : undefined);
    const { client } = openClient(server);
    expect((await client.users.find({ userName: 'user207@x.y' }))?.id).toBe('207');
    expect((await client.users.find({ userName: 'user6@x.y' }))?.id).toBe('6');
    const before = server.seen.length;
    expect((await client.users.find({ userName: 'user5@x.y' }))?.id).toBe('5');
    expect(server.seen.length).toBe(before + 1);
    expect(server.seen.at(-1)?.query.has('filter')).toBe(false);
  });

  test('asks again after one value was refused, and not after a second in a row', async () => {
    const server = fakeServer({ users });
    let refuses = true;
    server.intercept = ({ query }) => (refuses && query.has('filter') ? scimError(400, 'invalidValue') : undefined);
    const { client } = openClient(server);
    const filters = () => server.seen.filter(({ query }) => query.has('filter')).length;
    const find = (userName: string) => client.users.find({ userName });
    await client.users.list();
    expect((await find('user207@x.y'))?.id).toBe('207');
    refuses = false;
    expect((await find('user5@x.y'))?.id).toBe('5');
    expect(server.seen.at(-1)?.query.has('filter')).toBe(true);
    refuses = true;
    await find('user6@x.y');
    await find('user7@x.y');
    expect(filters()).toBe(4);
    expect((await find('user8@x.y'))?.id).toBe('8');
    expect(filters()).toBe(4);
  });

  describe('where a filter is answered with a total and no rows', () => {
    const counting = (all: readonly { readonly id: string; readonly userName: string }[], total: number) => {
      const server = fakeServer({ users: all });
      server.intercept = ({ query }) => (query.has('filter') ? listAnswer([], { totalResults: total }) : undefined);
      return { server, client: openClient(server).client };
    };

    test('looks through all, and finds who is there', async () => {
      const { client } = counting([{ id: '1', userName: 'mira@x.y' }], 1);
      expect(await client.users.find({ userName: 'mira@x.y' })).toMatchObject({ id: '1' });
      expect(await client.users.upsert({ userName: 'mira@x.y' })).toMatchObject({ outcome: 'unchanged' });
    });

    test('and finds that nobody is, where the total is of all there are', async () => {
      const { client } = counting([{ id: '1', userName: 'ada@x.y' }], 136);
      expect(await client.users.find({ userName: 'mira@x.y' })).toBeUndefined();
      expect(await client.users.upsert({ userName: 'mira@x.y' })).toMatchObject({ outcome: 'created' });
    });

    test('says that it cannot know where it may not look, or the list is no better', async () => {
      const { server, client } = counting([{ id: '1', userName: 'mira@x.y' }], 1);
      const unknown = { code: 'incomplete_list', received: 0 };
      await expect(client.users.find({ userName: 'mira@x.y' }, { scan: false })).rejects.toMatchObject(unknown);
      server.intercept = ({ method }) => (method === 'GET' ? listAnswer([], { totalResults: 1 }) : undefined);
      await expect(client.users.find({ userName: 'mira@x.y' })).rejects.toMatchObject(unknown);
      await expect(client.users.upsert({ userName: 'mira@x.y' })).rejects.toMatchObject(unknown);
      expect(server.log.filter((line) => line.startsWith('POST'))).toEqual([]);
    });
  });

  test('takes nothing under a filter for no match, whatever the total', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'other@x.y' }] });
    server.intercept = ({ query }) =>
      query.get('filter')?.includes('mira') ? listAnswer([], { totalResults: 136 }) : undefined;
    const { client } = openClient(server);
    expect(await client.users.find({ userName: 'mira@x.y' })).toBeUndefined();
    expect(await client.users.upsert({ userName: 'mira@x.y' })).toMatchObject({ outcome: 'created' });
  });

  test('reports the refusal where it may not walk', async () => {
    const server = fakeServer({ users });
    server.intercept = ({ query }) => (query.has('filter') ? scimError(400, 'invalidFilter') : undefined);
    const find = openClient(server).client.users.find({ userName: 'a' }, { scan: false });
    await expect(find).rejects.toMatchObject({ scimType: 'invalidFilter' });
  });

  test('does not call it absent when some could not be read', async () => {
    const server = fakeServer();
    server.intercept = () => listAnswer([{ id: '1', userName: 'a' }], { totalResults: 5, startIndex: 1 });
    await expect(openClient(server).client.users.find({ userName: 'b' })).rejects.toMatchObject({
      code: 'incomplete_list',
    });
  });

  test('by an attribute with several values names the value, and takes any of them', async () => {
    const emails = [{ value: 'other@x.y' }, { value: 'Mira@x.y', type: 'work' }];
    const server = fakeServer({ users: [...users, { id: 'm', userName: 'mira', emails }] });
    expect((await openClient(server).client.users.find({ emails: 'mira@x.y' }))?.id).toBe('m');
    expect(server.seen.map(({ query }) => query.get('filter'))).toEqual(['emails.value eq "mira@x.y"']);
    server.intercept = ({ query }) => (query.has('filter') ? scimError(400, 'invalidFilter') : undefined);
    expect((await openClient(server).client.users.find({ emails: 'mira@x.y', active: true }))?.id).toBeUndefined();
    expect((await openClient(server).client.users.find({ emails: 'mira@x.y', userName: 'MIRA' }))?.id).toBe('m');
  });

  test('of nothing in particular is refused', async () => {
    await expect(openClient(fakeServer()).client.users.find({})).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a value cannot break out of its filter', async () => {
    const server = fakeServer({ users });
    expect(await openClient(server).client.users.find({ userName: 'x" or userName pr or title eq "' })).toBeUndefined();
    expect(server.seen[0]?.query.get('filter')).toBe('userName eq "x\\" or userName pr or title eq \\""');
  });
});
