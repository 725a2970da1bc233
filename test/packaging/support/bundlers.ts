import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { inject } from 'vitest';
import { type RunResult, runNode } from './run-in-project.js';

/** Makes one file of `entry` in the folder {@link workshop}. */
type Bundle = (entry: string, output: string) => Promise<RunResult>;

/** Where the package is installed; in `npm run soak` with the tools of consumer-tools.json, else with those of this repository. */
export const workshop = inject('tools') ?? inject('project');

/** The path of a tool's file. */
export const toolPath = (path: string) =>
  join(inject('tools') ?? resolve(import.meta.dirname, '../../..'), 'node_modules', path);

const esbuild: Bundle = async (entry, output) => {
  const built = await build({
    absWorkingDir: workshop,
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    minify: true,
    format: 'esm',
    logLevel: 'silent',
  }).catch((error: Error) => error);
  return built instanceof Error ? { code: 1, output: built.message } : { code: 0, output: '' };
};

const vite: Bundle = async (entry, output) => {
  const config = `${output}.vite.mjs`;
  const options = {
    target: 'es2023',
    outDir: '.',
    emptyOutDir: false,
    modulePreload: false,
    rollupOptions: { input: entry, output: { entryFileNames: output, inlineDynamicImports: true } },
  };
  await writeFile(join(workshop, config), `export default ${JSON.stringify({ build: options, logLevel: 'warn' })};`);
  return runNode([toolPath('vite/bin/vite.js'), 'build', '--config', config], workshop);
};

const rollup: Bundle = (entry, output) =>
  runNode(
    [
      toolPath('rollup/dist/bin/rollup'),
      ...[entry, '--file', output, '--plugin', 'node-resolve', '--inlineDynamicImports', '--silent'],
    ],
    workshop,
  );

const webpack: Bundle = async (entry, output) => {
  const program = `${output}.webpack.mjs`;
  await writeFile(
    join(workshop, program),
    `import webpack from 'webpack';
     const options = { mode: 'production', target: 'es2022', entry: './${entry}', performance: false,
       experiments: { outputModule: true },
       output: { path: import.meta.dirname, filename: '${output}', chunkFilename: '[id].${output}', module: true } };
     webpack(options, (error, stats) => {
       if (error || stats.hasErrors()) process.exitCode = 1;
       console.log(error ?? stats.toString({ all: false, errors: true, warnings: true }));
     });`,
  );
  return runNode([program], workshop);
};

/** All in `npm run soak`; with every change those that this repository has anyway. */
export const bundlers: Readonly<Record<string, Bundle>> =
  inject('tools') === undefined ? { esbuild, vite } : { esbuild, vite, rollup, webpack };
