import { describe, expect, onTestFinished, test } from 'vitest';
import * as adminEntry from '../../src/admin/index.js';
import * as auditLogs from '../../src/audit-logs/index.js';
import * as exporting from '../../src/export/index.js';
import * as main from '../../src/index.js';
import * as normalize from '../../src/normalize/index.js';
import * as provisioning from '../../src/provisioning/index.js';
import * as scim from '../../src/scim/index.js';
import * as testing from '../../src/testing/index.js';
import { compileLines, findOptionsObjects } from './support/options-objects.js';

/**
 * What a caller gives that is no options: by its type, and why nobody looks for misspelt names in it. What has methods is seen
 * as all else: options may have some.
 */
const data: Readonly<Record<string, string>> = {
  AuditLogCheckpoint: 'what the library gave is given back; it is read strictly',
  AuditLogClient: 'a thing, called by its methods',
  AuditLogFile: 'what the library gave is given back',
  AuditLogPrincipal: 'what the library gave is given back',
  CheckReport: 'what the library gave is given back',
  Clock: 'a thing, called by its methods',
  Criteria: 'names of attributes, checked against the schema: test/scim/unknown-options.test.ts',
  DirectoryPlan: 'what the library gave is given back',
  EmulatorRequest: 'what the library gave is given back',
  EmulatorSnapshot: 'what the library gave is given back',
  EventIssue: 'what a validator of the caller returns',
  EventRow: 'what the library gave is given back',
  Fault: 'made by `fault`, each kind with its own parts: test/testing/misspelt-options.test.ts',
  LogEvent: 'an event, which may hold anything',
  LogSink: 'a thing, called by its methods',
  MemberInput: 'attributes of a resource, which are open',
  MswHttp: 'a thing, called by its methods',
  NewUser: 'attributes of a resource, which are open',
  PlanJournal: 'a thing, called by its methods',
  PostgresClient: 'a thing, called by its methods',
  PatchPath: 'made by `parsePath`',
  ReceivedPatchOperation: 'what another program sent',
  ResourceInput: 'attributes of a resource, which are open',
  Schema: 'of Standard Schema: made by another library',
  SchemaDefinition: 'what a server sent',
  ScimClient: 'a thing, called by its methods',
  SdkErrorOptions: 'errors are made by the library',
  SqliteDatabase: 'a thing, called by its methods',
  WorkspaceUser: 'what the emulator holds',
};
/** Filters are checked as they are read, the `input` of a form has issues of its own; `emulator` is one, an `event` is told, as is a `user`; operations are checked where they are sent, and so is the data of a bulk write, which may be anything; those of a baseline are a plan's own. A journal is called by the library. */
const dataPlaces =
  /\((filter|match|emulator|event|input|user)\)$|\.(?:filter|managed)$|^filter\(values\)|^(and|or)\(filters\)|^chunkOperations\(|^bulk\(writes\)\[\]\.data|^Schema\.~standard|^baselineOf\(operations\)|^PlanJournal\./;

const limit = 'requests: 1, intervalMs: 1';
const generated = "eventType: 'AUTH_LOG', count: 1, from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z'";
const range = "from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z'";
const exported = "client: logs, query: { eventTypes: ['AUTH_LOG'] }, sink";
const attribute = "{ id: 'urn:x', attributes: { title: { $ } } }";
/** Each method of the Admin API takes a query and options: how it is called, with what stands before them. */
const adminCalls: Readonly<Record<string, string>> = {
  'AdminClient.get': "admin.get('/manage/workspaces/{workspace_id}/x', ",
  'AdminMembers.list': 'admin.members.list(',
  'AdminMembers.iterate': 'admin.members.iterate(',
  'AdminMembers.get': "admin.members.get('1', ",
  'AdminMembers.listGroups': "admin.members.listGroups('1', ",
  'AdminMembers.groups': "admin.members.groups('1', ",
  'AdminInvites.list': 'admin.invites.list(',
  'AdminInvites.iterate': 'admin.invites.iterate(',
  'AdminInvites.get': "admin.invites.get('1', ",
  'AdminGroups.list': 'admin.groups.list(',
  'AdminGroups.iterate': 'admin.groups.iterate(',
  'AdminGroups.get': "admin.groups.get('1', ",
  'AdminGroups.listMembers': "admin.groups.listMembers('1', ",
  'AdminGroups.members': "admin.groups.members('1', ",
  'AdminServiceAccounts.list': 'admin.serviceAccounts.list(',
  'AdminServiceAccounts.iterate': 'admin.serviceAccounts.iterate(',
  'AdminServiceAccounts.get': "admin.serviceAccounts.get('1', ",
  'AdminServiceAccounts.listCredentials': "admin.serviceAccounts.listCredentials('1', ",
  'AdminServiceAccounts.credentials': "admin.serviceAccounts.credentials('1', ",
  'AdminUsageLimitList.list': 'admin.usageLimits.users.list(',
  'AdminUsageLimitList.iterate': 'admin.usageLimits.users.iterate(',
  'AdminUsageLimits.workspace': 'admin.usageLimits.workspace(',
  'AdminUsageLimits.group': "admin.usageLimits.group('1', ",
  'AdminUsageLimits.user': "admin.usageLimits.user('1', ",
  'AdminUsageLimits.monthlyUsage': "admin.usageLimits.monthlyUsage('1', ",
  'AdminUsage.list': 'admin.usage.list(',
  'AdminUsage.iterate': 'admin.usage.iterate(',
};
/** For each place what a caller writes there, the options at the `$`. Both the compiler and the library are to refuse it. */
const rows: Readonly<Record<string, string>> = {
  'new AuditLogClient(options)': "new AuditLogClient({ apiKey: 'sk-1', workspaceIds: 'w1', fetch, $ })",
  'new AuditLogClient(options).platform': "new AuditLogClient({ platform: { id: 'org-1', apiKey: 'sk-1', $ } })",
  'new AuditLogClient(options).rateLimit':
    "new AuditLogClient({ apiKey: 'sk-1', workspaceIds: 'w1', rateLimit: { $ } })",
  'new AuditLogClient(options).rateLimit.lists': `new AuditLogClient({ apiKey: 'sk-1', workspaceIds: 'w1', rateLimit: { lists: { ${limit}, $ } } })`,
  'new AuditLogClient(options).rateLimit.downloads': `new AuditLogClient({ apiKey: 'sk-1', workspaceIds: 'w1', rateLimit: { downloads: { ${limit}, $ } } })`,
  'AuditLogClient.files(query)': "logs.files({ eventTypes: ['AUTH_LOG'], $ })",
  'AuditLogClient.files(options)': "logs.files({ eventTypes: ['AUTH_LOG'] }, { $ })",
  'AuditLogClient.download(options)':
    "logs.download({ id: 'f', event_type: 'AUTH_LOG', end_time: '', principal: { type: 'workspace', id: 'w1' } }, { $ })",
  'AuditLogClient.events(query)': "logs.events({ eventTypes: ['AUTH_LOG'], $ })",
  'AuditLogClient.events(options)': "logs.events({ eventTypes: ['AUTH_LOG'] }, { $ })",
  'AuditLogClient.batches(query)': "logs.batches({ eventTypes: ['AUTH_LOG'], $ })",
  'AuditLogClient.batches(options)': "logs.batches({ eventTypes: ['AUTH_LOG'] }, { $ })",
  'AuditLogClient.follow(query)': "logs.follow({ eventTypes: ['AUTH_LOG'], $ })",
  'AuditLogClient.follow(options)': "logs.follow({ eventTypes: ['AUTH_LOG'] }, { $ })",
  'AuditLogClient.maxEventTime(query)': "logs.maxEventTime({ eventTypes: ['AUTH_LOG'], $ })",
  'AuditLogClient.maxEventTime(options)': "logs.maxEventTime({ eventTypes: ['AUTH_LOG'] }, { $ })",
  'new AdminClient(options)': "new AdminClient({ apiKey: 'sk-1', workspaceIds: 'w1', fetch, $ })",
  'new AdminClient(options).rateLimit': `new AdminClient({ apiKey: 'sk-1', workspaceIds: 'w1', rateLimit: { ${limit}, $ } })`,
  'AdminMembers.find(query)': "admin.members.find({ email: 'a@b.c', $ })",
  'AdminMembers.find(options)': "admin.members.find({ email: 'a@b.c' }, { $ })",
  ...Object.fromEntries(
    Object.entries(adminCalls).flatMap(([place, call]) => [
      [`${place}(query)`, `${call}{ $ })`],
      [`${place}(options)`, `${call}{}, { $ })`],
    ]),
  ),
  'consoleLogger(options)': 'consoleLogger({ $ })',
  'clientCredentials(options)':
    "clientCredentials({ tokenUrl: 'https://x.example', clientId: 'c', clientSecret: 's', $ })",
  'List.toArray(options)': 'users.iterate().toArray({ $ })',
  'formatCheckReport(options)': 'formatCheckReport(report, { $ })',
  'connect(config)': "connect({ complianceApiKey: 'sk-1', workspaceIds: ['w1'], $ })",
  'connect(options)': 'connect(config, { $ })',
  'connect(options).scim': 'connect(config, { scim: { $ } })',
  'connect(options).scim.rateLimit': `connect(config, { scim: { rateLimit: { ${limit}, $ } } })`,
  'connect(options).scim.profile': 'connect(config, { scim: { profile: { ...rfcProfile, $ } } })',
  'connect(options).scim.profile.refuses':
    'connect(config, { scim: { profile: { ...rfcProfile, refuses: { userWithoutEmail: true, nullValues: true, $ } } } })',
  'connect(options).auditLogs': 'connect(config, { auditLogs: { $ } })',
  'connect(options).auditLogs.rateLimit': 'connect(config, { auditLogs: { rateLimit: { $ } } })',
  'connect(options).auditLogs.rateLimit.lists': `connect(config, { auditLogs: { rateLimit: { lists: { ${limit}, $ } } } })`,
  'connect(options).auditLogs.rateLimit.downloads': `connect(config, { auditLogs: { rateLimit: { downloads: { ${limit}, $ } } } })`,
  'connect(options).auditLogs.platform': 'connect(config, { auditLogs: { platform: { $ } } })',
  'connect(options).admin': 'connect(config, { admin: { $ } })',
  'connect(options).admin.rateLimit': `connect(config, { admin: { rateLimit: { ${limit}, $ } } })`,
  'ComplianceRoutes.get(query)': "connection.compliance.get('/compliance/workspaces/{workspace_id}/x', { $ })",
  'ComplianceRoutes.get(options)': "connection.compliance.get('/compliance/workspaces/{workspace_id}/x', {}, { $ })",
  'OpenConnection.check(query)': 'connection.check({ $ })',
  'OpenConnection.check(options)': 'connection.check({}, { $ })',
  'OpenConnection.roster(query)': 'connection.roster({ $ })',
  'OpenConnection.roster(options)': 'connection.roster({}, { $ })',
  'OpenConnection.roster(query).usage': 'connection.roster({ usage: { $ } })',
  'OpenConnection.roster(query).lastActivity': 'connection.roster({ lastActivity: { $ } })',
  'readConnectionConfigFromEnv(given)': 'readConnectionConfigFromEnv({}, { $ })',
  'parseConnectionConfig(options)': 'parseConnectionConfig({}, { $ })',
  'safeParseConnectionConfig(given)': 'safeParseConnectionConfig({}, { $ })',
  'new ScimClient(options)': "new ScimClient({ baseUrl: 'https://scim.example', token: 'se_1', $ })",
  'new ScimClient(options).access': "new ScimClient({ baseUrl: 'https://scim.example', token: 'se_1', access: { $ } })",
  'new ScimClient(options).profile':
    "new ScimClient({ baseUrl: 'https://scim.example', token: 'se_1', profile: { ...rfcProfile, $ } })",
  'new ScimClient(options).profile.refuses':
    "new ScimClient({ baseUrl: 'https://scim.example', token: 'se_1', profile: { ...rfcProfile, refuses: { userWithoutEmail: true, nullValues: true, $ } } })",
  'new ScimClient(options).rateLimit': `new ScimClient({ baseUrl: 'https://scim.example', token: 'se_1', rateLimit: { ${limit}, $ } })`,
  'ScimClientBase.resource(definition)': "client.resource({ endpoint: '/Things', schema, $ })",
  'ScimClientBase.resource(definition).schema':
    "client.resource({ endpoint: '/Things', schema: { id: 'urn:x', attributes: {}, $ } })",
  'ScimClientBase.serviceProviderConfig(options)': 'client.serviceProviderConfig({ $ })',
  'ScimClientBase.resourceTypes(options)': 'client.resourceTypes({ $ })',
  'ScimClientBase.schemas(options)': 'client.schemas({ $ })',
  'ScimClientBase.me(options)': 'client.me({ $ })',
  'publicHostsOnly(options)': "publicHostsOnly(new URL('https://host.example'), { $ })",
  'bulk(writes)[]': "bulk(client, [{ method: 'DELETE', path: '/Users/1', $ }])",
  'bulk(options)': 'bulk(client, [], { $ })',
  'compileFilter(options)': "compileFilter('a eq 1', { $ })",
  'matchesFilter(options)': "matchesFilter('a eq 1', {}, { $ })",
  'applyPatch(given)': 'applyPatch({}, [], { $ })',
  'diffPatch(options)': 'diffPatch({}, {}, { $ })',
  'parsePath(options)': "parsePath('title', { $ })",
  'planDirectory(desired)': 'planDirectory(client, { users: [], $ })',
  'planDirectory(policy)': 'planDirectory(client, { users: [] }, { $ })',
  'planDirectory(policy).limits': 'planDirectory(client, { users: [] }, { limits: { $ } })',
  'planDirectory(policy).protect': 'planDirectory(client, { users: [] }, { protect: { $ } })',
  'planDirectory(policy).protect.serviceAccounts':
    'planDirectory(client, { users: [] }, { protect: { serviceAccounts: { except: [], $ } } })',
  'planDirectory(options)': 'planDirectory(client, { users: [] }, {}, { $ })',
  ...Object.fromEntries(
    [
      ['', '$'],
      ['.limits', "limits: { plan: 'h', $ }"],
      ['.policy', 'policy: { $ }'],
      ['.policy.limits', 'policy: { limits: { $ } }'],
      ['.policy.protect', 'policy: { protect: { $ } }'],
      ['.policy.protect.serviceAccounts', 'policy: { protect: { serviceAccounts: { except: [], $ } } }'],
    ].map(([place, code]) => [
      `applyPlan(options)${place}`,
      `applyPlan(client, plan, { approve: 'h', journal: memoryJournal(), ${code} })`,
    ]),
  ),
  'revertPlan(policy)': 'revertPlan(client, memoryJournal(), { $ })',
  'revertPlan(policy).limits': 'revertPlan(client, memoryJournal(), { limits: { $ } })',
  'revertPlan(policy).protect': 'revertPlan(client, memoryJournal(), { protect: { $ } })',
  'revertPlan(policy).protect.serviceAccounts':
    'revertPlan(client, memoryJournal(), { protect: { serviceAccounts: { except: [], $ } } })',
  'revertPlan(options)': 'revertPlan(client, memoryJournal(), {}, { $ })',
  'fileJournal(options)': "fileJournal('./plan.journal', { $ })",
  'toOcsf(options)': "toOcsf({ id: 'a', type: 'x.y', effective_at: 1 }, { $ })",
  'toEcs(options)': "toEcs({ id: 'a', type: 'x.y', effective_at: 1 }, { $ })",
  'formatPlan(options)': 'formatPlan(plan, { $ })',
  'brakesInForce(approved)': "brakesInForce(plan, { plan: 'h', $ })",
  'GroupOperations.replace(options)': "groups.replace('g', { displayName: 'G' }, { $ })",
  'GroupOperations.addMembers(options)': "groups.addMembers('g', ['1'], { $ })",
  'GroupOperations.removeMembers(options)': "groups.removeMembers('g', ['1'], { $ })",
  'GroupOperations.setMembers(options)': "groups.setMembers('g', ['1'], { $ })",
  'ResourceOperations.list(query)': 'users.list({ $ })',
  'ResourceOperations.list(options)': 'users.list({}, { $ })',
  'ResourceOperations.iterate(query)': 'users.iterate({ $ })',
  'ResourceOperations.iterate(options)': 'users.iterate({}, { $ })',
  'ResourceOperations.get(options)': "users.get('1', { $ })",
  'ResourceOperations.getIfNoneMatch(options)': "users.getIfNoneMatch('1', 'W/\"1\"', { $ })",
  'ResourceOperations.find(options)': "users.find({ userName: 'a' }, { $ })",
  'ResourceOperations.search(query)': 'users.search({ $ })',
  'ResourceOperations.search(options)': 'users.search({}, { $ })',
  'ResourceOperations.count(query)': 'users.count({ $ })',
  'ResourceOperations.count(options)': 'users.count({}, { $ })',
  'ResourceOperations.create(options)': "users.create({ userName: 'a' }, { $ })",
  'ResourceOperations.upsert(options)': "users.upsert({ userName: 'a' }, { $ })",
  'ResourceOperations.patch(operations)[]': "users.patch('1', [{ op: 'replace', path: 'title', value: 'x', $ }])",
  'ResourceOperations.patch(options)': "users.patch('1', [{ op: 'replace', path: 'title', value: 'x' }], { $ })",
  'ResourceOperations.delete(options)': "users.delete('1', { $ })",
  'ResourceOperations.replace(options)': "users.replace('1', { userName: 'a' }, { $ })",
  'UserOperations.activate(options)': "users.activate('1', { $ })",
  'UserOperations.deactivate(options)': "users.deactivate('1', { $ })",
  'createTestClock(options)': 'createTestClock({ $ })',
  'ComplianceKeys.create(options)': 'emulator.compliance.keys.create({ $ })',
  'Workspaces.add(workspace)': "emulator.store.workspaces.add({ id: 'w', name: 'W', organizationId: 'org-1', $ })",
  'Workspaces.updateUser(changes)': "emulator.store.workspaces.updateUser('w', 'u', { $ })",
  'ManualGroups.add(group)': "emulator.store.admin.groups.add('w', { name: 'G', $ })",
  'UsageLimits.request(request)': "emulator.store.admin.limits.request('w', { user: 'u', $ })",
  'LogStore.append(options)': "emulator.store.logs.append('w', [], { $ })",
  'LogStore.addFile(file)':
    "emulator.store.logs.addFile('w', { eventType: 'AUTH_LOG', endTime: '2026-11-22T00:00:00Z', body: '', $ })",
  'LogStore.list(given)': "emulator.store.logs.list('w', { $ })",
  'createEmulator(options)': 'createEmulator({ $ })',
  'createEmulator(options).scim': 'createEmulator({ scim: { $ } })',
  'createEmulator(options).workspaces[]': 'createEmulator({ workspaces: [{ $ }] })',
  'createEmulator(options).workspaces[].keys[]': 'createEmulator({ workspaces: [{ keys: [{ $ }] }] })',
  'createEmulator(options).scim.oauth': 'createEmulator({ scim: { oauth: { $ } } })',
  'createEmulator(options).scim.quirks': 'createEmulator({ scim: { quirks: { $ } } })',
  'createEmulator(options).compliance': 'createEmulator({ compliance: { $ } })',
  'exportLogs(options)': `exportLogs({ ${exported}, $ })`,
  'exportLogs(options).query': "exportLogs({ client: logs, query: { eventTypes: ['AUTH_LOG'], $ }, sink })",
  'exportLogs(options).budget': `exportLogs({ ${exported}, budget: { $ } })`,
  'memorySink(options)': 'memorySink({ $ })',
  'ndjsonSink(options)': "ndjsonSink('logs', { $ })",
  'objectSink(options)': 'objectSink(store, { $ })',
  'objectSink(store)': 'objectSink({ ...store, $ })',
  'postgresSink(options)': 'postgresSink(pool, { $ })',
  'sqliteSink(options)': 'sqliteSink(db, { $ })',
  'LogSink.erase(person)': "sink.erase({ userId: 'user-a', $ })",
  'LogSink.prune(range)': "sink.prune({ before: '2026-01-01', $ })",
  'createEmulator(options).compliance.rateLimits': 'createEmulator({ compliance: { rateLimits: { $ } } })',
  'createEmulator(options).compliance.logs': 'createEmulator({ compliance: { logs: { $ } } })',
  'createEmulator(options).compliance.quirks': 'createEmulator({ compliance: { quirks: { $ } } })',
  'createEmulator(options).admin': 'createEmulator({ admin: { $ } })',
  'createEmulator(options).admin.quirks': 'createEmulator({ admin: { quirks: { $ } } })',
  'createEmulator(options).platform': 'createEmulator({ platform: { $ } })',
  'createEmulator(options).platform.quirks': 'createEmulator({ platform: { quirks: { $ } } })',
  'PlatformLog.append(options)': 'emulator.store.platform.append([], { $ })',
  'FaultPlan.add(given)': 'emulator.faults.add(fault.status(500), { $ })',
  'Emulator.listen(options)': 'emulator.listen({ $ })',
  'Emulator.connectionConfig(overrides)': 'emulator.connectionConfig({ $ })',
  'EmulatorServer.connectionConfig(overrides)': 'server.connectionConfig({ $ })',
  'generateEvents(given)':
    "generateEvents({ owner, eventType: 'AUTH_LOG', count: 1, from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z', $ })",
  'generateEvents(given).owner': `generateEvents({ owner: { ...owner, $ }, ${generated} })`,
  'generateEvents(given).people[]': `generateEvents({ owner, people: [{ ...personOf(0), $ }], ${generated} })`,
  'generateEveryKind(given)': "generateEveryKind({ owner, eventType: 'AUTH_LOG', at: '2026-11-22T00:00:00Z', $ })",
  'generateEveryKind(given).owner':
    "generateEveryKind({ owner: { ...owner, $ }, eventType: 'AUTH_LOG', at: '2026-11-22T00:00:00Z' })",
  'generateEveryKind(given).people[]':
    "generateEveryKind({ owner, people: [{ ...personOf(0), $ }], eventType: 'AUTH_LOG', at: '2026-11-22T00:00:00Z' })",
  'generatePlatformEvents(given)': `generatePlatformEvents({ ${range}, $ })`,
  'generatePlatformEvents(given).people[]': `generatePlatformEvents({ people: [{ ...personOf(0), $ }], ${range} })`,
  'fault.status(options)': 'fault.status(500, { $ })',
  'fault.slowBody(options)': 'fault.slowBody({ bytes: 1, delayMs: 1, $ })',
  'seedEvents(given)': "seedEvents(emulator, { eventType: 'AUTH_LOG', count: 0, $ })",
  'seedEvents(given).owner': "seedEvents(emulator, { owner: { ...owner, $ }, eventType: 'AUTH_LOG', count: 0 })",
  'seedEvents(given).people[]':
    "seedEvents(emulator, { owner, people: [{ ...personOf(0), $ }], eventType: 'AUTH_LOG', count: 1 })",
  'seedGroups(options)': 'seedGroups(emulator, 0, { $ })',
  'seedLogFiles(given).owner': 'seedLogFiles(emulator, { owner: { ...owner, $ }, totalBytes: 0 })',
  'seedLogFiles(given)': 'seedLogFiles(emulator, { owner, totalBytes: 0, $ })',
  ...Object.fromEntries(
    [
      ['ScimClientBase.resource(definition).schema', "client.resource({ endpoint: '/Things', schema: SCHEMA })"],
      ['compileFilter(options).schema', "compileFilter('a eq 1', { schema: SCHEMA })"],
      ['matchesFilter(options).schema', "matchesFilter('a eq 1', {}, { schema: SCHEMA })"],
      ['applyPatch(given).schema', 'applyPatch({}, [], { schema: SCHEMA })'],
      ['diffPatch(options).schema', 'diffPatch({}, {}, { schema: SCHEMA })'],
    ].flatMap(([place, call = '']) => {
      const write = (schema: string) => call.replace('SCHEMA', schema);
      return [
        [`${place}`, write("{ id: 'urn:x', attributes: {}, $ }")],
        [`${place}.attributes{}`, write(attribute)],
        [
          `${place}.extensions[]`,
          write("{ id: 'urn:x', attributes: {}, extensions: [{ id: 'urn:y', attributes: {}, $ }] }"),
        ],
        [`${place}.extensions[].attributes{}`, write(`{ id: 'urn:x', attributes: {}, extensions: [${attribute}] }`)],
      ];
    }),
  ),
};

const exempt = new Set<string>();
const objects = findOptionsObjects((type, place) => {
  if (Object.hasOwn(data, type)) exempt.add(type);
  return exempt.has(type) || dataPlaces.test(place) || place.endsWith('.eventTypes[]');
});
const both = { provisioning: true, deprovisioning: true } as const;

test('every object with options has a row, and every row an object', () => {
  expect(Object.keys(rows).toSorted()).toEqual(objects.map(({ place }) => place).toSorted());
});

test('nothing is exempt that nobody gives', () => {
  expect(Object.keys(data).toSorted()).toEqual([...exempt].toSorted());
});

/** As people misspell it, and unlike all other names. */
function misspell(name: string, known: readonly string[]): string {
  const ways = [
    name.replace(/Ms$/, ''),
    name.toLowerCase(),
    `${name.slice(0, -2)}${name.slice(-1)}`,
    `${name}${name.at(-1)}`,
  ];
  return ways.find((way) => way.length > 2 && !known.includes(way)) ?? `${name}x`;
}

const cases = objects.flatMap(({ place, names, isAsync }) =>
  names.map((name) => ({ place, name, isAsync, given: misspell(name, names), code: rows[place] ?? '' })),
);

/** In the argument where it does not belong: what is asked for stands in the first, how in the last. */
const misplaced = objects.flatMap(({ place, names }) => {
  const isQuery = place.endsWith('(query)');
  const other = isQuery ? place.replace('(query)', '(options)') : place.replace('(options)', '(query)');
  if (other === place || rows[other] === undefined) return [];
  const argument = isQuery ? 'first' : 'last';
  return names.map((name) => ({ place: other, name, argument, given: name, code: rows[other] ?? '' }));
});

/** The lines in which the compiler says nothing of the name that was given. `plain` is taken as it is. */
function compile(wrong: readonly { readonly code: string; readonly given: string }[], plain: readonly string[] = []) {
  const modules = {
    '': main,
    '/scim': scim,
    '/audit-logs': auditLogs,
    '/admin': adminEntry,
    '/provisioning': provisioning,
    '/export': exporting,
    '/normalize': normalize,
    '/testing': testing,
  };
  const taken = new Set<string>();
  const imports = Object.entries(modules).map(([entry, module]) => {
    const names = Object.keys(module).filter((name) => !taken.has(name) && taken.add(name));
    return `import { ${names.join(', ')} } from 'chatgpt-enterprise-sdk${entry}';`;
  });
  const head = [
    ...imports,
    "import type { CheckReport, ScimOnlyConfig, FullConfig } from 'chatgpt-enterprise-sdk';",
    "import type { DirectoryPlan } from 'chatgpt-enterprise-sdk/provisioning'; declare const plan: DirectoryPlan;",
    "import type { Emulator, EmulatorServer, EventOwner } from 'chatgpt-enterprise-sdk/testing';",
    "declare const client: ScimClient<'provisioning' | 'deprovisioning'>;",
    'declare const report: CheckReport; declare const config: FullConfig; declare const owner: EventOwner;',
    'declare const emulator: Emulator; declare const server: EmulatorServer;',
    'const sink = memorySink(); declare const store: Parameters<typeof objectSink>[0];',
    'declare const pool: Parameters<typeof postgresSink>[0]; declare const db: Parameters<typeof sqliteSink>[0];',
    "declare const admin: AdminClient<{ workspaceIds: 'w1' }>;",
    "declare const logs: AuditLogClient<{ workspaceIds: 'w1' }>;",
    "const { users, groups } = client; const connection = connect(config); const schema = { id: 'urn:x', attributes: {} };",
  ];
  const written = wrong.map(({ code, given }) => `void (() => ${code.replace('$', `${given}: 1`)});`);
  const errors = compileLines([...head, ...plain, ...written]);
  const before = head.length + plain.length;
  expect([...errors].filter(([line]) => line < before)).toEqual([]);
  return wrong.filter((one, index) => !errors.get(before + index)?.[0]?.includes(one.given));
}

/** What the code fails with, and what it returned before, without anything sent. */
async function run(place: string) {
  const sent: unknown[] = [];
  const fetch = (...request: unknown[]) => {
    sent.push(request);
    return Promise.reject(new Error('sent'));
  };
  const client = new main.ScimClient({ baseUrl: 'https://scim.example', token: 'se_1', access: both, fetch });
  const emulator = testing.createEmulator({ world: 'empty' });
  onTestFinished(() => emulator.close());
  onTestFinished(() => expect(sent).toEqual([]));
  const config = {
    ...{ scimBaseUrl: 'https://scim.example', scimToken: 'se_1', ...both },
    // With an Admin key: of the options for a client that is not made, those within options are not looked at.
    ...{ complianceApiKey: 'sk-admin-1', workspaceIds: ['w1'] },
  };
  const scope = {
    ...{
      ...main,
      ...scim,
      ...auditLogs,
      ...adminEntry,
      ...provisioning,
      ...exporting,
      ...normalize,
      ...testing,
      fetch,
      client,
      emulator,
      config,
    },
    ...{ users: client.users, groups: client.groups, schema: { id: 'urn:x', attributes: {} } },
    admin: new adminEntry.AdminClient({ apiKey: 'sk-1', workspaceIds: 'w1', fetch }),
    logs: new main.AuditLogClient({ apiKey: 'sk-1', workspaceIds: 'w1', fetch }),
    connection: main.connect(config, { fetch }),
    owner: { type: 'workspace', id: 'w1' },
    plan: { brakes: [] },
    sink: exporting.memorySink(),
    store: { put: async () => undefined, get: async () => undefined },
    pool: { query: async () => ({ rows: [] }), totalCount: 0 },
    db: { exec: () => {}, prepare: () => ({ all: () => [], run: () => ({ changes: 0 }) }) },
    report: { credentials: [], permissions: [], workspaces: [], findings: [] },
    server: place.startsWith('EmulatorServer') ? await emulator.listen() : undefined,
  };
  return async (code: string): Promise<{ readonly error: unknown; readonly returned: unknown }> => {
    const call = new Function(...Object.keys(scope), `return ${code}`);
    let returned: unknown;
    try {
      returned = call(...Object.values(scope));
      const result = await returned;
      // What is read at its first step.
      const steps = Object(result) as Partial<AsyncIterable<unknown> & Iterable<unknown>>;
      await steps[Symbol.asyncIterator]?.().next();
      steps[Symbol.iterator]?.().next();
      return { error: undefined, returned };
    } catch (error) {
      return { error, returned };
    }
  };
}

describe('a misspelt option', () => {
  test('is an error of the compiler, and an object without one is none', () => {
    const plain = Object.values(rows).map((code) => `void (() => ${code.replace('$', '')});`.replaceAll(', }', ' }'));
    expect(compile(cases, plain)).toEqual([]);
  });

  test.each(Object.keys(rows))('is refused with the name that was meant: %s', async (place) => {
    const call = await run(place);
    for (const { name, given, code, isAsync } of cases.filter((one) => one.place === place)) {
      const { error, returned } = await call(code.replace('$', `${given}: null`));
      if (isAsync) expect(returned, 'a rejection').toBeInstanceOf(Promise);
      expect(error, `${given} for ${name}`).toMatchObject({ name: 'InputError', remedy: `Write \`${name}\`.` });
    }
  });
});

describe('an option in the wrong argument', () => {
  test('is an error of the compiler', () => {
    expect(misplaced.length).toBeGreaterThan(100);
    expect(compile(misplaced)).toEqual([]);
  });

  test.each([...new Set(misplaced.map(({ place }) => place))])('is refused with the right one: %s', async (place) => {
    const call = await run(place);
    const [, method] = /\.(\w+)\(/.exec(place) ?? [];
    for (const { name, argument, code } of misplaced.filter((one) => one.place === place)) {
      const { error } = await call(code.replace('$', `${name}: null`));
      const example = argument === 'first' ? `${method}({ ${name}: … }, …)` : `${method}(…, { ${name}: … })`;
      expect(error, name).toMatchObject({
        name: 'InputError',
        path: [name],
        remedy: `Give \`${name}\` in the ${argument} argument: \`${example}\`.`,
      });
    }
  });
});
