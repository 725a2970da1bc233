import { defineConfig } from 'tsup';
import { shareFoundation } from './scripts/output/foundation-chunks.ts';
import { markConstantsPure } from './scripts/output/pure-constants.ts';

export default defineConfig({
  // What several entries use stands in shared chunks: a class is one class, whatever entry it comes from.
  entry: {
    index: 'src/index.ts',
    'scim/index': 'src/scim/index.ts',
    'audit-logs/index': 'src/audit-logs/index.ts',
    'admin/index': 'src/admin/index.ts',
    'provisioning/index': 'src/provisioning/index.ts',
    'export/index': 'src/export/index.ts',
    'normalize/index': 'src/normalize/index.ts',
    'testing/index': 'src/testing/index.ts',
  },
  splitting: true,
  // Bundled in, as far as it is used: docs/decisions/0012-few-files-with-the-dependencies-inside.md.
  noExternal: ['ky', 'p-retry', 'p-throttle', 'is-network-error', /^zod(\/|$)/],
  esbuildPlugins: [shareFoundation, markConstantsPure],
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  outDir: 'dist',
  clean: true,
  // Read by scripts/finish-output.ts, which deletes it.
  metafile: true,
  // tsc writes the declarations, then scripts/flatten-declarations.ts takes zod out of them.
  dts: false,
  // The output is readable as it is; maps would double the package.
  sourcemap: false,
});
