import { describe, expect, test } from 'vitest';
import { entries } from './support/entries.js';
import { runInProject } from './support/run-in-project.js';

describe.each(entries)('%s', (entry) => {
  const file = entry.replace(/\W+/g, '-');

  test('exports these names', async () => {
    const names = await runInProject(
      `${file}.mjs`,
      `console.log(Object.keys(await import('${entry}')).sort().join('\\n'));`,
    );
    expect(names.code, names.output).toBe(0);
    await expect(names.output).toMatchFileSnapshot(`./snapshots/${file}.txt`);
  });

  test('loads by require() and is the same module as by import', async () => {
    const result = await runInProject(
      `${file}.cjs`,
      `const required = require('${entry}');
       import('${entry}').then((imported) => {
         const names = Object.keys(imported).filter((name) => required[name] !== imported[name]);
         console.log(names.length === 0 && Object.keys(imported).length > 0 ? 'same' : names);
       });`,
    );
    expect(result.output.trim()).toBe('same');
  });

  test('loads without msw and does no work at import', async () => {
    const result = await runInProject(
      `${file}-quiet.mjs`,
      `import { createRequire } from 'node:module';
       try { createRequire(import.meta.url).resolve('msw'); throw new Error('msw is installed'); } catch (error) { if (error.code !== 'MODULE_NOT_FOUND') throw error; }
       const touched = [];
       for (const name of ['fetch', 'Request', 'Response', 'Headers', 'FormData', 'WebSocket', 'crypto', 'navigator']) {
         const original = Object.getOwnPropertyDescriptor(globalThis, name);
         Object.defineProperty(globalThis, name, {
           configurable: true,
           get() { touched.push(name); return original.get ? original.get.call(globalThis) : original.value; },
         });
       }
       const before = new Set(Reflect.ownKeys(globalThis).map(String));
       await import('${entry}');
       // zod keeps its registry in two globals of its own.
       const added = Reflect.ownKeys(globalThis).map(String).filter((key) => !before.has(key) && !key.startsWith('__zod_'));
       console.log(JSON.stringify({ touched, added }));`,
    );
    expect(JSON.parse(result.output)).toEqual({ touched: [], added: [] });
  });
});
