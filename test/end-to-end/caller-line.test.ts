import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import {
  type AuditLogClient,
  connect,
  type OpenConnection,
  parseConnectionConfig,
  type ScimClient,
} from '../../src/index.js';
import { createEmulator, fault } from '../../src/testing/index.js';

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
  async callerOfRoster(connection) {
    for await (const person of connection.roster()) return person;
  },
};

const open = (emulator: ReturnType<typeof createEmulator>) => {
  const form = { ...emulator.connectionConfig(), provisioning: true, deprovisioning: true };
  return connect(parseConnectionConfig(form, { require: ['scim', 'compliance'] }), emulator.clientOptions) as Open;
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
