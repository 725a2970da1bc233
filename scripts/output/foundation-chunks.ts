import { globSync, realpathSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * What every entry stands on goes into one chunk, and what the directory's entries share into another: a cold program pays
 * for each file, and without this there is one for each set of entries. Whoever shares a part of `scim` is led to all
 * of it for that.
 */
const foundation = ['src/internal/**/*.ts', 'src/errors/**/*.ts', 'src/transport/**/*.ts'];
const groups: Readonly<Record<string, readonly string[]>> = {
  // In front of all the rest: ky, which comes first where all is bundled into one file, has code in common with them, and
  // gzip finds it when it is near.
  packages: ['node_modules/p-retry/index.js', 'node_modules/p-throttle/index.js'],
  foundation,
  directory: ['src/scim/**/*.ts', ...foundation],
};
const entryFile = /[/\\]src[/\\](?:(?:scim|audit-logs|admin|provisioning|export|normalize|testing)[/\\])?index\.ts$/;

/** Resolves the imports that `onFoundation` adds. */
export const shareFoundation: Plugin = {
  name: 'share-foundation',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^group:/ }, ({ path }) => ({
      path: path.slice('group:'.length),
      namespace: 'group',
      sideEffects: true,
    }));
    onLoad({ filter: /./, namespace: 'group' }, ({ path }) => ({
      contents: (groups[path] ?? [])
        .flatMap((pattern) => globSync(pattern).sort())
        .map((file) => `import ${JSON.stringify(realpathSync(file))};`)
        .join('\n'),
      resolveDir: process.cwd(),
    }));
    onResolve({ filter: /./, namespace: 'group' }, ({ path }) => ({ path, sideEffects: true }));
  },
};

/** An entry that reaches all of the foundation. */
export function onFoundation(path: string, text: string): string {
  if (!entryFile.test(path)) return text;
  const group = /[/\\](?:audit-logs|admin|normalize)[/\\]/.test(path) ? 'foundation' : 'directory';
  return `import 'group:packages';${text}\nimport 'group:${group}';\n`;
}
