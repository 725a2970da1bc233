import { expect, test } from 'vitest';
import * as main from '../../src/index.js';
import * as scim from '../../src/scim/index.js';
import * as testing from '../../src/testing/index.js';

const sent: unknown[] = [];
const fetch = (...request: unknown[]) => {
  sent.push(request);
  return Promise.reject(new Error('sent'));
};
const client = new main.ScimClient({
  ...{ baseUrl: 'https://scim.example', token: 'se_1', fetch },
  access: { provisioning: true, deprovisioning: true },
});
const { users, groups } = client;
const logs = new main.AuditLogClient({ apiKey: 'sk-1', workspaceIds: 'w1', fetch });
const connection = main.connect({ complianceApiKey: 'sk-1', workspaceIds: ['w1'] }, { fetch });
const owner = { type: 'workspace', id: 'w1' } as const;
const emulator = testing.createEmulator({ world: 'empty' });
const text = 'AUTH_LOG' as never;

/** Whatever takes a list, given one of its entries alone: read as a list, it would be asked for letter by letter. */
const calls: Readonly<Record<string, () => unknown>> = {
  'check: eventTypes': () => connection.check({ eventTypes: text }),
  'roster: usage.sources': () => connection.roster({ usage: { sources: text } }),
  'roster: lastActivity.eventTypes': () => connection.roster({ lastActivity: { eventTypes: text } }),
  'events: eventTypes': () => logs.events({ eventTypes: text }),
  'batches: eventTypes': () => logs.batches({ eventTypes: text }),
  'follow: eventTypes': () => logs.follow({ eventTypes: text }),
  'files: eventTypes': () => logs.files({ eventTypes: text }),
  'maxEventTime: eventTypes': () => logs.maxEventTime({ eventTypes: text }),
  'parseConnectionConfig: require': () => main.parseConnectionConfig({}, { require: text }),
  'get: attributes': () => users.get('1', { attributes: text }),
  'get: excludedAttributes': () => users.get('1', { excludedAttributes: text }),
  'list: attributes': () => users.list({ attributes: text }),
  'iterate: excludedAttributes': () => users.iterate({ excludedAttributes: text }),
  'search: attributes': () => users.search({ attributes: text }),
  'create: attributes': () => users.create({ userName: 'a' }, { attributes: text }),
  'patch: operations': () => users.patch('1', text),
  'addMembers: members': () => groups.addMembers('g', text),
  'removeMembers: memberIds': () => groups.removeMembers('g', text),
  'setMembers: members': () => groups.setMembers('g', text),
  'resource: naturalKeys': () =>
    client.resource({ endpoint: '/T', schema: { id: 'urn:x', attributes: {} }, naturalKeys: text }),
  'bulk: writes': () => scim.bulk(client, text),
  'parsePath: schemas': () => scim.parsePath('title', { schemas: text }),
  'chunkOperations: operations': () => scim.chunkOperations(text, 1),
  'keys.create: scopes': () => emulator.compliance.keys.create({ scopes: text }),
  'keys.create: principalIds': () => emulator.compliance.keys.create({ principalIds: text }),
  'seedGroups: memberIds': () => testing.seedGroups(emulator, 1, { memberIds: text }),
  'generatePlatformEvents: types': () =>
    testing.generatePlatformEvents({ from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z', types: text }),
  'generateEveryKind: people': () =>
    testing.generateEveryKind({ owner, eventType: 'AUTH_LOG', at: '2026-11-22T00:00:00Z', people: text }),
};

test.each(Object.entries(calls))('a text in place of a list is refused, with what to write: %s', async (_, call) => {
  let error: unknown;
  try {
    const result = Object(await call()) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
    await result[Symbol.asyncIterator]?.().next();
    result[Symbol.iterator]?.().next();
  } catch (caught) {
    error = caught;
  }
  expect(error).toMatchObject({
    name: 'InputError',
    remedy: expect.stringMatching(/\['AUTH_LOG'\]|^Give a list|^Pass an array/),
  });
  expect(sent).toEqual([]);
});

test('a text that may be a secret is not repeated', async () => {
  const error = await connection.check({ eventTypes: 'sk-admin-1234' as never }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ remedy: "Write it in brackets, also where it is one: […]. Or write 'all'." });
});
