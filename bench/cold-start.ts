// A cold process, from its first import to the first user from a server on this machine: this package, beside bare
// `fetch`, beside the same entry bundled into one file, and beside peers. Needs `npm run build`.
// Each measurement is a process of its own; rounds are interleaved; what counts are medians of the ratios within a round.
//   node bench/cold-start.ts [rounds]
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const rounds = Number(process.argv[2] ?? 15);
const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'cold-start-'));

/** What each program does: what it imports, and how it gets its first answer from the server. */
interface Subject {
  readonly imports?: string;
  readonly firstAnswer: string;
}

const firstUser = `
  for await (const user of client.users.iterate()) { answer = user.userName; break; }`;
const withScimClient = `
  const client = new imported.ScimClient({ baseUrl: server + '/scim/v2', token: 'token', dangerouslyAllowHttpLoopback: true });${firstUser}`;
const withConnect = `
  const form = { scimBaseUrl: server + '/scim/v2', scimToken: 'token' };
  const rules = { require: ['scim'], dangerouslyAllowHttpLoopback: true };
  const client = imported.connect(imported.parseConnectionConfig(form, rules), { dangerouslyAllowHttpLoopback: true }).scim;${firstUser}`;

const subjects = {
  'bare fetch': {
    firstAnswer: `
  const response = await fetch(server + '/scim/v2/Users', { headers: { authorization: 'Bearer token' } });
  answer = (await response.json()).Resources[0].userName;`,
  },
  './scim': { imports: 'chatgpt-enterprise-sdk/scim', firstAnswer: withScimClient },
  './scim, bundled into one file': { imports: './scim.mjs', firstAnswer: withScimClient },
  'the root, with connect': { imports: 'chatgpt-enterprise-sdk', firstAnswer: withConnect },
  'the root, bundled into one file': { imports: './root.mjs', firstAnswer: withConnect },
  openai: {
    imports: 'openai',
    firstAnswer: `
  const client = new imported.OpenAI({ apiKey: 'key', baseURL: server + '/v1' });
  answer = (await client.models.list()).data[0].id;`,
  },
  '@workos-inc/node': {
    imports: '@workos-inc/node',
    firstAnswer: `
  const client = new imported.WorkOS('key', { apiHostname: '127.0.0.1', port: Number(new URL(server).port), https: false });
  answer = (await client.directorySync.listUsers({ directory: 'directory' })).data[0].id;`,
  },
} satisfies Record<string, Subject>;
type Name = keyof typeof subjects;
const names = Object.keys(subjects) as Name[];

/** Milliseconds since the program began; the last one, of work and not of waiting: it says more on a busy machine. */
interface Sample {
  readonly importedMs: number;
  readonly answeredMs: number;
  readonly workedMs: number;
}

/** A project that has this package and its peers installed. */
async function prepare(): Promise<void> {
  const link = (name: string, target: string) => {
    const path = join(scratch, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  };
  link('chatgpt-enterprise-sdk', root);
  for (const peer of ['openai', '@workos-inc/node']) link(peer, join(root, 'node_modules', peer));
  for (const [file, entry] of [
    ['scim.mjs', 'dist/scim/index.js'],
    ['root.mjs', 'dist/index.js'],
  ] as const) {
    await build({
      entryPoints: [join(root, entry)],
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile: join(scratch, file),
    });
  }
  names.forEach((name, index) => {
    const { imports, firstAnswer }: Subject = subjects[name];
    const program = `
const began = performance.now();
const before = process.cpuUsage();
const server = process.argv[2];
let answer;
${imports === undefined ? '' : `const imported = await import('${imports}');`}
const importedMs = performance.now() - began;
{${firstAnswer}
}
const answeredMs = performance.now() - began;
const { user, system } = process.cpuUsage(before);
if (typeof answer !== 'string') throw new Error('No answer came.');
process.stdout.write(JSON.stringify({ importedMs, answeredMs, workedMs: (user + system) / 1000 }), () => process.exit(0));
`;
    writeFileSync(programOf(index), program);
  });
}

function programOf(index: number): string {
  return join(scratch, `program-${index}.mjs`);
}

const serveAnswers = fileURLToPath(new URL('./cold-start/serve-answers.ts', import.meta.url));
const server = spawn(process.execPath, [serveAnswers], { stdio: ['ignore', 'pipe', 'inherit'] });
const rows = new Map<Name, Sample[]>(names.map((name) => [name, []]));
try {
  await prepare();
  const [port] = await once(createInterface({ input: server.stdout }), 'line');
  for (let round = 0; round <= rounds; round += 1) {
    // Each round begins with another subject, so that none always follows the same one.
    for (let step = 0; step < names.length; step += 1) {
      const index = (round + step) % names.length;
      const { stdout } = await promisify(execFile)(process.execPath, [programOf(index), `http://127.0.0.1:${port}`], {
        cwd: scratch,
        env: { PATH: process.env.PATH },
      });
      // The first round warms the file cache.
      if (round > 0) rows.get(names[index] as Name)?.push(JSON.parse(stdout) as Sample);
    }
  }
} finally {
  server.kill();
  rmSync(scratch, { recursive: true, force: true });
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
const medianOf = (name: Name, of: keyof Sample) => median((rows.get(name) ?? []).map((sample) => sample[of]));

/** How many times as long the first takes to its first answer as the second, in the same round. */
function ratio(of: Name, to: Name, by: keyof Sample = 'answeredMs'): number {
  const others = rows.get(to) ?? [];
  return median((rows.get(of) ?? []).map((sample, round) => sample[by] / (others[round]?.[by] ?? Number.NaN)));
}

console.table(
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        'import, ms': Number(medianOf(name, 'importedMs').toFixed(1)),
        'import to first answer, ms': Number(medianOf(name, 'answeredMs').toFixed(1)),
        'times bare fetch': Number(ratio(name, 'bare fetch').toFixed(2)),
        'work, ms': Number(medianOf(name, 'workedMs').toFixed(1)),
        'work, times bare fetch': Number(ratio(name, 'bare fetch', 'workedMs').toFixed(2)),
      },
    ]),
  ),
);

const ceilings: readonly (readonly [of: Name, to: Name, most: number, stretch?: number])[] = [
  ['./scim', 'bare fetch', 1.6, 1.4],
  ['./scim', './scim, bundled into one file', 1.1],
  ['./scim', 'openai', 1],
  ['the root, with connect', 'bare fetch', 2, 1.6],
  ['the root, with connect', 'the root, bundled into one file', 1.1],
  ['the root, with connect', 'openai', 1],
];
let isAbove = true;
for (const [of, to, most, stretch] of ceilings) {
  const times = ratio(of, to);
  isAbove &&= times <= most;
  const hoped = stretch === undefined ? '' : `, ${times <= stretch ? 'and' : 'not yet'} ${stretch}`;
  console.log(`${of}: ${times.toFixed(2)} times ${to} (${times <= most ? 'at most' : 'ABOVE'} ${most}${hoped})`);
}
process.exitCode = isAbove ? 0 : 1;
