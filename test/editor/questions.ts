import { beforeAll, describe, expect, test } from 'vitest';
import type { openEditor } from '../support/editor.js';

/** What a program in the editor begins with. */
export const imports = `
import { connect, type ConnectionConfig, parseConnectionConfig, safeParseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { AuditLogClient, type AuditLogEvent } from 'chatgpt-enterprise-sdk/audit-logs';
import { bulk, canProvision, co, eq, gt, present, ScimClient, type User, valuePath } from 'chatgpt-enterprise-sdk/scim';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
declare const config: ConnectionConfig;
declare const event: AuditLogEvent;
const connection = connect(config);
const workspaces = new AuditLogClient({ apiKey: 'key', workspaceIds: '6b2b3d9e-1f0a-4c55-9b0e-1f8d2a7c9e10' });
const organization = new AuditLogClient({ apiKey: 'key', organizationId: 'org-1' });
const options = { baseUrl: 'https://scim.example/v2', token: 'secret' };
const reader = new ScimClient(options);
const writer = new ScimClient({ ...options, access: { provisioning: true, deprovisioning: true } });
const provisioner = new ScimClient({ ...options, access: { provisioning: true } });
`;

const formFields = ['scimBaseUrl', 'scimToken', 'provisioning', 'deprovisioning', 'complianceApiKey', 'workspaceIds'];
const clientOptions = ['timeoutMs', 'maxRetries', 'onEvent', 'signal'];

