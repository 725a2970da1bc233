import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterProgress, RosterQuery } from '../../../src/connection/roster/query.js';
import { readRoster } from '../../../src/connection/roster/roster.js';
import { ScimClient } from '../../../src/scim/client.js';
import { createEmulator, type Fault, fault } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';

const first = '11111111-1111-4111-8111-111111111111';
const second = '22222222-2222-4222-8222-222222222222';
const member = (name: string, more: object = {}) => ({
  id: `user-${name}`,
  email: `${name}@north.example`,
  status: 'active',
  ...more,
});

/** Of no test: a workspace has at least the member who made it. */
const maker = { id: 'user-maker', email: 'maker@else.example', name: '', role: 'account-owner', status: 'active' };
const isMaker = ({ email }: Person) => email === maker.email;

function openNorth(directory: Readonly<Record<string, object>> = {}) {
  const emulator = createEmulator({ world: 'empty' });
  const { store, compliance, fetch, scim } = emulator;
  for (const [name, more] of Object.entries(directory)) {
    const emails = [{ value: `${name}@north.example`, primary: true }];
    store.users.add({ userName: `${name}@north.example`, active: true, emails, ...more });
  }
  for (const id of [first, second]) store.workspaces.add({ id, name: 'N', organizationId: compliance.organizationId });
  const how = { fetch, baseUrl: compliance.baseUrl, apiKey: compliance.apiKey, rateLimit: false } as const;
  const sources = {
    scim: new ScimClient({ fetch, baseUrl: scim.baseUrl, token: scim.token, rateLimit: false }),
    workspaces: [first, second].map((workspaceId) => ({
      workspaceId,
      transport: openComplianceTransport({ ...how, maxRetries: 0 }),
    })),
  };
  const read = async (query: RosterQuery = {}, sides: object = sources) => {
    const people = new Map<string, Person>();
    for await (const person of readRoster(sides, query))
      if (!isMaker(person)) people.set(person.email?.split('@')[0] ?? '', person);
    return people;
  };
  /** Of the second workspace only. */
  const answer = (one: Fault) =>
    emulator.faults.add(one, {
      route: 'GET /compliance/invites',
      when: ({ url }) => url.pathname.includes(second),
      times: Number.POSITIVE_INFINITY,
    });
  const setMembers = (id: string, ...members: object[]) => store.workspaces.setUsers(id, [...members, maker] as never);
  for (const id of [first, second]) setMembers(id);
  return { emulator, workspaces: store.workspaces, sources, read, answer, setMembers };
}

const codesOf = (person: Person | undefined) => person?.conflicts.map(({ code }) => code);
const rows = (...data: unknown[]) => fault.body('rows of its own', () => ({ object: 'list', data, has_more: false }));

test('invited, without access, and a member are told apart, each with what to do', async () => {
  const { workspaces, read, setMembers } = openNorth({ invited: {}, without: {}, member: {} });
  setMembers(first, member('member'));
  workspaces.invite(second, 'Invited@north.example');
  const people = await read();

  expect([...people].map(([name, one]) => [name, one.status, one.source, codesOf(one)])).toEqual([
    ['invited', 'invited', 'directory', ['invitation_pending']],
    ['without', 'provisioned', 'directory', ['no_access']],
    ['member', 'active', 'both', []],
  ]);
  const invited = people.get('invited');
  expect(invited).toMatchObject({ kind: 'unknown', workspaces: [], conflicts: [{ workspaceIds: [second] }] });
  expect(invited?.invitations).toEqual([
    {
      workspaceId: second,
      email: 'invited@north.example',
      status: 'pending',
      isPending: true,
      listedBy: 'compliance',
      raw: expect.objectContaining({ email: 'invited@north.example', object: 'compliance.workspace.invite' }),
    },
  ]);
  expect(invited?.conflicts[0]?.remedy).toMatch(/accept.*Invite member/);
  expect(people.get('without')?.conflicts[0]?.remedy).toMatch(/Product access/);
  for (const person of people.values()) {
    expect(person).not.toHaveProperty('invitationsIncomplete');
    for (const { message, remedy } of person.conflicts)
      for (const text of [message, remedy]) expect(text).toMatch(/^[A-Z][^@{}]+\.$/);
  }
});

test('whoever is invited by hand stands last, is no member, and is no person for certain', async () => {
  const { workspaces, read, setMembers } = openNorth({ member: {} });
  setMembers(first, member('member'), member('by-hand'));
  workspaces.invite(first, 'guest@else.example');
  workspaces.invite(second, 'guest@else.example');
  const people = await read();

  expect([...people.keys()]).toEqual(['member', 'by-hand', 'guest']);
  const guest = people.get('guest');
  expect(guest).toMatchObject({
    kind: 'unknown',
    email: 'guest@else.example',
    status: 'invited',
    source: 'workspace',
    workspaces: [],
    conflicts: [{ code: 'invited_but_not_in_directory', workspaceIds: [first, second] }],
  });
  expect(guest?.invitations.map(({ workspaceId }) => workspaceId)).toEqual([first, second]);
  expect(guest).not.toHaveProperty('directory');
});

