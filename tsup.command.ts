import { defineConfig } from 'tsup';

/**
 * The command, behind the library, which it imports by its published entries as any program does: so it changes nothing in how
 * the library is cut into files, and an error has one class on both sides.
 */
export default defineConfig({
  entry: { 'command/bin': 'src/command/bin.ts' },
  // Both stand one folder below, `src/command` and `dist/command`: the path is right as it is.
  external: [/^\.\.\/(?:[\w-]+\/)?index\.js$/],
  format: 'esm',
  target: 'node22',
  platform: 'node',
  removeNodeProtocol: false,
  outDir: 'dist',
  clean: false,
  dts: false,
  sourcemap: false,
});
