import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { logSoak, timesOf } from '../support/scale.js';
import { bundleProgram } from './support/bundle-program.js';
import { logLines, startLogServer } from './support/log-server.js';

const kills = timesOf(5, 50);
const files = 200;
// As in the program that is killed.
const batchSize = 3;
const bodyOf = (index: number) => logLines(`event-${index}`, 8_000);

/** Runs the export until it is done, or until so many milliseconds after its first output. */
function runChild(script: string, args: readonly string[], killAfterMs?: number): Promise<'done' | 'killed'> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += String(chunk);
    });
    child.stdout.on('data', (chunk) => {
      if (output === '' && killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      output += String(chunk);
    });
    child.on('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve('killed');
      else if (code === 0 && output.endsWith('done\n')) resolve('done');
      else reject(new Error(`The export failed: ${errors}`));
    });
  });
}

test.concurrent.each(['together', 'separately'] as const)(
  'an export killed at random moments has every event, with events and checkpoint written %s',
  { timeout: timesOf(60_000, 900_000) },
  async (mode) => {
    const { script, directory } = await bundleProgram('crash-child');
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    await using server = await startLogServer({ files, bodyOf });
    const args = [server.baseUrl, directory, mode];
    for (let killed = 0; killed < kills; killed++) {
      expect(await runChild(script, args, Math.random() * 40)).toBe('killed');
    }
    expect(await runChild(script, args)).toBe('done');

    const output = await readFile(join(directory, 'output.jsonl'), 'utf8');
    // A line that was cut by a kill is followed by a whole one of the same events.
    const lines = output.split('\n').filter((line) => line.endsWith('}'));
    const ids = lines.flatMap((line) => (JSON.parse(line) as { ids: string[] }).ids);
    const expected = Array.from({ length: files }, (_, index) => idsIn(bodyOf(index))).flat();
    expect([...new Set(ids)]).toEqual(expected);
    logSoak(`${kills} SIGKILLs, written ${mode}: ${expected.length} events, ${ids.length - expected.length} twice`);
    if (mode === 'together') expect(ids).toHaveLength(expected.length);
    // Written one after the other, a kill in between repeats one batch.
    else expect(ids.length - expected.length).toBeLessThanOrEqual(kills * batchSize);
  },
);

function idsIn(body: Buffer): string[] {
  const lines = body.toString().trimEnd().split('\n');
  return lines.map((line) => (JSON.parse(line) as { event_id: string }).event_id);
}
