import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { describe, expect, inject, test } from 'vitest';
import { licenseProblems } from '../../scripts/output/bundled-packages.js';

const root = resolve(import.meta.dirname, '../..');

const codeFiles = () => inject('files').filter((path) => path.endsWith('.js'));
const readInstalled = (path: string) =>
  readFile(join(inject('project'), 'node_modules/chatgpt-enterprise-sdk', path), 'utf8');
const shippedCode = () => Promise.all(codeFiles().map(readInstalled));

test('ships these files and no others, beside the declarations', async () => {
  const files = inject('files').filter((path) => !path.endsWith('.d.ts') && path !== 'CHANGELOG.md');
  await expect(`${files.join('\n')}\n`).toMatchFileSnapshot('./snapshots/files.txt');
});

test('ships the CHANGELOG from the first version on, which `changeset version` writes', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(inject('files').includes('CHANGELOG.md')).toBe(version !== '0.0.0');
});

test('publint finds nothing to say', async () => {
  const installed = join(inject('project'), 'node_modules/chatgpt-enterprise-sdk');
  const { messages } = await publint({ pkgDir: installed, level: 'suggestion', strict: true, pack: false });
  expect(messages).toEqual([]);
});

test('types resolve under every module resolution that knows ESM', async () => {
  const { code, output } = await new Promise<{ code: number; output: string }>((done) => {
    const attw = join(root, 'node_modules/.bin/attw');
    execFile(attw, [inject('tarball'), '--profile', 'esm-only', '--format', 'ascii'], (error, stdout, stderr) => {
      done({ code: error === null ? 0 : 1, output: `${stdout}${stderr}` });
    });
  });
  expect(code, output).toBe(0);
});

test('the version in the code is the version of the package', async () => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect((await shippedCode()).join('\n')).toMatch(
    new RegExp(`^var \\w+ = "${version.replaceAll('.', '\\.')}";$`, 'm'),
  );
});

describe('the files', () => {
  test('are few, for a cold process pays for each', () => {
    expect(codeFiles().length).toBeLessThanOrEqual(30);
  });

  test('are readable: a line for a statement, the modules named, no hashes in their names', async () => {
    const code = await shippedCode();
    for (const text of code) expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(3_000);
    expect(code.join('\n')).toContain('// src/');
    expect(codeFiles().filter((path) => /-[A-Z0-9]{8}\./.test(path))).toEqual([]);
  });

  test('are ASCII, which engines hold in half the memory and read sooner', async () => {
    expect((await shippedCode()).flatMap((text) => text.match(/[^\0-\x7f]/g) ?? [])).toEqual([]);
  });

  test('keep the names of classes, which show where a client is inspected', async () => {
    const renamed = (await shippedCode()).flatMap((text) => text.match(/^var \w+ = class (_\w+|\w+\d+)\b/gm) ?? []);
    expect(renamed).toEqual([]);
  });

  test('import nothing but each other, and of Node what the command needs', async () => {
    const foreign = (await shippedCode()).flatMap((text) => [
      ...text.matchAll(/^(?:import|export)\b[^"]*"([^."][^"]*)";$/gm),
    ]);
    const names = foreign.map(([, specifier = '']) => specifier);
    expect(names.filter((specifier) => !specifier.startsWith('node:'))).toEqual([]);
    const library = codeFiles().filter((path) => path !== 'dist/command/bin.js');
    for (const path of library) expect(await readInstalled(path), path).not.toMatch(/^import\b.* from "node:/m);
  });

  test('hold ky in one of its own, which is loaded with the first request', async () => {
    const holding = async (text: string) => {
      const files = await Promise.all(codeFiles().map(async (path) => [path, await readInstalled(path)] as const));
      return files.filter(([, code]) => code.includes(text)).map(([path]) => path);
    };
    expect(await holding('// node_modules/ky/')).toEqual(['dist/vendor/ky.js']);
    expect(await holding('/ky.js"')).toEqual(await holding('import("../vendor/ky.js")'));
  });
});

test('installs nothing else', async () => {
  const { dependencies } = JSON.parse(await readInstalled('package.json'));
  const installed = await readdir(join(inject('project'), 'node_modules'));
  expect(dependencies).toBeUndefined();
  expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['chatgpt-enterprise-sdk']);
});

describe('bundled packages', () => {
  test('come with their notices', async () => {
    const notices = await readInstalled('THIRD_PARTY_NOTICES');
    const code = (await shippedCode()).join('\n');
    const names = new Set(
      [...code.matchAll(/^\s*\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(([, name]) => name),
    );
    expect([...names].sort()).toEqual(['is-network-error', 'ky', 'p-retry', 'p-throttle', 'zod']);
    for (const name of names)
      expect(notices).toMatch(new RegExp(`^${name} [0-9.]+ \\(MIT\\)\\n\\nMIT License\\n\\nCopyright `, 'm'));
  });

  test('are listed in the bill of materials, with the hash of what was installed', async () => {
    const { components } = JSON.parse(await readFile(join(root, 'sbom.cdx.json'), 'utf8'));
    expect(components.map(({ name }: { name: string }) => name)).toEqual([
      'is-network-error',
      'ky',
      'p-retry',
      'p-throttle',
      'zod',
    ]);
    for (const { purl, hashes } of components) {
      expect(purl).toMatch(/^pkg:npm\/[\w-]+@\d+\.\d+\.\d+$/);
      expect(hashes[0].content).toMatch(/^[0-9a-f]{128}$/);
    }
  });

  test('under another licence, or without one to ship, fail the build', () => {
    const texts = ['MIT License'];
    const bundled = { name: 'bundled', version: '1.0.0', license: 'MIT', texts };
    expect(licenseProblems([bundled, { ...bundled, license: 'ISC' }])).toEqual([]);
    expect(licenseProblems([{ ...bundled, license: 'GPL-3.0-only' }])).toEqual([
      'bundled is under GPL-3.0-only, which is not among MIT, ISC, BSD-2-Clause, BSD-3-Clause, Apache-2.0.',
    ]);
    expect(licenseProblems([{ ...bundled, license: '(MIT OR GPL-3.0-only)' }])).toHaveLength(1);
    expect(licenseProblems([{ ...bundled, texts: [] }])).toEqual(['bundled has no licence file to ship.']);
  });
});
