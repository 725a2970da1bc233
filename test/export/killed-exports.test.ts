import { type ChildProcess, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';
import { onWindows } from '../support/on-windows.js';
import { logSoak, timesOf } from '../support/scale.js';
import { wrongNumbers } from './support/numbered-events.js';
import { startObjectServer } from './support/object-http-server.js';
import { eventsBelow, linesOf } from './support/read-events.js';

const kills = timesOf(5, 50);
const count = timesOf(2_000, 40_000);
const timeout = timesOf(90_000, 900_000);

/** Two processes at a time, which want the same lease; some are killed at random moments, some stopped for longer than it lasts. */
async function exportByTwo(script: string, args: readonly string[]): Promise<{ killed: number; stopped: number }> {
  const counts = { killed: 0, stopped: 0 };
  const children = new Set<ChildProcess>();
  onTestFinished(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  const run = () =>
    new Promise<'done' | 'killed'>((resolve, reject) => {
      const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      children.add(child);
      let errors = '';
      // So many batches from now on, and then at a random moment.
      let batches = Math.ceil(Math.random() * 12);
      child.stderr.on('data', (chunk) => {
        errors += String(chunk);
      });
      child.stdout.on('data', () => {
        batches -= 1;
        if (batches !== 0) return;
        if (counts.killed < kills && Math.random() < 0.6) setTimeout(() => child.kill('SIGKILL'), Math.random() * 20);
        else {
          counts.stopped += 1;
          child.kill('SIGSTOP');
          setTimeout(() => child.kill('SIGCONT'), 400);
          batches = Math.ceil(Math.random() * 12);
        }
      });
      child.on('exit', (code, signal) => {
        children.delete(child);
        if (signal === 'SIGKILL') resolve('killed');
        else if (code === 0) resolve('done');
        else reject(new Error(`The export failed: ${errors}`));
      });
    });
  const runToTheEnd = async () => {
    while ((await run()) === 'killed') counts.killed += 1;
  };
  await Promise.all([runToTheEnd(), runToTheEnd()]);
  return counts;
}

test.skipIf(onWindows('no process can be stopped there')).each(['', 'gzip'])(
  'files by two processes that fight, are stopped and are killed have each event once %s',
  { timeout },
  async (compress) => {
    const { script, directory } = await bundleProgram('export-files-child', new URL('./support/', import.meta.url));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const logs = join(directory, 'logs');
    const { killed, stopped } = await exportByTwo(script, ['ndjson', logs, String(count), compress]);
    expect(killed).toBeGreaterThanOrEqual(kills / 2);
    expect(stopped).toBeGreaterThan(0);
    const events = await eventsBelow(logs);
    expect(wrongNumbers(events, undefined, count)).toEqual([]);
    logSoak(
      `${killed} SIGKILLs and ${stopped} stops, two processes, files ${compress}: ${events.length} events, each once`,
    );
  },
);

test.skipIf(onWindows('no process can be stopped there'))(
  'objects by two processes that fight, are stopped and are killed have each event once',
  { timeout },
  async () => {
    const { script, directory } = await bundleProgram('export-files-child', new URL('./support/', import.meta.url));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await using server = await startObjectServer();
    const { killed, stopped } = await exportByTwo(script, ['object', server.url, String(count)]);
    expect(killed).toBeGreaterThanOrEqual(kills / 2);
    expect(stopped).toBeGreaterThan(0);
    const data = [...server.objects].filter(([key]) => key.startsWith('data/'));
    const events = data.flatMap(([key, { body }]) => linesOf(key, body));
    expect(wrongNumbers(events, undefined, count)).toEqual([]);
    logSoak(`${killed} SIGKILLs and ${stopped} stops, two processes, objects: ${events.length} events, each once`);
  },
);
