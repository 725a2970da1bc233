// What a plan of 20,000 users and 200 groups costs, of which 1 % differ: reading beside the bare fetches of the same pages,
// planning on top of it, and the peak of resident memory, with the directory 20 ms away and 8 requests at a time.
//   node bench/plan.ts [rounds]
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const size = ['20000', '200', '200'];
const rounds = process.argv[2] ?? '5';
const most = { readingToBare: 1.2, planningToBare: 0.3, peakMiB: 300 };

const program = (name: string) => fileURLToPath(new URL(`./plan/${name}.ts`, import.meta.url));

/** Starts the directory, and gives what it tells of itself. */
async function startServer(...given: string[]): Promise<{ readonly server: ChildProcess; readonly told: string }> {
  const server = spawn(process.execPath, [program('directory-server'), ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  server.stdout.setEncoding('utf8').on('data', (part: string) => {
    told += part;
  });
  while (!told.endsWith('\n')) await once(server.stdout, 'data');
  return { server, told };
}

/** Runs the measured side, and gives what it prints. */
async function measure(told: string, ...given: string[]): Promise<unknown> {
  const planner = spawn(process.execPath, ['--expose-gc', program('planner'), ...given], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  planner.stdin.end(told);
  const [printed, [status]] = await Promise.all([text(planner.stdout), once(planner, 'exit')]);
  if (status !== 0) throw new Error('The planner failed.');
  return JSON.parse(printed);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

const { server, told } = await startServer(...size);
const [users = '', groups = ''] = size;
let isGood = false;
try {
  const timed = (await measure(told, rounds, ...size)) as {
    readonly pages: number;
    readonly rounds: readonly { readonly bare: number; readonly read: number; readonly plan: number }[];
  };
  const { peakMiB } = (await measure(told, '0', ...size)) as { readonly peakMiB: number };
  const reading = median(timed.rounds.map(({ bare, read }) => read / bare));
  const planning = median(timed.rounds.map(({ bare, read, plan }) => (plan - read) / bare));
  console.log(`${users} users, ${groups} groups, ${timed.pages} pages`);
  console.table({
    'the bare fetches, ms': { measured: Math.round(median(timed.rounds.map(({ bare }) => bare))) },
    'reading, times the bare fetches': { measured: Number(reading.toFixed(2)), 'at most': most.readingToBare },
    'planning on top of reading, the same': { measured: Number(planning.toFixed(2)), 'at most': most.planningToBare },
    'peak of resident memory, MiB': { measured: Math.round(peakMiB), 'at most': most.peakMiB },
  });
  console.table(timed.rounds.map(({ bare, read, plan }) => [bare, read, plan].map(Math.round)));
  isGood = reading <= most.readingToBare && planning <= most.planningToBare && peakMiB <= most.peakMiB;
} finally {
  server.kill();
}
process.exitCode = isGood ? 0 : 1;
