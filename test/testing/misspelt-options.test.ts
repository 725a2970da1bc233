import { expect, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import { createTestClock } from '../../src/testing/clock.js';
import { documentedBehaviour } from '../../src/testing/compliance/behaviour.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../src/testing/emulator.js';
import { generateEvents } from '../../src/testing/events/generate-events.js';
import type { FaultTarget } from '../../src/testing/fault-plan.js';
import { type Fault, fault } from '../../src/testing/faults.js';
import { rfcBehaviour, workosBehaviour } from '../../src/testing/scim/behaviour.js';
import { scimQuirks } from '../../src/testing/scim/quirks.js';
import { seedEvents, seedGroups, seedLogFiles } from '../../src/testing/world/seed.js';
import { organizationId, workspaceId } from './support/ask-compliance.js';

const refusal = (call: () => unknown): unknown => {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
};

// What a JavaScript test, or one with a cast, may give.
const options = (given: unknown) => given as EmulatorOptions;

test.each([
  ['an option', { sed: 7 }, 'Write `seed`.'],
  ['a world', { world: 'emtpy' }, undefined],
  ['an option of SCIM', { scim: { quirk: {} } }, 'Write `quirks`.'],
  ['a workspace option', { workspaces: [{ key: [] }] }, 'Write `keys`.'],
  ['a field of a member', { workspaces: [{ users: [{ emial: 'a@north.example' }] }] }, 'Write `email`.'],
  ['a list of workspaces', { workspaces: { id: workspaceId } }, undefined],
  ['an option of a key', { workspaces: [{ keys: [{ expiresInDay: 3 }] }] }, 'Write `expiresInDays`.'],
  ['a way to sync', { scim: { sync: 'workspaces' } }, undefined],
  ['an option of OAuth', { scim: { oauth: { expiresIn: 5 } } }, 'Write `expiresInSeconds`.'],
  ['a way to authenticate', { scim: { oauth: { authentication: 'body' } } }, undefined],
  ['a status of keys', { compliance: { quirks: { expiredKeyStatus: 404 } } }, undefined],
  ['a mode', { scim: { mode: 'RFC' } }, undefined],
  ['a quirk', { scim: { quirks: { hideMembers: true } } }, undefined],
  // Its letters stand in the name of a quirk, in their order, by chance.
  [
    'a quirk like no other',
    { scim: { quirks: { nope: true } } },
    expect.stringMatching(/^Use one of these: workosRules/),
  ],
  ['a quirk, nearly', { scim: { quirks: { maxMemberShown: 5 } } }, 'Write `maxMembersShown`.'],
  ['the value of a quirk', { scim: { quirks: { startIndex: 'whole-pages' } } }, undefined],
  ['a quirk that is yes or no', { scim: { quirks: { patch: 'no' } } }, undefined],
  ['a quirk that is a number', { scim: { quirks: { maxPageSize: '20' } } }, undefined],
  ['a quirk that is a list', { scim: { quirks: { filterOperators: 'eq' } } }, undefined],
  ['a quirk of the logs', { compliance: { quirks: { listOrdre: 'newest_first' } } }, 'Write `listOrder`.'],
  ['its value', { compliance: { quirks: { listOrder: 'newest' } } }, undefined],
  ['an option of the logs', { compliance: { logs: { publishDelay: 5 } } }, 'Write `publishDelayMs`.'],
  ['a limit', { compliance: { rateLimits: { perMinute: 5 } } }, undefined],
])('createEmulator refuses %s that there is not', (_what, given, remedy) => {
  const error = refusal(() => createEmulator(options(given)));
  expect(error).toBeInstanceOf(InputError);
  if (remedy !== undefined) expect(error).toMatchObject({ remedy });
});

test.each([
  ['route', { route: 'GET /User' }],
  ['routes', { route: ['GET /Users', 'GET /users'] }],
  ['service', { service: 'SCIM' }],
  ['option', { time: 3 }],
  ['count', { times: 0 }],
  ['turn', { skip: -1 }],
])('a fault is refused for a %s that there is not', async (_what, target) => {
  await using emulator = createEmulator({ world: 'empty' });
  expect(refusal(() => emulator.faults.add(fault.status(500), target as FaultTarget))).toBeInstanceOf(InputError);
});

test('the route that was probably meant is named', async () => {
  await using emulator = createEmulator({ world: 'empty' });
  const error = refusal(() => emulator.faults.add(fault.status(500), { route: 'GET /User' as never }));
  expect(error).toMatchObject({ remedy: 'Write `GET /Users`.', path: ['route'] });
});

test.each([
  ['nothing', undefined, 'This is not a fault.'],
  ['a maker of faults', fault.corruptBody, 'This is not a fault.'],
  ['an unknown kind', { kind: 'latensy', ms: 5 }, '`latensy` is not a kind of fault.'],
  [
    'a part of another kind',
    { ...fault.status(503), statuss: 3 },
    '`statuss` is not a part of a fault of the kind `status`.',
  ],
  ['a kind without its parts', { kind: 'latency' }, 'A fault of the kind `latency` needs `ms`.'],
])('a fault that is made up is refused when it is planned: %s', async (_what, made, message) => {
  await using emulator = createEmulator({ world: 'empty' });
  expect(refusal(() => emulator.faults.add(made as never))).toMatchObject({ code: 'invalid_input', message });
});

test.each<[Fault, wrong: object, message: string, remedy: string]>([
  [fault.latency(5), { msx: 1 }, '`msx` is not a part of a fault of the kind `latency`.', 'Write `ms`.'],
  [fault.status(503), { statuss: 1 }, '`statuss` is not a part of a fault of the kind `status`.', 'Write `status`.'],
  [
    fault.truncatedBody(),
    { byte: 1 },
    '`byte` is not a part of a fault of the kind `truncated_body`.',
    'Write `bytes`.',
  ],
  [fault.header('a', '1'), { valu: '2' }, '`valu` is not a part of a fault of the kind `header`.', 'Write `value`.'],
])('a part that no fault of its kind has is refused: %o', async (made, wrong, message, remedy) => {
  await using emulator = createEmulator({ world: 'empty' });
  const error = refusal(() => emulator.faults.add({ ...made, ...wrong }));
  expect(error).toMatchObject({ code: 'invalid_input', message, remedy });
});

test('whose log it is, is one of two', async () => {
  const owner = { type: 'workspaces' as 'workspace', id: workspaceId };
  const [from, to] = ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z'];
  const events = generateEvents({ owner, eventType: 'AUTH_LOG', count: 1, from, to });
  const message = '`owner.type` must be "workspace" or "organization".';
  expect(refusal(() => events.next())).toMatchObject({ code: 'invalid_input', message });
});

test.each([undefined, null, 'w', {}, { name: 'W', organizationId }])(
  'refuses a workspace without an id: %o',
  async (given) => {
    await using emulator = createEmulator({ world: 'empty' });
    expect(refusal(() => emulator.store.workspaces.add(given as never))).toBeInstanceOf(InputError);
    expect([...emulator.store.workspaces]).toEqual([]);
  },
);

test.each([
  ['status', () => fault.status(99)],
  ['option of status', () => fault.status(503, { afterCommitt: true } as object)],
  ['moment of a cut', () => fault.cut('after' as never)],
  ['option of a slow body', () => fault.slowBody({ bytes: 1, delay: 5 } as never)],
  ['option of a clock', () => createTestClock({ skipWaits: true } as object)],
])('refuses a %s that there is not', (_what, call) => {
  expect(refusal(call)).toBeInstanceOf(InputError);
});

test('so does whatever fills the world', async () => {
  await using emulator = createEmulator({ world: 'empty' });
  emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId });
  const owner = { type: 'workspace', id: workspaceId } as const;
  const [from, to] = ['2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z'];
  const misspelt: readonly (() => unknown)[] = [
    () => seedGroups(emulator, 1, { members: [] } as object),
    () => seedEvents(emulator, { eventType: 'AUTH_LOG', count: 1, lateShares: 1 } as never),
    () => seedLogFiles(emulator, { owner, totalBytes: 1, sizeBytes: 1 } as never),
    () => [...generateEvents({ owner, eventType: 'AUTH_LOG', count: 1, from, to, sede: 1 } as never)],
    () => emulator.compliance.keys.create({ scope: [] } as object),
    () => emulator.store.logs.append(workspaceId, [], { writenAt: from } as object),
    () => emulator.store.logs.addFile(workspaceId, { eventType: 'AUTH_LOG', endTime: from, event: [] } as never),
    () => emulator.connectionConfig({ provisionning: true } as object),
  ];
  for (const call of misspelt) expect(refusal(call)).toBeInstanceOf(InputError);
  await expect(emulator.listen({ prot: 4010 } as object)).rejects.toBeInstanceOf(InputError);
});

test('every server that is given as a set of quirks is taken, whole and in part', async () => {
  for (const quirks of [rfcBehaviour, workosBehaviour, ...Object.values(scimQuirks)]) {
    await using _emulator = createEmulator({ world: 'empty', scim: { quirks } });
  }
  await using _emulator = createEmulator({ world: 'empty', compliance: { quirks: documentedBehaviour } });
});
