// What checking an event costs, beside parsing it: the default check of the envelope, the full check on request, and the
// full check compiled to code. The record behind docs/decisions/0006-what-is-validated-by-default.md.
// Interleaved rounds, medians; trust ratios, not times.
import '../scripts/resolve-sources.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as z from 'zod/mini';

const root = resolve(import.meta.dirname, '..');
const { checkEnvelope } = await import('../src/audit-logs/validator.ts');
const { eventSchemas } = await import('../src/audit-logs/documented-shape.ts');
const { documentedShape } = await import('../src/audit-logs/documented-shape.ts');

const folder = join(root, 'test/fixtures/events');
const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n'));
const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
const compiled = new Map(Object.entries(eventSchemas).map(([type, { record }]) => [type, z.compile(record)]));

const subjects: Record<string, () => unknown> = {
  'JSON.parse': () => lines.map((line) => JSON.parse(line)),
  'envelope check': () => records.filter((record) => checkEnvelope(record) !== undefined),
  'full check': () => records.filter((record) => documentedShape(record) !== undefined),
  'full check, compiled (without the part that depends on a name)': () =>
    records.filter((record) => compiled.get(String(record.type))?.safeParse(record).success === false),
};

const rounds = 41;
const times = Object.keys(subjects).map((name) => ({
  name,
  of: subjects[name] ?? (() => undefined),
  ns: [] as number[],
}));
for (let round = 0; round < rounds; round += 1) {
  for (const { of, ns } of times) {
    const start = performance.now();
    for (let repeat = 0; repeat < 20; repeat += 1) of();
    ns.push(((performance.now() - start) * 1e6) / (20 * records.length));
  }
}
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const parsing = median(times[0]?.ns ?? []);
console.log(`${records.length} records of every type, ${Math.round(lines.join('').length / lines.length)} bytes each`);
console.table(
  times.map(({ name, ns }) => ({
    name,
    ns: Math.round(median(ns)),
    'of JSON.parse': Number((median(ns) / parsing).toFixed(2)),
  })),
);

const sizes = {
  'envelope check': "export { checkEnvelope } from './src/audit-logs/validator.ts';",
  'full check': "export { documentedShape } from './src/audit-logs/documented-shape.ts';",
};
for (const [name, contents] of Object.entries(sizes)) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    write: false,
  });
  console.log(
    `${name}: ${(gzipSync(outputFiles[0]?.contents ?? '').length / 1000).toFixed(1)} kB, minified and gzipped`,
  );
}