/** Asks the same of the sources and of what is installed: users see the latter. */
export function askEditor(editor: ReturnType<typeof openEditor>): void {
  // The first question reads all sources.
  beforeAll(() => void editor.hoverAt('connect▮'), 180_000);

  describe('an editor completes', () => {
    test.each([
      ['parseConnectionConfig({ ▮ })', formFields],
      ['safeParseConnectionConfig({ ▮ })', formFields],
      ['connect({ ▮ })', formFields],
      ['parseConnectionConfig({}, { ▮ })', ['require', 'onWarning']],
      ["parseConnectionConfig({}, { require: ['▮'] })", ['scim', 'compliance']],
      ['connect(config, { ▮ })', ['scim', 'auditLogs', ...clientOptions]],
      ['connect(config, { scim: { ▮ } })', ['profile', 'timeoutMs']],
      ['reader.users.find({ ▮ })', ['userName', 'externalId', 'emails']],
      ['reader.groups.find({ ▮ })', ['displayName', 'externalId']],
      ['writer.users.create({ ▮ })', ['userName', 'name', 'emails', 'schemas']],
      ["writer.users.create({ userName: 'a', name: { ▮ } })", ['givenName', 'familyName']],
      ["bulk(writer, [{ method: 'POST', path: '▮' }])", ['/Users', '/Groups']],
      ["bulk(writer, [{ method: 'POST', path: '/Users', data: { ▮ } }])", ['userName', 'name']],
      ["bulk(writer, [{ method: 'PUT', path: '/Groups/1', data: { ▮ } }])", ['displayName', 'members']],
      ["bulk(writer, [{ method: 'PATCH', path: '/Users/1', data: { ▮ } }])", ['Operations']],
      ['connection.check({ ▮ })', ['eventTypes', 'probeUser']],
      ['connection.roster({ ▮ })', ['groups', 'lastActivity', 'onProgress']],
      ['new AuditLogClient({ ▮ })', ['apiKey', 'workspaceIds', 'organizationId', ...clientOptions]],
      ["workspaces.events({ eventTypes: ['AUTH_LOG'], ▮ })", ['after', 'resumeFrom', 'validate', 'ordering']],
      ['new ScimClient({ ▮ })', ['baseUrl', 'token', 'access', ...clientOptions]],
      ['new ScimClient({ ...options, access: { ▮ } })', ['provisioning', 'deprovisioning']],
      ["new ScimClient({ ...options, profile: '▮' })", ['workos', 'rfc']],
      ['createEmulator({ ▮ })', ['scim', 'compliance', 'clock', 'world', 'seed']],
      ['createEmulator({ scim: { ▮ } })', ['mode', 'quirks']],
      ["if (event.type === '▮') {}", ['AUTH_LOG', 'COSTS']],
      ["if (event.type === 'AUDIT_LOG' && event.action === '▮') {}", ['USER_ROLE_UPDATED', 'ROLE_CREATE']],
      ["if (event.type === 'AUTH_LOG' && event.action_data?.action === '▮') {}", ['login_failed', 'token_issued']],
    ])('%s', (snippet, names) => {
      expect(editor.completionsAt(snippet)).toEqual(expect.arrayContaining(names));
    });

    const how = ['signal', 'timeoutMs', 'deadlineMs', 'maxRetries', 'headers'];

    test.each([
      ['connection.check(…)', ['eventTypes', 'probeUser']],
      ['connection.roster(…)', ['groups', 'lastActivity', 'onProgress']],
      ["workspaces.files({ eventTypes: ['AUTH_LOG'] …)", ['after', 'before', 'onWarning']],
      ["workspaces.events({ eventTypes: ['AUTH_LOG'] …)", ['after', 'resumeFrom', 'ordering', 'onProgress']],
      ["workspaces.batches({ eventTypes: ['AUTH_LOG'] …)", ['after', 'resumeFrom', 'batchSize']],
      ["workspaces.follow({ eventTypes: ['AUTH_LOG'] …)", ['after', 'resumeFrom', 'intervalMs', 'onOutage']],
      ["workspaces.maxEventTime({ eventTypes: ['AUTH_LOG'] …)", []],
      ['reader.users.list(…)', ['filter', 'count', 'sortBy', 'startIndex']],
      ['reader.users.iterate(…)', ['filter', 'count', 'prefetch', 'onIncomplete']],
      ['reader.users.search(…)', ['filter', 'count', 'attributes']],
      ['reader.users.count(…)', ['filter']],
      ['reader.users.find(…)', ['userName', 'externalId']],
    ])('what is asked for in the first argument of %s, and how in the last', (call, what) => {
      const hasTypes = call.includes('eventTypes');
      const inFirst = editor.completionsAt(call.replace(hasTypes ? ' …' : '…', hasTypes ? ', ▮ }' : '{ ▮ }'));
      const inLast = editor.completionsAt(call.replace(hasTypes ? ' …' : '…', hasTypes ? ' }, { ▮ }' : '{}, { ▮ }'));
      expect(inFirst).toEqual(expect.arrayContaining(what));
      expect(inFirst.filter((name) => how.includes(name))).toEqual([]);
      expect(inLast).toEqual(expect.arrayContaining(how));
      expect(inLast.filter((name) => what.includes(name) || name === 'eventTypes')).toEqual([]);
    });

    test.each([
      'reader.users.get("1", { ▮ })',
      'reader.me({ ▮ })',
      'writer.users.create({ userName: "a" }, { ▮ })',
      'writer.users.patch("1", [], { ▮ })',
      'writer.groups.addMembers("g", [], { ▮ })',
      'for await (const file of workspaces.files({ eventTypes: "all" })) workspaces.download(file, { ▮ })',
    ])('how in the last argument: %s', (snippet) => {
      expect(editor.completionsAt(snippet)).toEqual(expect.arrayContaining(how));
    });

    test.each([
      ["workspaces.events({ eventTypes: ['▮'] })", ['AUTH_LOG', 'AUDIT_LOG', 'APP_LOG'], ['COSTS']],
      ["workspaces.events({ eventTypes: ['AUTH_LOG', '▮'] })", ['AUDIT_LOG', 'APP_LOG'], ['COSTS']],
      ["workspaces.batches({ eventTypes: ['▮'] })", ['AUTH_LOG'], ['COSTS']],
      ["workspaces.follow({ eventTypes: ['▮'] })", ['AUTH_LOG'], ['COSTS']],
      ["workspaces.files({ eventTypes: ['▮'] })", ['AUTH_LOG'], ['COSTS']],
      ["workspaces.maxEventTime({ eventTypes: ['▮'] })", ['AUTH_LOG'], ['COSTS']],
      ["organization.events({ eventTypes: ['▮'] })", ['COSTS', 'APP_LOG'], ['AUTH_LOG']],
      ["connection.check({ eventTypes: ['▮'] })", ['AUTH_LOG', 'COSTS'], []],
      ["connection.roster({ lastActivity: { eventTypes: ['▮'] } })", ['AUTH_LOG'], ['COSTS']],
    ])('%s with the event types that can be read', (snippet, readable, others) => {
      const offered = editor.completionsAt(snippet);
      expect(offered).toEqual(expect.arrayContaining(readable));
      for (const name of others) expect(offered).not.toContain(name);
    });

    test.each([
      "eq<User>('▮')",
      "eq<User>('▮', 'a')",
      "present<User>('▮')",
      "reader.users.iterate({ filter: eq('▮', 'a') })",
    ])('%s with attributes, and not with what a list or a text can do', (snippet) => {
      const offered = editor.completionsAt(snippet);
      expect(offered).toEqual(
        expect.arrayContaining(['userName', 'schemas', 'name.familyName', 'emails.value', 'active']),
      );
      expect(offered.filter((path) => /^(schemas|userName|emails\.value)\.|length|toString/.test(path))).toEqual([]);
    });

    test.each([
      ['reader.users.find({ ▮ })', ['op', 'path', 'value', 'filter', 'filters', '"~resource"']],
      ['reader.groups.find({ ▮ })', ['op', 'path', 'value', 'filter', 'filters', '"~resource"']],
      ['writer.users.create({ ▮ })', ['id', 'meta', 'groups']],
      ["writer.users.replace('1', { ▮ })", ['id', 'meta', 'groups']],
      ['writer.users.upsert({ ▮ })', ['id', 'meta', 'groups']],
      ['writer.groups.create({ ▮ })', ['id', 'meta']],
    ])('%s without what is none of it', (snippet, others) => {
      const offered = editor.completionsAt(snippet);
      expect(offered).toContain('externalId');
      for (const name of others) expect(offered).not.toContain(name);
    });

    const department = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department';

    test.each([
      "reader.users.list({ sortBy: '▮' })",
      "reader.users.iterate({ sortBy: '▮' })",
      "reader.users.list({ attributes: ['▮'] })",
      "reader.users.get('1', { excludedAttributes: ['userName', '▮'] })",
      "writer.users.create({ userName: 'a' }, { attributes: ['▮'] })",
      "writer.users.patch('1', [{ op: 'replace', path: '▮' }])",
      "bulk(writer, [{ method: 'PATCH', path: '/Users/1', data: { Operations: [{ op: 'add', path: '▮' }] } }])",
    ])('%s with the paths of a user', (snippet) => {
      const offered = editor.completionsAt(snippet);
      expect(offered).toEqual(expect.arrayContaining(['userName', 'name.givenName', 'emails.value', department]));
      expect(offered).not.toContain('members');
    });

    test('a path of a group', () => {
      const offered = editor.completionsAt("writer.groups.patch('1', [{ op: 'add', path: '▮' }])");
      expect(offered).toEqual(expect.arrayContaining(['displayName', 'members']));
      expect(offered).not.toContain('userName');
    });

    test('a filter with what can be compared so', () => {
      expect(editor.completionsAt("co<User>('▮', 'a')")).toContain('title');
      expect(editor.completionsAt("co<User>('▮', 'a')")).not.toContain('active');
      expect(editor.completionsAt("gt<User>('▮', new Date())")).toContain('meta.lastModified');
      expect(editor.completionsAt("valuePath<User>('▮', eq('type', 'work'))")).toContain('emails');
      expect(editor.completionsAt("valuePath<User>('▮', eq('type', 'work'))")).not.toContain('title');
    });
  });

  describe('an editor says', () => {
    test.each([
      ['const { users▮ } = reader', 'const users: Users<"read-only">'],
      ['const { groups▮ } = reader', 'const groups: Groups<"read-only">'],
      ['reader▮', 'const reader: ScimClient<"read-only">'],
      [
        "reader.resource▮({ endpoint: '/Roles', schema: { id: 'urn:x:Role', attributes: {} } })",
        'Resources<"read-only", ',
      ],
      ['const { users▮ } = writer', 'const users: Users<"provisioning" | "deprovisioning">'],
      ['if (canProvision(reader)) reader▮', 'const reader: ScimClient<"provisioning">'],
      ['const { scim▮ } = connection', 'const scim: ScimClient<"read-only"> | undefined'],
      [
        'const scim▮ = connect(parseConnectionConfig({}, { require: ["scim"] })).scim',
        'const scim: ScimClient<"read-only">',
      ],
    ])('what a client may do: %s', (snippet, shown) => {
      expect(editor.hoverAt(snippet)).toContain(shown);
    });
  });

  test.each([
    ['const opened▮ = connect(parseConnectionConfig({}))', 'Connection<ConfigWith<"either">>'],
    ['const parsed▮ = parseConnectionConfig({})', 'ConfigWith<"either">'],
    ['parseConnectionConfig▮({})', 'ConfigWith<"either">'],
    ['connect▮(parseConnectionConfig({}))', 'Connection<ConfigWith<"either">>'],
    ['const parsed▮ = safeParseConnectionConfig({})', 'ConfigWith<"either">'],
    [
      "const roles▮ = reader.resource({ endpoint: '/Roles', schema: { id: 'urn:x:Role', attributes: {} } })",
      'const roles: Resources<"read-only", Resource>',
    ],
    ["reader.resource▮({ endpoint: '/Roles', schema: { id: 'urn:x:Role', attributes: {} } })", 'Resource>'],
    ['if (!canProvision(reader)) reader▮', 'const reader: ScimClient<"read-only">'],
    ['if (!canProvision(provisioner)) provisioner▮', 'const provisioner: ScimClient<"provisioning">'],
    ['if (!canProvision(writer)) writer▮', 'const writer: ScimClient<"provisioning" | "deprovisioning">'],
  ])('an editor says nothing of never: %s', (snippet, shown) => {
    const hover = editor.hoverAt(snippet);
    expect(hover).toContain(shown);
    expect(hover).not.toContain('never');
  });

  test("an editor knows the events of 'all': those of the principal", () => {
    const [error] = editor.errorsOf(
      "for await (const { type } of organization.events({ eventTypes: 'all' })) if (type === 'AUTH_LOG') {}; export {};",
    );
    expect(error).toContain('have no overlap');
  });

  describe('an error names', () => {
    test.each([
      ['reader.users.delete', "Property 'delete' does not exist on type 'Users<\"read-only\">'."],
      ['reader.groups.addMembers', "Property 'addMembers' does not exist on type 'Groups<\"read-only\">'."],
      [
        "present<User>('titel')",
        `Argument of type '"titel"' is not assignable to parameter of type 'AttributePath<User>'.`,
      ],
      [
        "writer.users.create({ userName: 'a', name: { givenNam: 'x' } })",
        "Object literal may only specify known properties, but 'givenNam' does not exist in type 'PartsOf<Name>'. Did you mean to write 'givenName'?",
      ],
      [
        "writer.users.create({ userName: 'a', id: 'x' })",
        "Object literal may only specify known properties, and 'id' does not exist in type 'ResourceInput<User>'.",
      ],
      [
        "new AuditLogClient({ apiKee: 'a' })",
        "Object literal may only specify known properties, but 'apiKee' does not exist in type '(AuditLogClientOptions | PlatformLogClientOptions) & {}'. Did you mean to write 'apiKey'?",
      ],
      ['new AuditLogClient({ apiKey: { w: 7 } })', "Type 'number' is not assignable to type 'AuditLogKey'."],
      ["co<User>('titel', 'a')", `Argument of type '"titel"' is not assignable to parameter of type 'TextPath<User>'.`],
    ])('what is wrong in one line: %s', (snippet, line) => {
      expect(editor.errorsOf(snippet)).toEqual([line]);
    });

    test('the attribute to find by that was meant, and none of the other ways to find', () => {
      const [error = '', ...more] = editor.errorsOf("reader.users.find({ userNam: 'a' })");
      expect(more).toEqual([]);
      expect(error).toMatch(
        /^No overload .+\n.+the last overload.+\n.+'userNam' does not exist.+Did you mean to write 'userName'\?$/i,
      );
      expect(error.length).toBeLessThan(500);
    });

    test.each([
      ["workspaces.events({ eventTypes: ['AUTH_LOG'], signal: AbortSignal.abort() })", 'signal', 'AuditLogEventsQuery'],
      ["workspaces.events({ eventTypes: ['AUTH_LOG'] }, { after: new Date() })", 'after', 'RequestOptions'],
      ['connection.check({ deadlineMs: 1 })', 'deadlineMs', 'CheckQuery'],
      ['connection.roster({}, { groups: false })', 'groups', 'RequestOptions'],
      ['reader.users.list({ signal: AbortSignal.abort() })', 'signal', 'ListQuery'],
      ['reader.users.list({}, { count: 1 })', 'count', 'RequestOptions'],
    ])('an option in the wrong argument, and what that argument is: %s', (snippet, name, type) => {
      const [error = '', ...more] = editor.errorsOf(snippet);
      expect(more).toEqual([]);
      expect(error).toContain(`'${name}' does not exist in type '${type}`);
    });

    test.each([
      ["eq<User>('titel', 'a')", 'EqualityArguments<User>', 'Did you mean \'"title"\'?'],
      ["gt<User>('titel', 'a')", 'OrderArguments<User>', 'Did you mean \'"title"\'?'],
      ["reader.users.iterate({ filter: eq('titel', 'a') })", 'EqualityArguments<User>', 'Did you mean \'"title"\'?'],
      ["eq<User>('schemas.toString', null)", 'EqualityArguments<User>', "not assignable to type 'TextPath<User>'."],
    ])('a wrong path first, and at the end what was meant: %s', (snippet, wanted, end) => {
      const [error = '', ...more] = editor.errorsOf(snippet);
      expect(more).toEqual([]);
      expect(error).toMatch(/^Argument of type '\["(titel|schemas\.toString)", .*\]' is not assignable/);
      expect(error.split('\n')[0]).toContain(`to parameter of type '${wanted}'.`);
      expect(error.endsWith(end)).toBe(true);
      expect(error.length).toBeLessThan(700);
    });

    test.each([
      "event.type === 'AUTH_LOGG'",
      "event.type === 'AUDIT_LOG' && event.action === 'INVITE_SENT'",
      "event.type === 'AUTH_LOG' && event.action_data?.action === 'logn_failed'",
      "event.type === 'CODEX_LOG' && event.event_type === 'PROMT_SENT'",
      "event.type === 'CODEX_LOG' && event.client_id === 'CODEX_CLII'",
      "event.type === 'APP_LOG' && event.log_type === 'requests'",
      "event.actor?.type === 'ACCOUNT_USERS'",
    ])('a misspelt name of an event: %s', (comparison) => {
      const [error, ...more] = editor.errorsOf(`if (${comparison}) {}`);
      expect(more).toEqual([]);
      expect(error).toContain(`and '"${/'(\w+)'$/.exec(comparison)?.[1]}"' have no overlap.`);
    });

    test('nothing, where a name that came later is asked for as text', () => {
      expect(editor.errorsOf("if (event.type === 'AUDIT_LOG' && String(event.action) === 'NEW_ACTION') {}")).toEqual(
        [],
      );
    });
  });
}
