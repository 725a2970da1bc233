// 200 files of 256 KiB under latency: read in order, parsed, checked and de-duplicated by the client, 8 in flight; beside
// the round trips alone (the same requests, 8 in flight, nothing parsed) and one file at a time by curl and jq. Rounds are
// interleaved; ratios are taken within a round, and their medians are judged.
//   node bench/many-files.ts [rounds]
import '../scripts/resolve-sources.ts';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const { AuditLogClient } = await import('../src/audit-logs/index.js');

const files = 200;
const fileBytes = 256 * 1024;
const inFlight = 8;
const workspaceId = '11111111-1111-4111-8111-111111111111';
const rounds = Number(process.argv[2] ?? 3);
const after = new Date(Date.now() - 2 * 86_400_000).toISOString();
const cases = [
  { latencyMs: 20, mostOfFloor: 1.6 },
  { latencyMs: 80, mostOfFloor: 1.2 },
];
const leastTimesFaster = 8;

const script = fileURLToPath(new URL('./many-files/log-server.ts', import.meta.url));
const server = spawn(process.execPath, [script, String(files), String(fileBytes)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const [port] = await once(server.stdout, 'data');
const origin = `http://127.0.0.1:${String(port).trim()}`;

/** Reads everything with the client, as a program would. */
async function client(latencyMs: number): Promise<void> {
  const logs = new AuditLogClient({
    apiKey: 'sk-admin-benchmark',
    workspaceIds: workspaceId,
    baseUrl: `${origin}/${latencyMs}`,
    rateLimit: false,
    dangerouslyAllowHttpLoopback: true,
  });
  const events = logs.events({ eventTypes: ['AUTH_LOG'], after, concurrency: inFlight });
  let before = '';
  for await (const { timestamp } of events) {
    if (timestamp < before) throw new Error('Out of order.');
    before = timestamp;
  }
  if (events.stats.files !== files) throw new Error(`Read ${events.stats.files} files.`);
}

/** The same requests and nothing else. */
async function roundTrips(latencyMs: number): Promise<void> {
  const route = `${origin}/${latencyMs}/compliance/workspaces/${workspaceId}/logs`;
  const ids: string[] = [];
  for (let from = after, more = true; more; ) {
    const page = await (await fetch(`${route}?event_type=AUTH_LOG&after=${encodeURIComponent(from)}&limit=100`)).json();
    for (const { id } of page.data) ids.push(id);
    from = page.last_end_time;
    more = page.has_more;
  }
  const take = async () => {
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
      const redirect = await fetch(`${route}/${id}`, { redirect: 'manual' });
      await (await fetch(redirect.headers.get('location') ?? '')).arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, take));
}

/** One file after the other, each followed and parsed, as a shell script does. */
async function curlAndJq(latencyMs: number): Promise<void> {
  const program = `
    set -euo pipefail
    route="$1/compliance/workspaces/$2/logs"; after="$3"; more=true
    while [ "$more" = true ]; do
      page=$(curl -sS -H "authorization: Bearer sk-admin-benchmark" "$route?event_type=AUTH_LOG&after=$after&limit=100")
      for id in $(jq -r '.data[].id' <<<"$page"); do
        curl -sSL -H "authorization: Bearer sk-admin-benchmark" "$route/$id" | jq -c . >/dev/null
      done
      after=$(jq -r .last_end_time <<<"$page"); more=$(jq -r .has_more <<<"$page")
    done`;
  await promisify(execFile)('bash', ['-c', program, 'bash', `${origin}/${latencyMs}`, workspaceId, after]);
}

async function seconds(run: Promise<void>): Promise<number> {
  const start = performance.now();
  await run;
  return (performance.now() - start) / 1_000;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const rows: Record<string, Record<string, number>> = {};
let isGood = true;
try {
  await client(0);
  for (const { latencyMs, mostOfFloor } of cases) {
    const ofFloor: number[] = [];
    const timesFaster: number[] = [];
    const times: { ours: number; floor: number; shell: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const floor = await seconds(roundTrips(latencyMs));
      const ours = await seconds(client(latencyMs));
      const shell = await seconds(curlAndJq(latencyMs));
      times.push({ ours, floor, shell });
      ofFloor.push(ours / floor);
      timesFaster.push(shell / ours);
    }
    isGood &&= median(ofFloor) <= mostOfFloor && median(timesFaster) >= leastTimesFaster;
    rows[`${latencyMs} ms a request`] = {
      'round trips s': Number(median(times.map(({ floor }) => floor)).toFixed(2)),
      'client s': Number(median(times.map(({ ours }) => ours)).toFixed(2)),
      'curl and jq s': Number(median(times.map(({ shell }) => shell)).toFixed(2)),
      'of the floor': Number(median(ofFloor).toFixed(2)),
      'at most': mostOfFloor,
      'times faster than curl and jq': Number(median(timesFaster).toFixed(1)),
      'at least': leastTimesFaster,
    };
  }
} finally {
  server.kill();
}
console.table(rows);
process.exitCode = isGood ? 0 : 1;
