import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { rejection } from '../support/open-test-transport.js';

/** Answers so many requests, and none of those that come after: whether or not they are aborted, like a `fetch` of one's own. */
function openSilent(answered: number) {
  const emulator = createEmulator();
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  const complianceApiKey = emulator.compliance.apiKeys[workspaceId];
  const form = { ...emulator.connectionConfig(), complianceApiKey, workspaceIds: workspaceId };
  const config = parseConnectionConfig(form, { require: ['scim', 'compliance', 'admin'] });
  const silent: AbortSignal[] = [];
  let sent = 0;
  const fetch: typeof globalThis.fetch = (input, init) => {
    sent += 1;
    if (sent <= answered) return emulator.fetch(input, init);
    if (init?.signal) silent.push(init.signal);
    return new Promise<never>(() => {});
  };
  const unlimited = { rateLimit: false } as const;
  const connection = connect(config, { fetch, scim: unlimited, auditLogs: unlimited });
  return { connection, silent };
}

type Connection = ReturnType<typeof openSilent>['connection'];

const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;
const lists: Readonly<Record<string, (connection: Connection) => AsyncIterable<unknown>>> = {
  'users.iterate()': ({ scim }) => scim.users.iterate({ count: 2 }),
  'users.iterate().pages()': ({ scim }) => scim.users.iterate({ count: 2 }).pages(),
  'users.iterate() with prefetch': ({ scim }) => scim.users.iterate({ count: 2, prefetch: 4 }),
  'groups.iterate()': ({ scim }) => scim.groups.iterate({ count: 1 }),
  'files()': ({ auditLogs }) => auditLogs.files({ eventTypes }),
  'files().pages()': ({ auditLogs }) => auditLogs.files({ eventTypes }).pages(),
  'roster()': (connection) => connection.roster(),
  'roster() with usage': (connection) => connection.roster({ usage: {}, lastActivity: {} }),
  'members.iterate()': ({ admin }) => adminOf(admin).members.iterate({ limit: 1 }),
  'members.iterate().pages()': ({ admin }) => adminOf(admin).members.iterate({ limit: 1 }).pages(),
};

function adminOf(admin: Connection['admin']) {
  if (admin === undefined) throw new Error('No Admin key.');
  return admin;
}

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

for (const end of ['return', 'throw'] as const) {
  test.each(
    Object.entries(lists).flatMap(([name, list]) =>
      [0, 1].map((answered): [string, number, typeof list] => [name, answered, list]),
    ),
  )(`${end} ends %s at once while a server is silent, having answered %i times`, async (_name, answered, list) => {
    const { connection, silent } = openSilent(answered);
    const iterator = list(connection)[Symbol.asyncIterator]();
    let pending: Promise<IteratorResult<unknown>>;
    let isPending: boolean;
    do {
      isPending = true;
      pending = iterator.next();
      void pending.then(() => {
        isPending = false;
      });
      while (isPending && silent.length === 0) await turn();
      for (let turns = 0; turns < 20; turns++) await turn();
    } while (!isPending);
    const ended = end === 'return' ? iterator.return?.() : rejection(iterator.throw?.('left') as Promise<unknown>);
    expect(await ended).toEqual(end === 'return' ? { done: true, value: undefined } : 'left');
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    const asked = silent.length;
    expect(asked).toBeGreaterThan(0);
    for (let turns = 0; turns < 50; turns++) await turn();
    expect(silent).toHaveLength(asked);
    expect(silent.every(({ aborted }) => aborted)).toBe(true);
    expect(unhandled).toEqual([]);
  });
}

test('who leaves does not cancel what else the signal is for', async () => {
  const { connection } = openSilent(1);
  const { signal } = new AbortController();
  const iterator = connection.scim.users.iterate({ count: 2 }, { signal })[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.return?.();
  expect(signal.aborted).toBe(false);
});
