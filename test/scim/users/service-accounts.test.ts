import { describe, expect, test } from 'vitest';
import { ScimClient } from '../../../src/scim/client.js';
import { isServiceAccount, type User } from '../../../src/scim/index.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { tellsOf } from '../../support/tells-of.js';
import { answer, fakeServer, listAnswer, lost, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

/** As OpenAI publishes it: no `emails`, and no `name`. */
const robot = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName: 'svc-build@north.example',
  displayName: 'Build robot',
  active: true,
  userType: 'ServiceAccount',
} as const;

describe('a user is a service account', () => {
  test.each([
    ['spelled as the service has it', { userType: 'ServiceAccount' }, true],
    ['in another case, as SCIM compares texts', { userType: 'SERVICEACCOUNT' }, true],
    ['under a name in another case, as servers may send it', { usertype: 'ServiceAccount' }, true],
    ['not where letters differ', { userType: 'Service Account' }, false],
    ['not where there are spaces around it', { userType: ' ServiceAccount' }, false],
    ['not where it is of another type', { userType: 'Employee' }, false],
    ['not where nothing is said, which makes it no person either', {}, false],
    ['not where the type is null', { userType: null }, false],
    ['not where the type is no text', { userType: ['ServiceAccount'] }, false],
    ['not by what a prototype has', Object.create({ userType: 'ServiceAccount' }), false],
  ])('%s', (_, user: object, expected) => {
    expect(isServiceAccount(user as Partial<User>)).toBe(expected);
  });

  test('and what is no user is refused', () => {
    for (const nobody of [undefined, null, 'svc-build@north.example', [robot]]) {
      expect(() => isServiceAccount(nobody as never)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    }
  });
});

describe.each(['workos', 'rfc'] as const)('on a server like %s, a service account without e-mail and name', (mode) => {
  function open() {
    const clock = createFakeClock(undefined, { autoAdvance: true });
    const emulator = createEmulator({ world: 'empty', scim: { mode }, clock });
    const { baseUrl, token } = emulator.scim;
    const access = { provisioning: true, deprovisioning: true } as const;
    const how = { baseUrl, token, fetch: emulator.fetch, clock, random: () => 0.5, rateLimit: false } as const;
    const { users } = new ScimClient({ ...how, profile: mode, access });
    const writes = () => emulator.requests.list().filter(({ method }) => method !== 'GET').length;
    return { users, writes };
  }

  test('is created, found, read and changed', async () => {
    const { users } = open();
    const { id } = await users.create(robot, { verify: true });
    const found = await users.find({ userName: robot.userName });
    expect(found).toMatchObject({ id, userType: 'ServiceAccount', displayName: 'Build robot' });
    expect(found && isServiceAccount(found)).toBe(true);
    const renamed = await users.patch(id, [{ op: 'replace', path: 'displayName', value: 'Robot' }], { verify: true });
    expect(renamed).toMatchObject({ displayName: 'Robot', userType: 'ServiceAccount' });
    const replaced = await users.replace(id, { ...robot, displayName: 'New robot' }, { verify: true });
    expect(replaced).toMatchObject({ displayName: 'New robot', userType: 'ServiceAccount' });
    expect(await users.deactivate(id)).toMatchObject({ outcome: 'deactivated' });
    expect(await users.activate(id)).toMatchObject({ outcome: 'activated' });
  });

  test('is upserted: created once, then left alone, then changed', async () => {
    const { users, writes } = open();
    expect(await users.upsert(robot, { verify: true })).toMatchObject({ outcome: 'created' });
    expect(await users.upsert({ ...robot, userName: 'SVC-build@north.example' })).toMatchObject({
      outcome: 'unchanged',
    });
    expect(writes()).toBe(1);
    const titled = await users.upsert({ ...robot, title: 'Builds' });
    expect(titled).toMatchObject({ outcome: 'updated', resource: { title: 'Builds', displayName: 'Build robot' } });
    expect(await users.count()).toBe(1);
  });

  test('is neither renamed nor switched off by an upsert, and is activated by one', async () => {
    const { users, writes } = open();
    const { id } = await users.create(robot);
    for (const [changed, reason] of [
      [{ displayName: 'Renamed' }, 'service_account_name'],
      [{ displayName: null }, 'service_account_name'],
      [{ active: false }, 'service_account_active'],
      [{ active: null }, 'service_account_active'],
      [{ active: false, displayName: 'Renamed', title: 'Builds' }, 'service_account_active'],
    ] as const) {
      for (const takeOver of [false, true]) {
        const input = { ...robot, ...changed } as Parameters<typeof users.upsert>[0];
        const error = await rejection(users.upsert(input, { takeOver }));
        // A server may take no `null` at all.
        const isRefusedAnyway = mode === 'workos' && Object.values(changed).includes(null as never);
        if (isRefusedAnyway) expect(tellsOf(error)).toMatchObject({ code: 'invalid_input' });
        else expect(tellsOf(error)).toMatchObject({ code: 'conflict', reason, ids: [id] });
      }
    }
    expect(writes()).toBe(1);
    expect(await users.get(id)).toMatchObject({ displayName: 'Build robot', active: true });

    await users.deactivate(id);
    expect(await users.upsert({ ...robot, active: false })).toMatchObject({ outcome: 'unchanged' });
    expect(await users.upsert(robot)).toMatchObject({ outcome: 'reactivated', resource: { active: true } });
  });
});

const stored: Stored = { id: 's', externalId: 'hr-9', ...robot };
const mira = { userName: robot.userName, displayName: 'Mira Sol' };
const writesOf = (log: readonly string[]) => log.filter((request) => !request.startsWith('GET'));

describe('upsert of somebody', () => {
  test.each([
    ['whose name is that of a service account', mira],
    ['of another type', { ...mira, userType: 'Employee' }],
    ['whose number is that of a service account', { ...mira, userName: 'mira@north.example', externalId: 'hr-9' }],
  ])('%s leaves the service account alone, whatever is said', async (_, person) => {
    for (const options of [{}, { takeOver: true }]) {
      const server = fakeServer({ users: [stored] });
      const error = await rejection(openClient(server).client.users.upsert(person, options));
      expect(tellsOf(error)).toMatchObject({
        name: 'NaturalKeyConflictError',
        code: 'conflict',
        reason: 'service_account',
        ids: ['s'],
        remedy: expect.stringContaining('userType'),
      });
      expect(writesOf(server.log)).toEqual([]);
    }
  });

  test('makes no service account of a person of the same name', async () => {
    const person: Stored = { id: 'p', ...mira, active: true };
    const server = fakeServer({ users: [person] });
    const error = await rejection(openClient(server).client.users.upsert(robot));
    expect(tellsOf(error)).toMatchObject({ reason: 'service_account', ids: ['p'] });
    expect(server.users.get('p')).toEqual(person);
  });

  test.each([
    ['that a conflict shows and the filter had not', () => scimError(409)],
    ['that a creation is answered with', () => answer(200, stored)],
  ])('leaves a service account alone %s', async (_, post) => {
    const server = fakeServer({ users: [stored] });
    server.intercept = ({ method }) => {
      if (!server.log.includes('POST /Users')) return listAnswer([]);
      return method === 'POST' ? post() : undefined;
    };
    const upsert = openClient(server).client.users.upsert({ userName: robot.userName });
    expect(tellsOf(await rejection(upsert))).toMatchObject({ reason: 'service_account', ids: ['s'] });
    expect(writesOf(server.log)).toEqual(['POST /Users']);
  });
});

describe('a service account', () => {
  const contact = 'mira@north.example';
  const withContact: Stored = { ...stored, emails: [{ value: contact, primary: true }] };

  test('is not found by the address of its contact, unless the type is named', async () => {
    const { users } = openClient(fakeServer({ users: [withContact] })).client;
    expect(await users.find({ emails: contact })).toBeUndefined();
    for (const filter of [`emails.value eq "${contact}"`, `Emails[value eq "${contact}"]`]) {
      expect(await users.find(filter)).toBeUndefined();
      expect(await users.find(`${filter} and userType eq "ServiceAccount"`)).toMatchObject({ id: 's' });
    }
    expect(await users.find({ emails: contact, userType: 'ServiceAccount' })).toMatchObject({ id: 's' });
    expect(await users.find({ userName: robot.userName })).toMatchObject({ id: 's' });
  });

  test('does not hide the person who has the address', async () => {
    const person: Stored = { id: 'p', userName: contact, emails: [{ value: contact }], active: true };
    const { users } = openClient(fakeServer({ users: [withContact, person] })).client;
    expect(await users.find({ emails: contact })).toMatchObject({ id: 'p' });
  });

  test('is renamed by no upsert, whatever is said', async () => {
    for (const options of [{}, { takeOver: true }]) {
      const server = fakeServer({ users: [stored] });
      const renamed = { ...robot, userName: 'svc-new@north.example', externalId: 'hr-9' };
      const error = await rejection(openClient(server).client.users.upsert(renamed, options));
      expect(tellsOf(error)).toMatchObject({ code: 'conflict', reason: 'service_account_name', ids: ['s'] });
      expect(writesOf(server.log)).toEqual([]);
    }
  });
});

test('a creation whose answer was lost is not taken for done where a service account has the name', async () => {
  const server = fakeServer({ users: [stored] });
  server.intercept = ({ method }) => (method === 'POST' ? lost() : undefined);
  const created = openClient(server).client.users.create({ userName: robot.userName });
  expect(tellsOf(await rejection(created))).toMatchObject({ code: 'network_error' });
});

test('a service account without an address is told what its name must be like', async () => {
  const { users } = openClient(fakeServer()).client;
  const error = await rejection(users.create({ ...robot, userName: 'svc-build' }));
  expect(tellsOf(error)).toMatchObject({ code: 'invalid_input', remedy: expect.stringContaining('service account') });
});
