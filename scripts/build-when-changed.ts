// Builds only when something has changed since the last time, so that a demo or an example starts at once.
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { buildWhenChanged } from './output/built-from.ts';

buildWhenChanged(resolve(import.meta.dirname, '..'), () => {
  // On Windows npm is a batch file, which only a shell can start.
  const { status } = spawnSync('npm run --silent build', { stdio: 'inherit', shell: true });
  if (status !== 0) process.exit(status ?? 1);
});
