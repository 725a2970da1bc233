import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { expect, inject, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('ships these files and no others', async () => {
  await expect(`${inject('files').join('\n')}\n`).toMatchFileSnapshot('./snapshots/files.txt');
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
  const built = await readFile(join(root, 'dist/internal/version.js'), 'utf8');
  expect(built).toContain(`"${version}"`);
});
