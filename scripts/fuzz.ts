// `npm run fuzz -- --minutes 10 [target]`: makes up cases for so long, shared among the targets. What fails is added to
// test/fuzz/found.json, which the suite runs first from then on: say there what it was.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { minutes: { type: 'string', default: '10' } },
  allowPositionals: true,
});
const minutes = Number(values.minutes);
if (!(minutes > 0)) throw new Error(`\`--minutes ${values.minutes}\` is no number of minutes: give one above 0.`);

const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'library', 'test/fuzz', '--reporter', 'tree'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, FUZZ_MINUTES: String(minutes), FUZZ_TARGET: positionals[0] ?? '' },
});
process.exitCode = status ?? 1;
