import { expect, test } from 'vitest';
import type { PlanPolicy } from '../../src/provisioning/policy.js';
import type { RosterPerson } from '../../src/provisioning/roster-person.js';
import { present } from '../../src/scim/filter/build.js';
import { rejection } from '../support/open-test-transport.js';
import {
  account,
  groupOf,
  heldLinesOf,
  linesOf,
  openDirectory,
  person,
  rosterOf,
  workspaceId,
} from './support/open-directory.js';

const program = account('bot', { userType: 'serviceaccount', externalId: 'e-bot' });
const world = () => ({
  users: [account('a'), account('b'), account('stay'), program],
  groups: [groupOf('1', ['a', 'b', 'stay'])],
});
const stay = { users: [person('stay')] };

const notesIn = ({ notes }: { readonly notes: readonly { readonly code: string; readonly message: string }[] }) =>
  notes.filter(({ code }) => code === 'meant_to_stay').map(({ message }) => message.split(' ', 1)[0]);

test('a service account that no list has is never removed, which is noted and not held', async () => {
  const { plan } = openDirectory(world());
  for (const removal of ['deactivate', 'delete'] as const) {
    const result = await plan(stay, { removal });
    expect(linesOf(result)).toEqual([`${removal} e-a`, `${removal} e-b`]);
    expect([heldLinesOf(result), notesIn(result)]).toEqual([[], ['1']]);
  }
  const { plan: alone } = openDirectory(world());
  const excepted = await alone(stay, { protect: { keyCreator: 'stay', serviceAccounts: { except: ['bot'] } } });
  expect(linesOf(excepted)).toContain('deactivate e-bot');
});

test('a person gets no account of a program, and a program none of a person', async () => {
  const { plan } = openDirectory(world());
  const taken = await plan({
    users: [...stay.users, person('bot', { title: 'x' }), person('a', { userType: 'ServiceAccount' })],
  });
  expect(heldLinesOf(taken)).toEqual(['change e-a (service_account)', 'change e-bot (service_account)']);
  const named = person('bot', { userType: 'ServiceAccount', title: 'x' });
  expect(linesOf(await plan({ users: [...stay.users, named, person('a'), person('b')] }))).toEqual(['change e-bot']);
  const renamed = { ...named, userName: 'other@north.example' };
  const held = await plan({ users: [...stay.users, renamed, person('a'), person('b')] });
  expect([linesOf(held), heldLinesOf(held)]).toEqual([[], ['rename e-bot (service_account)']]);
});

test('owners are removed from nothing, whatever the policy', async () => {
  const { plan } = openDirectory(world());
  const people = rosterOf(['a', 'b', 'stay', 'bot'], ['a', 'stay']);
  const groups = [{ displayName: 'Group 1', members: [] }];
  const result = await plan({ ...stay, groups }, { ownersUnknown: 'allow' }, { people });
  expect(linesOf(result)).toEqual(['deactivate e-b']);
  expect(heldLinesOf(result)).toEqual(['remove_members Group 1: e-stay (owner)', 'deactivate e-a (owner)']);
});

const unknown: readonly [why: string, people: readonly RosterPerson[] | undefined][] = [
  ['there is no roster', undefined],
  [
    'the roster says that it is not whole',
    rosterOf(['a', 'b', 'stay']).map((one) => ({ ...one, workspacesIncomplete: true as const })),
  ],
  ['the roster shows no workspace', ['a', 'b', 'stay'].map((id) => ({ directory: { id }, workspaces: [] }))],
  ['a workspace shows no owner', rosterOf(['a', 'b', 'stay']).slice(0, -1)],
  [
    'a person has no role',
    rosterOf(['stay']).concat(
      ['a', 'b'].map((id) => ({ directory: { id }, workspaces: [{ workspaceId, userId: id }] })),
    ),
  ],
  [
    'a role is a word that nobody knows',
    rosterOf(['stay']).concat(
      ['a', 'b'].map((id) => ({
        directory: { id },
        workspaces: [{ workspaceId, userId: id, role: 'account-custodian' }],
      })),
    ),
  ],
  ['the roster does not have the people', rosterOf(['stay'])],
];

test.each(unknown)('removals are held where %s, unless the policy allows them', async (_, people) => {
  const { plan } = openDirectory(world());
  const held = await plan(stay, {}, { people });
  expect(linesOf(held)).toEqual([]);
  expect(heldLinesOf(held).slice(0, 2)).toEqual(['deactivate e-a (owners_unknown)', 'deactivate e-b (owners_unknown)']);
  const allowed = await plan(stay, { ownersUnknown: 'allow' }, { people });
  expect(linesOf(allowed)).toEqual(['deactivate e-a', 'deactivate e-b']);
});

