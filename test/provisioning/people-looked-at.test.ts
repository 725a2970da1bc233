import { expect, test } from 'vitest';
import { scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, openDirectory, person } from './support/open-directory.js';

const ids = ['a', 'b', 'c', 'd', 'e'];

async function joining() {
  const directory = openDirectory({ users: ids.map((id) => account(id)), groups: [groupOf('1', ['e'])] });
  const groups = [{ displayName: 'Group 1', members: ids.map((id) => `e-${id}`) }];
  const plan = await directory.plan({ users: ids.map((id) => person(id)), groups });
  directory.server.log.length = 0;
  return { ...directory, first: plan };
}

test.each([['all with one request'], ['one by one, where the server refuses such a filter']])(
  'who has become somebody else, is inactive or gone since the plan joins no group: %s',
  async (how) => {
    const { client, server, first } = await joining();
    const isAlone = how.startsWith('one by one');
    if (isAlone) {
      server.intercept = ({ query }) => (query.has('filter') ? scimError(400, 'invalidFilter') : undefined);
    }
    server.users.set('a', account('a', { userName: 'x@north.example', externalId: 'e-x' }));
    server.users.set('b', account('b', { active: false }));
    server.users.delete('c');
    const result = await apply(client, first);
    expect(resultLinesOf(result)).toEqual([
      'add_members Group 1 partial (changed_since): e-a drifted, e-b drifted, e-c drifted, e-d done',
    ]);
    expect(server.groups.get('1')?.members).toEqual([{ value: 'e' }, expect.objectContaining({ value: 'd' })]);
    const readAlone = server.log.filter((line) => line.startsWith('GET /Users/'));
    expect(readAlone).toEqual((isAlone ? ['a', 'b', 'c', 'd'] : ['c']).map((id) => `GET /Users/${id}`));
  },
);

test('a rename into a name that somebody has by now is not sent, also where the server would let it be', async () => {
  const { client, server, plan } = openDirectory({ users: ids.map((id) => account(id)) });
  const users = [{ ...person('a'), userName: 'new@north.example' }, ...ids.slice(1).map((id) => person(id))];
  const first = await plan({ users });
  server.users.set('x', account('x', { userName: 'New@north.example' }));
  server.log.length = 0;
  expect(resultLinesOf(await apply(client, first))).toEqual(['rename e-a drifted (other_account)']);
  expect(server.log.filter((line) => !line.startsWith('GET '))).toEqual([]);
  server.users.delete('x');
  const again = await plan({ users });
  expect(resultLinesOf(await apply(client, again))).toEqual(['rename e-a done']);
});
