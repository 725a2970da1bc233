import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';
import { onWindows } from '../support/on-windows.js';
import { logSoak, timesOf } from '../support/scale.js';
import { asOperator, databaseUrl, describeWithPostgres, testSchema } from './support/postgres-service.js';

const count = timesOf(300, 6_000);
const timeout = timesOf(60_000, 600_000);

interface Write {
  readonly fence: number;
  readonly from: number;
  readonly added: number;
}

/**
 * Two processes that want the same lease from the first moment on. Each is stopped at any moment for longer than it lasts; and
 * each third lease falls asleep by itself, until the other process has written.
 */
async function fight(script: string, args: readonly string[]) {
  const writes: Write[] = [];
  let lost = 0;
  const asleep = new Set<ChildProcess>();
  const wakeAll = () => {
    for (const child of asleep) child.kill('SIGCONT');
    asleep.clear();
  };
  const start = () => {
    const child = spawn(process.execPath, [script, ...args, String(count)], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        if (line === 'lost') lost += 1;
        else if (line === 'stalls') asleep.add(child);
        else if (line.startsWith('{')) {
          writes.push(JSON.parse(line) as Write);
          if (!asleep.has(child)) wakeAll();
        }
      }
    });
    const ended = new Promise<void>((resolve, reject) => {
      child.on('exit', (code) => {
        // Nobody else would wake the other.
        wakeAll();
        if (code === 0) resolve();
        else reject(new Error(`The writer failed: ${errors}`));
      });
    });
    return { child, ended };
  };
  const children = [start(), start()];
  const stopper = setInterval(() => {
    const { child } = children[Math.random() < 0.5 ? 0 : 1] ?? {};
    if (child !== undefined && !asleep.has(child)) stopFor(child, 150);
  }, 200);
  onTestFinished(() => {
    clearInterval(stopper);
    for (const { child } of children) child.kill('SIGKILL');
  });
  await Promise.all(children.map(({ ended }) => ended));
  return { writes, lost };
}

function stopFor(child: ChildProcess, ms: number): void {
  child.kill('SIGSTOP');
  setTimeout(() => child.kill('SIGCONT'), ms);
}

function expectEachOnce(writes: readonly Write[]) {
  const sorted = writes.toSorted((one, other) => one.from - other.from);
  // Nobody wrote what another had: each write was of events that were not there.
  expect(sorted.map(({ added }) => added)).toEqual(sorted.map(() => 3));
  expect(sorted.map(({ from }) => from)).toEqual(Array.from({ length: count / 3 }, (_, index) => 3 * index));
  const fences = sorted.map(({ fence }) => fence);
  expect(fences).toEqual(fences.toSorted((one, other) => one - other));
  expect(new Set(fences).size).toBeGreaterThan(1);
}

test.skipIf(onWindows('no process can be stopped there'))(
  'two processes fight for one lease in a file of SQLite: every event is written once, under fences that only rise',
  { timeout },
  async () => {
    const { script, directory } = await bundleProgram('sink-writer-child', new URL('./support/', import.meta.url));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const path = join(directory, 'logs.sqlite');
    const { writes, lost } = await fight(script, ['sqlite', path, '-']);
    expectEachOnce(writes);
    expect(lost).toBeGreaterThan(0);
    const db = new DatabaseSync(path);
    expect(db.prepare('SELECT count(*) AS n FROM audit_log_events').get()).toEqual({ n: count });
    db.close();
    logSoak(
      `two processes on SQLite: ${writes.length} writes, ${new Set(writes.map(({ fence }) => fence)).size} leases, ${lost} lost`,
    );
  },
);

describeWithPostgres('two processes on PostgreSQL', () => {
  test.skipIf(onWindows('no process can be stopped there'))(
    'two processes fight for one lease in PostgreSQL: every event is written once, under fences that only rise',
    { timeout },
    async () => {
      const { script, directory } = await bundleProgram('sink-writer-child', new URL('./support/', import.meta.url));
      onTestFinished(() => rm(directory, { recursive: true, force: true }));
      const { writes, lost } = await fight(script, ['postgres', databaseUrl, testSchema]);
      expectEachOnce(writes);
      expect(lost).toBeGreaterThan(0);
      expect(await asOperator(`SELECT count(*)::integer AS n FROM ${testSchema}.audit_log_events`)).toEqual([
        { n: count },
      ]);
      logSoak(
        `two processes on PostgreSQL: ${writes.length} writes, ${new Set(writes.map(({ fence }) => fence)).size} leases, ${lost} lost`,
      );
    },
  );
});
