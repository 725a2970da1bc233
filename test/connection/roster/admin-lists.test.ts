import { expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterQuery } from '../../../src/connection/roster/query.js';
import { createEmulator, type Fault, type FaultTarget, fault } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';

const first = '11111111-1111-4111-8111-111111111111';
const second = '22222222-2222-4222-8222-222222222222';
const member = (name: string, more: object = {}) => ({
  id: `user-${name}`,
  email: `${name}@north.example`,
  name: '',
  role: 'standard-user',
  status: 'active',
  created_at: 1_760_000_000,
  ...more,
});

/** Of no test: a workspace has at least the member who made it. */
const maker = { id: 'user-maker', email: 'maker@else.example', name: '', role: 'account-owner', status: 'active' };
const isMaker = ({ email }: Person) => email === maker.email;

type Key = 'admin' | 'compliance' | 'all' | 'legacy' | 'none';
const membersRead = 'chatgpt.enterprise.user.read';

/** Two workspaces, each with a key of its own, and a directory of these people. */
function openNorth(keys: readonly [Key, Key] = ['all', 'all'], directory: readonly string[] = []) {
  const emulator = createEmulator({ world: 'empty', admin: { quirks: { staleMembersMs: 0 } } });
  const { store, compliance } = emulator;
  for (const name of directory) {
    const userName = `${name}@north.example`;
    store.users.add({ userName, active: true, emails: [{ value: userName, primary: true }] });
  }
  for (const id of [first, second]) store.workspaces.add({ id, name: 'N', organizationId: compliance.organizationId });
  const keyOf = (workspaceId: string, kind: Key) => {
    if (kind === 'legacy')
      return compliance.keys.create({ keyClass: 'legacy_compliance', principalIds: [workspaceId] });
    const scopes = {
      all: undefined,
      admin: [membersRead, 'invitations'] as const,
      compliance: ['chatgpt.enterprise.compliance_export.read'] as const,
      none: ['chatgpt.enterprise.usage_limit.read'] as const,
    }[kind];
    return compliance.keys.create({ workspaceId, scopes: scopes as never });
  };
  const complianceApiKeys = { [first]: keyOf(first, keys[0]), [second]: keyOf(second, keys[1]) };
  const { scimBaseUrl, scimToken, complianceBaseUrl } = emulator.connectionConfig();
  const form = { complianceApiKeys, workspaceIds: [first, second], complianceBaseUrl };
  const options = { ...emulator.clientOptions, rateLimit: false, maxRetries: 0 } as const;
  const open = () =>
    directory.length === 0
      ? connect(form, options)
      : connect({ ...form, scimBaseUrl, scimToken, provisioning: false, deprovisioning: false }, options);
  const read = async (query: RosterQuery = {}) => {
    const people = new Map<string, Person>();
    for await (const person of open().roster(query))
      if (!isMaker(person)) people.set(person.email?.split('@')[0] ?? '', person);
    return people;
  };
  const setMembers = (id: string, ...members: object[]) => store.workspaces.setUsers(id, [...members, maker] as never);
  for (const id of [first, second]) setMembers(id);
  const fail = (one: Fault, target: FaultTarget) =>
    emulator.faults.add(one, { times: Number.POSITIVE_INFINITY, ...target });
  const asked = (route: string) => emulator.requests.list(route as never).length;
  return { emulator, store, read, setMembers, fail, asked };
}

const codesOf = (person: Person | undefined) => person?.conflicts.map(({ code }) => code);
const accountOf = (person: Person | undefined) => person?.workspaces[0];

test('an Admin key has the members read from the Admin API, with their seats, and nothing asked of the other list', async () => {
  const { read, setMembers, asked } = openNorth(['all', 'legacy'], ['ada']);
  setMembers(first, member('ada', { seatType: 'codex' }));
  setMembers(second, member('ada'));
  const ada = (await read()).get('ada');
  expect(ada?.status).toBe('active');
  const accounts = ada?.workspaces.toSorted((one, other) => (one.workspaceId < other.workspaceId ? -1 : 1)) ?? [];
  expect(accounts).toEqual([
    expect.objectContaining({ workspaceId: first, listedBy: 'admin', seatType: 'codex', isScimManaged: true }),
    expect.objectContaining({ workspaceId: second, listedBy: 'compliance', status: 'active' }),
  ]);
  expect(accounts[0]).not.toHaveProperty('status');
  expect(accounts[1]).not.toHaveProperty('seatType');
  expect([asked('GET /manage/users'), asked('GET /compliance/users')]).toEqual([1, 1]);
});

