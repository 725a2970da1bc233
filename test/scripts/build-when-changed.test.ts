import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { buildWhenChanged } from '../../scripts/output/built-from.js';

let root: string;
const source = () => join(root, 'src/inner/one.ts');
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'built-from-'));
  const made = root;
  onTestFinished(() => rm(made, { recursive: true }));
  for (const directory of ['src/inner', 'scripts', 'dist']) await mkdir(join(root, directory), { recursive: true });
  for (const file of ['package.json', 'package-lock.json', 'tsup.config.ts']) await writeFile(join(root, file), file);
  await writeFile(source(), 'one');
});

test('builds once, and again only when what a file holds has changed', async () => {
  const build = vi.fn();
  expect(buildWhenChanged(root, build)).toBe(true);
  expect(buildWhenChanged(root, build)).toBe(false);
  await utimes(source(), new Date(), new Date(Date.now() + 60_000));
  expect(buildWhenChanged(root, build)).toBe(false);
  await writeFile(source(), 'two');
  expect(buildWhenChanged(root, build)).toBe(true);
  expect(build).toHaveBeenCalledTimes(2);
});

test.each([
  ['a source is added', () => writeFile(join(root, 'src/inner/two.ts'), '')],
  ['a source is removed', () => rm(source())],
  ['the way it is built changes', () => writeFile(join(root, 'tsup.config.ts'), 'other')],
  ['the way the command is built changes', () => writeFile(join(root, 'tsup.command.ts'), 'other')],
  ['a dependency changes', () => writeFile(join(root, 'package-lock.json'), 'other')],
  ['something else has built', () => rm(join(root, 'dist/built-from.txt'))],
])('builds again when %s', async (_what, change) => {
  buildWhenChanged(root, () => {});
  await change();
  expect(buildWhenChanged(root, () => {})).toBe(true);
});

test('a build that failed counts for none', () => {
  const fail = () => {
    throw new Error('does not compile');
  };
  expect(() => buildWhenChanged(root, fail)).toThrow('does not compile');
  expect(buildWhenChanged(root, () => {})).toBe(true);
});
