import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import {
  type AuditLogClient,
  connect,
  type OpenConnection,
  parseConnectionConfig,
  type ScimClient,
} from '../../src/index.js';
import { bulk } from '../../src/scim/index.js';
import { withLock } from '../../src/scim/server.js';
import { createEmulator, fault } from '../../src/testing/index.js';
import { retry } from '../../src/transport/retry.js';

type Open = OpenConnection<ScimClient<'provisioning' | 'deprovisioning'>, AuditLogClient>;

/** The first thing that is read of what is read step by step. */
async function first(steps: AsyncIterable<unknown>): Promise<unknown> {
  for await (const one of steps) return one;
  return undefined;
}

const fileOf = ({ principals: [principal] }: AuditLogClient) => {
  if (principal === undefined) throw new Error('nobody');
  return { id: 'f1', event_type: 'AUDIT_LOG', end_time: '2026-11-01T00:00:00Z', principal };
};

const audit = { eventTypes: ['AUDIT_LOG'] } as const;
/** A call of each method that asks a service for something. */
const calls: Readonly<Record<string, (connection: Open) => Promise<unknown>>> = {
  'connection.check': (connection) => connection.check(),
  'connection.roster': (connection) => first(connection.roster()),
  'scim.serviceProviderConfig': ({ scim }) => scim.serviceProviderConfig(),
  'scim.resourceTypes': ({ scim }) => scim.resourceTypes(),
  'scim.schemas': ({ scim }) => scim.schemas(),
  'scim.me': ({ scim }) => scim.me(),
  'users.list': ({ scim }) => scim.users.list(),
  'users.iterate': ({ scim }) => first(scim.users.iterate()),
  'users.get': ({ scim }) => scim.users.get('nobody'),
  'users.getIfNoneMatch': ({ scim }) => scim.users.getIfNoneMatch('nobody', 'W/"1"'),
  'users.find': ({ scim }) => scim.users.find({ userName: 'z@north.example' }),
  'users.search': ({ scim }) => scim.users.search(),
  'users.count': ({ scim }) => scim.users.count(),
  'users.create': ({ scim }) => scim.users.create({ userName: 'x@north.example' }),
  'users.upsert': ({ scim }) => scim.users.upsert({ userName: 'y@north.example' }),
  'users.replace': ({ scim }) => scim.users.replace('nobody', { userName: 'x@north.example' }),
  'users.patch': ({ scim }) => scim.users.patch('nobody', [{ op: 'replace', path: 'active', value: false }]),
  'users.delete': ({ scim }) => scim.users.delete('nobody'),
  'users.activate': ({ scim }) => scim.users.activate('nobody'),
  'users.deactivate': ({ scim }) => scim.users.deactivate('nobody'),
  'groups.replace': ({ scim }) => scim.groups.replace('nobody', { displayName: 'Nobody' }),
  'groups.addMembers': ({ scim }) => scim.groups.addMembers('nobody', ['x']),
  'groups.removeMembers': ({ scim }) => scim.groups.removeMembers('nobody', ['x']),
  'groups.setMembers': ({ scim }) => scim.groups.setMembers('nobody', ['x']),
  'list.toArray': ({ scim }) => scim.users.iterate().toArray(),
  'list.pages': ({ scim }) => first(scim.users.iterate().pages()),
  'auditLogs.files': ({ auditLogs }) => first(auditLogs.files(audit)),
  'auditLogs.download': ({ auditLogs }) => first(auditLogs.download(fileOf(auditLogs))),
  'auditLogs.events': ({ auditLogs }) => first(auditLogs.events(audit)),
  'auditLogs.batches': ({ auditLogs }) => first(auditLogs.batches(audit)),
  'auditLogs.follow': ({ auditLogs }) => first(auditLogs.follow(audit)),
  'auditLogs.maxEventTime': ({ auditLogs }) => auditLogs.maxEventTime(audit),
  'events.withCheckpoints': ({ auditLogs }) => first(auditLogs.events(audit).withCheckpoints()),
};
/** These ask nothing. */
const silent = [
  'connection.close',
  'scim.resource',
  'users.withExtensions',
  'groups.withExtensions',
  'events.checkpoint',
];

/** The public methods of an object, its classes' included, without those that were `seen` in another. */
function methodsOf(owner: string, object: object, seen: Set<unknown>): string[] {
  const names: string[] = [];
  for (let from = object; from !== Object.prototype; from = Object.getPrototypeOf(from)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(from))) {
      if (typeof value !== 'function' || name === 'constructor' || seen.has(value)) continue;
      seen.add(value);
      names.push(`${owner}.${name}`);
    }
  }
  return names;
}

const open = (emulator: ReturnType<typeof createEmulator>, deprovisioning = true) => {
  const form = { ...emulator.connectionConfig(), provisioning: true, deprovisioning };
  const options = { ...emulator.clientOptions, random: () => 0 };
  return connect(parseConnectionConfig(form, { require: ['scim', 'compliance'] }), options) as Open;
};

