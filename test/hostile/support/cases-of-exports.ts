import { memorySink } from '../../../src/export/index.js';
import { applyPlan, memoryJournal, planDirectory } from '../../../src/provisioning/index.js';
import {
  type Case,
  isAnything,
  list,
  options,
  orNothing,
  type Place,
  place,
  record,
  text,
} from './cases-of-methods.js';
import { openConnection } from './open-connection.js';
import { isObject, isText } from './wrong-values.js';

const { connection, config, emulator } = openConnection();
const anything = (right: unknown): Place => place(right, isAnything);
const number = (right: number): Place => place(right, (value) => typeof value === 'number');
const owner = { type: 'workspace', id: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' };
const generated = { owner, eventType: 'AUTH_LOG', people: undefined, seed: undefined };
const times = { from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' };
const world = record(emulator);
const ofClient = [
  ...['timeoutMs', 'deadlineMs', 'maxRetries', 'maxResponseBytes', 'fetch', 'clock', 'random', 'rateLimit', 'headers'],
  ...['signal', 'onEvent', 'dangerouslyAllowHttpLoopback', 'allowHost'],
];
const clientOptions = (right: object): Place => record({ ...(options(ofClient).right as object), ...right });
const report = await connection.check();
const user = { userName: 'a@x.example', emails: [{ value: 'a@x.example', primary: true }] };
const error = anything(new Error('x'));
const plan = await planDirectory(connection.scim, { users: [user] });
// Of one who is there only what is left alone: so it can be applied, and undone, again and again.
const journal = memoryJournal();
const small = await planDirectory(connection.scim, { users: [user] }, { removal: 'none' });
await applyPlan(connection.scim, small, { approve: small.hash, journal });
const requestNames = ['signal', 'timeoutMs', 'deadlineMs', 'maxRetries', 'headers'];
const policyNames = [
  ...['key', 'managed', 'removal', 'membership', 'hiddenMembers', 'limits', 'protect', 'ownersUnknown', 'onBrake'],
  ...['ignoreAttributes', 'keepDays'],
];
const form = anything(emulator.connectionConfig());
const parsing = options(['require', 'allowUnknownWorkspaceIdForms', 'dangerouslyAllowHttpLoopback', 'onWarning']);
const patch = list({ op: 'replace', path: 'title', value: 'x' });

export const exportCases: Readonly<Record<string, Case>> = {
  // Nothing is as good as no options.
  connect: [
    record(config),
    place(
      { ...(options([...ofClient, 'scim', 'auditLogs', 'admin']).right as object) },
      (value) => value === undefined || value === null || isObject(value),
    ),
  ],
  parseConnectionConfig: [form, parsing],
  safeParseConnectionConfig: [form, parsing],
  redactConnectionConfig: [form],
  connectionConfigJsonSchema: [],
  readConnectionConfigFromEnv: [record({ CHATGPT_SCIM_TOKEN: 'x' }), parsing],
  formatCheckReport: [record(report), options(['color'])],
  consoleLogger: [options(['level', 'console'])],
  clientCredentials: [
    record({
      ...{ tokenUrl: 'https://x.example/token', clientId: 'c', clientSecret: 's', scope: 'a', authentication: 'post' },
      ...(options(['timeoutMs', 'fetch', 'allowHost', 'clock', 'dangerouslyAllowHttpLoopback']).right as object),
    }),
  ],
  isSdkError: [error, orNothing(anything('InputError'))],
  toOcsf: [
    record({ event_id: 'e', type: 'AUTH_LOG', timestamp: times.from, actor: { type: 'ACCOUNT_USER', user_id: 'u' } }),
    options(['include', 'version']),
  ],
  toEcs: [
    record({ event_id: 'e', type: 'AUTH_LOG', timestamp: times.from, actor: { type: 'ACCOUNT_USER', user_id: 'u' } }),
    options(['include']),
  ],
  isPublicAddress: [text('127.0.0.1')],
  publicHostsOnly: [record(new URL('https://127.0.0.1')), options(['lookup'])],

  ScimClient: [
    clientOptions({
      baseUrl: config.scimBaseUrl,
      token: 'se_x',
      access: undefined,
      profile: undefined,
      customAttributes: undefined,
    }),
  ],
  bulk: [
    record(connection.scim),
    list({ method: 'POST', path: '/Users', bulkId: 'a', data: user }),
    options(['signal', 'timeoutMs', 'deadlineMs', 'maxRetries', 'headers', 'failOnErrors']),
  ],
  canProvision: [anything(connection.scim)],
  canDeprovision: [anything(connection.scim)],
  compileFilter: [anything('title pr'), options(['schema'])],
  matchesFilter: [anything('title pr'), record(user), options(['schema'])],
  applyPatch: [record(user), patch, options(['schema', 'tolerant', 'unknownAttributes'])],
  diffPatch: [
    record(user),
    record({ ...user, title: 'x' }),
    options(['schema', 'ignoreCase', 'chunkSize', 'keepAbsent']),
  ],
  resourceSchemaOf: [record({ id: 'urn:x', attributes: [{ name: 'a', type: 'string' }] }), orNothing(list())],
  etagOf: [record(user)],
  isServiceAccount: [record({ ...user, userType: 'ServiceAccount' })],
  rawOf: [anything(user)],
  membersSentOf: [error],

  AuditLogClient: [
    clientOptions({
      apiKey: config.complianceApiKey,
      workspaceIds: owner.id,
      organizationId: undefined,
      baseUrl: undefined,
    }),
  ],
  AdminClient: [clientOptions({ apiKey: 'sk-admin-x', workspaceIds: owner.id, baseUrl: undefined })],
  createFileCheckpointStore: [text('.')],
  documentedShape: [anything({ type: 'AUTH_LOG' })],
  checkEnvelope: [anything({ type: 'AUTH_LOG' })],
  principalOf: [error],
  issuesOf: [anything({})],
  sourceOf: [anything({})],

  planDirectory: [
    record(connection.scim),
    record({ users: [user], groups: undefined }),
    options(policyNames),
    options(['people', 'prefetch', 'madeBy', 'signal', 'timeoutMs', 'deadlineMs', 'maxRetries', 'headers']),
  ],
  applyPlan: [
    record(connection.scim),
    record(small),
    record({
      ...Object.fromEntries(
        ['limits', 'policy', 'people', 'maxAgeMinutes', 'concurrency', 'onProgress', ...requestNames].map((name) => [
          name,
          undefined,
        ]),
      ),
      ...{ approve: small.hash, journal },
    }),
  ],
  fileJournal: [text('.'), options(['lock'])],
  memoryJournal: [],
  revertPlan: [
    record(connection.scim),
    place(journal, (value) => isText(value) || isObject(value)),
    options(policyNames),
    options(['people', 'madeBy', ...requestNames]),
  ],
  exitCodeOf: [anything(plan)],
  formatPlan: [record(plan), options(['color'])],
  redactPlan: [record(plan)],
  hashOfPlan: [record(plan)],
  baselineOf: [record(user), orNothing(list({ op: 'replace', path: 'title', value: 'x' }))],
  brakesInForce: [record(plan), options(['plan', 'removals', 'removalShare', 'membersPerGroup', 'minDesiredShare'])],

  exportLogs: [
    record({
      ...{ client: connection.auditLogs, query: { eventTypes: ['AUTH_LOG'] }, sink: memorySink() },
      ...(options(['principal', 'budget', 'batchSize', 'leaseMs', 'onProgress', 'signal']).right as object),
    }),
  ],

  createTestClock: [options(['start', 'skipsWaits'])],
  createEmulator: [
    options([
      'seed',
      'clock',
      'world',
      'workspaces',
      'scim',
      'compliance',
      'admin',
      'platform',
      'createId',
      'maxRecordedRequests',
    ]),
  ],
  generateEvents: [record({ ...generated, ...times, count: 1 })],
  generateEveryKind: [record({ ...generated, at: times.to })],
  generatePlatformEvents: [record({ ...times, types: undefined, count: 1, people: undefined, seed: undefined })],
  personOf: [number(0), orNothing(text('x.example'))],
  seedUsers: [world, number(1)],
  seedGroups: [world, number(1), options(['memberIds', 'membersPerGroup'])],
  seedEvents: [world, record({ ...generated, ...times, count: 1, duplicateShare: undefined, lateShare: undefined })],
  seedLogFiles: [world, record({ owner, eventType: 'AUTH_LOG', totalBytes: 500, fileBytes: undefined, to: undefined })],
  'fault.status': [
    number(503),
    options(['retryAfter', 'retryAfterDateMs', 'headers', 'body', 'sentAs', 'afterCommit']),
  ],
  'fault.html': [orNothing(number(502))],
  'fault.redirect': [text('/x'), orNothing(number(302))],
  'fault.latency': [number(5)],
  'fault.cut': [text('before_commit')],
  'fault.truncatedBody': [orNothing(number(5))],
  'fault.slowBody': [record({ bytes: 1, delayMs: 1 })],
  'fault.contentType': [text('text/html')],
  'fault.header': [text('x'), orNothing(text('y'))],
  'fault.corruptBody': [],
  'fault.gzip': [],
  'fault.followedRedirect': [],
  'fault.without': [text('id')],
  'fault.meanwhile': [
    text('x'),
    place(
      () => {},
      (value) => typeof value === 'function',
    ),
  ],
  'fault.expiredUrl': [],
  'fault.ignoredFilter': [],
  'fault.repeatedPage': [],
  'fault.driftingPage': [],
  'fault.emptyPage': [],
  'fault.repeatedRow': [],
  'fault.missingCursor': [],
  'fault.repeatedCursor': [],
  'fault.totalResults': [number(5)],
  'fault.body': [
    text('x'),
    place(
      () => {},
      (value) => typeof value === 'function',
    ),
  ],
};
