import { defineConfig } from 'tsup';

export default defineConfig({
  // One output file per source module: tree-shaking and `instanceof` across entries both depend on it.
  entry: ['src/**/*.ts'],
  bundle: false,
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  outDir: 'dist',
  clean: true,
  // tsc writes the declarations, then scripts/flatten-declarations.ts takes zod out of them.
  dts: false,
  // The output is readable as it is; maps would double the package.
  sourcemap: false,
});
