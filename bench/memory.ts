// 2 GB of log files of 15 MB through `events()`: the peak of resident memory, beside that of draining the same files and
// doing nothing with them. The reader is a bundled program in a process of its own, as a user would run it.
//   node bench/memory.ts [--files 134] [--rounds 3]
import '../scripts/resolve-sources.ts';
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const { bundleProgram } = await import('../test/audit-logs/support/bundle-program.ts');
const { numberedBodies, startLogServer } = await import('../test/audit-logs/support/log-server.ts');

const fileBytes = 15_000_000;
const mostMiB = 200;
const mostOfDraining = 1.2;
const { values } = parseArgs({
  options: { files: { type: 'string', default: '134' }, rounds: { type: 'string', default: '3' } },
});
const files = Number(values.files);

await using server = await startLogServer({ files, bodyOf: numberedBodies(fileBytes), holdsBodies: false });
const { script, directory } = await bundleProgram('memory-child');
const draining = fileURLToPath(new URL('./memory/drain.ts', import.meta.url));

async function peakMiB(program: string, ...given: string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...given]);
  return Math.round(JSON.parse(stdout).peakMiB);
}

const rows: { readonly events: number; readonly drained: number; readonly ratio: number }[] = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  const events = await peakMiB(script, server.baseUrl);
  const drained = await peakMiB(draining, server.origin, values.files);
  rows.push({ events, drained, ratio: Number((events / drained).toFixed(2)) });
}
await rm(directory, { recursive: true });
const median = (of: (row: (typeof rows)[number]) => number) =>
  rows.map(of).toSorted((one, other) => one - other)[rows.length >> 1] ?? Number.NaN;
const peak = median(({ events }) => events);
const ofDraining = median(({ ratio }) => ratio);
console.log(`${((files * fileBytes) / 1e9).toFixed(1)} GB, peak RSS in MiB`);
console.table(rows);
console.log(`${peak} MiB (below ${mostMiB}), ${ofDraining} times that of draining (at most ${mostOfDraining})`);
process.exitCode = peak < mostMiB && ofDraining <= mostOfDraining ? 0 : 1;
