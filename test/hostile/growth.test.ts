import { describe, expect, it } from 'vitest';
import * as admin from '../../src/admin/index.js';
import * as logs from '../../src/audit-logs/index.js';
import { formFields } from '../../src/connection/form-fields.js';
import * as exporting from '../../src/export/index.js';
import * as root from '../../src/index.js';
import * as provisioning from '../../src/provisioning/index.js';
import * as scim from '../../src/scim/index.js';
import * as testing from '../../src/testing/index.js';
import { openRawLog } from '../audit-logs/support/raw-log.js';
import { cpuMs } from '../support/cpu-ms.js';
import { growthOf } from './support/growth.js';

type Run = () => unknown;
/** Makes input of size n, and gives what is to be timed. */
type Case = (n: number) => Run;

const text = (part: string) => (n: number) => part.repeat(n);
const parts = [
  '/',
  '.',
  '"',
  'bearer ',
  'token=',
  ',"',
  ' ',
  '(',
  '[',
  '{',
  '<',
  'a.',
  'a-',
  '%2e',
  '-',
  '\\',
  'é',
  '…',
  '0a',
];
/** The same part again and again, with and without something that no end of it can be. */
const texts = parts.flatMap((part) => [text(part), (n: number) => `x${part.repeat(n)}x`]);

const form = { scimBaseUrl: 'https://x.example/scim', scimToken: 'se_abcdefgh' };
const oauth = { tokenUrl: 'https://x.example/token', clientId: 'c', clientSecret: 's' };
const each = (make: (typed: string) => unknown): readonly Case[] =>
  texts.map((typed) => (n) => {
    const value = typed(n);
    return () => make(value);
  });
const list = <Item>(n: number, item: (index: number) => Item) => Array.from({ length: n }, (_, index) => item(index));
const user = (n: number) => ({ schemas: [scim.USER_URN], emails: list(n, (i) => ({ value: `u${i}@x.example` })) });
const group = (n: number, from = 0) => ({
  schemas: [scim.GROUP_URN],
  displayName: 'G',
  members: list(n, (i) => ({ value: `m${i + from}` })),
});
const longFilter = (n: number) => list(n, (i) => `userName eq "u${i}"`).join(' or ');
const comparisons = [scim.eq, scim.ne, scim.co, scim.sw, scim.ew, scim.gt, scim.ge, scim.lt, scim.le];
const owner = { type: 'workspace', id: 'w' } as const;
const from = '2026-11-01T00:00:00Z';
const to = '2026-11-02T00:00:00Z';

/** Of what makes an object, holds no text of any length, or answers at once: why nothing is timed. */
const exempt: Readonly<Record<string, string>> = {
  connect: 'opens clients: its texts are those of the form',
  ScimClient: 'a client',
  AuditLogClient: 'a client',
  AdminClient: 'a client',
  canProvision: 'looks at one property',
  canDeprovision: 'looks at one property',
  bulk: 'sends requests',
  createEmulator: 'a server',
  createTestClock: 'a clock',
  createFileCheckpointStore: 'a store',
  fileJournal: 'a store',
  memoryJournal: 'a store',
  applyPlan: 'sends requests, which are counted elsewhere',
  revertPlan: 'sends requests for what a journal holds',
  connectionConfigJsonSchema: 'takes nothing',
  MAX_FILTER_DEPTH: 'a number',
  memorySink: 'a store',
  sqliteSink: 'a store: what it writes is timed in bench/sinks.ts',
  postgresSink: 'a store: what it writes is timed in bench/sinks.ts',
  ndjsonSink: 'a store: what it writes is timed in bench/sinks.ts',
  objectSink: 'a store: what it writes is timed in bench/sinks.ts',
  seedLogFiles: 'makes files of a size that is asked for when they are read',
};
for (const entry of [root, scim, logs, admin, provisioning, exporting, testing]) {
  for (const [name, value] of Object.entries(entry)) {
    if (name.endsWith('Error') || typeof value === 'string')
      Object.assign(exempt, { [name]: 'an error class, or text' });
  }
}

const directory = { baseUrl: 'https://x.example/scim', token: 'se_x', rateLimit: false } as const;
/** All rows in one page. */
const pagesOf = (rows: Readonly<Record<'Users' | 'Groups', readonly object[]>>): typeof globalThis.fetch =>
  // Only called the way the transport calls it: with a URL.
  (async (input: string) => {
    const url = new URL(input);
    const all = rows[url.pathname.endsWith('Groups') ? 'Groups' : 'Users'];
    const start = Number(url.searchParams.get('startIndex') ?? 1);
    const Resources = all.slice(start - 1).map((row, index) => ({ id: `${start + index}`, members: [], ...row }));
    return Response.json({ totalResults: all.length, startIndex: start, Resources });
  }) as typeof globalThis.fetch;
