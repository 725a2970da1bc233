import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
// A file that is only in the editor.
const program = join(root, 'test/scim/editor.ts');
const source = `
import { AuditLogClient } from '../../src/audit-logs/index.js';
import { ScimClient } from '../../src/scim/index.js';
const options = { baseUrl: 'https://scim.example/v2', token: 'secret' };
const client = new ScimClient({ ...options, access: { provisioning: true, deprovisioning: true } });
const auditLogs = new AuditLogClient({ apiKey: 'key', workspaceIds: ['6b2b3d9e-1f0a-4c55-9b0e-1f8d2a7c9e10'] });
client.users.upsert;
client.users.deactivate;
client.users.withExtensions({}).patch;
client.groups.addMembers;
auditLogs.events;
const { users } = new ScimClient({ ...options, access: { provisioning: true } });
const reader = new ScimClient(options);
reader.users.delete;
`;

const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const readFile = (path: string) => (path === program ? source : ts.sys.readFile(path));
const editor = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [program],
  getScriptVersion: () => '1',
  getScriptSnapshot: (path) => ts.ScriptSnapshot.fromString(readFile(path) ?? ''),
  fileExists: (path) => path === program || ts.sys.fileExists(path),
  directoryExists: ts.sys.directoryExists,
  readFile,
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
});

/** The last character of the first place where the program says so. */
const endOf = (text: string) => source.indexOf(text) + text.length - 1;

test.each([
  ['client.users.upsert', 'src/scim/resources.ts'],
  ['client.users.deactivate', 'src/scim/users.ts'],
  ['client.users.withExtensions', 'src/scim/users.ts'],
  ['client.users.withExtensions({}).patch', 'src/scim/resources.ts'],
  ['client.groups.addMembers', 'src/scim/groups.ts'],
  ['auditLogs.events', 'src/audit-logs/client.ts'],
])('an editor goes from %s to the body of the method', { timeout: 60_000 }, (call, file) => {
  const found = editor.getDefinitionAtPosition(program, endOf(call)) ?? [];
  expect(found.map(({ fileName }) => relative(root, fileName))).toEqual([file]);
  for (const { fileName, contextSpan = { start: 0, length: 0 } } of found) {
    const declaration = readFile(fileName)?.slice(contextSpan.start, contextSpan.start + contextSpan.length);
    expect(declaration).toMatch(/\breturn\b[\s\S]+\}$/);
  }
});

test('an editor names the permissions, and the method that they do not allow', { timeout: 60_000 }, () => {
  const hover = editor.getQuickInfoAtPosition(program, endOf('const { users'));
  expect(ts.displayPartsToString(hover?.displayParts)).toBe('const users: Users<"provisioning">');
  const errors = editor.getSemanticDiagnostics(program).map(({ messageText }) => messageText);
  expect(errors).toEqual(["Property 'delete' does not exist on type 'Users<never>'."]);
});
