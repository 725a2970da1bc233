import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * The bundled packages that get a file of their own in dist, by the modules they consist of. A bundler drops a file of
 * which nothing is used, but keeps whatever it cannot prove idle in a file that it needs for something else: the filter
 * helpers must not carry zod because both stand in a shared chunk. ky needs no entry here: it is loaded by `import()`,
 * which makes a file of it anyway.
 */
const vendorChunks: Readonly<Record<string, readonly string[]>> = {
  'vendor/retry': ['p-retry/index.js', 'p-throttle/index.js'],
  'vendor/zod': ['zod/v4/core/*.js', 'zod/v4/mini/*.js'],
};

const entryPrefix = 'vendor-chunk:';

/**
 * What every entry stands on goes into one chunk, and what the directory's entries share into another: a cold program pays
 * for each file, and without this there is one for each set of entries. Whoever shares a part of `scim` is led to all
 * of it for that.
 */
const foundation = 'foundation:';
const foundationFolders = ['src/internal', 'src/errors', 'src/transport'];
const directoryFolders = ['src/scim', ...foundationFolders];
const entryFile = /[/\\]src[/\\](?:(?:(?:scim|audit-logs|admin|provisioning|export|testing)[/\\])?index|testing[/\\]bin)\.ts$/;

/**
 * Makes esbuild put each of these into a chunk of its own. A chunk is what the same entries reach, so each gets an entry
 * of its own, which reaches all of it, and whoever imports a part of it in src reaches all of it too. Reaching is not
 * using: what is kept is what src uses. The outputs of the added entries are empty, and scripts/finish-output.ts deletes them.
 */
export const splitVendors: Plugin = {
  name: 'split-vendors',
  setup({ initialOptions, onResolve, onLoad }) {
    const added = Object.keys(vendorChunks).map((chunk) => [chunk, `${entryPrefix}${chunk}`]);
    initialOptions.entryPoints = {
      ...(initialOptions.entryPoints as Record<string, string>),
      ...Object.fromEntries(added),
    };
    onResolve({ filter: new RegExp(`^${entryPrefix}`) }, ({ path }) => ({
      path: path.slice(entryPrefix.length),
      namespace: 'vendor-entry',
    }));
    onLoad({ filter: /./, namespace: 'vendor-entry' }, ({ path }) => ({
      contents: importsOf(path),
      resolveDir: process.cwd(),
    }));

    onResolve({ filter: new RegExp(`^${foundation}`) }, ({ path }) => ({
      path,
      namespace: 'foundation',
      sideEffects: true,
    }));
    onLoad({ filter: /./, namespace: 'foundation' }, ({ path }) => ({
      contents: (path.endsWith('directory') ? directoryFolders : foundationFolders)
        .flatMap((folder) => globSync(`${folder}/**/*.ts`).sort())
        .map((file) => `import ${JSON.stringify(resolve(file))};`)
        .join('\n'),
      resolveDir: process.cwd(),
    }));
    onResolve({ filter: /./, namespace: 'foundation' }, ({ path }) => ({ path, sideEffects: true }));

    onResolve({ filter: /^[a-z]/, namespace: 'file' }, ({ path, kind, importer }) =>
      kind === 'import-statement' && !importer.includes('/node_modules/') && chunkOf(path) !== undefined
        ? { path, namespace: 'vendor-import', sideEffects: true }
        : undefined,
    );
    onLoad({ filter: /./, namespace: 'vendor-import' }, ({ path }) => {
      const names = path.startsWith('p-') ? `export { default } from '${path}';` : `export * from '${path}';`;
      return { contents: `${importsOf(chunkOf(path) ?? '')}\n${names}`, resolveDir: process.cwd() };
    });
  },
};

/** An entry that reaches all of the foundation. */
export function onFoundation(path: string, text: string): string {
  if (!entryFile.test(path)) return text;
  return `${text}\nimport '${foundation}${/[/\\](?:audit-logs|admin)[/\\]/.test(path) ? '' : 'directory'}';\n`;
}

function chunkOf(specifier: string): string | undefined {
  const [name] = specifier.split('/');
  return Object.keys(vendorChunks).find((chunk) =>
    vendorChunks[chunk]?.some((module) => module.startsWith(`${name}/`)),
  );
}

function importsOf(chunk: string): string {
  return modulesOf(chunk)
    .map((file) => `import ${JSON.stringify(file)};`)
    .join('\n');
}

function modulesOf(chunk: string): readonly string[] {
  const modules = resolve('node_modules');
  return (vendorChunks[chunk] ?? []).flatMap((pattern) => {
    const files = globSync(pattern, { cwd: modules });
    if (files.length === 0) throw new Error(`No file matches node_modules/${pattern}, which ${chunk} is made of.`);
    return files.map((file) => resolve(modules, file)).sort();
  });
}
