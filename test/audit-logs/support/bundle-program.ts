import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Makes one file of a program in a folder, by default that of this file, which a process of its own can run. Its directory is the caller's to remove. */
export async function bundleProgram(
  name: string,
  folder: string | URL = import.meta.url,
): Promise<{ readonly script: string; readonly directory: string }> {
  const directory = await mkdtemp(join(tmpdir(), `${name}-`));
  const script = join(directory, `${name}.mjs`);
  const entry = fileURLToPath(new URL(`./${name}.ts`, folder));
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return { script, directory };
}
