import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runNode } from '../packaging/support/run-in-project.js';

/** On what the package is promised to work. Whatever tries it, and whatever tells of it, holds this list. */
const promised = {
  node: ['22.12', '24', '26'],
  runtimes: ['bun', 'deno', 'workerd', 'browser'],
  compilers: ['5.7', '5.9', '6', '7'],
  bundlers: ['esbuild', 'vite', 'rollup', 'webpack'],
} as const;

const root = new URL('../../', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, root), 'utf8');
/** The texts of the first list that stands in the file behind these words. */
const listIn = (path: string, before: RegExp) => {
  const [, list = ''] = new RegExp(`${before.source}([^\\]}]*)[\\]}]`).exec(textOf(path)) ?? [];
  return list.split(',').map((each) => each.trim().replace(/^'|'$/g, ''));
};
const majorOf = (version: string) => version.replace(/\..*/, '');

test('the README names them', () => {
  const [line = ''] = /\*\*It runs wherever `fetch` does\.\*\*[\s\S]*?No work/.exec(textOf('README.md')) ?? [];
  expect(line.replace(/\s+/g, ' ')).toContain(
    `Node ${promised.node[0]} and up, Bun, Deno, Workers, browsers; TypeScript ${promised.compilers[0]} and up,`,
  );
  for (const name of [...promised.bundlers, 'jest']) expect(line.toLowerCase()).toContain(name);
  const { engines } = JSON.parse(textOf('package.json')) as { readonly engines: { readonly node: string } };
  expect(engines.node).toBe(`>=${promised.node[0]}.0`);
});

test('all tests run on each Node with every change, and the smoke test on every runtime', () => {
  const { jobs } = parse(textOf('.github/workflows/ci.yml'));
  expect(jobs.node.strategy.matrix.node).toEqual(promised.node.map(majorOf));
  expect(jobs.runtimes.steps).toContainEqual({ run: 'npm run runtimes' });
  const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
  expect(scripts.runtimes).toMatch(/&& node test\/runtimes\/run\.ts$/);
});

test('the smoke test knows each, and refuses a name that it does not know', async () => {
  const { code, output } = await runNode(['test/runtimes/run.ts', 'node', 'nodejs', 'worked'], fileURLToPath(root));
  expect(code).toBe(1);
  expect(output).toContain('There is no runtime `nodejs`, `worked`.');
  const known = /for all: (.*)\.$/m.exec(output)?.[1]?.match(/[^`,]{2,}/g);
  const nodes = [...promised.node, ...promised.node.map(majorOf)].map((version) => `node ${version}`);
  expect(known?.toSorted()).toEqual([...new Set([...nodes, ...promised.runtimes])].toSorted());
});

test('the declarations are compiled by each compiler, and downloaded for it', () => {
  const names = promised.compilers.map((version) => `typescript-${version}`);
  expect(listIn('test/packaging/declarations.test.ts', /\? \['typescript'\] : \[/)).toEqual(names);
  for (const [index, version] of promised.compilers.entries()) {
    expect(downloads()[names[index] ?? '']).toMatch(new RegExp(`^npm:typescript@${version.replace('.', '\\.')}\\.`));
  }
});

test('the package is bundled by each bundler, and run by Jest', () => {
  expect(listIn('test/packaging/support/bundlers.ts', /\? \{ esbuild, vite \} : \{/)).toEqual(promised.bundlers);
  expect(textOf('test/packaging/consumers.test.ts')).toMatch(/^describe\.each\(Object\.entries\(bundlers\)\)/m);
  expect(textOf('test/packaging/consumers.test.ts')).toMatch(
    /^test\.runIf\(inject\('tools'\)\)\('Jest runs every entry/m,
  );
  // esbuild is one of this repository's own.
  expect(Object.keys(downloads())).toEqual(expect.arrayContaining(['vite', 'rollup', 'webpack', 'jest']));
});

test('`npm run soak` does all of it', () => {
  const topics = listIn('scripts/soak.ts', /const topics = \[/);
  expect(topics).toContain('test/packaging/declarations.test.ts');
  expect(topics).toContain('test/packaging/consumers.test.ts');
  expect(textOf('scripts/soak.ts')).toContain("spawnSync(process.execPath, ['test/runtimes/run.ts'],");
});

function downloads(): Readonly<Record<string, string>> {
  return JSON.parse(textOf('test/packaging/support/consumer-tools.json')).dependencies;
}