/** People who are all different, and all the same; groups of all of them. */
const planned = [(i: number) => `u${i}@x.example`, () => 'twin@x.example'].map((nameOf) => (n: number) => ({
  users: list(n, (i) => ({ userName: nameOf(i), externalId: nameOf(i), displayName: 'One Name' })),
  groups: list(n / 16, (i) => ({ displayName: nameOf(i), members: list(16, (m) => nameOf(16 * i + m)) })),
}));
const planOf = (n: number) => ({
  totals: { actions: {} },
  notPermitted: { count: 0, missing: [] },
  connection: {},
  policy: { protect: {} },
  brakes: list(n, () => ({ name: 'removals', limit: 1, found: 2 })),
  actions: list(n, (i) => ({ id: `${i}`, kind: 'create', target: { key: `k${i}` }, after: {} })),
  held: list(n, (i) => ({ kind: 'create', target: { key: `k${i}` }, reason: 'invalid', remedy: 'r' })),
  notes: list(n, () => ({ code: 'x', message: 'm' })),
  hash: 'h',
});

const exportAll = (bodies: readonly string[]) => {
  const query = { eventTypes: ['AUTH_LOG'], after: from } as const;
  return exporting.exportLogs({ client: openRawLog(bodies).client, query, sink: exporting.memorySink() });
};
const uuidOf = (index: number) => `8f5d1a2b-0c3d-4e5f-8a9b-${index.toString(16).padStart(12, '0')}`;