test('a roster that fails half-way leaves the owners unknown, and the plan says why', async () => {
  const { plan } = openDirectory(world());
  async function* people() {
    yield* rosterOf(['a']);
    throw new Error('mira.sol@north.example');
  }
  const result = await plan({ users: [...stay.users, person('new')] }, {}, { people: people() });
  expect(linesOf(result)).toEqual(['create e-new']);
  expect(result.notes[0]).toEqual({
    code: 'owners_unknown',
    message: 'Who owns the workspace is not known: the roster could not be read (the iterable failed).',
  });
});

test('a roster is no reason to go on after the signal', async () => {
  const { server, plan } = openDirectory(world());
  const controller = new AbortController();
  async function* people() {
    controller.abort(new Error('enough'));
    yield* rosterOf(['a']);
  }
  const { signal } = controller;
  expect(await rejection(plan(stay, {}, { people: people(), signal }))).toMatchObject({ message: 'enough' });
  expect(server.log).toEqual([]);
});

const protections: readonly [what: string, protect: PlanPolicy['protect'], reason: string][] = [
  ['by its id', { ids: ['a'] }, 'protected'],
  ['by a filter', { filter: 'userName sw "a@"' }, 'protected'],
  ['by a filter that was built', { filter: present('nickName') }, 'protected'],
  ['as maker of the key, by id', { keyCreator: 'a' }, 'key_creator'],
  ['as maker of the key, by userName', { keyCreator: 'A@North.example' }, 'key_creator'],
  ['as maker of the key, by externalId', { keyCreator: 'e-a' }, 'key_creator'],
];

test.each(protections)('a protected account is removed from nothing: %s', async (_, protect, reason) => {
  const { plan } = openDirectory({
    ...world(),
    users: [account('a', { nickName: 'Al' }), account('b'), account('stay')],
  });
  for (const users of [stay.users, [...stay.users, person('a', { active: false })]]) {
    const result = await plan({ users }, { protect });
    expect(linesOf(result)).toEqual(['deactivate e-b']);
    // Whom the policy names and no list has is meant to stay; that it should be inactive is for a person to decide.
    const isMeant = reason === 'protected' && users === stay.users;
    expect(heldLinesOf(result)).toEqual(isMeant ? [] : [`deactivate e-a (${reason})`]);
    expect(notesIn(result)).toEqual(isMeant ? ['1'] : []);
  }
  const groups = [{ displayName: 'Group 1', members: ['e-stay'] }];
  const result = await plan({ users: [person('a'), person('b'), ...stay.users], groups }, { protect });
  expect(linesOf(result)).toEqual(['remove_members Group 1: e-b']);
  expect(heldLinesOf(result)).toEqual([`remove_members Group 1: e-a (${reason})`]);
});

test('the plan says where a protection protects nobody', async () => {
  const { plan } = openDirectory(world());
  const codes = async (protect: PlanPolicy['protect']) => (await plan(stay, { protect })).notes.map(({ code }) => code);
  expect(await codes({})).toContain('key_creator_unnamed');
  expect(await codes({ keyCreator: 'nobody' })).toContain('key_creator_not_found');
  expect(await codes({ ids: ['a', 'nobody'] })).toContain('protected_id_not_found');
});

test('a named maker of the key whom nobody is any more may be anybody: nobody is removed', async () => {
  const { plan } = openDirectory(world());
  const policy = { protect: { keyCreator: 'renamed@north.example' } };
  const groups = [{ displayName: 'Group 1', members: ['e-stay'] }];
  const result = await plan({ users: [person('b'), person('stay')], groups }, policy);
  expect(linesOf(result)).toEqual([]);
  expect(heldLinesOf(result)).toEqual([
    'remove_members Group 1: e-b (key_creator_unknown)',
    'deactivate e-a (key_creator_unknown)',
  ]);
});

test('the maker of the key is not renamed where only the old name tells who it is', async () => {
  const { plan } = openDirectory(world());
  const users = [{ ...person('a'), userName: 'a.new@north.example' }, person('b'), person('stay')];
  const named = await plan({ users }, { protect: { keyCreator: 'a@north.example' } });
  expect([linesOf(named), heldLinesOf(named)]).toEqual([[], ['rename e-a (key_creator)']]);
  expect(named.held[0]?.remedy).toContain('SCIM id');
  for (const keyCreator of ['a', 'e-a']) {
    expect(linesOf(await plan({ users }, { protect: { keyCreator } }))).toEqual(['rename e-a']);
  }
});

