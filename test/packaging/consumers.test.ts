import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { withoutProcess } from '../runtimes/browser.js';
import { logSoak } from '../support/scale.js';
import { bundlers, toolPath, workshop } from './support/bundlers.js';
import { entries } from './support/entries.js';
import { runNode } from './support/run-in-project.js';

// The smoke test of the runtimes, which uses every entry, as a program of the user.
beforeAll(async () => {
  const source = await readFile(resolve(import.meta.dirname, '../runtimes/smoke.ts'), 'utf8');
  const { code } = await transform(source, { loader: 'ts', format: 'esm', target: 'es2023' });
  await writeFile(join(workshop, 'smoke.mjs'), code);
  await writeFile(
    join(workshop, 'all.mjs'),
    `import { smoke } from './smoke.mjs'; smoke().then((failures) => console.log(JSON.stringify(failures)));`,
  );
  await writeFile(
    join(workshop, 'little.mjs'),
    `import { eq, formatFilter } from 'chatgpt-enterprise-sdk/scim'; console.log(formatFilter(eq('userName', 'a@b.c')));`,
  );
});

describe.each(Object.entries(bundlers))('a bundle of %s', { timeout: 600_000 }, (name, bundle) => {
  test('works with every entry, also without `process`', async () => {
    const built = await bundle('all.mjs', `all-${name}.mjs`);
    expect(built.code, built.output).toBe(0);
    for (const globals of [[], withoutProcess]) {
      const { output } = await runNode([...globals, `all-${name}.mjs`], workshop);
      expect(output.trim()).toBe('[]');
    }
  });

  test('holds what is used, and leaves out the rest', async () => {
    const built = await bundle('little.mjs', `little-${name}.mjs`);
    expect(built.code, built.output).toBe(0);
    expect((await runNode([`little-${name}.mjs`], workshop)).output).toBe('userName eq "a@b.c"\n');
    const { size } = await stat(join(workshop, `little-${name}.mjs`));
    logSoak(`${name}: ${size} bytes to write a filter`);
    expect(size).toBeLessThan(20_000);
  });
});

test.runIf(inject('tools'))('Jest runs every entry with its flag for ES modules, in tests of both kinds', async () => {
  await writeFile(
    join(workshop, 'esm.jest.mjs'),
    `import { smoke } from './smoke.mjs'; test('works', async () => expect(await smoke()).toEqual([]));`,
  );
  await writeFile(
    join(workshop, 'common.jest.cjs'),
    `test.each(${JSON.stringify(entries)})('%s', (entry) => expect(Object.keys(require(entry))).not.toEqual([]));`,
  );
  const config = JSON.stringify({ testMatch: ['**/*.jest.[cm]js'], transform: {}, testTimeout: 60_000 });
  const jest = ['--experimental-vm-modules', toolPath('jest/bin/jest.js'), '--config', config];
  const { code, output } = await runNode(jest, workshop);
  expect(code, output).toBe(0);
  expect(output).toContain('5 passed, 5 total');
});
