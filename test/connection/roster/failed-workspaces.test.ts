import { expect, test } from 'vitest';
import { openComplianceTransport } from '../../../src/audit-logs/api.js';
import { AuditLogClient, type FailedPrincipal, principalOf } from '../../../src/audit-logs/index.js';
import type { Person } from '../../../src/connection/roster/person.js';
import { type RosterProgress, type RosterQuery, readRoster } from '../../../src/connection/roster/roster.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { ScimClient } from '../../../src/scim/client.js';
import { createEmulator, type Fault, type FaultTarget, fault } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';

const first = '11111111-1111-4111-8111-111111111111';
const second = '22222222-2222-4222-8222-222222222222';
const member = (name: string, status = 'active') => ({ id: `user-${name}`, email: `${name}@north.example`, status });

/** Two workspaces, each with a key of its own. Of the directory, one is in each, one in both, and others are in none. */
function openNorth() {
  const emulator = createEmulator({ world: 'empty' });
  const { store, compliance, fetch, scim } = emulator;
  const users = ['in-first', 'in-second', 'in-both', 'in-none', 'left', 'off-in-first'];
  for (const name of users) {
    const userName = `${name}@north.example`;
    store.users.add({ userName, active: name !== 'left', emails: [{ value: userName, primary: true }] });
  }
  for (const id of [first, second]) store.workspaces.add({ id, name: 'N', organizationId: compliance.organizationId });
  store.workspaces.setUsers(first, [
    member('in-first'),
    member('in-both'),
    member('off-in-first', 'inactive'),
  ] as never);
  store.workspaces.setUsers(second, [member('in-second'), member('in-both'), member('left')] as never);
  const create = (id: string) => compliance.keys.create({ workspaceId: id });
  const keys: Readonly<Record<string, string>> = { [first]: create(first), [second]: create(second) };
  const how = { fetch, baseUrl: compliance.baseUrl, rateLimit: false, maxRetries: 0 } as const;
  const sources = {
    scim: new ScimClient({ fetch, baseUrl: scim.baseUrl, token: scim.token, rateLimit: false }),
    auditLogs: new AuditLogClient({ ...how, apiKey: keys }),
    workspaces: [first, second].map((workspaceId) => ({
      workspaceId,
      transport: openComplianceTransport({ ...how, apiKey: keys[workspaceId] ?? '' }),
    })),
  };
  const failed: FailedPrincipal[] = [];
  const onFailedPrincipal = (one: FailedPrincipal) => failed.push(one);
  const read = async (query: RosterQuery = {}) => {
    const people = new Map<string, Person>();
    for await (const person of readRoster(sources, { onFailedPrincipal, ...query }))
      people.set(person.email?.split('@')[0] ?? '', person);
    return people;
  };
  const lines = () =>
    failed.map(({ principal, eventTypes = [], error }) =>
      [principal.id.slice(0, 1), ...eventTypes, isSdkError(error) ? error.code : error.message].join(' '),
    );
  const fail = (one: Fault, target: FaultTarget) =>
    emulator.faults.add(one, { times: Number.POSITIVE_INFINITY, ...target });
  return { emulator, keys, read, lines, failed, fail };
}

const codesOf = (person: Person | undefined) => person?.conflicts.map(({ code }) => code);

test('everyone else is listed when the key of one workspace is refused, and nobody is said to be in none', async () => {
  const { emulator, keys, read, lines, failed } = openNorth();
  emulator.compliance.keys.revoke(keys[second] ?? '');
  let progress: RosterProgress | undefined;
  const people = await read({ onProgress: (one) => (progress = one) });

  expect([...people.keys()].toSorted()).toEqual([
    'in-both',
    'in-first',
    'in-none',
    'in-second',
    'left',
    'off-in-first',
  ]);
  for (const person of people.values()) expect(person.workspacesIncomplete).toBe(true);
  expect(Object.fromEntries([...people].map(([name, { status }]) => [name, status]))).toEqual({
    'in-first': 'active',
    'in-both': 'active',
    'in-second': 'unknown',
    'in-none': 'unknown',
    left: 'unknown',
    'off-in-first': 'unknown',
  });
  expect([...people.values()].flatMap(codesOf)).toEqual([]);
  expect(lines()).toEqual(['2 unauthorized']);
  expect(principalOf(failed[0]?.error)).toEqual({ type: 'workspace', id: second });
  expect(progress).toMatchObject({ unreadWorkspaces: 1, workspaceUsers: 3, people: 6 });
});

