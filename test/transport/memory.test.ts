import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { bundleProgram } from '../audit-logs/support/bundle-program.js';
import { startLogServer } from '../audit-logs/support/log-server.js';
import { logSoak, timesOf } from '../support/scale.js';
import { answerHeavily, heavyAnswers, heavyLines } from './support/heavy-answers.js';

/** What the guide says that a limit costs: held by what was parsed, and at most by the whole process. */
function documentedMiB(limit: string): { readonly held: number; readonly peak: number } {
  const guide = readFileSync(new URL('../../docs/guides/observability.md', import.meta.url), 'utf8');
  const row = guide.split('\n').find((line) => line.startsWith(`| ${limit}`)) ?? '';
  const [held = Number.NaN, peak = Number.NaN] = [...row.matchAll(/(\d+) MiB(?= \|)/g)]
    .slice(-2)
    .map(([, number]) => Number(number));
  return { held, peak };
}

/** What takes most, and what is refused; everything in soak. */
const heaviest = [
  'objects that have no name in common',
  'text beyond Latin-1',
  'one object of names',
  'more values than are parsed',
  'an error',
];
const tried = (name: string) => timesOf(0, 1) === 1 || heaviest.includes(name);

/** Runs a program with a heap of 256 MB. */
async function run<Told>(program: string, ...values: string[]): Promise<Told & { readonly peakMiB: number }> {
  const { script, directory } = await bundleProgram(program, new URL('./support/', import.meta.url));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=256',
    '--expose-gc',
    script,
    ...values,
  ]);
  return JSON.parse(stdout);
}

test('a heap of 256 MB survives every answer at the limit, and none takes more than the guide says', {
  timeout: 900_000,
}, async () => {
  const names = heavyAnswers.filter(tried);
  const server = createServer(answerHeavily).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { told, peakMiB, heldMiB } = await run<{
    readonly told: Record<string, Record<string, string>>;
    readonly heldMiB: Record<string, number>;
  }>('heavy-answers-child', url, JSON.stringify(names));
  expect(Object.keys(told)).toEqual(names);
  expect(told['more values than are parsed']).toEqual({
    list: 'response_too_large',
    iterate: 'response_too_large',
    get: 'response_too_large',
    files: 'response_too_large',
  });
  expect(told['an error']).toMatchObject({ list: 'server_error', files: 'server_error' });
  expect(told['text beyond Latin-1']).toMatchObject({ list: 'read', get: 'read' });
  for (const outcomes of Object.values(told)) {
    for (const outcome of Object.values(outcomes)) expect(outcome).toMatch(/^[a-z_]+$/);
  }
  logSoak(`heavy answers: a process of ${peakMiB} MiB; MiB held: ${JSON.stringify(heldMiB)}`);
  const { held, peak } = documentedMiB('`maxResponseBytes`: 10 MiB');
  expect(peakMiB).toBeLessThan(peak);
  expect(Math.max(...Object.values(heldMiB))).toBeLessThan(held);
  // The guide says what it is, not a bound that is far above it.
  expect(Math.max(...Object.values(heldMiB))).toBeGreaterThan(held / 2);
});

test('a heap of 256 MB survives every line at the limit, and none takes more than the guide says', {
  timeout: 900_000,
}, async () => {
  const names = Object.keys(heavyLines).filter(tried);
  const bodies = names.map((name, index) => () => Buffer.from(heavyLines[name]?.().replace('"1"', `"${index}"`) ?? ''));
  await using server = await startLogServer({
    files: bodies.length,
    bodyOf: (index) => bodies[index]?.() ?? Buffer.of(),
    holdsBodies: false,
  });
  const { peakMiB, heldMiB } = await run<{ readonly heldMiB: number[] }>('heavy-lines-child', server.baseUrl);
  const byName = Object.fromEntries(names.map((name, index) => [name, heldMiB[index]]));
  logSoak(`heavy lines: a process of ${peakMiB} MiB; MiB held: ${JSON.stringify(byName)}`);
  expect(heldMiB).toHaveLength(bodies.length);
  const { held, peak } = documentedMiB('16 MiB, 524,288 values');
  expect(peakMiB).toBeLessThan(peak);
  expect(Math.max(...heldMiB)).toBeLessThan(held);
  expect(Math.max(...heldMiB)).toBeGreaterThan(held / 2);
});
