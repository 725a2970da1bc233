// What a plan of 20,000 users and 200 groups costs, of which 1 % differ, with the directory 20 ms away and 8 requests of each
// list at a time, on both sides: reading beside the bare fetches of the same pages, planning on top of it, and the peak of
// resident memory, of a desired state that is read from a file as in the guide, and of one that is made up as it is read. Then
// what applying costs at 10 requests a second, on a directory like WorkOS and on one that takes all filters, and what each kind
// of change takes there. Directory and program are processes of their own. Ratios are taken within a round, and their medians
// are judged. Not to be believed on a machine that does something else beside it.
//   node bench/plan.ts [rounds]
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { desiredGroups, desiredUsers } from './plan/directory.ts';
import { requestsByKind } from './plan/kinds.ts';

/** Users, groups, changes. */
const large = ['20000', '200', '200'] as const;
const rounds = process.argv[2] ?? '5';
const most = { readingToBare: 1.2, planningToBare: 0.3, peakMiB: 300, requestsPerChange: 3 };
const leastChangesPerSecond = (0.9 * 10) / 3;

const serverProgram = fileURLToPath(new URL('./plan/directory-server.ts', import.meta.url));
const plannerProgram = fileURLToPath(new URL('./plan/planner.ts', import.meta.url));

interface Timed {
  readonly pages: number;
  readonly rounds: readonly Readonly<Record<'bare' | 'read' | 'plan', Measured>>[];
}

interface Measured {
  readonly ms: number;
  readonly mostAtOnce: number;
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
async function startServer(mode: 'workos' | 'rfc', [users, groups]: typeof large): Promise<Directory> {
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
async function measure<Told>(
  told: string,
  what: 'time' | 'memory' | 'memory-of-lists' | 'apply',
  size: typeof large,
  file = '',
): Promise<Told> {
  const planner = spawn(process.execPath, ['--expose-gc', plannerProgram, what, rounds, ...size, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  planner.stdin.end(told);
  const [printed, [status]] = await Promise.all([text(planner.stdout), once(planner, 'exit')]);
  if (status !== 0) throw new Error('The planner failed.');
  // What it prints is what it was asked for.
  return JSON.parse(printed) as Told;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

async function applyOn(mode: 'workos' | 'rfc'): Promise<Applied> {
  const { server, told } = await startServer(mode, large);
  try {
    return await measure<Applied>(told, 'apply', large);
  } finally {
    server.kill();
  }
}

/** Writes the desired state of the large directory as the file that the guide reads. */
async function writePeople(folder: string): Promise<string> {
  const [users, groups, changes] = large.map(Number);
  const size = { users: users ?? 0, groups: groups ?? 0, changes: changes ?? 0 };
  const path = join(folder, 'people.json');
  await writeFile(path, JSON.stringify({ users: [...desiredUsers(size)], groups: [...desiredGroups(size)] }));
  return path;
}

const folder = await mkdtemp(join(tmpdir(), 'bench-plan-'));
const { server, told } = await startServer('workos', large);
let isGood = false;
try {
  const file = await writePeople(folder);
  const timed = await measure<Timed>(told, 'time', large);
  const streamed = await measure<{ readonly peakMiB: number }>(told, 'memory', large);
  const listed = await measure<{ readonly peakMiB: number }>(told, 'memory-of-lists', large, file);
  // WorkOS takes no filter that asks for several people at once: they are looked for in all pages, where these are fewer.
  const applied = { workos: await applyOn('workos'), rfc: await applyOn('rfc') };
  const kinds = { workos: await requestsByKind('workos'), rfc: await requestsByKind('rfc') };
  const rounded = (value: number) => Number(value.toFixed(2));
  const rows: Record<string, { measured: number; floor?: string }> = {};
  const judge = (what: string, value: number, limit: number, is: 'at most' | 'at least' = 'at most') => {
    rows[what] = { measured: rounded(value), floor: `${is} ${limit}` };
    return is === 'at most' ? value <= limit : value >= limit;
  };
  const ofRounds = (take: (round: Timed['rounds'][number]) => number) => timed.rounds.map(take);
  console.log(
    `${large.join(', ')} users, groups and changes; ${timed.pages} pages; ${applied.rfc.changes} changes applied`,
  );
  rows['the bare fetches, ms'] = { measured: Math.round(median(ofRounds(({ bare }) => bare.ms))) };
  const bareAtOnce = Math.max(...ofRounds(({ bare }) => bare.mostAtOnce));
  const verdicts = [
    judge(
      'reading, times the bare fetches',
      median(ofRounds(({ bare, read }) => read.ms / bare.ms)),
      most.readingToBare,
    ),
    judge(
      'planning on top, the same',
      median(ofRounds(({ bare, read, plan }) => (plan.ms - read.ms) / bare.ms)),
      most.planningToBare,
    ),
    judge('requests of reading at once', Math.max(...ofRounds(({ read }) => read.mostAtOnce)), bareAtOnce),
    judge('requests of planning at once', Math.max(...ofRounds(({ plan }) => plan.mostAtOnce)), bareAtOnce),
    judge('peak of resident memory, people.json, MiB', listed.peakMiB, most.peakMiB),
    judge('the same, as it is read', streamed.peakMiB, most.peakMiB),
    ...(['workos', 'rfc'] as const).flatMap((mode) => {
      const { changes, requests, seconds } = applied[mode];
      return [
        judge(`requests a change, ${mode}`, requests / changes, most.requestsPerChange),
        judge(`changes a second, ${mode}`, changes / seconds, leastChangesPerSecond, 'at least'),
      ];
    }),
  ];
  console.table(rows);
  console.log('Requests a change, by kind');
  console.table(
    Object.fromEntries(
      [...kinds.workos].map(([kind, workos]) => [
        kind,
        { workos: rounded(workos), rfc: rounded(kinds.rfc.get(kind) ?? Number.NaN) },
      ]),
    ),
  );
  isGood = verdicts.every(Boolean);
} finally {
  server.kill();
  await rm(folder, { recursive: true });
}
process.exitCode = isGood ? 0 : 1;