const cases: Readonly<Record<string, readonly Case[]>> = {
  parseConnectionConfig: each((typed) => root.parseConnectionConfig({ ...form, scimToken: typed })),
  safeParseConnectionConfig: [
    (n) => () => root.safeParseConnectionConfig(Object.fromEntries(list(n, (i) => [`key${i}`, i]))),
    (n) => () => root.safeParseConnectionConfig({ complianceApiKey: 'sk-x', workspaceIds: list(n, (i) => `${i}`) }),
    ...each((typed) => root.safeParseConnectionConfig({ complianceApiKeys: typed })),
    ...each((typed) => root.safeParseConnectionConfig({ complianceApiKeys: { [typed]: typed } })),
    (n) => () => root.safeParseConnectionConfig({ complianceApiKeys: list(n, (i) => `${uuidOf(i)}=sk-${i}`).join() }),
    (n) => () =>
      root.safeParseConnectionConfig({ complianceApiKeys: Object.fromEntries(list(n, (i) => [uuidOf(i), `sk-${i}`])) }),
  ],
  redactConnectionConfig: [
    ...each((typed) => root.redactConnectionConfig({ scimBaseUrl: typed, workspaceIds: typed })),
    ...each((typed) => root.redactConnectionConfig({ complianceApiKeys: typed, workspaceIds: typed })),
    (n) => {
      const complianceApiKeys = Object.fromEntries(list(n, (i) => [uuidOf(i), `sk-admin-${i}`]));
      return () => root.redactConnectionConfig({ complianceApiKeys, workspaceIds: Object.keys(complianceApiKeys) });
    },
  ],
  readConnectionConfigFromEnv: [
    ...each((typed) => root.readConnectionConfigFromEnv({ CHATGPT_WORKSPACE_IDS: typed })),
    (n) => () => root.readConnectionConfigFromEnv(Object.fromEntries(list(n, (i) => [`CHATGPT_TOKN_${i}`, 'x']))),
  ],
  connectionConfigSchema: each((typed) => root.connectionConfigSchema['~standard'].validate({ scimBaseUrl: typed })),
  formatCheckReport: [
    (n) => {
      const findings = list(n, () => ({ code: 'x', severity: 'error', message: 'm', remedy: 'r', evidence: {} }));
      const report = { verdict: 'ok', durationMs: 1, credentials: [], permissions: [], workspaces: [], findings };
      return () => root.formatCheckReport(report as never);
    },
  ],
  clientCredentials: [
    ...each((typed) => root.clientCredentials({ ...oauth, tokenUrl: `https://x.example/${typed}` })),
    ...each((typed) => root.clientCredentials({ ...oauth, [typed]: 'x' })),
    ...each((typed) => {
      const fetch = async () => Response.json({ error: typed }, { status: 400 });
      return root.clientCredentials({ ...oauth, clientSecret: typed, scope: typed, fetch })();
    }),
  ],
  consoleLogger: each((typed) => root.consoleLogger({ [typed]: 'x' } as never)),
  isSdkError: each((typed) => root.isSdkError(typed)),
  issuesOf: each((typed) => root.issuesOf({ typed })),
  sourceOf: each((typed) => root.sourceOf({ typed })),
  principalOf: each((typed) => logs.principalOf({ typed })),
  and: [(n) => () => scim.and(...list(n, () => scim.present('userName')))],
  or: [(n) => () => scim.or(...list(n, () => scim.present('userName')))],
  not: [(n) => () => list(n, () => scim.not(scim.present('userName')))],
  present: each((typed) => scim.present(typed as never)),
  valuePath: each((typed) => scim.valuePath(typed as never, scim.eq('type', typed) as never)),
  filter: [
    ...each((typed) => scim.filter`userName eq ${typed}`),
    ...each((typed) => scim.filter({ raw: [typed] } as never)),
  ],
  formatFilter: each((typed) => scim.formatFilter(scim.eq('userName', typed))),
  parseFilter: [
    ...each((typed) => scim.parseFilter(typed)),
    ...each((typed) => scim.parseFilter(`userName eq "${typed}`)),
    (n) => () => scim.parseFilter(longFilter(n)),
  ],
  compileFilter: [(n) => () => scim.compileFilter(longFilter(n))],
  matchesFilter: [
    ...each((typed) => scim.matchesFilter('userName co "xyz"', { userName: typed })),
    ...each((typed) => scim.matchesFilter('meta.created gt "2026-01-01T00:00:00Z"', { meta: { created: typed } })),
    (n) => {
      const resource = user(n);
      return () => scim.matchesFilter('emails[value eq "none"]', resource);
    },
  ],
  isPublicAddress: [
    ...each((typed) => root.isPublicAddress(typed)),
    (n) => () => root.isPublicAddress(`${'0:'.repeat(n)}1`),
  ],
  publicHostsOnly: each((typed) => root.publicHostsOnly(new URL('https://x.example'), { lookup: async () => [typed] })),
  parsePath: [
    ...each((typed) => scim.parsePath(typed)),
    ...each((typed) => scim.parsePath(`emails[value eq "${typed}`)),
  ],
  formatPath: each((typed) => scim.formatPath({ attribute: typed })),
  applyPatch: [
    ...each((typed) => scim.applyPatch({ userName: 'a' }, [{ op: 'add', path: typed, value: typed }])),
    (n) => {
      const [resource, value] = [group(n), group(n, n / 2).members];
      return () => scim.applyPatch(resource, [{ op: 'add', path: 'members', value }]);
    },
    (n) => {
      const operations = list(n, (i) => ({ op: 'remove', path: `members[value eq "m${i}"]` }) as const);
      const resource = group(n);
      return () => scim.applyPatch(resource, operations);
    },
  ],
  diffPatch: [
    (n) => {
      const [before, after] = [group(n), group(n, n / 2)];
      return () => scim.diffPatch(before, after);
    },
    (n) => {
      const [before, after] = [user(n), { ...user(n), emails: user(n).emails.reverse() }];
      return () => scim.diffPatch(before, after);
    },
  ],
  chunkOperations: [
    (n) => {
      const operations = list(n, (i) => ({ op: 'add', path: 'members', value: [{ value: `${i}` }] }) as const);
      return () => scim.chunkOperations(operations, 10);
    },
  ],
  isServiceAccount: each((typed) => scim.isServiceAccount({ userType: typed })),
  etagOf: each((typed) => scim.etagOf({ meta: { version: typed } })),
  rawOf: each((typed) => scim.rawOf({ typed })),
  membersSentOf: each((typed) => scim.membersSentOf({ typed })),
  resourceSchemaOf: [
    (n) => {
      const attributes = list(n, (i) => ({ name: `a${i}`, type: 'string' }));
      return () => scim.resourceSchemaOf({ id: 'urn:x', attributes } as never);
    },
  ],
  documentedShape: [
    ...each((typed) => logs.documentedShape({ type: 'AUTH_LOG', event_id: typed, timestamp: typed })),
    (n) => {
      const event = { type: 'AUDIT_LOG', action: 'x', ...Object.fromEntries(list(n, (i) => [`k${i}`, i])) };
      return () => logs.documentedShape(event);
    },
  ],
  checkEnvelope: each((typed) => logs.checkEnvelope({ type: typed, event_id: typed, timestamp: typed })),
  planDirectory: planned.map((desiredOf) => (n) => {
    const [desired, live] = [desiredOf(n / 8), desiredOf(n / 8)];
    const rows = { Users: live.users, Groups: live.groups };
    const client = new scim.ScimClient({ ...directory, fetch: pagesOf(rows), access: { provisioning: true } });
    return () => provisioning.planDirectory(client, desired);
  }),
  exitCodeOf: [(n) => () => provisioning.exitCodeOf({ ...planOf(n), brakes: [] } as never)],
  formatPlan: [(n) => () => provisioning.formatPlan(planOf(n) as never)],
  redactPlan: [(n) => () => provisioning.redactPlan(planOf(n) as never)],
  hashOfPlan: [(n) => () => provisioning.hashOfPlan(planOf(n) as never)],
  brakesInForce: [(n) => () => provisioning.brakesInForce(planOf(n) as never, { plan: 'h', removals: 1 })],
  baselineOf: [
    (n) => () =>
      provisioning.baselineOf(
        user(n),
        list(n, (i) => ({ op: 'remove', path: `a${i}` }) as const),
      ),
  ],
  exportLogs: [
    (n) => {
      const body = list(n / 8, (i) => JSON.stringify({ event_id: `${i}`, type: 'AUTH_LOG', timestamp: from })).join(
        '\n',
      );
      return () => exportAll([body]);
    },
    (n) => {
      const bodies = list(n / 64, (i) => JSON.stringify({ event_id: `${i}`, type: 'AUTH_LOG', timestamp: from }));
      return () => exportAll(bodies);
    },
  ],
  fault: each((typed) => testing.fault.header(typed, typed)),
  generateEvents: [
    (n) => () => [...testing.generateEvents({ owner, eventType: 'AUTH_LOG', count: n / 8, from, to })],
    ...each((typed) => [...testing.generateEvents({ owner, eventType: 'AUTH_LOG', count: 1, from: typed, to })]),
  ],
  generateEveryKind: each((typed) => [...testing.generateEveryKind({ owner, eventType: 'AUTH_LOG', at: typed })]),
  generatePlatformEvents: [
    (n) => () => [...testing.generatePlatformEvents({ count: n / 8, from, to })],
    ...each((typed) => [...testing.generatePlatformEvents({ count: 1, from: typed, to })]),
  ],
  personOf: each((typed) => testing.personOf(1, typed)),
  seedUsers: [(n) => () => testing.seedUsers(testing.createEmulator({ world: 'empty' }), n / 8)],
  seedGroups: [(n) => () => testing.seedGroups(testing.createEmulator({ world: 'empty' }), n / 8)],
  seedEvents: [
    (n) => () =>
      testing.seedEvents(testing.createEmulator(), {
        eventType: 'AUTH_LOG',
        count: n / 8,
        from,
        to,
        duplicateShare: 1,
      }),
  ],
  ...Object.fromEntries(
    comparisons.map((compare) => [
      compare.name,
      each((typed) => [compare('userName', typed), compare(typed as never, 'x')]),
    ]),
  ),
};