test.each([
  ['compliance', 1],
  [fault.status(401), 1],
  [fault.status(404), 1],
] as const)('where the Admin list is refused by %s, the compliance list is read whole', async (how, times) => {
  const { read, setMembers, asked, fail } = openNorth([how === 'compliance' ? how : 'all', 'legacy']);
  if (how !== 'compliance') fail(how, { route: 'GET /manage/users' });
  setMembers(first, member('ada'), member('left', { status: 'inactive' }));
  const people = await read();
  expect([...people.values()].map((person) => [person.status, accountOf(person)?.listedBy])).toEqual([
    ['active', 'compliance'],
    ['inactive', 'compliance'],
  ]);
  expect(asked('GET /manage/users')).toBe(times);
});

test('where both lists are refused, the permission that an admin may tick is named first', async () => {
  const { read, setMembers } = openNorth(['none', 'all']);
  setMembers(second, member('ada'));
  const inOrder = /Users → Read .*an admin may.*compliance_export\.read.*an admin cannot tick/;
  const remedy = expect.stringMatching(inOrder);
  expect(await rejection(read())).toMatchObject({ code: 'forbidden', remedy });
  const told: unknown[] = [];
  await read({ onFailedPrincipal: ({ error }) => told.push(error) });
  expect(told).toMatchObject([{ code: 'forbidden', remedy }]);
  const failed: string[] = [];
  const people = await read({ onFailedPrincipal: ({ principal }) => failed.push(principal.id) });
  expect(failed).toEqual([first]);
  expect(people.get('ada')).toMatchObject({ status: 'active', workspacesIncomplete: true });
});

const said = (message: string, status = 403) => fault.status(status, { body: { error: { message } } });

test.each([
  [
    'the Admin API says that there is none',
    fault.status(404),
    undefined,
    /^(?!.*Users → Read).*compliance_export\.read/,
  ],
  [
    'the Admin API says which address',
    said('This IP address is not allowed.'),
    fault.status(403),
    /IP allowlist of the workspace/,
  ],
  [
    'only the Admin API says what is missing',
    said('The scope is missing.'),
    fault.status(403),
    /Users → Read is not ticked.*compliance_export\.read/,
  ],
  [
    'neither says why',
    fault.status(403),
    fault.status(403),
    /Users → Read .*an admin may tick; compliance_export\.read/,
  ],
  [
    'both say that they do not know the key',
    fault.status(401),
    fault.status(401),
    /^The Compliance API refused the Admin key/,
  ],
] as const)(
  'where both lists are refused and %s, it is the error that says more',
  async (_name, admin, compliance, words) => {
    const { read, fail } = openNorth(['none', 'legacy']);
    fail(admin, { route: 'GET /manage/users' });
    if (compliance !== undefined)
      fail(compliance, { route: 'GET /compliance/users', when: ({ url }) => url.pathname.includes(first) });
    const { remedy = '' } = (await rejection(read())) as { readonly remedy?: string };
    expect(remedy).toMatch(words);
  },
);

test.each([
  ['refused in the middle', fault.status(403)],
  ['broken off', fault.status(503)],
  ['repeating itself', fault.body('the same again', (body) => ({ ...(body as object), has_more: true }))],
])('an Admin list that is %s is not completed by the other one', async (name, one) => {
  const { read, setMembers, fail, asked } = openNorth(['all', 'legacy'], ['m0000', 'm1100']);
  setMembers(first, ...Array.from({ length: 1_200 }, (_none, n) => member(`m${String(n).padStart(4, '0')}`)));
  fail(one, { route: 'GET /manage/users', when: ({ url }) => url.searchParams.has('after') });
  await expect(read()).rejects.toBeInstanceOf(Error);
  const failed: string[] = [];
  const people = await read({ onFailedPrincipal: ({ principal }) => failed.push(principal.id) });
  expect(failed).toEqual([first]);
  expect(asked('GET /compliance/users')).toBe(2);
  expect(people.get('m0000')).toMatchObject({ status: 'active', workspacesIncomplete: true });
  if (name !== 'repeating itself') expect(people.get('m1100')).toMatchObject({ status: 'unknown', conflicts: [] });
});

test.each([fault.status(503), fault.cut('before_commit')])(
  'an Admin list that is out of reach (%o) is a failure, and no reason to read the other one',
  async (one) => {
    const { read, fail, asked } = openNorth(['all', 'legacy']);
    fail(one, { route: 'GET /manage/users' });
    await expect(read()).rejects.toBeInstanceOf(Error);
    expect(asked('GET /compliance/users')).toBeLessThanOrEqual(1);
  },
);

