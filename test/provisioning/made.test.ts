import { expect, test } from 'vitest';
import type { DesiredGroup } from '../../src/provisioning/desired.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import { revertPlan } from '../../src/provisioning/revert-plan.js';
import { answer, lost, once, type Stored, scimError } from '../scim/support/fake-server.js';
import { apply, resultLinesOf } from './support/apply.js';
import {
  account,
  groupOf,
  heldLinesOf,
  linesOf,
  noLimits,
  openDirectory,
  person,
  rosterOf,
} from './support/open-directory.js';

const isPost = ({ method }: { method: string }) => method === 'POST';
const posts = (log: readonly string[]) => log.filter((line) => line.startsWith('POST'));

/** What another plan makes between the look and the request of this one, on a server that refuses no second group. */
function openWithTwin(group: Omit<DesiredGroup, 'members'>, twin: object) {
  const opened = openDirectory({ users: [account('a')] });
  const { server } = opened;
  server.intercept = ({ method, path }) => {
    if (method === 'POST' && path === '/Groups') server.groups.set('twin', { ...twin, id: 'twin' });
    return undefined;
  };
  const desired = { users: [person('a')], groups: [{ ...group, members: ['e-a'] }] };
  return { ...opened, desired };
}

test.each([
  ['by its name', { displayName: 'Guild' }, { displayName: 'Guild' }],
  ['by its key', { displayName: 'Guild', externalId: 'g-1' }, { displayName: 'Guild', externalId: 'g-1' }],
])(
  'a group that another plan makes at the same moment is told, %s, and its members join the own one',
  async (_, group, twin) => {
    const { client, plan, server, desired } = openWithTwin(group, twin);
    const first = await plan(desired);
    const journal = memoryJournal();
    const result = await apply(client, first, { journal });
    expect(resultLinesOf(result)).toEqual(['create_group Guild partial (doubled)', 'add_members Guild done: e-a done']);
    expect(result.finished).toBe(false);
    // Once one is gone, the same plan ends.
    server.groups.delete('twin');
    expect((await apply(client, first, { journal })).finished).toBe(true);
    expect(posts(server.log)).toEqual(['POST /Groups']);
  },
);

test('a group of another key that has the same name is no twin', async () => {
  const { client, plan, desired } = openWithTwin(
    { displayName: 'Guild', externalId: 'g-1' },
    { displayName: 'Guild', externalId: 'g-2' },
  );
  expect((await apply(client, await plan(desired))).finished).toBe(true);
});

test('a group that was made is made, though it cannot be known whether there is another', async () => {
  const { client, plan, server, desired } = openWithTwin({ displayName: 'Guild' }, { displayName: 'Other' });
  const first = await plan(desired);
  const { intercept } = server;
  let isMade = false;
  server.intercept = (request, number) => {
    if (request.method === 'POST') isMade = true;
    const isLook = isMade && request.method === 'GET' && request.path === '/Groups';
    return isLook ? scimError(400, 'tooMany') : intercept?.(request, number);
  };
  expect(resultLinesOf(await apply(client, first))[0]).toBe('create_group Guild done');
});

/** A directory that makes what it is sent, and answers with the id of something else. */
function openWrong(route: '/Users' | '/Groups', wrongId: string) {
  const opened = openDirectory({ users: [account('a'), account('v')], groups: [groupOf('admins', ['v'])] });
  const { server } = opened;
  server.intercept = ({ method, path, body }) => {
    if (method !== 'POST' || path !== route) return undefined;
    const store = route === '/Users' ? server.users : server.groups;
    store.set('made', { ...(body as Stored), id: 'made' });
    return answer(201, { ...(body as Stored), id: wrongId });
  };
  return opened;
}

test('an answer with the id of somebody else gives that person no group, and takes nothing when it is undone', async () => {
  const { client, plan, server, clock } = openWrong('/Users', 'v');
  const first = await plan({
    users: [person('a'), person('v'), person('n')],
    groups: [{ displayName: 'Secret', members: ['e-n'] }],
  });
  const journal = memoryJournal();
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual([
    'create e-n unknown (other_resource)',
    'create_group Secret done',
    'add_members Secret held_back (not_created): e-n held_back',
  ]);
  expect(JSON.stringify(await journal.read())).not.toContain('"v"');
  const undo = await revertPlan(client, journal, noLimits, { people: rosterOf(['a', 'v', 'made']) });
  expect(linesOf(undo)).toEqual([]);
  expect(heldLinesOf(undo)).toContain('deactivate e-n (outcome_unknown)');
  // The next run finds what was made by its keys, and sends nothing again.
  clock.setWall(5 * 60_000);
  const second = await apply(client, first, { journal });
  expect(second.outcomes.map(({ outcome, target: { id } }) => [outcome, id])).toEqual([
    ['done', 'made'],
    ['done', 'new-1'],
    ['done', 'new-1'],
  ]);
  expect(posts(server.log)).toEqual(['POST /Users', 'POST /Groups']);
});

test('an answer with the whole of somebody else is no creation that failed: it is looked up', async () => {
  const { client, plan, server } = openWrong('/Users', 'v');
  const intercept = server.intercept;
  server.intercept = async (request, number) =>
    (await intercept?.(request, number)) === undefined ? undefined : answer(201, server.users.get('v'));
  const first = await plan({ users: [person('a'), person('v'), person('n')] });
  expect(resultLinesOf(await apply(client, first))).toEqual(['create e-n unknown (other_resource)']);
});

test('an answer with the id of another group puts nobody into that one', async () => {
  const { client, plan, server } = openWrong('/Groups', 'admins');
  const first = await plan({
    users: [person('a'), person('v')],
    groups: [{ displayName: 'Interns', members: ['e-a'] }],
  });
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'create_group Interns unknown (other_resource)',
    'add_members Interns held_back (not_created)',
  ]);
  expect(server.groups.get('admins')?.members).toEqual([{ value: 'v' }]);
});

test.each(['cut', '503'])('a creation whose answer was lost (%s) is not sent again before its time', async (kind) => {
  const { client, plan, server, clock } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a'), person('n')] });
  const journal = memoryJournal();
  // The directory has made it, and its lists do not show it yet.
  let made: Stored | undefined;
  server.intercept = ({ method, body }) => {
    if (method !== 'POST') return undefined;
    made = { ...(body as Stored), id: 'made' };
    if (kind === '503') return scimError(503);
    throw lost();
  };
  const code = kind === 'cut' ? 'network_error' : 'server_error';
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual([`create e-n unknown (${code})`]);
  expect(posts(server.log)).toHaveLength(1);
  const { possibleDoubleSends, finished } = await apply(client, first, { journal });
  expect({ possibleDoubleSends, finished }).toEqual({ possibleDoubleSends: [first.actions[0]?.id], finished: false });
  expect(posts(server.log)).toHaveLength(1);
  if (made !== undefined) server.users.set('made', made);
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual(['create e-n done']);
  clock.setWall(5 * 60_000);
  expect(posts(server.log)).toHaveLength(1);
});

test('a creation that was lost, and is not there after a time, is sent again and named', async () => {
  const { client, plan, server, clock } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a'), person('n')] });
  const journal = memoryJournal();
  const isFirst = once(isPost);
  server.intercept = (request) => (isFirst(request) ? lost() : undefined);
  await apply(client, first, { journal });
  clock.setWall(5 * 60_000);
  const result = await apply(client, first, { journal });
  expect(result).toMatchObject({ finished: true, possibleDoubleSends: [first.actions[0]?.id] });
  expect(posts(server.log)).toHaveLength(2);
});
