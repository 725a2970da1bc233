import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** To be imported before a program in a process of its own: leads the package's own name to what src is. */
    packageHook: string;
  }
}

const root = resolve(import.meta.dirname, '../..');

/**
 * Bundles src once for all programs that tests start, examples and those of guides: each would load some three hundred files
 * otherwise, and take the types out of them, which takes a second.
 */
export default async function bundlePackage(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'chatgpt-enterprise-sdk-'));
  const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { exports: object };
  const entries = Object.keys(exports).filter((name) => !name.endsWith('.json'));
  const bundle = async () => {
    await build({
      entryPoints: entries.map((name) => join(root, 'src', name, 'index.ts')),
      outdir: directory,
      bundle: true,
      // A class is one class, whatever entry it comes from.
      splitting: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  };
  await bundle();
  project.onTestsRerun(bundle);
  const hook = join(directory, 'hook.mjs');
  await writeFile(hook, hookCode);
  project.provide('packageHook', hook);
  return () => rm(directory, { recursive: true, force: true });
}

const hookCode = `
import { enableCompileCache, registerHooks } from 'node:module';
enableCompileCache(import.meta.dirname + '/compiled');
registerHooks({
  resolve(specifier, context, nextResolve) {
    const [, entry] = /^chatgpt-enterprise-sdk(|\\/[\\w-]+)$/.exec(specifier) ?? [];
    if (entry === undefined) return nextResolve(specifier, context);
    return nextResolve(new URL('.' + entry + '/index.js', import.meta.url).href, context);
  },
});
`;