test('without a directory, an open invitation is still told, and nobody is missed there', async () => {
  const { workspaces, read, sources } = openNorth();
  workspaces.invite(first, 'guest@else.example');
  const people = await read({}, { workspaces: sources.workspaces });
  expect(people.get('guest')).toMatchObject({ status: 'invited' });
  expect(codesOf(people.get('guest'))).toEqual(['invitation_pending']);
});

test('who is switched off in the directory and can still accept is told of', async () => {
  const { workspaces, read } = openNorth({ left: { active: false }, gone: { active: false } });
  workspaces.invite(first, 'left@north.example');
  const people = await read();
  expect(people.get('left')).toMatchObject({ status: 'invited', source: 'directory' });
  expect(people.get('left')?.conflicts).toMatchObject([{ code: 'inactive_but_invited', workspaceIds: [first] }]);
  expect(people.get('gone')).toMatchObject({ status: 'inactive', invitations: [], conflicts: [] });
});

test('a member who is invited elsewhere too is a member, and an account of unknown standing stays so', async () => {
  const { workspaces, read, setMembers } = openNorth({ both: {}, off: {}, odd: {} });
  setMembers(first, member('both'), member('off', { status: 'inactive' }), member('odd', { status: undefined }));
  for (const name of ['both', 'off', 'odd']) workspaces.invite(second, `${name}@north.example`);
  const people = await read();
  expect([...people.values()].map((one) => [one.status, one.invitations.length, codesOf(one)])).toEqual([
    ['active', 1, []],
    ['invited', 1, ['invitation_pending']],
    ['unknown', 1, []],
  ]);
});

test('an invitation to another address of the person, or of the account, is the person’s', async () => {
  const emails = [{ value: 'new@north.example', primary: true }, { value: 'old@north.example' }];
  const { workspaces, read, setMembers } = openNorth({ new: { emails } });
  workspaces.invite(first, 'old@north.example');
  setMembers(first, member('by-hand'));
  workspaces.invite(second, 'by-hand@north.example');
  const people = await read();
  expect([...people.keys()]).toEqual(['old', 'by-hand']);
  expect(people.get('old')).toMatchObject({ status: 'invited', directory: { email: 'new@north.example' } });
  expect(people.get('by-hand')?.invitations).toHaveLength(1);
});

test('of entries that share an address, the first has the invitation, and the other is not said to have no access', async () => {
  const { emulator, workspaces, sources } = openNorth();
  const emails = [{ value: 'twin@north.example' }];
  for (const userName of ['twin-1', 'twin-2']) emulator.store.users.add({ userName, active: true, emails });
  workspaces.invite(first, 'twin@north.example');
  const people: Person[] = [];
  for await (const person of readRoster(sources)) if (!isMaker(person)) people.push(person);
  expect(people.map((one) => [one.status, one.invitations.length, codesOf(one)])).toEqual([
    ['invited', 1, ['invitation_pending']],
    ['provisioned', 0, ['email_shared_in_directory']],
  ]);
});

test.each<[string, Fault]>([
  ['401', fault.status(401)],
  ['403', fault.status(403)],
  ['404', fault.status(404)],
  ['501', fault.status(501)],
  ['503', fault.status(503)],
  ['a cut', fault.cut('before_commit')],
  ['no list', fault.body('no list', () => ({ data: 'none' }))],
  ['a page of HTML', fault.html()],
])('a list of invitations that is answered with %s ends nothing, and says nothing of anybody', async (_, one) => {
  const { workspaces, read, answer } = openNorth({ invited: {}, elsewhere: {}, without: {} });
  workspaces.invite(first, 'elsewhere@north.example');
  workspaces.invite(second, 'invited@north.example');
  answer(one);
  const failed: unknown[] = [];
  let progress: RosterProgress | undefined;
  const people = await read({ onProgress: (now) => (progress = now), onFailedPrincipal: (told) => failed.push(told) });

  expect(failed).toEqual([]);
  for (const person of people.values()) {
    expect(person.invitationsIncomplete).toBe(true);
    expect(person).not.toHaveProperty('workspacesIncomplete');
  }
  // The other workspace was read.
  expect([...people].map(([name, one]) => [name, one.status, codesOf(one)])).toEqual([
    ['invited', 'provisioned', ['not_in_workspace']],
    ['elsewhere', 'invited', ['invitation_pending']],
    ['without', 'provisioned', ['not_in_workspace']],
  ]);
  expect(progress).toMatchObject({ invitations: 1, unreadInvitations: 1, unreadWorkspaces: 0 });
  const [conflict] = people.get('without')?.conflicts ?? [];
  expect(conflict?.message).toMatch(/invitation.*access.*not known/);
  expect(conflict?.remedy).toMatch(/pending invitations.*Invite member.*Product access/);
});

