import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterQuery } from '../../../src/connection/roster/query.js';
import { readRoster } from '../../../src/connection/roster/roster.js';
import { ScimClient } from '../../../src/scim/client.js';
import type { Emulator } from '../../../src/testing/emulator.js';
import { createEmulator } from '../../../src/testing/index.js';

const workspaceId = '11111111-1111-4111-8111-111111111111';
const robot = {
  userName: 'svc-build@north.example',
  displayName: 'Build robot',
  active: true,
  userType: 'ServiceAccount',
};
const member = (email: string | null, more: object = {}) => ({ id: `user-${email}`, email, status: 'active', ...more });

function world(members: readonly object[]): Emulator {
  const emulator = createEmulator({ world: 'empty' });
  const { store, compliance } = emulator;
  store.workspaces.add({ id: workspaceId, name: 'North', organizationId: compliance.organizationId });
  store.workspaces.setUsers(workspaceId, members as never);
  return emulator;
}

function scimOf({ fetch, scim: { baseUrl, token } }: Emulator) {
  return new ScimClient({ fetch, baseUrl, token, rateLimit: false, access: { provisioning: true } });
}

async function rosterOf(emulator: Emulator, query?: RosterQuery, sides = { scim: true, members: true }) {
  const { fetch, compliance } = emulator;
  const how = { fetch, apiKey: compliance.apiKey, baseUrl: compliance.baseUrl, rateLimit: false } as const;
  const people: Person[] = [];
  const sources = {
    auditLogs: new AuditLogClient({ ...how, workspaceIds: workspaceId }),
    ...(sides.scim && { scim: scimOf(emulator) }),
    ...(sides.members && { workspaces: [{ workspaceId, transport: openComplianceTransport(how) }] }),
  };
  for await (const person of readRoster(sources, query)) people.push(person);
  return people;
}

const codesOf = ({ conflicts }: Person) => conflicts.map(({ code }) => code);

test('a service account is told by its kind, has no e-mail address, and is missed in no list of members', async () => {
  await using emulator = world([member('mira@north.example')]);
  const { users } = scimOf(emulator);
  // As of a person, a server may make an e-mail address of the name.
  const { id } = await users.create({ ...robot, emails: [{ value: robot.userName, type: 'work', primary: true }] });
  await users.create({ userName: 'mira@north.example' });

  const people = await rosterOf(emulator);

  expect(people.map(({ kind, email, status }) => [kind, email, status])).toEqual([
    ['service_account', undefined, 'provisioned'],
    ['person', 'mira@north.example', 'active'],
  ]);
  const [account] = people;
  expect(account).toMatchObject({ name: 'Build robot', source: 'directory', workspaces: [], conflicts: [] });
  expect(account?.directory).toEqual({
    id,
    userName: robot.userName,
    name: 'Build robot',
    userType: 'ServiceAccount',
    active: true,
    groups: [],
  });
});

test('a member whose address is the name of a service account is neither joined to it nor called a person', async () => {
  await using emulator = world([member('SVC-build@north.example')]);
  const { id } = await scimOf(emulator).users.create(robot);

  const [account, other, ...more] = await rosterOf(emulator);

  expect(more).toEqual([]);
  expect(account).toMatchObject({ kind: 'service_account', workspaces: [], conflicts: [] });
  expect(other).toMatchObject({
    kind: 'unknown',
    source: 'workspace',
    conflicts: [{ code: 'email_of_service_account', isMember: true, directoryIds: [id] }],
  });
  expect(other?.conflicts[0]?.message).toBe(
    'A member of a workspace has an address that is the user name of a service account in the directory.',
  );
  expect(other?.directory).toBeUndefined();
});

test('a service account lends its addresses to no person, and shares none with one', async () => {
  await using emulator = world([member('mira@north.example')]);
  const emails = [{ value: 'mira@north.example', type: 'work', primary: true }];
  emulator.store.users.add({ ...robot, emails });
  emulator.store.users.add({ userName: 'mira', emails, active: true });

  const [account, mira] = await rosterOf(emulator);

  expect(account).toMatchObject({ kind: 'service_account', workspaces: [], conflicts: [] });
  expect(mira).toMatchObject({ kind: 'person', source: 'both', email: 'mira@north.example', conflicts: [] });
});

