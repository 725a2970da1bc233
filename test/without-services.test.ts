import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Test files that do nothing without a service. */
const files = [
  ...['export/postgres-sink', 'export/database-gone', 'examples/redis-limiter'],
  ...['examples/fleet-pg-boss', 'examples/fleet-bullmq'],
].map((name) => `test/${name}.test.ts`);

/** Runs them where no service is. */
function runTests(settings: Readonly<Record<string, string>>) {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS|NODE_V8_COVERAGE)/.test(name));
  const env = {
    ...Object.fromEntries(own),
    ...{ DATABASE_URL: 'postgres://postgres:secret@127.0.0.1:1/none', REDIS_URL: 'redis://:secret@127.0.0.1:1' },
    ...{ REQUIRE_SERVICES: '', NO_COLOR: '1' },
    ...settings,
  };
  const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
  return new Promise<{ readonly code: unknown; readonly output: string }>((done) => {
    execFile(
      process.execPath,
      [vitest, 'run', '--project', 'library', ...files],
      { cwd: root, env },
      (error, ...said) => done({ code: error === null ? 0 : error.code, output: said.join('\n') }),
    );
  });
}

test('without PostgreSQL and Redis the tests pass, and say in one line what was left out', {
  timeout: 180_000,
}, async () => {
  const { code, output } = await runTests({});
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output.split('\n').filter((line) => line.includes('127.0.0.1'))).toEqual([
    'Left out: the tests on PostgreSQL, since none answers at 127.0.0.1:1/none (ECONNREFUSED; see DATABASE_URL) ' +
      'and on Redis, since none answers at 127.0.0.1:1 (ECONNREFUSED; see REDIS_URL).',
  ]);
  expect(output).not.toContain('secret');
});

test('where they must be there, tests fail that would be left out', { timeout: 180_000 }, async () => {
  const { code, output } = await runTests({ REQUIRE_SERVICES: '1' });
  expect({ code, output }).toMatchObject({ code: 1 });
  expect(output).toContain('Not to be left out: the tests on PostgreSQL');
});
