import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { principalOf } from '../../../src/audit-logs/index.js';
import { connect } from '../../../src/connection/connect.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterQuery } from '../../../src/connection/roster/query.js';
import { readRoster } from '../../../src/connection/roster/roster.js';
import { ScimClient } from '../../../src/scim/client.js';
import { createEmulator, createTestClock, fault } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';

const first = '11111111-1111-4111-8111-111111111111';
const second = '22222222-2222-4222-8222-222222222222';
const addressOf = (name: string) => `${name}@north.example`;
const member = (id: string, email: string | null = addressOf(id), more: object = {}) => ({
  id: `user-${id}`,
  email,
  status: 'active',
  ...more,
});

/** Of no test: a workspace has at least the member who made it. */
const maker = { id: 'user-maker', email: 'maker@else.example', name: '', role: 'account-owner', status: 'active' };
const isMaker = ({ email }: Person) => email === maker.email;

/** Two workspaces, and a directory of these people, who have been there for a minute. */
function openNorth(directory: Readonly<Record<string, object>> = {}) {
  const clock = createTestClock();
  const emulator = createEmulator({ world: 'empty', clock });
  const { store, compliance, fetch, scim } = emulator;
  const add = (name: string, more: object = {}) =>
    store.users.add({ userName: addressOf(name), active: true, emails: [{ value: addressOf(name) }], ...more });
  const ids = Object.fromEntries(Object.entries(directory).map(([name, more]) => [name, add(name, more)]));
  for (const id of [first, second]) store.workspaces.add({ id, name: 'N', organizationId: compliance.organizationId });
  clock.advance(60_000);
  const how = { fetch, clock, baseUrl: compliance.baseUrl, rateLimit: false, maxRetries: 0 } as const;
  const transport = openComplianceTransport({ ...how, apiKey: compliance.apiKey });
  const sources = {
    clock,
    scim: new ScimClient({ fetch, clock, baseUrl: scim.baseUrl, token: scim.token, rateLimit: false }),
    workspaces: [first, second].map((workspaceId) => ({ workspaceId, transport })),
  };
  const read = async (query: RosterQuery = {}) => {
    const people: Person[] = [];
    for await (const person of readRoster(sources, query)) if (!isMaker(person)) people.push(person);
    return people;
  };
  const setMembers = (id: string, ...members: object[]) => store.workspaces.setUsers(id, [...members, maker] as never);
  for (const id of [first, second]) setMembers(id);
  return { emulator, clock, ids, add, read, setMembers, workspaces: store.workspaces };
}

const codesOf = ({ conflicts }: Person) => conflicts.map(({ code }) => code);
const summary = (people: readonly Person[]) => people.map((one) => [one.email, one.status, codesOf(one)]);
const unsure = 'not_in_workspace';

test('an account that has two addresses in two workspaces leaves neither of their entries without access', async () => {
  const { ids, read, setMembers, workspaces } = openNorth({ a: {}, b: {}, other: {} });
  setMembers(first, member('1', addressOf('a')));
  setMembers(second, member('1', addressOf('b')));
  workspaces.invite(first, addressOf('b'));
  const people = await read();
  const code = 'account_with_several_addresses';
  expect(summary(people)).toEqual([
    [addressOf('a'), 'active', [code]],
    [addressOf('b'), 'unknown', [code]],
    [addressOf('other'), 'provisioned', ['no_access']],
  ]);
  expect(people[0]?.conflicts[0]).toMatchObject({ userIds: ['user-1'], directoryIds: [ids.a] });
  expect(people[1]?.conflicts[0]).toMatchObject({ userIds: ['user-1'], directoryIds: [ids.a, ids.b] });
  // It may be that of either.
  expect(people.map(({ invitations }) => invitations.length)).toEqual([1, 1, 0]);
});

test('nobody is active by what another address of the account may do', async () => {
  const { read, setMembers } = openNorth({ b: {}, a: {} });
  setMembers(first, member('1', addressOf('a')));
  setMembers(second, member('1', addressOf('b'), { status: 'inactive' }));
  expect((await read()).map(({ email, status }) => [email, status])).toEqual([
    [addressOf('b'), 'unknown'],
    [addressOf('a'), 'unknown'],
  ]);
});

test('two rows of one id with two addresses, or two standings, are both told', async () => {
  const { read, setMembers } = openNorth({ a: {}, b: {}, c: {} });
  setMembers(
    first,
    member('1', addressOf('a')),
    member('1', addressOf('b')),
    member('c', addressOf('c'), { status: 'inactive' }),
    member('c'),
    member('c'),
  );
  const told: unknown[] = [];
  const people = await read({ onFailedPrincipal: ({ error }) => told.push(error) });
  expect(told).toMatchObject([{ reason: 'row_contradicts' }]);
  expect(people.map(({ status, workspaces }) => [status, workspaces.length])).toEqual([
    ['active', 2],
    ['unknown', 0],
    ['active', 2],
  ]);
  expect(people.flatMap(codesOf)).not.toContain('no_access');
});

