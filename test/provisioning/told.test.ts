import { expect, test } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { exitCodeOf } from '../../src/provisioning/exit-code.js';
import { formatPlan } from '../../src/provisioning/format-plan.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import { planDirectory } from '../../src/provisioning/plan-directory.js';
import { redactPlan } from '../../src/provisioning/redact-plan.js';
import { revertPlan } from '../../src/provisioning/revert-plan.js';
import { createEmulator } from '../../src/testing/index.js';
import { rejection } from '../support/open-test-transport.js';
import { apply } from './support/apply.js';
import {
  account,
  groupOf,
  linesOf,
  noLimits,
  openDirectory,
  person,
  rosterOf,
  workspaceId,
} from './support/open-directory.js';

const bot = account('bot', { userType: 'ServiceAccount', externalId: undefined });

test('accounts on no list that stay are named with the reason, and are no finding', async () => {
  const { plan } = openDirectory({ users: [account('b'), account('a'), bot, account('stay')] });
  const policy = { protect: { ids: ['a', 'b'], keyCreator: 'stay' } };
  const made = await plan({ users: [person('stay')] }, policy);
  expect(made.meantToStay).toEqual([
    { target: { id: 'bot', key: 'bot@north.example' }, reason: 'service_account' },
    { target: { id: 'a', key: 'e-a', name: 'a@north.example' }, reason: 'protected' },
    { target: { id: 'b', key: 'e-b', name: 'b@north.example' }, reason: 'protected' },
  ]);
  expect(exitCodeOf(made)).toBe(0);
  expect(formatPlan(made)).toContain(
    '\n= stays: bot@north.example (service_account)\n= stays: e-a, a@north.example (protected)\n',
  );
  expect(JSON.stringify(redactPlan(made))).not.toMatch(/north\.example|e-a/);
  expect(
    await plan({ users: [person('stay'), person('a'), person('b')] }, { managed: 'userType ne "ServiceAccount"' }),
  ).not.toHaveProperty('meantToStay');
});

test('a plan tells who made it and of which workspaces it is, and nothing of that where nobody says it', async () => {
  const { plan, client } = openDirectory({ users: [account('a')] });
  const made = await plan(
    { users: [person('a', { title: 'New' })] },
    {},
    { madeBy: 'nightly 4711, kim@north.example' },
  );
  expect([made.madeBy, made.workspaceIds]).toEqual(['nightly 4711, kim@north.example', [workspaceId]]);
  expect(formatPlan(made)).toMatch(
    new RegExp(`\\. Workspace ${workspaceId}\\. Made by nightly 4711, kim@north\\.example\\.\\n`),
  );
  expect(JSON.stringify(redactPlan(made))).not.toContain('kim@');
  expect(made.personalData).toContain('madeBy');
  const journal = memoryJournal();
  expect((await apply(client, made, { journal })).finished).toBe(true);
  const back = await revertPlan(client, journal, {}, { madeBy: 'Ada', people: rosterOf(['a']) });
  expect([back.madeBy, back.workspaceIds]).toEqual(['Ada', [workspaceId]]);

  const silent = await plan({ users: [person('a')] }, {}, { people: undefined });
  expect(Object.keys(silent)).not.toEqual(expect.arrayContaining(['madeBy']));
  expect(Object.keys(silent)).not.toEqual(expect.arrayContaining(['workspaceIds']));
  expect(formatPlan(silent)).toContain('Of which workspace is not known');
  expect(await plan({ users: [] }, {}, { madeBy: '' })).not.toHaveProperty('madeBy');
  for (const madeBy of [7 as never]) {
    expect(await rejection(plan({ users: [] }, {}, { madeBy }))).toMatchObject({ path: ['madeBy'] });
    expect(await rejection(revertPlan(client, journal, {}, { madeBy }))).toMatchObject({ path: ['madeBy'] });
  }
});

test('who left and is still a member of a workspace is named in the next plan', async () => {
  const emulator = createEmulator();
  const form = { ...emulator.connectionConfig(), provisioning: true, deprovisioning: true };
  await using connection = connect(parseConnectionConfig(form, { require: ['scim', 'compliance'] }), {
    ...emulator.clientOptions,
    scim: { rateLimit: false },
  });
  const { store } = emulator;
  const [workspace = ''] = form.workspaceIds.split(',');
  const owners = store.workspaces.users(workspace).filter(({ role }) => role === 'account-owner');
  const isMember = (name: unknown) => store.workspaces.users(workspace).some((one) => one.email === name);
  const all = store.users.list();
  const leaver = all.find(
    ({ userName, userType }) =>
      userType === undefined && isMember(userName) && !owners.some(({ email }) => email === userName),
  );
  const users = all.filter(({ id }) => id !== leaver?.id) as never;
  const plan = () =>
    planDirectory(
      connection.scim,
      { users },
      { ...noLimits, protect: { keyCreator: String(owners[0]?.email) } },
      {
        people: connection.roster({ groups: false }),
      },
    );
  const first = await plan();
  expect([linesOf(first).length, first.stillMembers]).toEqual([1, undefined]);
  await apply(connection.scim, first, { people: connection.roster({ groups: false }) });
  const second = await plan();
  expect(second.actions).toEqual([]);
  const isLeft = store.workspaces
    .users(workspace)
    .some((one) => one.email === leaver?.userName && one.status === 'active');
  expect(isLeft).toBe(true);
  expect(second.stillMembers?.map(({ id }) => id)).toEqual([leaver?.id]);
  expect(formatPlan(second)).toContain(`! still a member: ${second.stillMembers?.[0]?.key}`);
  expect(second.notes.map(({ code }) => code)).toContain('still_member');
  expect(JSON.stringify(redactPlan(second))).not.toContain(String(leaver?.userName));
});

test('only who is inactive, governed, and not wanted back is said to be still a member', async () => {
  const off = { active: false };
  const { plan } = openDirectory({
    users: [account('a'), account('back', off), account('gone', off), account('other', { ...off, title: 'X' })],
  });
  const conflicts = [{ code: 'inactive_but_active_in_workspace' }];
  const people = rosterOf(['a', 'back', 'gone', 'other']).map((one) =>
    one.directory === undefined ? one : { ...one, conflicts },
  );
  const made = await plan({ users: [person('a'), person('back')] }, { managed: 'not (title pr)' }, { people });
  expect(made.stillMembers).toEqual([{ id: 'gone', key: 'e-gone', name: 'gone@north.example' }]);
});

test('a plan notes who is created into no group, and that a group may be there unseen', async () => {
  const { plan } = openDirectory({ users: [account('a')], groups: [groupOf('x', ['a'])] });
  const notes = async (desired: Parameters<typeof plan>[0]) =>
    (await plan(desired)).notes.flatMap(({ code, message }) =>
      code === 'in_no_group' || code === 'group_may_exist' ? [`${code} ${/\d+/.exec(message) ?? ''}`] : [],
    );
  const users = [person('a'), person('b'), person('c'), person('tool', { userType: 'ServiceAccount' })];
  expect(await notes({ users })).toEqual(['in_no_group 2']);
  expect(await notes({ users, groups: [{ displayName: 'Group x', members: ['e-a', 'e-b'] }] })).toEqual([
    'in_no_group 1',
  ]);
  expect(await notes({ users, groups: [{ displayName: 'New', members: ['e-a', 'e-b', 'e-c'] }] })).toEqual([
    'group_may_exist ',
  ]);
  expect(await notes({ users: [person('a')] })).toEqual([]);
});