test.each([
  ['pending', 'invited', ['invitation_pending']],
  ['INVITED', 'invited', ['invitation_pending']],
  ['sent', 'invited', ['invitation_pending']],
  [null, 'invited', ['invitation_pending']],
  [undefined, 'invited', ['invitation_pending']],
  ['expired', 'provisioned', ['not_in_workspace']],
  ['accepted', 'provisioned', ['not_in_workspace']],
  ['on_its_way', 'provisioned', ['not_in_workspace']],
  [{ word: 'pending' }, 'provisioned', ['not_in_workspace']],
])('an invitation with the status %j leaves its person %s, and is kept', async (status, expected, codes) => {
  const { read, answer } = openNorth({ ada: {}, without: {} });
  const row = { email_address: 'ada@north.example', status, color: 'green' };
  answer(rows(row));
  const people = await read();
  expect(people.get('ada')).toMatchObject({ status: expected, invitations: [{ raw: { color: 'green' } }] });
  expect(codesOf(people.get('ada'))).toEqual(codes);
  // What is odd about one invitation is not said of another person.
  expect(codesOf(people.get('without'))).toEqual(['no_access']);
});

test('who is in no directory stands there while the invitation may be open, and not when it is over', async () => {
  const { read, answer } = openNorth();
  answer(
    rows({ email: 'over@else.example', status: 'accepted' }, { email: 'perhaps@else.example', status: 'on_its_way' }),
  );
  const people = await read();
  expect([...people.keys()]).toEqual(['perhaps']);
  expect(people.get('perhaps')).toMatchObject({ status: 'unknown', source: 'workspace', conflicts: [] });
  expect(people.get('perhaps')?.invitations[0]).not.toHaveProperty('isPending');
});

test('a row that names nobody could be anybody’s: what the others say stands, and no access is denied', async () => {
  const { read, answer } = openNorth({ ada: {}, without: {} });
  answer(rows({ email: 'ada@north.example' }, { id: 'invite-2', invitee: 'without' }));
  const people = await read();
  expect(codesOf(people.get('ada'))).toEqual(['invitation_pending']);
  expect(codesOf(people.get('without'))).toEqual(['not_in_workspace']);
  expect(people.get('ada')?.invitationsIncomplete).toBe(true);
});

test('who accepts while the roster is read is not said to be in neither list', async () => {
  for (const route of ['GET /compliance/invites', 'GET /compliance/users'] as const) {
    const { emulator, workspaces, read } = openNorth({ ada: {} });
    workspaces.invite(first, 'ada@north.example');
    const accept = () => workspaces.acceptInvitation(first, 'ada@north.example');
    const isFirst = ({ url }: { readonly url: URL }) => url.pathname.includes(first);
    emulator.faults.add(fault.meanwhile('ada accepts', accept), { route, when: isFirst });
    expect((await read()).get('ada')).toMatchObject({ status: 'active', conflicts: [] });
  }
});

test('while the members of a workspace are not known, nobody is said to have no access or to wait', async () => {
  const { emulator, workspaces, read } = openNorth({ invited: {}, without: {}, left: { active: false } });
  workspaces.invite(first, 'invited@north.example');
  workspaces.invite(first, 'left@north.example');
  emulator.faults.add(fault.status(403), {
    route: 'GET /compliance/users',
    when: ({ url }) => url.pathname.includes(second),
  });
  const people = await read({ onFailedPrincipal: () => {} });
  expect([...people.values()].map((one) => [one.status, codesOf(one)])).toEqual([
    ['unknown', []],
    ['unknown', []],
    ['unknown', ['inactive_but_invited']],
  ]);
  expect(people.get('invited')?.invitations).toHaveLength(1);
});

test('costs one request more for each workspace, as long as a page holds them', async () => {
  const { emulator, workspaces, read } = openNorth();
  for (let n = 0; n < 100; n++) workspaces.invite(first, `p${n}@north.example`);
  expect((await read()).size).toBe(100);
  expect(emulator.requests.list('GET /compliance/invites')).toHaveLength(2);
  workspaces.invite(first, 'one-more@north.example');
  expect((await read()).size).toBe(101);
  expect(emulator.requests.list('GET /compliance/invites')).toHaveLength(5);
});

test('a signal, or a callback that fails, ends the roster while invitations are read', async () => {
  const { emulator, read, sources, workspaces } = openNorth();
  workspaces.invite(first, 'a@north.example');
  const full = (progress: RosterProgress) => {
    if (progress.invitations > 0) throw new Error('The disk is full.');
  };
  expect(await rejection(read({ onProgress: full }))).toMatchObject({ message: 'The disk is full.' });
  const stop = new AbortController();
  emulator.faults.add(
    fault.meanwhile('the call is given up', () => stop.abort('enough')),
    { route: 'GET /compliance/invites' },
  );
  const next = readRoster(sources, {}, { signal: stop.signal }).next();
  expect(await rejection(next)).toBe('enough');
});
