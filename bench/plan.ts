// What a plan of 20,000 users and 200 groups costs, of which 1 % differ, with the directory 20 ms away and 8 requests at a
// time: reading beside the bare fetches of the same pages, planning on top of it, and the peak of resident memory. Then what
// applying costs at 10 requests a second. Directory and program are processes of their own. Ratios are taken within a round,
// and their medians are judged. Not to be believed on a machine that does something else beside it.
//   node bench/plan.ts [rounds]
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** Users, groups, changes. */
const large = ['20000', '200', '200'] as const;
/** Fewer changes, as they are done at 10 requests a second. */
const small = ['2000', '20', '60'] as const;
const rounds = process.argv[2] ?? '5';
const most = { readingToBare: 1.2, planningToBare: 0.3, peakMiB: 300, requestsPerChange: 3 };
const leastChangesPerSecond = (0.9 * 10) / 3;

const serverProgram = fileURLToPath(new URL('./plan/directory-server.ts', import.meta.url));
const plannerProgram = fileURLToPath(new URL('./plan/planner.ts', import.meta.url));

interface Timed {
  readonly pages: number;
  readonly rounds: readonly { readonly bare: number; readonly read: number; readonly plan: number }[];
}

interface Applied {
  readonly changes: number;
  readonly requests: number;
  readonly seconds: number;
}

interface Directory {
  readonly server: ChildProcess;
  readonly told: string;
}

/** Starts a directory, and gives what it tells of itself. */
async function startServer(mode: 'workos' | 'rfc', [users, groups]: typeof large | typeof small): Promise<Directory> {
  const server = spawn(process.execPath, [serverProgram, mode, users, groups], {
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
async function measure<Measured>(
  told: string,
  what: 'time' | 'memory' | 'apply',
  size: typeof large | typeof small,
): Promise<Measured> {
  const planner = spawn(process.execPath, ['--expose-gc', plannerProgram, what, rounds, ...size], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  planner.stdin.end(told);
  const [printed, [status]] = await Promise.all([text(planner.stdout), once(planner, 'exit')]);
  if (status !== 0) throw new Error('The planner failed.');
  // What it prints is what it was asked for.
  return JSON.parse(printed) as Measured;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

async function applyOn(mode: 'workos' | 'rfc'): Promise<Applied> {
  const { server, told } = await startServer(mode, small);
  try {
    return await measure<Applied>(told, 'apply', small);
  } finally {
    server.kill();
  }
}

const { server, told } = await startServer('workos', large);
let isGood = false;
try {
  const timed = await measure<Timed>(told, 'time', large);
  const { peakMiB } = await measure<{ readonly peakMiB: number }>(told, 'memory', large);
  const applied = await applyOn('rfc');
  // Takes no filter that asks for several people at once: each of those who are created is looked up twice.
  const oneByOne = await applyOn('workos');
  const bare = median(timed.rounds.map((round) => round.bare));
  const reading = median(timed.rounds.map((round) => round.read / round.bare));
  const planning = median(timed.rounds.map((round) => (round.plan - round.read) / round.bare));
  const requestsPerChange = applied.requests / applied.changes;
  const changesPerSecond = applied.changes / applied.seconds;
  const rounded = (value: number) => Number(value.toFixed(2));
  console.log(
    `${large.join(', ')} users, groups and changes; ${timed.pages} pages; ${applied.changes} changes applied`,
  );
  console.table({
    'the bare fetches, ms': { measured: Math.round(bare) },
    'reading, times the bare fetches': { measured: rounded(reading), floor: `at most ${most.readingToBare}` },
    'planning on top, the same': { measured: rounded(planning), floor: `at most ${most.planningToBare}` },
    'peak of resident memory, MiB': { measured: Math.round(peakMiB), floor: `at most ${most.peakMiB}` },
    'requests a change': { measured: rounded(requestsPerChange), floor: `at most ${most.requestsPerChange}` },
    'the same, one filter for each key': { measured: rounded(oneByOne.requests / oneByOne.changes) },
    'changes a second': { measured: rounded(changesPerSecond), floor: `at least ${leastChangesPerSecond}` },
  });
  isGood =
    reading <= most.readingToBare &&
    planning <= most.planningToBare &&
    peakMiB <= most.peakMiB &&
    requestsPerChange <= most.requestsPerChange &&
    changesPerSecond >= leastChangesPerSecond;
} finally {
  server.kill();
}
process.exitCode = isGood ? 0 : 1;