test('every method that asks for something has a call here', async () => {
  await using emulator = createEmulator();
  const connection = open(emulator);
  const { scim, auditLogs } = connection;
  const objects = { connection, scim, users: scim.users, groups: scim.groups, list: scim.users.iterate(), auditLogs };
  const seen = new Set();
  const methods = Object.entries({ ...objects, events: auditLogs.events(audit) }).flatMap(([owner, object]) =>
    methodsOf(owner, object, seen),
  );
  expect(methods.toSorted()).toEqual([...Object.keys(calls), ...silent].toSorted());
});

/** What a call fails with, called by a function of the user's own, whose name is looked for in the stack. */
async function failureOf(call: (connection: Open) => Promise<unknown>, connection: Open): Promise<unknown> {
  async function callerOfIt() {
    return await call(connection);
  }
  return await callerOfIt().catch((failure: unknown) => failure);
}

const failing = Object.entries(calls).filter(([name]) => name !== 'connection.check');

test.each(failing)('the stack of a failure leads to its caller: %s', async (_, call) => {
  await using emulator = createEmulator();
  emulator.faults.add(fault.status(401), { times: 9 });
  const error = await failureOf(call, open(emulator));
  expect(error).toMatchObject({ code: 'unauthorized', stack: expect.stringContaining('callerOfIt') });
  emulator.faults.clear();
});

test.each(failing)('and so does the stack of one that a repeat ended with: %s', async (_, call) => {
  await using emulator = createEmulator();
  // A POST is repeated too: it was not carried out.
  emulator.faults.add(fault.status(429));
  emulator.faults.add(fault.status(401), { times: 9 });
  const error = await failureOf(call, open(emulator));
  expect(error).toMatchObject({ code: 'unauthorized', stack: expect.stringContaining('callerOfIt') });
  emulator.faults.clear();
});

test('a check reports what failed, and what it refuses leads to its caller', async () => {
  await using emulator = createEmulator();
  const connection = open(emulator);
  const error = await failureOf(() => connection.check({ probeUser: 7 as never }), connection);
  expect(error).toMatchObject({ code: 'invalid_input', stack: expect.stringContaining('callerOfIt') });
  emulator.faults.add(fault.status(401), { times: Number.POSITIVE_INFINITY });
  expect(await connection.check()).toMatchObject({ verdict: 'failed' });
});

test.each<[string, Parameters<typeof bulk>[1][number], access: boolean]>([
  ['misspelt', { method: 'DELETE', path: '/Users/x', dat: 1 } as never, true],
  ['wrong data', { method: 'POST', path: '/Users', data: { userName: 7 } as never }, true],
  ['not allowed', { method: 'DELETE', path: '/Users/x' }, false],
])('what bulk() refuses leads to its caller: %s', async (_, write, deprovisioning) => {
  await using emulator = createEmulator();
  async function callerOfBulk() {
    return await bulk(open(emulator, deprovisioning).scim, [write]);
  }
  const error = await callerOfBulk().catch((failure: unknown) => failure);
  expect((error as Error).stack).toContain('callerOfBulk');
});

// What fails this soon finds nobody waiting for a promise that was returned without `await`.
const failSoon = async () => {
  await null;
  throw new Error('soon');
};

test.each<[string, () => Promise<unknown>]>([
  ['in turn', () => withLock(new Map(), ['a'], failSoon)],
  ['repeated', () => retry(failSoon, { maxRetries: 0, delayAfter: () => undefined })],
])('the stack of work that fails at once leads to its caller: %s', async (_, work) => {
  async function callerOfWork() {
    return await work();
  }
  const error = await callerOfWork().catch((failure: unknown) => failure);
  expect((error as Error).stack).toContain('callerOfWork');
});

test('a download that is cut leads to its caller', async () => {
  await using emulator = createEmulator();
  const { auditLogs } = open(emulator);
  async function callerOfDownload() {
    for await (const file of auditLogs.files({ eventTypes: ['AUDIT_LOG'] })) {
      emulator.faults.add(fault.cut('before_commit'), { times: 99 });
      for await (const _ of auditLogs.download(file));
    }
  }
  const error = await callerOfDownload().catch((failure: unknown) => failure);
  expect((error as Error).stack).toMatch(/^AuditLogFileError: .*\n +at [\s\S]*callerOfDownload/);
  emulator.faults.clear();
});

test('a page that was asked for ahead leads to the caller too', async () => {
  await using emulator = createEmulator();
  emulator.faults.add(fault.status(401), { times: 9, skip: 3 });
  async function callerAhead() {
    for await (const _ of open(emulator).scim.users.iterate({ count: 2, prefetch: 4 }));
  }
  const error = await callerAhead().catch((failure: unknown) => failure);
  expect((error as Error).stack).toContain('callerAhead');
  emulator.faults.clear();
});

test('a printed client says what it is', async () => {
  await using emulator = createEmulator();
  const connection = open(emulator);
  expect(inspect(connection.scim)).toMatch(/^ScimClient /);
  expect(inspect(connection.auditLogs)).toMatch(/^AuditLogClient /);
});
