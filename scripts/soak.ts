// `npm run soak [-- --fuzz-minutes 10]`: what takes too long for every change, at its full length: all SIGKILLs, 30 days of
// `follow`, every cancellation, 6,000 creates through faults, thousands of random directories planned and applied, a day of
// 10,000 workspaces (FLEET_WORKSPACES), every compiler, bundler and runtime. Writes soak.log: what was done how often, and for
// how long.
import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '..');
const log = join(root, 'soak.log');
const results = join(root, 'soak-results.json');
const { values } = parseArgs({ options: { 'fuzz-minutes': { type: 'string', default: '10' } } });

const topics = [
  'test/transport/hostile-bodies.test.ts',
  'test/transport/open-transport.test.ts',
  'test/transport/memory.test.ts',
  'test/audit-logs/crash.test.ts',
  'test/audit-logs/long-follow.test.ts',
  'test/export/fleet.test.ts',
  'test/export/kills.test.ts',
  'test/export/killed-exports.test.ts',
  'test/export/ndjson-crashes.test-prop.ts',
  'test/export/object-crashes.test-prop.ts',
  'test/export/two-processes.test.ts',
  'test/provisioning/apply.test-prop.ts',
  'test/provisioning/kills.test.ts',
  'test/provisioning/lying-lists.test-prop.ts',
  'test/provisioning/plan.test-prop.ts',
  'test/provisioning/two-controllers.test.ts',
  'test/end-to-end/cancellations.test.ts',
  'test/end-to-end/creates-through-faults.test.ts',
  'test/end-to-end/several-processes.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/packaging/consumers.test.ts',
  'test/packaging/declarations.test.ts',
];

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly name: string; readonly startTime: number; readonly endTime: number }[];
}

const startMs = Date.now();
writeFileSync(log, `Node ${process.version}, ${new Date(startMs).toISOString()}\n`);
const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'library', '--project', 'packaging', ...topics], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: {
    ...process.env,
    SOAK: '1',
    SOAK_LOG: log,
    FUZZ_MINUTES: values['fuzz-minutes'],
    TEST_RESULTS: results,
  },
});
const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8')) as Results;
rmSync(results);
const seconds = (ms: number) => `${(ms / 1_000).toFixed(0)} s`;
for (const { name, startTime, endTime } of testResults) {
  appendFileSync(log, `${name.slice(root.length + 1)}: ${seconds(endTime - startTime)}\n`);
}
appendFileSync(log, `${numPassedTests} passed, ${numFailedTests} failed, ${seconds(Date.now() - startMs)}\n`);
const runtimes = spawnSync(process.execPath, ['test/runtimes/run.ts'], { cwd: root, encoding: 'utf8' });
appendFileSync(log, `${runtimes.stdout}${runtimes.stderr}${seconds(Date.now() - startMs)} with the runtimes\n`);
process.stdout.write(readFileSync(log, 'utf8'));
process.exitCode = status || runtimes.status ? 1 : 0;
