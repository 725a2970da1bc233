// One side of the comparison, in a process of its own: reads when it is told to, and says what that took.
import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import type { Recorded } from './serve.ts';

/** What one reading took. */
export interface Taken {
  readonly ms: number;
  /** Of the processor, of which nothing is lost to other programs. */
  readonly cpuMs: number;
  /** Of the process, up to now. */
  readonly mostMebibytes: number;
  /** Of the heap, after a collection, when all is read and nobody is handed out. Of the roster's first reading only. */
  readonly heldMebibytes: number;
  /** Whether all of it came. */
  readonly isRight: boolean;
}

const [side = '', given = ''] = process.argv.slice(2);
// What this program was started with is the benchmark's own.
const { port, urls, form, rows, people } = JSON.parse(given) as Recorded;
const atATime = 8;
let heldMebibytes = 0;

/** Asks the process that has the answers, whatever host is asked for. */
const fetchRecorded: typeof globalThis.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input);
  return fetch(url.replace('https://', `http://127.0.0.1:${port}/`), init);
};

/** Takes the same answers in the best order that there is, all at once, and parses them: less is no reading. */
async function readBare(): Promise<boolean> {
  const left = [...urls];
  let lines = 0;
  const lane = async () => {
    for (let url = left.pop(); url !== undefined; url = left.pop()) {
      const answer = await fetchRecorded(url, { redirect: 'manual' });
      // Pages are JSON, log files are lines of it.
      if (/^application\/(?:scim\+)?json\b/.test(answer.headers.get('content-type') ?? '')) await answer.json();
      else for (const line of (await answer.text()).split('\n')) if (line.startsWith('{') && JSON.parse(line)) lines++;
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return lines >= rows;
}

/** All that the roster holds is there when the totals are told, before the first person. */
const onTotals = () => {
  globalThis.gc?.();
  heldMebibytes = mebibytesOf(process.memoryUsage().heapUsed);
};

async function readRoster(): Promise<boolean> {
  const config = parseConnectionConfig(form, { require: ['scim', 'compliance'] });
  await using connection = connect(config, {
    fetch: fetchRecorded,
    scim: { rateLimit: false },
    auditLogs: { rateLimit: false },
    admin: { rateLimit: false },
  });
  const counted = { members: 0, costs: 0, service: 0, incomplete: 0 };
  for await (const { kind, status, workspaces, usage, usageIncomplete } of connection.roster({
    usage: { sources: ['cost'], ...(heldMebibytes === 0 ? { onTotals } : {}) },
  })) {
    if (kind === 'service_account') counted.service++;
    if (status === 'active' && workspaces[0]?.seatType !== undefined) counted.members++;
    if (usageIncomplete) counted.incomplete++;
    counted.costs += usage?.cost?.rows ?? 0;
  }
  const { members, costs, service, incomplete } = counted;
  return members === people && costs === rows && service > 0 && incomplete === 0;
}

function mebibytesOf(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

process.on('disconnect', () => process.exit());
process.on('message', async () => {
  const started = performance.now();
  const before = process.cpuUsage();
  const isRight = side === 'roster' ? await readRoster() : await readBare();
  const { user, system } = process.cpuUsage(before);
  const taken: Taken = {
    ms: performance.now() - started,
    cpuMs: (user + system) / 1_000,
    mostMebibytes: mebibytesOf(process.resourceUsage().maxRSS * 1_024),
    heldMebibytes,
    isRight,
  };
  process.send?.(taken);
});
