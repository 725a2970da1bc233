import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import {
  type AuditLogClient,
  type AuditLogPrincipal,
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

/** Each function stands for a user's own: its name is looked for in the stack. */
const calls: Record<string, (connection: Open) => Promise<unknown>> = {
  async callerOfGet({ scim }) {
    return await scim.users.get('nobody');
  },
  async callerOfCreate({ scim }) {
    return await scim.users.create({ userName: 'x@north.example' });
  },
  async callerOfUpsert({ scim }) {
    return await scim.users.upsert({ userName: 'y@north.example' });
  },
  async callerOfAddMembers({ scim }) {
    return await scim.groups.addMembers('nobody', ['x']);
  },
  async callerOfIterate({ scim }) {
    for await (const user of scim.users.iterate()) return user;
  },
  async callerOfToArray({ scim }) {
    return await scim.users.iterate().toArray();
  },
  async callerOfFiles({ auditLogs }) {
    for await (const file of auditLogs.files({ eventTypes: ['AUDIT_LOG'] })) return file;
  },
  async callerOfEvents({ auditLogs }) {
    for await (const event of auditLogs.events({ eventTypes: ['AUDIT_LOG'] })) return event;
  },
  async callerOfBatches({ auditLogs }) {
    for await (const batch of auditLogs.batches({ eventTypes: ['AUDIT_LOG'] })) return batch;
  },
  async callerOfFollow({ auditLogs }) {
    for await (const event of auditLogs.follow({ eventTypes: ['AUDIT_LOG'] })) return event;
  },
  async callerOfDownload({ auditLogs }) {
    const [principal] = auditLogs.principals as [AuditLogPrincipal];
    const file = { id: 'f1', event_type: 'AUDIT_LOG', end_time: '2026-11-01T00:00:00Z', principal };
    for await (const bytes of auditLogs.download(file)) return bytes;
  },
  async callerOfMaxEventTime({ auditLogs }) {
    return await auditLogs.maxEventTime({ eventTypes: ['AUDIT_LOG'] });
  },
  async callerOfFind({ scim }) {
    return await scim.users.find({ userName: 'z@north.example' });
  },
  async callerOfPatch({ scim }) {
    return await scim.users.patch('nobody', [{ op: 'replace', path: 'active', value: false }]);
  },
  async callerOfSetMembers({ scim }) {
    return await scim.groups.setMembers('nobody', ['x']);
  },
  async callerOfRoster(connection) {
    for await (const person of connection.roster()) return person;
  },
};

const open = (emulator: ReturnType<typeof createEmulator>, deprovisioning = true) => {
  const form = { ...emulator.connectionConfig(), provisioning: true, deprovisioning };
  const options = { ...emulator.clientOptions, random: () => 0 };
  return connect(parseConnectionConfig(form, { require: ['scim', 'compliance'] }), options) as Open;
};

test.each(Object.entries(calls))('the stack of a failure leads to its caller: %s', async (name, call) => {
  await using emulator = createEmulator();
  emulator.faults.add(fault.status(401), { times: 9 });
  const error = await call(open(emulator)).then(
    () => undefined,
    (failure: unknown) => failure,
  );
  expect(error).toBeInstanceOf(Error);
  expect((error as Error).stack).toContain(name);
  emulator.faults.clear();
});

test.each(Object.entries(calls))('and so does the stack of one that a repeat ended with: %s', async (name, call) => {
  await using emulator = createEmulator();
  // A POST is repeated too: it was not carried out.
  emulator.faults.add(fault.status(429));
  emulator.faults.add(fault.status(401), { times: 9 });
  const error = await call(open(emulator)).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: 'unauthorized' });
  expect((error as Error).stack).toContain(name);
  emulator.faults.clear();
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
