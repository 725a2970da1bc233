import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as scim from '../../src/scim/index.js';
import { createEmulator, type Emulator } from '../../src/testing/index.js';
import { findCodeBlocks } from './support/code-blocks.js';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(root, 'docs/guides/scim-methods.md'), 'utf8');
const examples = page
  .split(/^### /m)
  .slice(1)
  .map((section) => ({
    method: section.slice(0, section.indexOf('\n')),
    code: findCodeBlocks(section).map(({ code }) => code),
  }));

/** Every method that the compiler sees on a client that may do everything, such as `users.get` and `client.me`. */
function methodsOfClient(): string[] {
  const file = resolve(root, 'src/scim/client.ts');
  const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const probe = resolve(root, 'documented/scim-methods.ts');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const text =
    "import type { ScimClient } from '../src/scim/client.js';\nexport type All = ScimClient<'provisioning' | 'deprovisioning'>;\n";
  host.fileExists = (path) => path === probe || fileExists.call(host, path);
  host.getSourceFile = (path, version, ...rest) =>
    path === probe ? ts.createSourceFile(path, text, version, true) : getSourceFile.call(host, path, version, ...rest);
  const program = ts.createProgram([probe, file], options, host);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(probe);
  const alias = source?.statements.find(ts.isTypeAliasDeclaration);
  if (alias === undefined) throw new Error('The probe was not read.');
  const namesIn = (type: ts.Type, of: string): string[] =>
    checker.getPropertiesOfType(type).flatMap((property) => {
      const own = checker.getTypeOfSymbol(property);
      if (own.getCallSignatures().length > 0) return [`${of}.${property.name}`];
      return of === 'client' && ['users', 'groups'].includes(property.name) ? namesIn(own, property.name) : [];
    });
  return namesIn(checker.getTypeAtLocation(alias.name), 'client');
}

test('every method of the client has a section with one example that calls it, and there are no others', () => {
  const methods = methodsOfClient();
  expect(methods.length).toBeGreaterThan(30);
  expect(examples.map(({ method }) => method).toSorted()).toEqual(methods.toSorted());
  for (const { method, code } of examples) {
    expect(code, method).toHaveLength(1);
    const [part = '', name = ''] = method.split('.');
    expect(code[0], method).toMatch(new RegExp(`\\bclient\\.${part === 'client' ? '' : `${part}\\.`}${name}\\(`));
  }
});

describe('each example runs on the emulator', () => {
  const me = 'me@north.example';
  let emulator: Emulator;
  const access = { provisioning: true, deprovisioning: true } as const;
  let client: scim.ScimClient<'provisioning' | 'deprovisioning'>;
  beforeAll(() => {
    emulator = createEmulator({ scim: { me } });
    emulator.store.users.add({ userName: me, active: true });
    const { baseUrl, token } = emulator.scim;
    client = new scim.ScimClient({ ...emulator.clientOptions, fetch: fetchDevices, baseUrl, token, access });
  });
  afterAll(() => emulator.close());

  /** The emulator has users and groups, and no resources of your own. */
  const fetchDevices: typeof fetch = async (input, init) =>
    String(input instanceof Request ? input.url : input).includes('/Devices')
      ? Response.json({ totalResults: 0, Resources: [] }, { headers: { 'content-type': 'application/scim+json' } })
      : emulator.fetch(input, init);

  test.each(examples)('$method', async ({ method, code: [code = ''] }) => {
    const user = emulator.store.users.add({ userName: `${method}@north.example`, active: true });
    const group = emulator.store.groups.add({ displayName: `Group of ${method}` });
    const standing = code.replaceAll('2819c223', user).replaceAll('e9e30dba', group);
    const program = ts.transpile(standing.replace(/^import .*$/gm, ''), { target: ts.ScriptTarget.ESNext });
    const requests = emulator.requests.list().length;
    const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor;
    // What is run is our own page.
    const run = new AsyncFunction('client', 'filter', 'z', 'console', program);
    await run(client, scim.filter, z, { log: () => {} });
    if (method !== 'client.resource') expect(emulator.requests.list().length).toBeGreaterThan(requests);
  });
});
