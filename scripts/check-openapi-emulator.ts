// Holds the emulator's Compliance and Admin sides against an OpenAPI document of OpenAI's Admin and Compliance API:
//   node scripts/check-openapi-emulator.ts path/to/openapi.json
// Asks every emulated route in every way it can be answered, and compares status, headers, body and events.
import './resolve-sources.ts';
import { readFileSync } from 'node:fs';
import { eventProblems, undocumentedName } from './openapi-emulator/event-problems.ts';
import { type JsonSchema, schemaProblems } from './openapi-emulator/schema-problems.ts';
import { documentedEvents, type OpenApiDocument } from './openapi-events/documented-events.ts';

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Usage: node scripts/check-openapi-emulator.ts path/to/openapi.json');

interface Operation {
  readonly responses: Readonly<Record<string, DocumentedAnswer>>;
}
interface DocumentedAnswer {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
  readonly content?: { readonly 'application/json'?: { readonly schema: JsonSchema } };
}
interface Document extends OpenApiDocument {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, unknown>>;
    readonly responses: Readonly<Record<string, DocumentedAnswer>>;
  };
}
const document = JSON.parse(readFileSync(path, 'utf8')) as Document;

// Not static: only from here on are imports in src led to their sources.
const { createEmulator, fault, generateEveryKind, generateEvents } = await import('../src/testing/index.ts');

// What the document leaves out although the service does it: these statuses come with a body of no documented shape.
const undocumentedStatuses = [401, 403, 422];
// Fields of later versions, which readers of the emulator must meet.
const newerFields = /(?:is_scim_managed|current_month_usage_unit): not documented$/;
const problems = new Set<string>();
const newerNames = new Set<string>();
const rows: Record<string, { answers: number; validated: number; statuses: string }> = {};

await checkRoutes();
await checkAdminRoutes();
checkEvents();
console.table(rows);
console.log(`Newer than the document: ${[...newerNames].join(', ')}`);
console.log(problems.size === 0 ? 'Nothing differs.' : [...problems].join('\n'));
process.exitCode = problems.size === 0 ? 0 : 1;

async function checkRoutes(): Promise<void> {
  const emulator = createEmulator();
  const [workspace = ''] = emulator.compliance.workspaceIds;
  const organization = emulator.compliance.organizationId;
  const at: At = { emulator, key: emulator.compliance.apiKey };
  const ask = (url: string) => askAt(at, url);
  const check = (...given: AfterFirst<Parameters<typeof checkAt>>) => checkAt(at, ...given);
  const noScope = emulator.compliance.keys.create({ scopes: [] });
  const queries = {
    logs: [
      '',
      'event_type=AUTH_LOG',
      'after=2020-01-01T00:00:00Z',
      'event_type=NO&after=2020-01-01T00:00:00Z',
      'event_type=AUTH_LOG&after=then',
      'event_type=COSTS&after=2020-01-01T00:00:00Z',
      'event_type=AUTH_LOG&after=2020-01-01T00:00:00Z',
      'event_type=AUTH_LOG,AUDIT_LOG,CONVERSATION_MESSAGE&event_type=CODEX_LOG&after=2020-01-01T00:00:00Z&limit=7',
      'event_type=APP_LOG,APP_AUTH_LOG&after=2020-01-01T00:00:00Z&limit=100',
      'event_type=APP_LOG&after=2020-01-01T00:00:00Z&limit=101',
      'event_type=APP_LOG&after=2100-01-01T00:00:00Z',
    ],
    users: ['', 'limit=5', 'limit=5&after=user-a', 'after=zzz', 'limit=0'],
  };
  const scopes = [
    ['workspaces', 'workspace_id', workspace],
    ['organizations', 'organization_id', organization],
  ] as const;
  for (const [segment, parameter, id] of scopes) {
    const template = `/compliance/${segment}/{${parameter}}`;
    await check(`${template}/logs`, `/compliance/${segment}/${id}/logs`, queries.logs);
    await check(`${template}/logs`, `/compliance/${segment}/unknown/logs`, queries.logs.slice(-1));
    const types = segment === 'workspaces' ? 'AUTH_LOG,AUDIT_LOG,APP_LOG' : 'COSTS';
    const list = await ask(`/compliance/${segment}/${id}/logs?event_type=${types}&after=2020-01-01T00:00:00Z`);
    const files = (list.body as { data: { id: string }[] }).data.slice(0, 20).map((file) => file.id);
    for (const file of [...files, 'eclf_unknown', '%24']) {
      await check(`${template}/logs/{log_file_id}`, `/compliance/${segment}/${id}/logs/${file}`, ['']);
    }
    emulator.faults.add(fault.status(429, { retryAfter: 1 }), { times: 2 });
    await check(`${template}/logs`, `/compliance/${segment}/${id}/logs`, queries.logs.slice(-1));
    await check(`${template}/logs/{log_file_id}`, `/compliance/${segment}/${id}/logs/${files[0]}`, ['']);
  }
  await check(
    '/compliance/workspaces/{workspace_id}/users',
    `/compliance/workspaces/${workspace}/users`,
    queries.users,
  );
  await check('/compliance/workspaces/{workspace_id}/users', '/compliance/workspaces/unknown/users', ['']);
  await check(
    '/compliance/workspaces/{workspace_id}/users',
    `/compliance/workspaces/${workspace}/users`,
    [''],
    noScope,
  );
  await emulator.close();
}

