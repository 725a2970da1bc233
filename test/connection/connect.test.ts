import { expect, it } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import type { ConnectOptions } from '../../src/connection/connect-options.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import type { Person } from '../../src/connection/roster/person.js';
import type { ScimClient } from '../../src/scim/client.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { clientCredentials } from '../../src/transport/client-credentials.js';
import { createFakeClock } from '../support/fake-clock.js';
import { rejection } from '../support/open-test-transport.js';

const both = { require: ['scim', 'compliance'] } as const;

it('reads people, groups and events of both workspaces from one form', async () => {
  await using emulator = createEmulator();
  await using connection = connect(parseConnectionConfig(emulator.connectionConfig(), both), { fetch: emulator.fetch });
  const users: string[] = [];
  for await (const user of connection.scim.users.iterate()) users.push(user.userName);
  const groups: string[] = [];
  for await (const group of connection.scim.groups.iterate()) groups.push(group.displayName);
  const principals = new Set<string>();
  for await (const event of connection.auditLogs.events({ eventTypes: ['AUTH_LOG'] })) {
    principals.add(String(event.principal?.id));
  }
  expect(users).toHaveLength(emulator.store.users.size);
  expect(groups.sort()).toEqual(['Engineering', 'Everyone', 'Finance']);
  expect([...principals].sort()).toEqual([...emulator.compliance.workspaceIds].sort());
});

it('tells who is there, joined from both halves', async () => {
  await using emulator = createEmulator();
  await using connection = connect(parseConnectionConfig(emulator.connectionConfig(), both), { fetch: emulator.fetch });
  const people: Person[] = [];
  for await (const person of connection.roster()) people.push(person);
  expect(people).toHaveLength(emulator.store.users.size);
  expect(people.every(({ source, status }) => source === 'both' && status === 'active')).toBe(true);
});

it('checks and reads a directory that takes OAuth client credentials only, with a token beside the form', async () => {
  await using emulator = createEmulator({ scim: { oauth: {} } });
  const { tokenUrl = '', clientId = '', clientSecret = '' } = emulator.scim.oauth ?? {};
  const token = clientCredentials({ tokenUrl, clientId, clientSecret, fetch: emulator.fetch });
  const config = parseConnectionConfig({ ...emulator.connectionConfig(), scimToken: 'unused' }, both);
  await using connection = connect(config, { fetch: emulator.fetch, scim: { token } });
  const { findings, credentials } = await connection.check();
  expect(findings.filter(({ service }) => service === 'scim')).toEqual([]);
  expect(credentials[0]).toMatchObject({ credential: 'scim_token', looksLike: 'unknown', authenticated: 'ok' });
  expect(await connection.roster().toArray({ limit: 100 })).toHaveLength(emulator.store.users.size);
});

it('says that a directory may take OAuth only, where it refuses the token of the form', async () => {
  await using emulator = createEmulator({ scim: { oauth: {} } });
  const form = { ...emulator.connectionConfig(), scimToken: 'se_0123456789abcdef0123' };
  const config = parseConnectionConfig(form, both);
  const { findings } = await connect(config, { fetch: emulator.fetch }).check();
  const refused = findings.find(({ service }) => service === 'scim');
  expect(refused?.code).toBe('scim_token_refused');
  expect(refused?.message).toContain('OAuth client credentials only');
  expect(refused?.remedy).toContain('shown only once');
});

it('has no client for a half that the form has not', () => {
  const scimOnly = connect(
    parseConnectionConfig({ scimBaseUrl: 'https://scim.example/v2', scimToken: 'se_1' }, { require: ['scim'] }),
  );
  expect(scimOnly.auditLogs).toBeUndefined();
  expect(scimOnly.scim.access).toEqual({ provisioning: false, deprovisioning: false });
  const complianceOnly = connect({ complianceApiKey: 'sk-1', workspaceIds: ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b'] });
  expect(complianceOnly.scim).toBeUndefined();
  expect(() => connect({} as never)).toThrow('no SCIM half, no compliance half, and no key of the API Platform');
});

it('cannot write unless a box is ticked, even when the type is cast away', async () => {
  await using emulator = createEmulator();
  const { scim } = connect(parseConnectionConfig(emulator.connectionConfig(), both), { fetch: emulator.fetch });
  const users = scim.users as unknown as ScimClient<'provisioning'>['users'];
  await expect(users.create({ userName: 'a@b.c' })).rejects.toMatchObject({
    code: 'access_denied',
    permission: 'provisioning',
  });
  // A form that was never parsed, with the string that means no to a person and yes to JavaScript.
  const unparsed = { ...emulator.connectionConfig(), provisioning: 'false' } as never;
  expect(() => connect(unparsed, { fetch: emulator.fetch })).toThrow('`access.provisioning` must be true or false.');
});

it('gives what is said for one service precedence over what is said for both', async () => {
  await using emulator = createEmulator();
  const asked: string[] = [];
  const spy =
    (name: string): typeof fetch =>
    (input, init) => {
      asked.push(name);
      return emulator.fetch(input, init);
    };
  await using connection = connect(parseConnectionConfig(emulator.connectionConfig(), both), {
    fetch: spy('both'),
    scim: { fetch: spy('scim') },
  });
  await connection.scim.users.list({ count: 1 });
  await connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] });
  expect(asked).toEqual(['scim', 'both', 'both']);
});

/** A `fetch` that never answers, as a server that hangs. */
const hanging = ((_, init) =>
  new Promise((_resolve, reject) => {
    const { signal } = init ?? {};
    signal?.addEventListener('abort', () => reject(signal.reason));
  })) as typeof fetch;

