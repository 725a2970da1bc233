import { basename } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * The command stands in a file of its own beside the library and imports its published entries, as any program does: it
 * changes nothing in how the library is cut into files, and an error has one class on both sides.
 */
export const commandApart: Plugin = {
  name: 'command-apart',
  setup({ onResolve }) {
    // Both stand one folder below, `src/command` and `dist/command`, so that the path is right as it is.
    onResolve({ filter: /^\.\.\/(?:[\w-]+\/)?index\.js$/ }, ({ path, resolveDir }) =>
      basename(resolveDir) === 'command' ? { path, external: true } : undefined,
    );
  },
};