test('what its name did in the logs is not the activity of a service account', async () => {
  await using emulator = world([]);
  await scimOf(emulator).users.create(robot);
  const event = { event_id: 'e1', type: 'AUTH_LOG', timestamp: '2026-11-01T00:00:00Z' };
  const events = [{ ...event, actor: { user_email: robot.userName } }];
  emulator.store.logs.addFile(workspaceId, { eventType: 'AUTH_LOG', endTime: '2026-11-01T00:10:00Z', events });

  const [account] = await rosterOf(emulator, { lastActivity: {} });

  expect(account).toMatchObject({ kind: 'service_account' });
  expect(account).not.toHaveProperty('lastActivity');
});

test.each([
  ['an entry of the directory that no workspace shows', [], { userType: undefined }, 'unknown'],
  ['one of another type that no workspace shows', [], { userType: 'Employee' }, 'unknown'],
  ['a member of a workspace', [member('a@north.example')], { userType: undefined }, 'person'],
  ['a service account in another spelling', [], { userType: 'serviceaccount' }, 'service_account'],
])('of %s the kind is told as far as it is known', async (_, members, { userType }, kind) => {
  await using emulator = world(members);
  emulator.store.users.add({ userName: 'a@north.example', active: true, ...(userType && { userType }) });
  expect(await rosterOf(emulator)).toMatchObject([{ kind }]);
});

test('a member without an address is not known to be a person', async () => {
  await using emulator = world([member(null)]);
  expect(await rosterOf(emulator)).toMatchObject([{ kind: 'unknown', source: 'workspace' }]);
});

test('an invitation to the name of a service account is not taken for its own', async () => {
  await using emulator = world([member('mira@north.example')]);
  const { id } = await scimOf(emulator).users.create(robot);
  emulator.store.workspaces.invite(workspaceId, robot.userName);

  const [account, mira, invited, ...more] = await rosterOf(emulator);

  expect([mira?.email, more]).toEqual(['mira@north.example', []]);
  expect(account).toMatchObject({ kind: 'service_account', status: 'provisioned', invitations: [], conflicts: [] });
  expect(invited).toMatchObject({
    kind: 'unknown',
    status: 'invited',
    source: 'workspace',
    workspaces: [],
    conflicts: [{ code: 'email_of_service_account', isMember: false, directoryIds: [id] }],
  });
  expect(invited?.conflicts[0]?.message).toBe(
    'Somebody who is invited into a workspace, and no member of one, has an address that is the user name of a service account in the directory.',
  );
});

test('with the members alone, they are persons; with the directory alone, nobody is said to be invited', async () => {
  await using emulator = world([member('mira@north.example')]);
  emulator.store.users.add({ userName: 'new@north.example', active: true });
  expect(await rosterOf(emulator, {}, { scim: false, members: true })).toMatchObject([
    { kind: 'person', conflicts: [] },
  ]);
  expect(await rosterOf(emulator, {}, { scim: true, members: false })).toMatchObject([
    { kind: 'unknown', status: 'provisioned', conflicts: [] },
  ]);
});

test('what one side lacks is told apart, each with what to do, and without a name', async () => {
  await using emulator = world([
    member('by-hand@north.example', { is_scim_managed: false }),
    member('elsewhere@north.example', { is_scim_managed: true }),
    member('old@north.example'),
  ]);
  emulator.store.users.add({ userName: 'new@north.example', active: true });
  await scimOf(emulator).users.create(robot);

  const people = await rosterOf(emulator);

  expect(Object.fromEntries(people.map((person) => [person.email ?? person.name, codesOf(person)]))).toEqual({
    'new@north.example': ['no_access'],
    'Build robot': [],
    'by-hand@north.example': ['not_in_directory'],
    'elsewhere@north.example': ['managed_but_not_in_directory'],
    'old@north.example': ['not_in_directory'],
  });
  expect(people.find(({ email }) => email === 'elsewhere@north.example')?.workspaces).toMatchObject([
    { isScimManaged: true },
  ]);
  for (const { message, remedy } of people.flatMap(({ conflicts }) => conflicts)) {
    for (const text of [message, remedy]) expect(text).toMatch(/^[A-Z][^@{}]+\.$/);
  }
});
