// Cold import of each entry, beside peers, and what it touches. Needs `npm run build`. To the first answer: cold-start.ts.
// Each import is a process of its own; rounds are interleaved; the numbers are medians. Trust ratios, not times.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const rounds = Number(process.argv[2] ?? 15);
const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'import-time-'));
const dist = (entry: string) => pathToFileURL(join(root, 'dist', `${entry}.js`)).href;

const installed = (name: string) => import.meta.resolve(name);

/** The root as a bundler would ship it: what an application pays that bundles. */
const bundled = join(scratch, 'bundled.mjs');
await build({
  entryPoints: [join(root, 'dist/index.js')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile: bundled,
});
const subjects: Record<string, readonly string[]> = {
  'chatgpt-enterprise-sdk': [dist('index')],
  'chatgpt-enterprise-sdk/scim': [dist('scim/index')],
  'chatgpt-enterprise-sdk/audit-logs': [dist('audit-logs/index')],
  'chatgpt-enterprise-sdk/admin': [dist('admin/index')],
  'chatgpt-enterprise-sdk/provisioning': [dist('provisioning/index')],
  'chatgpt-enterprise-sdk/testing': [dist('testing/index')],
  'chatgpt-enterprise-sdk, bundled into one file': [pathToFileURL(bundled).href],
  openai: [installed('openai')],
  '@workos-inc/node': [installed('@workos-inc/node')],
};

interface Sample {
  readonly ms: number;
  readonly rssMiB: number;
  readonly touched: readonly string[];
}

// A file and not `--eval`, which loads the web globals before it begins.
const program = join(scratch, 'measure.mjs');
writeFileSync(
  program,
  `
  const touched = [];
  for (const name of ['fetch', 'Request', 'Response', 'Headers']) {
    const { get, set, value } = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, set, get() { touched.push(name); return get ? get.call(globalThis) : value; } });
  }
  const before = process.memoryUsage().rss;
  const start = performance.now();
  for (const name of JSON.parse(process.env.IMPORTS)) await import(name);
  const ms = performance.now() - start;
  console.log(JSON.stringify({ ms, rssMiB: (process.memoryUsage().rss - before) / 2 ** 20, touched: [...new Set(touched)] }));
`,
);

function measure(imports: readonly string[]): Sample {
  const output = execFileSync(process.execPath, [program], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, IMPORTS: JSON.stringify(imports) },
  });
  return JSON.parse(output) as Sample;
}

const samples = new Map<string, Sample[]>(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round < rounds + 1; round += 1) {
  for (const [name, imports] of Object.entries(subjects)) {
    const sample = measure(imports);
    // The first round warms the file cache.
    if (round > 0) samples.get(name)?.push(sample);
  }
}
rmSync(scratch, { recursive: true, force: true });

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const results = new Map(
  [...samples].map(([name, all]) => [
    name,
    {
      ms: median(all.map(({ ms }) => ms)),
      rssMiB: median(all.map(({ rssMiB }) => rssMiB)),
      touched: all[0]?.touched.join(', ') ?? '',
    },
  ]),
);
console.table(
  Object.fromEntries(
    [...results].map(([name, { ms, rssMiB, touched }]) => [
      name,
      { ms: Number(ms.toFixed(1)), MiB: Number(rssMiB.toFixed(1)), touches: touched || '-' },
    ]),
  ),
);

const ours = [...results].filter(([name]) => name.startsWith('chatgpt-enterprise-sdk'));
const openai = results.get('openai')?.ms ?? 0;
const slow = ours.filter(([, { ms }]) => ms > openai);
const touching = ours.filter(([, { touched }]) => touched !== '');
for (const [name] of slow) console.error(`${name} takes longer to import than openai`);
for (const [name, { touched }] of touching) console.error(`${name} touches ${touched} at import`);
process.exitCode = slow.length + touching.length > 0 ? 1 : 0;