const exported = [
  ...new Set([root, scim, logs, admin, provisioning, exporting, testing].flatMap((entry) => Object.entries(entry))),
]
  .filter(([, value]) => typeof value === 'function' || '~standard' in Object(value))
  .map(([name]) => name);

describe('the time a call takes grows with what it is given, not with its square', () => {
  it.each([...new Set([...exported, 'fault'])])('%s', { timeout: 60_000 }, async (name) => {
    if (Object.hasOwn(exempt, name)) return;
    expect(cases, `a case in this file for ${name}, or the reason why it needs none`).toHaveProperty(name);
    for (const one of cases[name] ?? []) expect(await growthOf(one)).toBeLessThan(3.2);
  });
});

describe('a field of the form takes a long text in time that grows with it', () => {
  const fields = Object.entries(formFields);

  it.each(fields)('%s', { timeout: 60_000 }, async (_name, { read }) => {
    const report = { problem: () => undefined, warning: () => {}, nameOf: (field: string) => field };
    for (const one of each((typed) => read(typed, report, { allowUnknownWorkspaceIdForms: true }))) {
      expect(await growthOf(one)).toBeLessThan(3.2);
    }
    const host = 'https://api.workos.com/scim/v2/';
    for (const one of each((typed) => read(`${host}${typed}`, report, {})))
      expect(await growthOf(one)).toBeLessThan(3.2);
  });

  it.each(fields)('%s says its limit, and never the value', (name, { maxLength, title }) => {
    const result = root.safeParseConnectionConfig({ ...form, [name]: 'q'.repeat(maxLength + 1) });
    const issues = result.success ? [] : result.issues;
    expect(issues).toContainEqual({
      code: 'too_long',
      field: name,
      path: [name],
      message: `${title} holds more than ${maxLength.toLocaleString('en')} characters.`,
      remedy: 'Copy the value alone, without what stands around it.',
    });
    expect(JSON.stringify(result)).not.toContain('qq');
  });

  it.each(fields)('%s is not read at all beyond its limit', (name, { maxLength }) => {
    const typed = '/.",bearer token='.repeat(maxLength * 20);
    const startMs = cpuMs();
    root.safeParseConnectionConfig({ [name]: typed });
    root.redactConnectionConfig({ [name]: typed });
    expect(cpuMs() - startMs).toBeLessThan(200);
  });

  it('of a list, the entries count too', () => {
    const result = root.safeParseConnectionConfig({ complianceApiKey: 'sk-x', workspaceIds: new Array(1_000_000_000) });
    expect(result.success ? [] : result.issues.map(({ code }) => code)).toEqual(['too_long']);
  });
});
