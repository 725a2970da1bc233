import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { program, serveWorkspace } from './support/command.js';

const run = promisify(execFile);

test('one word starts it from the tarball, with nothing else installed', async () => {
  const { env } = await serveWorkspace();
  // On Windows npx is a script.
  const shell = process.platform === 'win32';
  const settings = { cwd: inject('project'), env: { ...process.env, ...env }, shell };
  const { version } = JSON.parse(
    await readFile(join(inject('project'), 'node_modules/chatgpt-enterprise-sdk/package.json'), 'utf8'),
  );
  const told = await run('npx', ['--no-install', 'chatgpt-enterprise-sdk', '--version'], settings);
  expect(told.stdout.trim()).toBe(version);
  const checked = await run('npx', ['--no-install', 'chatgpt-enterprise-sdk', 'check', '--loopback'], settings);
  expect(checked.stdout).toMatch(/^Everything works/);
  const refused = await run(
    'npx',
    ['--no-install', 'chatgpt-enterprise-sdk', 'export', '--to', 'postgres', '--types', 'AUTH_LOG', '--loopback'],
    settings,
  ).catch((error: { readonly code: number; readonly stderr: string }) => error);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('npm install pg') });
});

test('it is one file, which imports the entries and Node, and which no entry imports', async () => {
  const text = await readFile(program, 'utf8');
  const specifiers = [...text.matchAll(/^(?:import|\}) [^"]*"([^"]+)";$/gm)].map(([, specifier = '']) => specifier);
  expect(specifiers.length).toBeGreaterThan(5);
  for (const specifier of specifiers) expect(specifier).toMatch(/^(?:node:[\w/]+|\.\.\/(?:[\w-]+\/)?index\.js)$/);
  const code = inject('files').filter((path) => path.endsWith('.js') && path !== 'dist/command/bin.js');
  for (const path of code) {
    const other = await readFile(join(inject('project'), 'node_modules/chatgpt-enterprise-sdk', path), 'utf8');
    expect(other).not.toContain('command/bin');
  }
});
