// Runs every benchmark of this folder, one after the other: `npm run bench`, or `npm run bench -- filter` for some.
// Each prints a table and fails when it is below its floor.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && name !== 'run-bench.ts')
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

const belowFloor: string[] = [];
for (const file of files) {
  console.log(`\n${file}`);
  const program = join(import.meta.dirname, file);
  const { status } = spawnSync(process.execPath, ['--expose-gc', program], { stdio: 'inherit' });
  if (status !== 0) belowFloor.push(file);
}

console.log(belowFloor.length === 0 ? '\nAll above their floors.' : `\nBelow the floor: ${belowFloor.join(', ')}`);
process.exitCode = belowFloor.length === 0 ? 0 : 1;
