import fc from 'fast-check';
import { planDirectory } from '../../../src/provisioning/plan-directory.js';
import type { PlanPolicy } from '../../../src/provisioning/policy.js';
import { ScimClient } from '../../../src/scim/client.js';
import { createEmulator, type ScimOptions, scimQuirks } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { noLimits, rosterOf } from './open-directory.js';

const servers: readonly ScimOptions[] = [
  { mode: 'workos' },
  { mode: 'rfc' },
  { mode: 'rfc', quirks: scimQuirks.betterAuth },
  { mode: 'rfc', quirks: scimQuirks.withoutPatch },
];

const somebody = fc.record({
  is: fc.constantFrom('absent', 'there', 'there', 'inactive'),
  isProgram: fc.nat({ max: 8 }).map((one) => one === 0),
  hasOtherName: fc.nat({ max: 3 }).map((one) => one === 0),
  title: fc.constantFrom('A', 'B'),
  isWanted: fc.constantFrom(true, true, true, false),
  wantedTitle: fc.constantFrom('A', 'B'),
  groups: fc.subarray([0, 1]),
  wantedGroups: fc.subarray([0, 1, 2]),
});
/** A directory as it is, and as it should be. */
export const world = fc.record({
  server: fc.nat({ max: servers.length - 1 }),
  people: fc.array(somebody, { minLength: 1, maxLength: 9 }),
  removal: fc.constantFrom('deactivate', 'deactivate', 'delete'),
  isProtected: fc.nat({ max: 8 }),
  owns: fc.nat({ max: 8 }),
});

export const keyOf = (index: number) => `E${index}`;
const nameOf = (index: number) => `person${index}@north.example`;

type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

/** `quirks` are those that the server has beside its own. */
export function open({ server, people, removal, isProtected, owns }: World, quirks: ScimOptions['quirks'] = {}) {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const one = servers[server] ?? {};
  const scim = { ...one, quirks: { ...one.quirks, ...quirks } };
  const emulator = createEmulator({ world: 'empty', scim, clock });
  const { fetch, store } = emulator;
  const { baseUrl, token } = emulator.scim;
  const connect = () =>
    new ScimClient({
      baseUrl,
      token,
      fetch,
      clock,
      random: () => 0.5,
      rateLimit: false,
      headers: { 'user-agent': 'test' },
      profile: scim.mode ?? 'workos',
      access: { provisioning: true, deprovisioning: true },
    });
  const idOf = new Map<number, string>();
  for (const [index, { is, isProgram, hasOtherName, title }] of people.entries()) {
    if (is === 'absent') continue;
    const userName = hasOtherName ? `former${index}@north.example` : nameOf(index);
    const userType = isProgram ? { userType: 'ServiceAccount' } : {};
    idOf.set(
      index,
      store.users.add({ userName, externalId: keyOf(index), title, active: is === 'there', ...userType }),
    );
  }
  // Somebody of whom it is seen that groups show their members.
  const shown = store.users.add({ userName: 'shown@north.example', externalId: 'S', active: true });
  for (const group of [0, 1]) {
    const members = people.flatMap((one, index) => (one.groups.includes(group) ? (idOf.get(index) ?? []) : []));
    store.groups.add({ displayName: `G${group}`, members: [shown, ...members].map((value) => ({ value })) });
  }
  const wanted = people.flatMap((one, index) => (one.isWanted ? [{ ...one, index }] : []));
  const desired = {
    users: [
      { userName: 'shown@north.example', externalId: 'S' },
      ...wanted.map(({ index, wantedTitle, isProgram, is }) => ({
        userName: nameOf(index),
        externalId: keyOf(index),
        title: wantedTitle,
        ...(isProgram && is !== 'absent' ? { userType: 'ServiceAccount' } : {}),
      })),
    ],
    groups: [0, 1, 2].map((group) => ({
      displayName: `G${group}`,
      members: [
        'S',
        ...wanted.filter(({ wantedGroups }) => wantedGroups.includes(group)).map(({ index }) => keyOf(index)),
      ],
    })),
  };
  const protectedId = idOf.get(isProtected);
  const ownerId = idOf.get(owns);
  const policy: PlanPolicy = { ...noLimits, removal, protect: { ids: protectedId === undefined ? [] : [protectedId] } };
  const roster = () =>
    rosterOf(
      store.users.list().map(({ id }) => String(id)),
      ownerId === undefined ? [] : [ownerId],
    );
  const plan = () => planDirectory(connect(), desired, policy, { people: roster() });
  const programs = people.flatMap((one, index) => (one.isProgram ? (idOf.get(index) ?? []) : []));
  const neverRemoved = [protectedId, ownerId, ...programs].filter((id) => id !== undefined);
  /** What nobody may take from them. */
  const held = () =>
    neverRemoved.map((id) => ({
      id,
      active: store.users.get(id)?.active,
      groups: store.groups
        .list()
        .filter(({ members }) => JSON.stringify(members ?? []).includes(JSON.stringify(id)))
        .map(({ displayName }) => displayName),
    }));
  return { emulator, store, clock, connect, plan, roster, held };
}