it('says to everything that waits that the connection was closed', async () => {
  await using emulator = createEmulator();
  const connection = connect(parseConnectionConfig(emulator.connectionConfig(), both), { fetch: hanging });
  const waiting = [
    connection.scim.users.list(),
    connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] }),
    connection.check(),
    connection.roster()[Symbol.asyncIterator]().next(),
    connection.auditLogs
      .follow({ eventTypes: ['AUTH_LOG'] })
      [Symbol.asyncIterator]()
      .next(),
  ].map(rejection);
  await new Promise((resolve) => setImmediate(resolve));
  await connection.close();
  for (const reason of await Promise.all(waiting))
    expect(reason).toMatchObject({ name: 'ConnectionError', code: 'connection_closed' });
});

it('says so to whoever begins after it was closed, and to close it twice does no harm', async () => {
  await using emulator = createEmulator();
  const connection = connect(parseConnectionConfig(emulator.connectionConfig(), both), { fetch: emulator.fetch });
  await connection[Symbol.asyncDispose]();
  await connection.close();
  const begun = [
    connection.scim.users.list(),
    connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] }),
    connection.check(),
    connection.roster()[Symbol.asyncIterator]().next(),
  ].map(rejection);
  for (const reason of await Promise.all(begun)) expect(reason).toMatchObject({ code: 'connection_closed' });
  expect(emulator.requests.total).toBe(0);
});

it('ends with the signal of whoever opened it, for the same reason', async () => {
  await using emulator = createEmulator();
  const controller = new AbortController();
  const connection = connect(parseConnectionConfig(emulator.connectionConfig(), both), {
    fetch: hanging,
    signal: controller.signal,
  });
  const waiting = [connection.scim.users.list(), connection.check()].map(rejection);
  await new Promise((resolve) => setImmediate(resolve));
  controller.abort('enough');
  expect(await Promise.all(waiting)).toEqual(['enough', 'enough']);
});

it('shares nothing between two connections: not the end, not the rate, not the waiting', async () => {
  await using one = createEmulator({ seed: 1 });
  await using other = createEmulator({ seed: 2 });
  const clock = createFakeClock();
  const open = (emulator: typeof one) =>
    connect(parseConnectionConfig(emulator.connectionConfig(), both), {
      fetch: emulator.fetch,
      clock,
      scim: { rateLimit: { requests: 1, intervalMs: 60_000 } },
    });
  const first = open(one);
  const second = open(other);
  await first.scim.users.list();
  const queued = rejection(first.scim.users.list());
  // The first one's turn is used up; the second's is not.
  expect((await second.scim.users.list()).items).not.toHaveLength(0);
  await first.close();
  expect(await queued).toMatchObject({ code: 'connection_closed' });
  expect(await second.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] })).toHaveLength(2);
});

it.each([
  [[undefined], 'The config has no SCIM half, no compliance half, and no key of the API Platform.', 'config'],
  [['se_1'], 'The config has no SCIM half, no compliance half, and no key of the API Platform.', 'config'],
  [[{ scimBaseUrl: 'https://scim.example', scimToken: 'se_1' }, { fecth: fetch }], '`fecth` is not an option', 'fecth'],
  [[{ scimBaseUrl: 'https://scim.example', scimToken: 'se_1' }, { fetch: 3 }], '`fetch` must be a function.', 'fetch'],
  [[{ scimBaseUrl: 'https://scim.example', scimToken: 'se_1' }, { deadlineMs: '5' }], '`deadlineMs`', 'deadlineMs'],
  [[{ scimBaseUrl: 'https://scim.example', scimToken: '' }], '`token` is missing.', 'token'],
  [[{ complianceApiKey: null, workspaceIds: [] }], 'workspace', undefined],
])('says what is wrong with the arguments %o', (given, message, name) => {
  let thrown: unknown;
  try {
    (connect as (...given: unknown[]) => unknown)(...given);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    name: 'InputError',
    message: expect.stringContaining(message),
    ...(name !== undefined && { path: [name] }),
  });
});

it('knows every option there is', () => {
  const options: Record<keyof ConnectOptions, undefined> = {
    admin: undefined,
    allowHost: undefined,
    auditLogs: undefined,
    clock: undefined,
    dangerouslyAllowHttpLoopback: undefined,
    deadlineMs: undefined,
    fetch: undefined,
    headers: undefined,
    maxResponseBytes: undefined,
    maxRetries: undefined,
    onEvent: undefined,
    random: undefined,
    rateLimit: undefined,
    scim: undefined,
    signal: undefined,
    timeoutMs: undefined,
  };
  const config = parseConnectionConfig({ scimBaseUrl: 'https://scim.example', scimToken: 'se_1' });
  expect(() => connect(config, options)).not.toThrow();
});

it('names the option that was meant', () => {
  const config = { scimBaseUrl: 'https://scim.example', scimToken: 'se_1', provisioning: false, deprovisioning: false };
  expect(() => connect(config as never, { timeout: 5 } as never)).toThrow(
    expect.objectContaining({ remedy: 'Write `timeoutMs`.' }),
  );
});

it('is not changed by what happens to the config afterwards', async () => {
  await using emulator = createEmulator();
  const config = { ...parseConnectionConfig(emulator.connectionConfig(), both) };
  await using connection = connect(config, { fetch: emulator.fetch });
  Object.assign(config, { scimToken: 'se_other', complianceApiKey: 'sk-other', workspaceIds: [] });
  expect((await connection.check()).verdict).toBe('ok');
});
