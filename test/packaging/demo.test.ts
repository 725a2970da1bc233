import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const tellsItsWork = "data:text/javascript,process.on('exit', () => console.error(JSON.stringify(process.cpuUsage())))";

test('the demo, once built, takes less than 5 seconds of the processor', async () => {
  const words = ['--no-warnings', '--import', tellsItsWork, 'examples/demo.ts'];
  const { PATH, SystemRoot } = process.env;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words, {
    cwd: root,
    env: { PATH, SystemRoot },
  });
  expect(stdout).toContain('A plan of three changes, not applied');
  const { user, system } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '');
  expect(user + system).toBeGreaterThan(0);
  expect((user + system) / 1_000_000).toBeLessThan(5);
});
