import { connect } from '../../../src/connection/connect.js';
import { parseConnectionConfig } from '../../../src/connection/parse-form.js';
import { createEmulator, createTestClock, fault } from '../../../src/testing/index.js';

// Ends by an error of this library that nobody catches: `node uncaught-child.mjs <failure> <how> <people as JSON>`.
const [failure = '', how = '', people = '{}'] = process.argv.slice(2);
const { person, members } = JSON.parse(people);

const clock = createTestClock({ skipsWaits: true });
const emulator = createEmulator({ clock });
const everything = emulator.connectionConfig({ provisioning: true, deprovisioning: true });
const config = parseConnectionConfig(everything, { require: ['scim', 'compliance'] });
const limits = { scim: { rateLimit: false }, auditLogs: { rateLimit: false } } as const;
const connection = connect(
  { ...config, provisioning: true, deprovisioning: true },
  { fetch: emulator.fetch, clock, maxRetries: 0, ...limits },
);
const { scim, auditLogs } = connection;
const always = { times: Number.POSITIVE_INFINITY };

/** A server that repeats all that it was asked, and by whom. */
function echo(status: number, skip = 0): void {
  emulator.faults.add(fault.status(status), { ...always, skip });
  const detail = `${JSON.stringify(person)} ${members.join(' ')} ${config.scimToken} ${config.complianceApiKey}`;
  const error = { message: detail, code: detail };
  emulator.faults.add(
    fault.body('echo', () => ({ detail, scimType: detail, error })),
    { ...always, skip },
  );
}

async function readAll(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

const failures: Record<string, () => unknown> = {
  ScimError: () => {
    echo(409);
    return scim.users.create(person);
  },
  'ScimError, members': () => {
    const [group] = emulator.store.groups.list();
    echo(403, 1);
    return scim.groups.addMembers(String(group?.id), members);
  },
  ConnectionError: () => {
    emulator.faults.add(fault.cut('during_body'), always);
    return scim.users.find({ userName: person.userName });
  },
  NaturalKeyConflictError: () => {
    for (const externalId of members.slice(0, 2)) emulator.store.users.add({ ...person, externalId });
    return scim.users.upsert(person);
  },
  WriteNotConfirmedError: async () => {
    const { id } = await scim.users.create(person);
    emulator.faults.add(
      fault.body('unchanged', () => ({ id, ...person })),
      always,
    );
    const title = `of ${person.displayName}`;
    return scim.users.patch(id, [{ op: 'replace', path: 'title', value: title }], { verify: true });
  },
  ResponseError: () => {
    echo(403);
    return readAll(auditLogs.files({ eventTypes: ['AUTH_LOG'] }));
  },
  AuditLogFileError: () => {
    const endTime = new Date(clock.now() - 1_000).toISOString();
    const body = `{"event_id": "x", "email": "${person.userName}", ${person.displayName}\n`;
    for (const { id } of emulator.store.workspaces)
      emulator.store.logs.addFile(id, { eventType: 'AUTH_LOG', endTime, body });
    return readAll(auditLogs.events({ eventTypes: ['AUTH_LOG'] }));
  },
  ConfigError: () => {
    const scimBaseUrl = `https://${person.displayName}:${config.scimToken}@scim.example/${person.userName}`;
    return parseConnectionConfig({ ...config, scimBaseUrl, workspaceIds: person.displayName, [person.userName]: 1 });
  },
};

async function fail(): Promise<void> {
  await failures[failure]?.();
}

if (how === 'rejected') void fail();
// From a timer: in no promise any more.
else
  fail().catch((error: unknown) => {
    setTimeout(() => {
      if (how === 'wrapped') throw new AggregateError([error], 'The nightly run failed.', { cause: error });
      throw error;
    });
  });
