// How close a roster of 20,000 people, with what each cost in 30 days, comes to what its requests alone take, 8 at a time, and how much
// memory the process has. A second process answers over HTTP, 20 ms away, with what the emulator answered once: neither its
// time nor its memory counts. The floor takes the same answers by bare `fetch`, in the best order that there is: all at once.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import type { Recorded } from './roster-requests/serve.ts';

const slowdown = 1.3;
const mostMebibytes = 250;
const rounds = 3;
const atATime = 8;
const people = 20_000;

const server = fork(new URL('./roster-requests/serve.ts', import.meta.url), { serialization: 'json' });
// What the other process sends is its own to describe.
const [{ port, urls, form, rows }] = (await once(server, 'message')) as [Recorded];
const config = parseConnectionConfig(form, { require: ['scim', 'compliance'] });

/** Asks the other process, whatever host is asked for. */
const fetchRecorded: typeof globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  return fetch(url.replace('https://', `http://127.0.0.1:${port}/`), init);
};

async function readBare(): Promise<void> {
  const left = [...urls];
  const lane = async () => {
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      const answer = await fetchRecorded(url, { redirect: 'manual' });
      // Pages are JSON, log files are lines of it.
      if (/^application\/(?:scim\+)?json\b/.test(answer.headers.get('content-type') ?? '')) await answer.json();
      else await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
}

const mebibytesOf = (bytes: number) => Math.round(bytes / 2 ** 20);
const startMebibytes = mebibytesOf(process.memoryUsage().rss);
let heldMebibytes = 0;
/** All that the roster holds is there when the totals are told, before the first person. */
const onTotals = () => {
  globalThis.gc?.();
  heldMebibytes = Math.max(heldMebibytes, mebibytesOf(process.memoryUsage().heapUsed));
};

let wrong = 0;
async function readRoster(): Promise<void> {
  await using connection = connect(config, {
    fetch: fetchRecorded,
    scim: { rateLimit: false },
    auditLogs: { rateLimit: false },
    admin: { rateLimit: false },
  });
  let members = 0;
  let costs = 0;
  let service = 0;
  for await (const { kind, status, workspaces, usage, usageIncomplete } of connection.roster({
    usage: { sources: ['cost'], ...(heldMebibytes === 0 ? { onTotals } : {}) },
  })) {
    if (kind === 'service_account') service++;
    if (status === 'active' && workspaces[0]?.seatType !== undefined) members++;
    if (usageIncomplete) wrong++;
    costs += usage?.cost?.rows ?? 0;
  }
  if (members !== people || costs !== rows || service === 0) wrong++;
}

interface Time {
  readonly ms: number;
  /** Of the processor, of which nothing is lost to other programs. */
  readonly cpuMs: number;
}

async function timeOf(run: () => Promise<void>): Promise<Time> {
  globalThis.gc?.();
  const started = performance.now();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - started, cpuMs: (user + system) / 1_000 };
}

const median = (times: readonly Time[], of: keyof Time) =>
  times.map((time) => time[of]).toSorted((one, other) => one - other)[times.length >> 1] ?? 0;

// The roster first: what the floor holds is then not taken for its own.
await timeOf(readRoster);
const mebibytes = mebibytesOf(process.resourceUsage().maxRSS * 1_024);
const floors: Time[] = [];
const times: Time[] = [];
for (let round = 0; round < rounds; round++) {
  floors.push(await timeOf(readBare));
  times.push(await timeOf(readRoster));
}
server.kill();

const ratio = median(times, 'ms') / median(floors, 'ms');
console.table({
  requests: urls.length,
  'rows of COSTS': rows,
  'ms of the requests alone': Math.round(median(floors, 'ms')),
  'ms of the roster': Math.round(median(times, 'ms')),
  'of the processor, ms of the requests alone': Math.round(median(floors, 'cpuMs')),
  'of the processor, ms of the roster': Math.round(median(times, 'cpuMs')),
  'times the floor': Number(ratio.toFixed(2)),
  'MiB of the process before': startMebibytes,
  'MiB of the process at most': mebibytes,
  'MiB of the heap that are held': heldMebibytes,
});
if (wrong > 0) console.error('The roster is not what it should be.');
process.exitCode = wrong === 0 && ratio <= slowdown && mebibytes <= mostMebibytes ? 0 : 1;
