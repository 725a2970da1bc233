import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import type { FullConfig } from '../../src/connection/form.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { rejection } from '../support/open-test-transport.js';

const both = { require: ['scim', 'compliance'] } as const;
const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const second = '91c2d3e4-f506-4718-892a-b3c4d5e6f708';

/** The demo world, where each workspace has a key that opens it alone. */
function openWorld(changes: object = {}) {
  const emulator = createEmulator();
  const asked = new Map<string, Set<string>>();
  const keys = Object.fromEntries(
    emulator.compliance.workspaceIds.map((id) => [id, emulator.compliance.keys.create({ workspaceId: id })]),
  );
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init);
    const id = /\/workspaces\/([^/]+)/.exec(request.url)?.[1];
    const key = request.headers.get('authorization') ?? '';
    if (id !== undefined) asked.set(id, (asked.get(id) ?? new Set()).add(key.replace('Bearer ', '')));
    return emulator.fetch(request);
  };
  const { complianceApiKey: _, workspaceIds: __, ...form } = emulator.connectionConfig();
  const config = parseConnectionConfig({ ...form, complianceApiKeys: keys, ...changes }, both);
  const usedKeys = () => Object.fromEntries([...asked].map(([id, used]) => [id, [...used]]));
  const expected = Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, [key]]));
  return { emulator, keys, config, fetch, asked, usedKeys, expected };
}

it('reads the events of each workspace with its own key', async () => {
  const { emulator, config, fetch, usedKeys, expected } = openWorld();
  await using _ = emulator;
  await using connection = connect(config, { fetch });
  const principals = new Set<string>();
  for await (const { principal } of connection.auditLogs.events({ eventTypes: ['AUTH_LOG'] })) {
    principals.add(String(principal?.id));
  }
  expect([...principals].toSorted()).toEqual([...emulator.compliance.workspaceIds].toSorted());
  expect(usedKeys()).toEqual(expected);
});

it('lists the people of each workspace with its own key', async () => {
  const { emulator, config, fetch, usedKeys, expected } = openWorld();
  await using _ = emulator;
  await using connection = connect(config, { fetch });
  const people = await connection.roster().toArray({ limit: 1_000 });
  expect(people).toHaveLength(emulator.store.users.size);
  expect(people.every(({ source }) => source === 'both')).toBe(true);
  expect(usedKeys()).toEqual(expected);
});

it('checks each workspace with its own key', async () => {
  const { emulator, config, fetch, usedKeys, expected } = openWorld();
  await using _ = emulator;
  await using connection = connect(config, { fetch });
  expect((await connection.check()).verdict).toBe('ok');
  expect(usedKeys()).toEqual(expected);
});

it.each<[string, (record: Record<string, string>, ids: string[]) => void]>([
  [
    'swaps two keys',
    (record, [one = '', two = '']) => Object.assign(record, { [one]: record[two], [two]: record[one] }),
  ],
  ['takes a key away', (record, [, two = '']) => Reflect.deleteProperty(record, two)],
  ['takes a workspace off the list', (_, ids) => ids.pop()],
])('sends each key to its own workspace when the caller %s after connect', async (_, change) => {
  const { emulator, keys, config, fetch, asked, usedKeys, expected } = openWorld();
  await using __ = emulator;
  const record = { ...keys };
  const ids = [...emulator.compliance.workspaceIds];
  await using connection = connect({ ...config, complianceApiKeys: record, workspaceIds: ids }, { fetch });
  change(record, ids);
  await connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] });
  expect(await connection.roster().toArray({ limit: 1_000 })).toHaveLength(emulator.store.users.size);
  expect(usedKeys()).toEqual(expected);
  asked.clear();
  expect((await connection.check()).verdict).toBe('ok');
  expect(usedKeys()).toEqual(expected);
});

it('uses the key for all where a workspace has none of its own', async () => {
  const emulator = createEmulator();
  await using _ = emulator;
  const [one = '', two = ''] = emulator.compliance.workspaceIds;
  const complianceApiKeys = `${one} = ${emulator.compliance.keys.create({ workspaceId: one })}`;
  const config = parseConnectionConfig({ ...emulator.connectionConfig(), complianceApiKeys }, both);
  expect(config.workspaceIds).toEqual([one, two]);
  await using connection = connect(config, { fetch: emulator.fetch });
  expect(await connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] })).toHaveLength(2);
});

it('prefers the own key of a workspace to the key for all, in all that it reads', async () => {
  const world = openWorld();
  await using emulator = world.emulator;
  const [one = '', two = ''] = emulator.compliance.workspaceIds;
  const shared = emulator.compliance.apiKey;
  const own = { [one]: world.keys[one] ?? '' };
  const form = { ...emulator.connectionConfig(), complianceApiKey: shared, complianceApiKeys: own };
  await using connection = connect(parseConnectionConfig(form, both), { fetch: world.fetch });
  await connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] });
  await connection.roster().toArray();
  await connection.check();
  expect(world.usedKeys()).toEqual({ [one]: [world.keys[one]], [two]: [shared] });
});

it('finds the workspaces of a config in its keys, where it names no others', () => {
  const config = { complianceApiKeys: { [first]: 'sk-1', [second]: 'sk-2' } } as never as FullConfig;
  expect(connect(config).auditLogs.principals.map(({ id }) => id)).toEqual([first, second]);
});

it.each([
  [
    { complianceApiKeys: { [first]: 'sk-1' }, workspaceIds: [first, second] },
    ['apiKey', second],
    /no key for workspace 91c2/,
  ],
  [
    { complianceApiKeys: { [first]: 'sk-1', [second]: 'sk-2' }, workspaceIds: [first] },
    ['apiKey', second],
    /does not read/,
  ],
  [{ complianceApiKeys: { [first]: '' }, workspaceIds: [first] }, ['apiKey', first], /is missing/],
  [{ complianceApiKeys: { [first]: '[redacted]' }, workspaceIds: [first] }, ['apiKey', first], /redacted/],
  [{ complianceApiKeys: { [first]: () => 'sk-1' }, workspaceIds: [first] }, ['complianceApiKeys', first], /function/],
  [{ complianceApiKeys: { Northwind: () => 'sk-1' }, workspaceIds: [first] }, ['complianceApiKeys', 0], /function/],
  [{ complianceApiKey: () => 'sk-1', workspaceIds: [first] }, ['complianceApiKey'], /function/],
  [{ scimToken: () => 'se_1', scimBaseUrl: 'https://scim.example/v2' }, ['scimToken'], /function/],
  [
    { complianceApiKeys: `${first} = sk-1` as never, workspaceIds: [first] },
    ['complianceApiKeys'],
    /must be an object/,
  ],
])('refuses a config that the form would not have given: %j', (config, path, message) => {
  const open = () => connect(config as never);
  expect(open).toThrow(
    expect.objectContaining({ code: 'invalid_input', path, message: expect.stringMatching(message) }),
  );
});

it('prints no key with a connection, nor with what fails', async () => {
  const { emulator, keys, config, fetch } = openWorld();
  await using _ = emulator;
  const connection = connect(config, { fetch, maxRetries: 0 });
  for (const key of Object.values(keys)) emulator.compliance.keys.revoke(key);
  const error = await rejection(connection.auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] }));
  const report = await connection.check();
  const printed = [config, connection, connection.auditLogs, connection.roster(), error, report];
  const said = inspect(printed, { depth: null, showHidden: true }) + JSON.stringify(printed);
  for (const key of Object.values(keys)) expect(said).not.toContain(key);
});