/** What of the Admin API the document has: groups and limits. Members, invitations, service accounts and daily use came later. */
async function checkAdminRoutes(): Promise<void> {
  const emulator = createEmulator();
  const at: At = { emulator, key: emulator.admin.apiKey };
  const [workspace = ''] = emulator.compliance.workspaceIds;
  const idOf = async (list: string) => {
    const { body } = await askAt(at, `/manage/workspaces/${workspace}${list}`);
    return (body as { readonly data: readonly { readonly id: string }[] }).data[0]?.id ?? '';
  };
  const ids = { group_id: await idOf('/groups'), user_id: await idOf('/users') };
  const noScope = emulator.compliance.keys.create({ scopes: [] });
  const pages = ['', 'limit=2', 'limit=2&order=desc', 'limit=0', 'limit=101', 'cursor=none', 'query=a'];
  for (const path of Object.keys(document.paths)) {
    const [, below] = /^\/manage\/workspaces\/\{workspace_id\}(\/.*)$/.exec(path) ?? [];
    if (below === undefined || document.paths[path]?.get === undefined) continue;
    const filled = below.replace(/\{(group_id|user_id)\}/, (_whole, name: keyof typeof ids) => ids[name]);
    const isList = !/\/workspace$|_id\}$|monthly-usage$/.test(below);
    const url = `/manage/workspaces/${workspace}${filled}`;
    await checkAt(at, path, url, isList ? pages : ['']);
    await checkAt(at, path, url, [''], noScope);
    await checkAt(at, path, url, [''], 'sk-admin-unknown');
    await checkAt(at, path, `/manage/workspaces/unknown${filled}`, ['']);
    if (filled !== below) await checkAt(at, path, url.replace(/(?:group|user)-\w+/, 'unknown'), ['']);
    emulator.faults.add(fault.status(429, { retryAfter: 1 }));
    await checkAt(at, path, url, ['']);
  }
  await emulator.close();
}

type AfterFirst<Of extends readonly unknown[]> = Of extends readonly [unknown, ...infer Rest] ? Rest : never;

interface At {
  readonly emulator: ReturnType<typeof createEmulator>;
  /** What is sent unless another key is given. */
  readonly key: string;
}

async function askAt({ emulator, key }: At, url: string, secret: string = key) {
  const headers = { authorization: `Bearer ${secret}` };
  const answer = await emulator.fetch(`${emulator.compliance.baseUrl}${url}`, { headers, redirect: 'manual' });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}

async function checkAt(
  at: At,
  template: string,
  url: string,
  asked: readonly string[],
  secret?: string,
): Promise<void> {
  const operation = document.paths[template]?.get;
  if (operation === undefined) throw new Error(`The document has no GET ${template}.`);
  rows[template] ??= { answers: 0, validated: 0, statuses: '' };
  const row = rows[template];
  for (const query of asked) {
    const { status, headers, body } = await askAt(at, query === '' ? url : `${url}?${query}`, secret);
    row.answers += 1;
    if (!row.statuses.split(' ').includes(String(status))) row.statuses = [row.statuses, status].join(' ').trim();
    const found = operation.responses[status];
    if (found === undefined) {
      if (!undocumentedStatuses.includes(status)) problems.add(`GET ${template}: ${status} is not documented`);
      continue;
    }
    const documented = document.components.responses[found.$ref?.split('/').at(-1) ?? ''] ?? found;
    const schema = documented.content?.['application/json']?.schema;
    const inBody = schema === undefined ? [] : schemaProblems(body, schema, document.components.schemas, 'body');
    const inHeaders = Object.entries(documented.headers ?? {}).flatMap(([name, header]) => {
      const value = headers.get(name);
      return value === null
        ? [`header ${name}: missing`]
        : schemaProblems(
            header.schema.type === 'integer' ? Number(value) : value,
            header.schema,
            document.components.schemas,
            `header ${name}`,
          );
    });
    row.validated += 1;
    for (const problem of [...inBody, ...inHeaders]) {
      if (!newerFields.test(problem)) problems.add(`GET ${template} ${status}: ${problem.replace(/\[\d+\]/g, '[]')}`);
    }
  }
}

function checkEvents(): void {
  for (const documented of documentedEvents(document)) {
    const owner = { type: documented.type === 'COSTS' ? 'organization' : 'workspace', id: 'owner' } as const;
    const eventType = documented.type as 'AUTH_LOG';
    const events = [
      ...generateEveryKind({ owner, eventType, at: '2026-01-01T00:00:00Z' }),
      ...generateEvents({ owner, eventType, count: 200, from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' }),
    ];
    for (const event of events) {
      const name = undocumentedName(event, documented);
      if (name !== undefined) newerNames.add(name);
      for (const problem of eventProblems(event, documented)) problems.add(problem);
    }
    rows[documented.type] = { answers: events.length, validated: events.length, statuses: '' };
  }
}
