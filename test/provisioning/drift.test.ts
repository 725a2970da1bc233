import { expect, test } from 'vitest';
import type { Stored } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, openDirectory, person } from './support/open-directory.js';

const users = [
  account('a'),
  account('b', { title: 'Old' }),
  account('c', { active: false }),
  account('d'),
  account('k'),
];
const desired = {
  users: [
    person('a', { userName: 'ada@north.example' }),
    person('b', { title: 'New' }),
    person('c'),
    person('k'),
    person('n'),
  ],
};

const cases: readonly [what: string, change: (users: Map<string, Stored>) => void, line: string][] = [
  [
    'an attribute that would be changed',
    (all) => all.set('b', account('b', { title: 'Other' })),
    'change e-b drifted (changed_since)',
  ],
  [
    'an attribute that the plan does not touch',
    (all) => all.set('b', account('b', { title: 'Old', nickName: 'x' })),
    'change e-b done',
  ],
  ['what the plan would do', (all) => all.set('b', account('b', { title: 'New' })), 'change e-b already'],
  [
    'what the plan would do, of somebody who is another by now',
    (all) => all.set('b', account('b', { title: 'New', externalId: 'z', userName: 'z@north.example' })),
    'change e-b drifted (changed_since)',
  ],
  ['the person: deleted', (all) => all.delete('b'), 'change e-b drifted (not_found)'],
  [
    'whether somebody is active',
    (all) => all.set('b', account('b', { title: 'Old', active: false })),
    'change e-b drifted (changed_since)',
  ],
  [
    'the name: renamed already',
    (all) => all.set('a', account('a', { userName: 'ada@north.example' })),
    'rename e-a already',
  ],
  [
    'the name: another one',
    (all) => all.set('a', account('a', { userName: 'x@north.example' })),
    'rename e-a drifted (changed_since)',
  ],
  ['active again', (all) => all.set('c', account('c')), 'reactivate e-c already'],
  ['deactivated already', (all) => all.set('d', account('d', { active: false })), 'deactivate e-d already'],
  ['gone already', (all) => all.delete('d'), 'deactivate e-d already'],
  [
    'made anew under another id',
    (all) => all.delete('d') && all.set('d2', { ...account('d'), id: 'd2' }),
    'deactivate e-d drifted (other_account)',
  ],
  [
    'given to somebody else',
    (all) => all.set('d', account('d', { externalId: 'z' })),
    'deactivate e-d drifted (changed_since)',
  ],
  [
    'given to somebody else, who is not active',
    (all) => all.set('d', account('d', { externalId: 'z', userName: 'z@north.example', active: false })),
    'deactivate e-d drifted (changed_since)',
  ],
  ['there already', (all) => all.set('n', account('n')), 'create e-n already'],
  [
    'there, with something else',
    (all) => all.set('n', account('n', { emails: [] })),
    'create e-n drifted (other_account)',
  ],
  [
    'there, as another person',
    (all) => all.set('n', account('n', { externalId: 'z' })),
    'create e-n drifted (other_account)',
  ],
  [
    'there, under another name',
    (all) => all.set('n', account('n', { userName: 'z@north.example' })),
    'create e-n drifted (other_account)',
  ],
  [
    'there, and not active',
    (all) => all.set('n', account('n', { active: false })),
    'create e-n drifted (other_account)',
  ],
  [
    'there, as a program',
    (all) => all.set('n', account('n', { userType: 'ServiceAccount' })),
    'create e-n drifted (other_account)',
  ],
];

test.each(cases)('changed by others since: %s', async (_, change, line) => {
  const { client, plan, server } = openDirectory({ users });
  const first = await plan(desired);
  change(server.users);
  const before = new Map(server.users);
  const result = await apply(client, first);
  const lines = resultLinesOf(result);
  expect(lines).toContain(line);
  // It stops nobody else.
  expect(lines.filter((one) => !one.endsWith(' done') && one !== line)).toEqual([]);
  const [, key = ''] = line.split(' ');
  const id = key.slice('e-'.length);
  if (!line.endsWith('done')) expect(server.users.get(id)).toEqual(before.get(id));
  // Nobody has two accounts.
  expect(server.users.size).toBe(before.size + (lines.includes('create e-n done') ? 1 : 0));
});
