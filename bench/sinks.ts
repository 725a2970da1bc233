// 200 MB of log files exported into each store: SQLite (journal as it comes, and WAL; synchronous FULL in both), PostgreSQL
// (as it is set up, by either driver), and files. Beside the floor, which is `events()` alone plus the same rows, or bytes,
// put from memory into the same tables or files with the same durability; and beside what is written by hand today. Every
// measurement is a process of its own and rounds are interleaved; ratios are taken within a round, and their medians are
// judged. The machine's noise shows in the single rounds, and in CPU time, which is that of the process and of the database's.
// It fails where a program of the recipe or PostgreSQL is missing, unless `--allow-missing` says to leave out what needs it.
//   node bench/sinks.ts [--megabytes 200] [--rounds 3] [--only sqlite] [--allow-missing]
import '../scripts/resolve-sources.ts';
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import type { Sample } from './sinks/reading.ts';
import type { Round, StoreSamples } from './sinks/report.ts';
import type { Store } from './sinks/ways.ts';

// After the hook that leads to the sources.
const { serveLogs } = await import('./audit-events/serve-logs.ts');
const { missingPrograms } = await import('./sinks/files.ts');
const { dropSchema, failureOfPostgres } = await import('./sinks/postgres.ts');
const { warmUp } = await import('./sinks/reading.ts');
const { report } = await import('./sinks/report.ts');
const { reading, recipeName, stores } = await import('./sinks/ways.ts');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    megabytes: { type: 'string', default: process.env.BENCH_MEGABYTES ?? '200' },
    rounds: { type: 'string', default: process.env.BENCH_ROUNDS ?? '3' },
    only: { type: 'string', default: '' },
    'allow-missing': { type: 'boolean', default: false },
  },
});
const program = fileURLToPath(import.meta.url);
const fileMegabytes = 4;
const [role, name = '', part = '', url = '', place = ''] = positionals;
const files = Math.ceil(count('megabytes') / fileMegabytes);

if (role === 'serve') serveLogs(files, fileMegabytes);
else if (role === 'measure') console.log(JSON.stringify(await measureHere()));
else process.exitCode = (await compare(count('rounds'))) ? 0 : 1;

/** A whole number from 1: with none, nothing would be measured, and all would hold. */
function count(name: 'megabytes' | 'rounds'): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  throw new Error(`--${name} must be a whole number from 1, and is ${values[name]}`);
}

async function measureHere(): Promise<Sample> {
  await warmUp(url);
  if (name === '') return reading(url, place);
  const store = stores.find((one) => one.name === name);
  if (store === undefined || !(part === 'ours' || part === 'floor' || part === 'peer')) {
    throw new Error(`There is no ${part} of ${name}`);
  }
  return store[part](url, place);
}

async function compare(rounds: number): Promise<boolean> {
  const wanted = stores.filter((store) => store.name.toLowerCase().includes(values.only.toLowerCase()));
  if (wanted.length === 0)
    throw new Error(`--only ${values.only} names none of: ${stores.map(({ name }) => name).join('; ')}`);
  const needsRecipe = wanted.some(({ peerName }) => peerName === recipeName);
  const missing = needsRecipe ? await missingPrograms() : [];
  if (missing.length > 0) console.log(`Left out: ${recipeName}, since this machine has no ${missing.join(', no ')}.`);
  const noPostgres = wanted.some(({ isPostgres }) => isPostgres) ? await failureOfPostgres() : undefined;
  if (noPostgres !== undefined) console.log(`Left out: PostgreSQL, since ${noPostgres}; see DATABASE_URL.`);
  const isMissing = missing.length > 0 || noPostgres !== undefined;
  if (isMissing && !values['allow-missing']) throw new Error('Install what is missing, or give --allow-missing.');
  const measuredStores = wanted.filter(({ isPostgres }) => !isPostgres || noPostgres === undefined);

  const server = fork(program, ['serve', '--megabytes', values.megabytes]);
  const [port] = (await once(server, 'message')) as [number];
  const address = `http://127.0.0.1:${port}/${files}`;
  try {
    const found: Round[] = [];
    for (let index = 0; index < rounds; index += 1) {
      const alone = await measure(address, '', '');
      const samples = new Map<Store, StoreSamples>();
      for (const store of measuredStores) {
        const hasPeer = store.peerName !== recipeName || missing.length === 0;
        const inPlace = (which: keyof StoreSamples) =>
          withPlace(store, (at) => measure(address, at, store.name, which));
        const [ours, floor] = [await inPlace('ours'), await inPlace('floor')];
        if (ours.events !== floor.events) throw new Error(`${store.name} has ${ours.events} of ${floor.events} events`);
        samples.set(store, { ours, floor, ...(hasPeer && { peer: await inPlace('peer') }) });
      }
      found.push({ reading: alone, stores: samples });
    }
    return report(Number(values.megabytes), found, measuredStores);
  } finally {
    server.kill();
  }
}

/** A directory or a schema that is empty, and that is gone afterwards. */
async function withPlace<T>({ isPostgres }: Store, use: (place: string) => Promise<T>): Promise<T> {
  if (!isPostgres) {
    const directory = await mkdtemp(`${tmpdir()}/bench-sinks-`);
    return use(directory).finally(() => rm(directory, { recursive: true }));
  }
  const schema = `bench_sinks_${crypto.randomUUID().slice(0, 8)}`;
  return use(schema).finally(() => dropSchema(schema));
}

/** One measurement in a process of its own, so that neither memory nor compiled code is inherited. */
async function measure(address: string, at: string, store: string, which = ''): Promise<Sample> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'measure', store, which, address, at]);
  return JSON.parse(stdout) as Sample;
}