test('who is absent from a list of active members is neither called inactive nor without access', async () => {
  const { read, setMembers } = openNorth(['all', 'all'], ['ada', 'off', 'new']);
  setMembers(first, member('ada'), member('off', { status: 'inactive' }));
  const people = await read();
  for (const name of ['off', 'new']) {
    expect(people.get(name)).toMatchObject({ status: 'provisioned', workspaces: [] });
    expect(codesOf(people.get(name))).toEqual(['not_in_workspace']);
    expect(people.get(name)?.conflicts[0]?.message).toMatch(/shows active ones only/);
  }
  const seen = openNorth(['legacy', 'legacy'], ['ada', 'off', 'new']);
  seen.setMembers(first, member('ada'), member('off', { status: 'inactive' }));
  const others = await seen.read();
  expect([others.get('off')?.status, codesOf(others.get('new'))]).toEqual(['inactive', ['no_access']]);
});

test('who is switched off in the directory and shown by a list of active members is told of', async () => {
  const { store, read, setMembers } = openNorth(['all', 'all'], ['ada']);
  const [user] = store.users.list();
  store.users.update(user?.id ?? '', { active: false });
  store.workspaces.setUsers(first, []);
  setMembers(first, member('ada'));
  const ada = (await read()).get('ada');
  expect(ada).toMatchObject({
    status: 'active',
    conflicts: [{ code: 'inactive_but_active_in_workspace', workspaceIds: [first] }],
  });
});

test.each([
  ['account-owner', true],
  ['owner', true],
  [' Owner ', true],
  ['account-admin', false],
  ['admin', false],
  ['standard-user', false],
  ['member', false],
  ['billing-owner', undefined],
  ['workspace_superuser', undefined],
  ['constructor', undefined],
  ['', undefined],
])('a role of %j makes isOwner %j, by either list', async (role, isOwner) => {
  const { read, setMembers } = openNorth(['all', 'legacy']);
  setMembers(first, member('ada', { role }));
  setMembers(second, member('ben', { role }));
  const people = await read();
  expect(accountOf(people.get('ada'))?.isOwner).toBe(isOwner);
  expect(accountOf(people.get('ben'))?.isOwner).toBe(isOwner);
  expect(accountOf(people.get('ada'))?.role).toBe(role === '' ? undefined : role);
});

test('invitations are read from the Admin API, and from the Compliance API where that is refused', async () => {
  const { store, read, asked } = openNorth(['admin', 'compliance'], ['ada', 'ben']);
  store.workspaces.invite(first, 'ada@north.example');
  store.workspaces.invite(second, 'ben@north.example');
  const people = await read();
  const found = [...people.values()].map(({ email, status, invitations }) => [email, status, invitations[0]?.listedBy]);
  expect(found).toEqual([
    ['ada@north.example', 'invited', 'admin'],
    ['ben@north.example', 'invited', 'compliance'],
  ]);
  expect(people.get('ada')).not.toHaveProperty('invitationsIncomplete');
  expect([asked('GET /manage/invites'), asked('GET /compliance/invites')]).toEqual([2, 1]);
});

test('a list of invitations of the Admin API that breaks off is not completed by the other one', async () => {
  const { store, read, asked, fail } = openNorth(['all', 'legacy'], ['ada']);
  for (let n = 0; n < 150; n++) store.workspaces.invite(first, `guest${n}@else.example`);
  fail(fault.status(403), { route: 'GET /manage/invites', when: ({ url }) => url.searchParams.has('cursor') });
  const people = await read();
  expect(people.get('ada')).toMatchObject({ invitationsIncomplete: true });
  expect(asked('GET /compliance/invites')).toBe(1);
});

test('invitations that the Admin API asks patience for do not delay the members', async () => {
  const { read, setMembers, fail, asked } = openNorth(['all', 'legacy']);
  setMembers(first, member('ada'));
  fail(fault.status(429, { retryAfter: 3_600 }), { route: 'GET /manage/invites' });
  const startedAt = Date.now();
  const people = await read();
  expect(people.get('ada')).toMatchObject({ status: 'active', invitationsIncomplete: true });
  expect(accountOf(people.get('ada'))?.listedBy).toBe('admin');
  expect(asked('GET /manage/invites')).toBe(1);
  // The clock is that of the machine: a Retry-After that is kept takes a minute.
  expect(Date.now() - startedAt).toBeLessThan(20_000);
});