test('who is not managed is never changed, and held where the desired state names them', async () => {
  const contractor = account('x', { userType: 'Contractor', title: 'Lead' });
  const { plan } = openDirectory({ users: [account('a', { userType: 'Employee' }), contractor] });
  const policy = { managed: 'userType eq "employee"' };
  const silent = await plan({ users: [person('a')] }, policy);
  expect([silent.actions, silent.held, silent.totals.activeManaged]).toEqual([[], [], 1]);
  const named = await plan({ users: [person('a'), person('x', { title: 'Head' })] }, policy);
  expect([linesOf(named), heldLinesOf(named)]).toEqual([[], ['change e-x (not_managed)']]);
});

test('members of the workspace who are not in the directory are listed and left alone', async () => {
  const { plan } = openDirectory(world());
  const direct = { workspaces: [{ workspaceId, userId: 'user-direct', role: 'standard-user' }] };
  const people = [...rosterOf(['a', 'b', 'stay', 'bot']), direct];
  const result = await plan({ users: [person('a'), person('b'), person('stay')] }, {}, { people });
  expect(result.unmanaged).toEqual({ count: 2, userIds: ['user-direct', 'user-founder'] });
  expect(result.notes.map(({ code }) => code)).toEqual([
    'owner_not_in_directory',
    'key_creator_unnamed',
    'meant_to_stay',
  ]);
});

test('an owner with a masked address and without an account in the directory may be anybody there', async () => {
  const { plan } = openDirectory(world());
  for (const email of ['f***@north.example', 'f…@north.example', 'n/a', ' ']) {
    const masked = { email, workspaces: [{ workspaceId, userId: 'user-masked', role: 'owner' }] };
    expect(linesOf(await plan(stay, {}, { people: [...rosterOf(['a', 'b', 'stay']), masked] }))).toEqual([]);
  }
  const whole = { email: 'f@north.example', workspaces: [{ workspaceId, userId: 'user-f', role: 'owner' }] };
  const result = await plan(stay, {}, { people: [...rosterOf(['a', 'b', 'stay']), whole] });
  expect(linesOf(result)).toEqual(['deactivate e-a', 'deactivate e-b']);
});

test('whom the roster calls a service account is held as one, unless it is excepted', async () => {
  const { plan } = openDirectory(world());
  const people = rosterOf(['a', 'b', 'stay']).map((one) =>
    one.directory?.id === 'a' ? { ...one, kind: 'service_account' } : one,
  );
  const result = await plan(stay, {}, { people });
  expect(heldLinesOf(result)).toContain('deactivate e-a (service_account)');
  expect(linesOf(result)).toEqual(['deactivate e-b']);
  const protect = { keyCreator: 'stay', serviceAccounts: { except: ['a'] } };
  expect(linesOf(await plan(stay, { protect }, { people }))).toEqual(['deactivate e-a', 'deactivate e-b']);
});

test('an owner without an address and without an account in the directory may be anybody there', async () => {
  const { plan } = openDirectory(world());
  for (const role of ['account-owner', 'account-custodian', undefined]) {
    const nameless = { workspaces: [{ workspaceId, userId: 'user-nameless', role }] };
    const result = await plan(stay, {}, { people: [...rosterOf(['a', 'b', 'stay']), nameless] });
    expect(linesOf(result)).toEqual([]);
    expect(result.notes[0]?.message).toContain('an account that may be an owner has no address');
  }
  const member = { workspaces: [{ workspaceId, userId: 'user-nameless', role: 'standard-user' }] };
  const result = await plan(stay, {}, { people: [...rosterOf(['a', 'b', 'stay']), member] });
  expect(linesOf(result)).toEqual(['deactivate e-a', 'deactivate e-b']);
});

test('accounts that may be one person’s are those of an owner where one of them is', async () => {
  const { plan } = openDirectory(world());
  const shared = { code: 'email_shared_in_directory', directoryIds: ['stay', 'b'] };
  const several = { code: 'account_with_several_addresses', directoryIds: ['a', 'b'] };
  const people = rosterOf(['a', 'b', 'stay'], ['stay']).map((one) => {
    if (one.directory?.id === 'a') return { ...one, conflicts: [several] };
    return one.directory?.id === 'b' ? { ...one, conflicts: [shared] } : one;
  });
  const result = await plan(stay, {}, { people });
  expect(linesOf(result)).toEqual([]);
  expect(heldLinesOf(result).slice(0, 2)).toEqual(['deactivate e-a (owner)', 'deactivate e-b (owner)']);
  const unknowns = rosterOf(['a', 'b']).map((one) => ({ ...one, conflicts: [shared, several] }));
  expect(heldLinesOf(await plan(stay, {}, { people: unknowns })).slice(0, 2)).toEqual([
    'deactivate e-a (owners_unknown)',
    'deactivate e-b (owners_unknown)',
  ]);
});