test('what is known of the members of one that fails in the middle of its list is kept', async () => {
  const { emulator, read, fail } = openNorth();
  const members = Array.from({ length: 250 }, (_, n) => member(`m${String(n).padStart(3, '0')}`));
  emulator.store.workspaces.setUsers(second, members as never);
  fail(fault.status(403), { when: ({ url }) => url.pathname.includes(second) && url.searchParams.has('after') });
  const people = await read();
  expect(people.get('m000')).toMatchObject({ status: 'active', conflicts: [{ code: 'not_in_directory' }] });
  expect(people.has('m249')).toBe(false);
  expect(people.get('in-none')).toMatchObject({ status: 'unknown', workspacesIncomplete: true });
});

test.each([
  [fault.status(404), 'not_found'],
  [fault.status(503), 'server_error'],
  [fault.cut('before_commit'), 'network_error'],
  [fault.body('no list', () => ({ data: 'none' })), 'invalid_response'],
])('a list of members that is answered with %o is that workspace’s failure', async (one, code) => {
  const { read, lines, fail } = openNorth();
  fail(one, { when: ({ url }) => url.pathname.includes(second) });
  expect((await read()).get('in-first')?.status).toBe('active');
  expect(lines()).toEqual([`2 ${code}`]);
});

test('logs that cannot be read are told with their event types, and leave the lists of members whole', async () => {
  const { emulator, read, lines, fail } = openNorth();
  const at = new Date(Date.now() - 60_000).toISOString();
  emulator.store.logs.addFile(first, {
    eventType: 'AUTH_LOG',
    endTime: at,
    events: [
      {
        event_id: 'e',
        type: 'AUTH_LOG',
        timestamp: at,
        actor: { user_email: 'in-first@north.example' },
      },
    ] as never,
  });
  fail(fault.status(403), { when: ({ url }) => url.pathname.includes(`${second}/logs`) });
  const people = await read({ lastActivity: { eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] } });
  expect(lines()).toEqual(['2 AUTH_LOG AUDIT_LOG forbidden']);
  expect(people.get('in-first')).toMatchObject({
    lastActivity: { eventType: 'AUTH_LOG' },
    lastActivityIncomplete: true,
  });
  expect(people.get('in-second')).toMatchObject({ status: 'active', lastActivityIncomplete: true });
  for (const person of people.values()) expect(person).not.toHaveProperty('workspacesIncomplete');
  expect(codesOf(people.get('in-none'))).toEqual(['no_access']);
});

test('the people are listed also where the logs of no workspace can be read', async () => {
  const { read, lines, fail } = openNorth();
  fail(fault.status(403), { when: ({ url }) => url.pathname.endsWith('/logs') });
  const people = await read({ lastActivity: { eventTypes: ['AUTH_LOG'] } });
  expect(lines().toSorted()).toEqual(['1 AUTH_LOG forbidden', '2 AUTH_LOG forbidden']);
  expect(people.get('in-both')).toMatchObject({ status: 'active', lastActivityIncomplete: true });
});

test('where the members of no workspace can be read, each is told and the first error thrown', async () => {
  const { emulator, keys, read, lines } = openNorth();
  for (const key of Object.values(keys)) emulator.compliance.keys.revoke(key);
  expect(await rejection(read())).toMatchObject({ status: 401 });
  expect(lines().toSorted()).toEqual(['1 unauthorized', '2 unauthorized']);
});

test('by default one of them ends the roster', async () => {
  const { emulator, keys, read } = openNorth();
  emulator.compliance.keys.revoke(keys[second] ?? '');
  for (const onFailedPrincipal of [undefined, 'throw'] as const) {
    expect(await rejection(read({ onFailedPrincipal }))).toMatchObject({ status: 401 });
  }
});

test('what onProgress or the function itself rejects with ends the roster, and is told to nobody', async () => {
  const { emulator, keys, read, failed } = openNorth();
  const full = () => Promise.reject(new Error('The disk is full.'));
  expect(await rejection(read({ onProgress: full }))).toMatchObject({ message: 'The disk is full.' });
  expect(failed).toEqual([]);
  emulator.compliance.keys.revoke(keys[second] ?? '');
  expect(await rejection(read({ onFailedPrincipal: full }))).toMatchObject({ message: 'The disk is full.' });
});

test('what is neither a function nor "throw" is refused', async () => {
  const { read } = openNorth();
  expect(await rejection(read({ onFailedPrincipal: 'skip' as never }))).toMatchObject({
    name: 'InputError',
    path: ['onFailedPrincipal'],
  });
});
