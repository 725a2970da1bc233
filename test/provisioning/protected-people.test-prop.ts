import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connect, parseConnectionConfig } from '../../src/index.js';
import { applyPlan } from '../../src/provisioning/apply-plan.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import { planDirectory } from '../../src/provisioning/plan-directory.js';
import { createEmulator } from '../../src/testing/index.js';
import { noLimits } from './support/open-directory.js';

const address = fc.constantFrom(...'abcdefgh'.split('').map((letter) => `${letter}@north.example`));
const number = fc.constantFrom('hr-1', 'hr-2', 'hr-3', 'hr-4');
const optional = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const user = fc.record({
  userName: address,
  externalId: optional(number),
  /** A second address, which may be another one's name. */
  alias: optional(address),
  active: fc.boolean(),
  isServiceAccount: fc.boolean(),
});
/** Who has accepted an invitation; everybody else of the directory has not. */
const member = fc.record({
  /** Nothing but the role of some is known. */
  email: fc.oneof({ weight: 9, arbitrary: address }, { weight: 1, arbitrary: fc.constant('') }),
  role: fc.constantFrom('account-owner', 'owner', 'standard-user', 'standard-user', 'account-custodian'),
  isManaged: fc.boolean(),
});
const employee = fc.record({ id: number, email: address });

const world = fc.record({
  /** With `workos` the name of a service account is its e-mail address too, as a server may make it. */
  mode: fc.constantFrom('rfc' as const, 'workos' as const),
  users: fc.uniqueArray(user, { selector: ({ userName }) => userName, maxLength: 8 }),
  members: fc.uniqueArray(member, { selector: ({ email }) => email, maxLength: 5 }),
  employees: fc.uniqueArray(employee, { selector: ({ email }) => email, maxLength: 6 }),
  /** Whether the form has the compliance half, which alone tells owners. */
  hasCompliance: fc.constantFrom(true, true, true, false),
  /** Index of the user who created the key. */
  creator: optional(fc.nat(7)),
});
type World = typeof world extends fc.Arbitrary<infer Made> ? Made : never;

interface Ran {
  /** Ids of service accounts to which something was written. */
  readonly touchedPrograms: readonly string[];
  /** Who is protected and was switched off. */
  readonly lost: readonly string[];
  readonly writes: number;
  readonly switchedOff: number;
  readonly areOwnersKnown: boolean;
}

async function run({ mode, users, members, employees, hasCompliance, creator }: World): Promise<Ran> {
  await using emulator = createEmulator({ world: 'empty', scim: { mode } });
  const workspaceId = '11111111-1111-4111-8111-111111111111';
  emulator.store.workspaces.add({ id: workspaceId, name: 'North', organizationId: emulator.compliance.organizationId });
  emulator.store.workspaces.setUsers(
    workspaceId,
    members.map(({ email, role, isManaged }, at) => ({
      ...{ id: `user-${at}`, email: email.toUpperCase(), name: email, created_at: 0, status: 'active' as const },
      ...{ role, is_scim_managed: isManaged },
    })),
  );
  const owners = members.flatMap(({ email, role }) => (/owner$/.test(role) ? [email] : []));
  // Whose role nobody knows may be one.
  const protectedMembers = new Set(members.flatMap(({ email, role }) => (role === 'standard-user' ? [] : [email])));
  const creatorName = creator === undefined ? undefined : users[creator]?.userName;
  const isProtected = new Map<string, boolean>();
  const programs: string[] = [];
  for (const { userName, externalId, alias, active, isServiceAccount } of users) {
    const addresses = alias === undefined ? [userName] : [userName, alias];
    const emails = addresses.map((value, at) => ({ value, type: 'work', primary: at === 0 }));
    const id = emulator.store.users.add({
      ...{ userName, active },
      ...(externalId && { externalId }),
      ...(isServiceAccount ? { userType: 'ServiceAccount' } : {}),
      ...(isServiceAccount && mode === 'rfc' ? {} : { emails }),
    });
    const isOwner = hasCompliance && addresses.some((one) => protectedMembers.has(one));
    if (isServiceAccount) programs.push(id);
    isProtected.set(id, isServiceAccount || isOwner || userName === creatorName);
  }
  const before = emulator.store.users.list().filter(({ active }) => active);
  const access = { provisioning: true, deprovisioning: true };
  const half = hasCompliance
    ? { workspaceIds: workspaceId }
    : { workspaceIds: '', complianceApiKey: '', complianceBaseUrl: '' };
  const config = emulator.connectionConfig({ ...access, ...half });
  await using connection = connect(parseConnectionConfig(config, { require: ['scim'] }), {
    ...emulator.clientOptions,
    scim: { profile: mode },
  });
  const desired = {
    users: employees.map(({ id, email }) => ({
      externalId: id,
      userName: email,
      title: 'New',
      emails: [{ value: email, type: 'work', primary: true }],
    })),
  };
  const roster = () => connection.roster({ groups: false });
  const policy = { ...noLimits, protect: { keyCreator: creatorName } };
  const plan = await planDirectory(connection.scim, desired, policy, { people: roster() });
  const isDesired = desired.users.length > 0;
  if (isDesired) {
    await applyPlan(connection.scim, plan, { approve: plan.hash, journal: memoryJournal(), people: roster() });
  }
  const writes = emulator.requests.list().filter(({ method }) => method !== 'GET');
  const paths = writes.map(({ url }) => new URL(url).pathname);
  const isActive = new Set(emulator.store.users.list().flatMap(({ id, active }) => (active ? [id] : [])));
  return {
    touchedPrograms: programs.filter((id) => paths.some((path) => path.endsWith(id))),
    lost: before.filter(({ id }) => isProtected.get(id) && !isActive.has(id)).map(({ userName }) => userName),
    writes: writes.length,
    switchedOff: before.filter(({ id }) => !isActive.has(id)).length,
    areOwnersKnown: hasCompliance && owners.length > 0 && !protectedMembers.has(''),
  };
}

test('a plan of a whole roster takes nothing from owners and the maker of the key, touches no service account, and switches nobody off where owners are not known', async () => {
  let writes = 0;
  let switchedOff = 0;
  await fc.assert(
    fc.asyncProperty(world, async (made) => {
      const ran = await run(made);
      writes += ran.writes;
      switchedOff += ran.switchedOff;
      expect(ran.touchedPrograms).toEqual([]);
      expect(ran.lost).toEqual([]);
      if (!ran.areOwnersKnown) expect(ran.switchedOff).toBe(0);
    }),
    { numRuns: 300 },
  );
  // It must be able to fail: others are written to.
  expect(writes).toBeGreaterThan(100);
  expect(switchedOff).toBeGreaterThan(0);
});