test('an entry that has both addresses of an account shares it with nobody', async () => {
  const { read, setMembers } = openNorth({ a: { emails: [{ value: addressOf('a') }, { value: addressOf('b') }] } });
  setMembers(first, member('1', addressOf('a')));
  setMembers(second, member('1', addressOf('b')));
  expect(summary(await read())).toEqual([[addressOf('a'), 'active', []]]);
});

test('an invitation to the other address of an account is shown with it, and with nobody else', async () => {
  const { read, setMembers, workspaces } = openNorth({ a: {} });
  setMembers(first, member('1', addressOf('a')));
  setMembers(second, member('1', addressOf('b')));
  workspaces.invite(first, addressOf('b'));
  expect((await read()).map(({ email, invitations }) => [email, invitations.length])).toEqual([[addressOf('a'), 1]]);
});

test.each([null, '', ' ', 'n/a', 'a***@north.example', 5])(
  'a member whose address is %j could be anybody, who is then not said to have no access',
  async (email) => {
    const { read, setMembers } = openNorth({ a: {} });
    setMembers(first, member('1', email as never));
    expect((await read()).find((one) => one.directory)?.conflicts).toMatchObject([{ code: unsure }]);
    setMembers(first, member('1', addressOf('b')));
    expect((await read())[0]?.conflicts).toMatchObject([{ code: 'no_access' }]);
  },
);

test.each<[string, object]>([
  ['no address', { userName: 'mira', emails: [] }],
  ['a blank for an address', { userName: 'mira', emails: [{ value: '  ' }] }],
  ['an address that cannot be read', { emails: [{ value: 'Mira <mira@north.example>' }] }],
])('an entry of the directory with %s is not said to have no access', async (_, more) => {
  const { read } = openNorth({ mira: more });
  expect((await read()).map(codesOf)).toEqual([[unsure]]);
});

test('who comes into the directory while the workspaces are read is not said to have no access', async () => {
  const { emulator, clock, add, read } = openNorth({ before: {} });
  const start = () => {
    clock.advance(1);
    add('after');
  };
  emulator.faults.add(fault.meanwhile('somebody starts', start), { route: 'GET /Users' });
  expect((await read()).map((one) => [one.email, codesOf(one)])).toEqual([
    [addressOf('before'), ['no_access']],
    [addressOf('after'), [unsure]],
  ]);
});

test.each<[string, object | undefined, string]>([
  ['no time', undefined, unsure],
  ['no readable time', { created: 'yesterday' }, unsure],
  ['an earlier time', { created: '2026-11-23T09:00:00Z' }, 'no_access'],
  ['the second in which reading began', { created: '2026-11-23T09:01:00Z' }, unsure],
  ['a later change', { created: '2026-11-23T09:00:00Z', lastModified: '2026-11-24T09:00:00Z' }, unsure],
])('an entry with %s is said to have %s: %s', async (_, meta, code) => {
  const { emulator, read } = openNorth({ a: {} });
  const withMeta = (body: unknown) => {
    const page = body as { Resources: object[] };
    return { ...page, Resources: page.Resources.map((one) => ({ ...one, meta })) };
  };
  emulator.faults.add(fault.body('its own meta', withMeta), { route: 'GET /Users' });
  expect((await read()).map(codesOf)).toEqual([[code]]);
});

test.each([
  ['composed otherwise', 'u\u0308ma', '\u00fcma@north.example'],
  ['with a mark that is not seen', 'a', '\u200ba@north.example'],
  ['with blanks', 'a', ' a@north.example '],
  ['in capitals', 'a', 'A@NORTH.EXAMPLE'],
])('a person whose address is spelled %s in another source is one person', async (_, name, other) => {
  const { emulator, read, setMembers } = openNorth({ [name]: {} });
  setMembers(first, member('1', other));
  expect((await read()).map((one) => [one.status, codesOf(one)])).toEqual([['active', []]]);
  setMembers(first);
  const invited = fault.body('an invitation', () => ({ data: [{ id: 'i', email: other }], has_more: false }));
  emulator.faults.add(invited, { route: 'GET /compliance/invites' });
  expect((await read()).map((one) => [one.status, codesOf(one)])).toEqual([['invited', ['invitation_pending']]]);
});

test('a domain that is spelled out on one side is the same on the other, and told as the directory has it', async () => {
  const emails = [{ value: 'A@b\u00fccher.example' }];
  const { read, setMembers } = openNorth({ a: { userName: 'a', emails } });
  setMembers(first, member('1', 'a@xn--bcher-kva.example'));
  expect(summary(await read())).toEqual([['a@b\u00fccher.example', 'active', []]]);
});

