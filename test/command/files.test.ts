import { promises } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writePrivately } from '../../src/command/files.js';
import { ownDirectory } from './support/command.js';

test('a plan that somebody reads at that moment is replaced all the same, and its name is on the disk', async () => {
  const directory = await ownDirectory();
  const path = join(directory, 'plan.json');
  await writeFile(path, 'before');
  const calls: string[] = [];
  let refusals = 2;
  const files = {
    ...promises,
    // As Windows says it of a file that is open elsewhere.
    rename: async (from: string, to: string) => {
      if (refusals-- > 0) throw Object.assign(new Error('held'), { code: 'EPERM' });
      calls.push('rename');
      await promises.rename(from, to);
    },
    open: async (name: string, flags: string | number, mode?: number) => {
      if (flags === 'r') calls.push('open the directory');
      return promises.open(name, flags, mode);
    },
  };
  await writePrivately(path, 'after', files);
  expect(await readFile(path, 'utf8')).toBe('after');
  expect(await readdir(directory)).toEqual(['plan.json']);
  expect(calls).toEqual(['rename', 'open the directory']);
});
