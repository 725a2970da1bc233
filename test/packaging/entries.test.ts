import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, inject, test } from 'vitest';
import { entries } from './support/entries.js';
import { runInProject } from './support/run-in-project.js';

describe.each(entries)('%s', (entry) => {
  const file = entry.replace(/\W+/g, '-');

  test('exports the values that its declarations name, and no others', async () => {
    const names = await runInProject(
      `${file}.mjs`,
      `console.log(Object.keys(await import('${entry}')).sort().join('\\n'));`,
    );
    expect(names.code, names.output).toBe(0);
    const list = entry.split('/')[1] ?? 'index';
    const declared = await readFile(join(import.meta.dirname, `snapshots/api/${list}.d.ts`), 'utf8');
    const values = [...declared.matchAll(/^ +(?!type )(?:\w+ as )?(\w+),$/gm)].map(([, name]) => name);
    expect(names.output.trim().split('\n')).toEqual(values.sort());
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

test('a class is one class, whatever entry it comes from', async () => {
  const result = await runInProject(
    'one-class.mjs',
    `const entries = await Promise.all(${JSON.stringify(entries)}.map((entry) => import(entry)));
     const isClass = (value) => typeof value === 'function' && /^class\\b/.test(Function.prototype.toString.call(value));
     const seen = new Map();
     const twice = [];
     for (const [name, value] of entries.flatMap((entry) => Object.entries(entry)).filter(([, value]) => isClass(value))) {
       if (seen.has(name) && seen.get(name) !== value) twice.push(name);
       seen.set(name, value);
     }
     console.log(JSON.stringify({ seen: seen.size > 5, twice }));`,
  );
  expect(JSON.parse(result.output)).toEqual({ seen: true, twice: [] });
});

test('an error thrown through one entry is an instance of the class that another exports', async () => {
  const result = await runInProject(
    'instance-of.mjs',
    `import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
     import { InputError as FromScim, ScimClient } from 'chatgpt-enterprise-sdk/scim';
     import { AuditLogClient as FromRoot, InputError, ScimClient as ScimFromRoot, SdkError } from 'chatgpt-enterprise-sdk';
     const thrownBy = (run) => { try { return run(); } catch (error) { return error; } };
     const errors = [
       thrownBy(() => new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'token', timeoutMs: -1 })),
       thrownBy(() => new AuditLogClient({ apiKey: 'key', workspaceId: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b', timeoutMs: -1 })),
     ];
     const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'token' });
     console.log(JSON.stringify([
       ...errors.map((error) => error instanceof InputError && error instanceof FromScim && error instanceof SdkError),
       client instanceof ScimFromRoot,
       AuditLogClient === FromRoot,
     ]));`,
  );
  expect(JSON.parse(result.output)).toEqual([true, true, true, true]);
});

test('ScimClient costs a bundle the same from the root and from its own entry', async () => {
  const fromRoot = await bundledBytes('chatgpt-enterprise-sdk', 'ScimClient');
  const fromEntry = await bundledBytes('chatgpt-enterprise-sdk/scim', 'ScimClient');
  console.log(`ScimClient, minified and gzipped: ${fromRoot} bytes from the root, ${fromEntry} from ./scim`);
  expect(fromRoot).toBeLessThanOrEqual(fromEntry * 1.05);
});

/** Bytes of a bundle in one file that imports one name from the installed package. */
async function bundledBytes(entry: string, name: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${name} } from '${entry}';`, resolveDir: inject('project') },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '').length;
}