test.each([
  ['active', 'active', []],
  [' Active', 'active', []],
  ['ACTIVE', 'active', []],
  ['Inactive', 'inactive', ['active_but_inactive_in_workspace']],
  ['limited', 'unknown', []],
  [{ word: 'active' }, 'unknown', []],
])('a member with the status %j is %s', async (status, expected, codes) => {
  const { read, setMembers, workspaces } = openNorth({ a: {} });
  setMembers(first, member('a', undefined, { status }));
  expect(summary(await read())).toEqual([[addressOf('a'), expected, codes]]);
  // Nothing is said of it by an invitation elsewhere.
  workspaces.invite(second, addressOf('a'));
  expect((await read())[0]?.status).toBe(expected === 'inactive' ? 'invited' : expected);
});

test('who is switched off in the directory and active in a workspace is told of, however the word is spelled', async () => {
  const { read, setMembers } = openNorth({ a: { active: false } });
  setMembers(first, member('a', undefined, { status: 'ACTIVE' }));
  expect((await read()).map(codesOf)).toEqual([['inactive_but_active_in_workspace']]);
});

test('who is active in the directory and switched off in every workspace is told of', async () => {
  const { read, setMembers } = openNorth({ a: {}, b: {}, off: { active: false } });
  setMembers(first, ...['a', 'b', 'off'].map((name) => member(name, undefined, { status: 'inactive' })));
  setMembers(second, member('b'));
  const people = await read();
  expect(summary(people)).toEqual([
    [addressOf('a'), 'inactive', ['active_but_inactive_in_workspace']],
    [addressOf('b'), 'active', []],
    [addressOf('off'), 'inactive', []],
  ]);
  expect(people[0]?.conflicts[0]).toMatchObject({ workspaceIds: [first] });
});

test('members that are not known to be all are a failure of their workspace, which can be asked whose it is', async () => {
  const { emulator, read, setMembers } = openNorth({ a: {} });
  setMembers(first, member('m'));
  emulator.faults.add(
    fault.body('no word on more', () => ({ data: [member('n')], next_page: 'p2' })),
    {
      route: 'GET /compliance/users',
      when: ({ url }) => url.pathname.includes(second),
      times: Number.POSITIVE_INFINITY,
    },
  );
  const error = await rejection(read());
  expect(error).toMatchObject({ name: 'IncompleteListError', reason: 'end_unclear' });
  expect(principalOf(error)).toEqual({ type: 'workspace', id: second });
  const failed: unknown[] = [];
  const people = await read({ onFailedPrincipal: (one) => failed.push(one.principal.id) });
  expect(failed).toEqual([second]);
  // Those of the page are members all the same.
  expect(summary(people)).toEqual([
    [addressOf('a'), 'unknown', []],
    [addressOf('m'), 'active', ['not_in_directory']],
    [addressOf('n'), 'active', ['not_in_directory']],
  ]);
  expect(people.every(({ workspacesIncomplete }) => workspacesIncomplete)).toBe(true);
});

test('the deadline of the connection ends a list of members that never ends', async () => {
  const clock = createTestClock();
  const emulator = createEmulator({ clock });
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  let pages = 0;
  const endless = fault.body('one more', () => {
    clock.advance(1_000);
    return { data: [member(String(++pages))], has_more: true };
  });
  emulator.faults.add(endless, { route: 'GET /compliance/users', times: Number.POSITIVE_INFINITY });
  const complianceApiKey = emulator.compliance.keys.create({
    keyClass: 'legacy_compliance',
    principalIds: [workspaceId],
  });
  const form = { complianceApiKey, workspaceIds: [workspaceId], complianceBaseUrl: emulator.compliance.baseUrl };
  const options = { ...emulator.clientOptions, clock, rateLimit: false, maxRetries: 0, deadlineMs: 2_500 } as const;
  await using connection = connect(form, options);
  expect(await rejection(connection.roster().toArray())).toMatchObject({ code: 'timeout' });
  expect(pages).toBeLessThanOrEqual(4);
});

test('a list of invitations that asks for patience does not stop the list of members', async () => {
  const { emulator, clock, read, setMembers } = openNorth({ a: {} });
  setMembers(first, member('a'));
  emulator.faults.add(fault.status(429, { retryAfter: 3_600 }), {
    route: 'GET /compliance/invites',
    times: Number.POSITIVE_INFINITY,
  });
  const began = clock.now();
  expect(await read()).toMatchObject([{ status: 'active', invitationsIncomplete: true }]);
  expect(clock.now()).toBe(began);
});
