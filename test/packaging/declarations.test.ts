import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, inject, test } from 'vitest';
import { toolPath } from './support/bundlers.js';
import { entries } from './support/entries.js';
import { runNode } from './support/run-in-project.js';

const root = resolve(import.meta.dirname, '../..');

/** The oldest that is promised and those since in `npm run soak`; with every change the one of this repository. */
const compilers: readonly string[] =
  inject('tools') === undefined ? ['typescript'] : ['typescript-5.7', 'typescript-5.9', 'typescript-6', 'typescript-7'];

// The costs are counted with the one of this repository: an older one instantiates more for the same types.
const ownCompiler = inject('tools') === undefined ? 'typescript' : 'typescript-6';

const importOf = (some: readonly string[]) =>
  some
    .map(
      (entry, index) =>
        `import * as entry${index} from '${entry}';\nexport const names${index}: readonly string[] = Object.keys(entry${index});`,
    )
    .join('\n');
const importEverything = importOf(entries);

/** Compiles one file in the project that installed the tarball, strictly, library declarations included. */
async function compile(file: string, source: string, options: readonly string[] = [], compiler = ownCompiler) {
  const project = inject('project');
  await writeFile(join(project, file), source);
  const strict = ['--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--verbatimModuleSyntax'];
  return runNode(
    [
      toolPath(`${compiler}/bin/tsc`),
      ...[file, '--noEmit', '--target', 'es2023', '--skipLibCheck', 'false', ...strict, ...options],
    ],
    project,
  );
}

const nodeNext = ['--module', 'nodenext'];

/** Lends the project, or a folder in it, a package of this repository: declarations only. */
async function install(name: string, folder = '.'): Promise<void> {
  const to = join(inject('project'), folder, 'node_modules', name);
  await cp(join(root, 'node_modules', name), to, { recursive: true, filter: (path) => !/\.([cm]?js|map)$/.test(path) });
}

describe.each(compilers)('a strict program that checks its libraries too, compiled by %s', (compiler) => {
  test.each([
    ['node16', ['--module', 'node16']],
    ['nodenext', nodeNext],
    ['bundler', ['--module', 'preserve', '--moduleResolution', 'bundler']],
  ])('compiles with every entry under %s', async (name, options) => {
    const { output } = await compile(`${name}.mts`, importEverything, options, compiler);
    expect(output).toBe('');
  });

  test('compiles for Node without the types of a browser', async () => {
    await install('@types/node', 'on-node');
    await install('undici-types', 'on-node');
    const source = `/// <reference types="node" />\n${importEverything}`;
    const { output } = await compile('on-node/check.mts', source, [...nodeNext, '--lib', 'es2023'], compiler);
    expect(output).toBe('');
  });

  test('compiles without the types of any platform', async () => {
    const source = `${importEverything}
      import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
      import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
      const { fetch, scim: { baseUrl, token } } = createEmulator();
      const client = new ScimClient({ baseUrl, token, fetch, allowHost: (url) => url.hostname === 'proxy.example' });
      export const { items } = await client.users.list({}, { signal: undefined });`;
    const { output } = await compile('bare.mts', source, [...nodeNext, '--lib', 'es2023'], compiler);
    expect(output).toBe('');
  });
});

test('no declaration imports another package', async () => {
  const declarations = inject('files').filter((path) => path.endsWith('.d.ts'));
  const installed = join(inject('project'), 'node_modules/chatgpt-enterprise-sdk');
  const dear: string[] = [];
  for (const path of declarations) {
    const { importedFiles } = ts.preProcessFile(await readFile(join(installed, path), 'utf8'));
    const found = importedFiles.filter(({ fileName }) => !fileName.startsWith('.'));
    dear.push(...found.map(({ fileName }) => `${path}: ${fileName}`));
  }
  expect(declarations.length).toBeGreaterThan(0);
  expect(dear).toEqual([]);
});

describe('the cost of the declarations', () => {
  /** What the compiler does beyond an empty file: the libraries of the platform are checked in each run. */
  const instantiations = async (file: string, source: string) => {
    const { output } = await compile(file, source, [...nodeNext, '--extendedDiagnostics']);
    expect(output, output).not.toContain('error TS');
    return Number(/Instantiations:\s+(\d+)/.exec(output)?.[1]);
  };

  test('the clients and the emulator cost the compiler less than openai does, and all entries little more', async () => {
    await install('openai', 'on-openai');
    const empty = await instantiations('cost-nothing.mts', 'export const nothing = undefined;');
    const clients = entries.filter((entry) => /^chatgpt-enterprise-sdk(?:\/(?:scim|audit-logs|testing))?$/.test(entry));
    expect(clients).toHaveLength(4);
    const ours = (await instantiations('cost-clients.mts', importOf(clients))) - empty;
    const all = (await instantiations('cost-ours.mts', importEverything)) - empty;
    const openai =
      (await instantiations(
        'on-openai/cost-openai.mts',
        "import OpenAI from 'openai';\nexport const client: OpenAI | undefined = undefined;",
      )) - empty;
    console.log(`instantiations beyond an empty file: the clients ${ours}, all entries ${all}, openai ${openai}`);
    expect(ours).toBeLessThan(openai);
    // Of it the second feed takes 600: events of 149 names. Plans, stores and shapes take the rest.
    expect(all).toBeLessThan(11_100);
  });
});

test('the flattened types are the inferred types', async () => {
  // Compares every type alias of the schema modules, as built, with the one that zod infers in the source.
  const { code, output } = await runNode([join(import.meta.dirname, 'support/compare-types.ts')], root);
  expect(code, output).toBe(0);
  expect(output).toMatch(/^[1-9]\d* types are the same\n$/);
});
