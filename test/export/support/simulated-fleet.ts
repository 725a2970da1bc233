import { AuditLogClient } from '../../../src/audit-logs/client.js';
import { exportLogs } from '../../../src/export/export-logs.js';
import type { LogSink } from '../../../src/export/sink.js';
import { CountingSink } from './counting-sink.js';
import { eventTypes, FleetService, fleetBaseUrl, mix, windowMs } from './fleet-service.js';
import { Histogram } from './histogram.js';
import { JobQueue } from './job-queue.js';
import { SimulatedTime } from './simulated-time.js';

interface FleetPlan {
  readonly workspaces: number;
  readonly hours: number;
  /** How many workspaces are exported at the same time. */
  readonly workers: number;
  /** One job in so many ends with the death of its worker. */
  readonly oneDeathIn: number;
  /** Nobody works for this long, from the third hour on. */
  readonly standstillMs?: number;
}

/** As the recipes have them. */
const takeOverMs = 60_000;
const budget = { maxMs: 60_000, maxEvents: 100_000 };
const restartMs = 10_000;
const everyMs = 600_000;
/** Files may be listed 28 minutes late: looks go on for so long after the last one. */
const afterwardsMs = 2_400_000;

const startMs = Date.UTC(2026, 10, 1);
const apiKey = 'sk-admin-fleet';

/**
 * A fleet at work, by the emulator's clock: workers that take workspaces from a queue and export each under its lease, as in
 * `examples/fleet`, and die now and then. Answers take as long as those of a service do, some much longer, and some say 503.
 */
export async function simulateFleet(plan: FleetPlan) {
  const { workspaces, hours, workers, oneDeathIn, standstillMs = 0 } = plan;
  const beganAtMs = performance.now();
  const time = new SimulatedTime(startMs);
  const { clock } = time;
  const endMs = startMs + hours * 3_600_000;
  const windows = (hours * 3_600_000) / windowMs;
  const service = new FleetService({ workspaces, startMs, windows, apiKey, clock });
  const lags = new Histogram(1_000);
  const ownLags = new Histogram(10);
  const requests = new Histogram(1);
  let [second, inSecond, sent] = [0, 0, 0];
  let random = 1;
  const chance = () => {
    random += 1;
    return mix(random);
  };

  /** How many waits for an answer each workspace has, which tells whether its worker waits. */
  const waits = new Map<string, number>();
  const fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init?.headers);
    const id = workspaceIn(url, service);
    const nowSecond = Math.floor(time.nowMs / 1_000);
    if (nowSecond !== second) {
      if (inSecond > 0) requests.add(inSecond);
      [second, inSecond] = [nowSecond, 0];
    }
    inSecond += 1;
    sent += 1;
    const dice = chance() % 5_000;
    const latencyMs = dice === 0 ? 12_000 : 100 + (chance() % 8) * 25;
    waits.set(id, (waits.get(id) ?? 0) + 1);
    try {
      await clock.sleep(latencyMs, init?.signal ?? undefined);
    } finally {
      waits.set(id, (waits.get(id) ?? 0) - 1);
    }
    if (dice === 1) return failed(service);
    return service.answer(url, headers.get('authorization'));
  }) as typeof globalThis.fetch;
  // One for all, as a worker process has it: each workspace has its limits in it, as documented.
  const client = new AuditLogClient({
    apiKey,
    workspaceIds: service.workspaceIds,
    baseUrl: fleetBaseUrl,
    clock,
    fetch,
  });
  const { principals } = client;

  const sink = new CountingSink(clock, windows, (workspace, type, number, nowMs) => {
    lags.add(nowMs - service.fileOf(workspace, type, number).endMs);
  });
  const counts = { looks: 0, done: 0, held: 0, unfinished: 0, failed: 0, deaths: 0 };
  const failures = new Set<string>();
  const queue = new JobQueue(clock, takeOverMs);
  const busy = new Map<string, AbortSignal>();

  const work = async (workspace: number): Promise<void> => {
    const principal = principals[workspace];
    if (principal === undefined) return;
    counts.looks += 1;
    const life = new Life();
    const dies = chance() % oneDeathIn === 0;
    // Half of them while they wait for the service, half while they write: just before it is done, or just after.
    const diesIn = dies ? (['reading', 'before', 'after', 'reading'] as const)[chance() % 4] : undefined;
    const stopDeath = diesIn === 'reading' ? clock.setTimer?.(chance() % 700, () => life.end()) : undefined;
    busy.set(principal.id, life.signal);
    try {
      const result = await exportLogs({
        client,
        principal,
        query: { eventTypes, after: new Date(startMs) },
        sink: mortal(sink, life, diesIn),
        budget,
        leaseMs: takeOverMs,
        signal: life.signal,
      });
      if (result.held.length > 0) counts.held += 1;
      else if (result.done) counts.done += 1;
      else counts.unfinished += 1;
      if (result.lag.ms !== undefined) ownLags.add(result.lag.ms);
      if (result.done) queue.finish(workspace);
      else queue.again(workspace, result.held.length > 0 ? takeOverMs : 0);
    } catch (error) {
      if (life.signal.aborted) {
        counts.deaths += 1;
        queue.abandon(workspace);
        await clock.sleep(restartMs);
      } else {
        counts.failed += 1;
        failures.add(String(error));
        queue.again(workspace, takeOverMs / 2);
      }
    } finally {
      stopDeath?.();
      busy.delete(principal.id);
      waits.delete(principal.id);
    }
  };

  let running = 0;
  let nextLook = 0;
  let mostRss = 0;
  let idleTurns = 0;
  const until = endMs + afterwardsMs;
  const lookAtMs = (look: number) => startMs + (look / workspaces) * everyMs;
  const standstill = { fromMs: startMs + 3 * 3_600_000, toMs: startMs + 3 * 3_600_000 + standstillMs };
  for (let turn = 0; ; turn += 1) {
    const { nowMs } = time;
    for (; lookAtMs(nextLook) <= nowMs && nowMs < until; nextLook += 1) queue.add(nextLook % workspaces);
    const stands = standstillMs > 0 && nowMs >= standstill.fromMs && nowMs < standstill.toMs;
    for (; running < workers && !stands; running += 1) {
      const workspace = queue.take();
      if (workspace === undefined) break;
      void work(workspace).finally(() => {
        running -= 1;
      });
    }
    if (nowMs >= until && running === 0 && queue.isEmpty) break;
    await new Promise((resolve) => setImmediate(resolve));
    if (turn % 20_000 === 0) mostRss = Math.max(mostRss, process.memoryUsage().rss);
    // Time moves once every worker waits for an answer. One that waits for something else, such as its turn, shows it by doing
    // nothing for a while.
    const allWait = [...busy.keys()].every((id) => (waits.get(id) ?? 0) > 0);
    idleTurns = allWait ? 0 : idleTurns + 1;
    if (!allWait && idleTurns < 25) continue;
    idleTurns = 0;
    time.moveOn(nowMs < until ? lookAtMs(nextLook) : Number.POSITIVE_INFINITY);
  }
  if (inSecond > 0) requests.add(inSecond);
  return {
    ...plan,
    counts: { ...counts, skipped: queue.skipped, stalled: queue.stalled },
    failures: [...failures],
    service: service.counts,
    sink: sink.counts,
    lost: service.counts.events - sink.counts.added,
    lag: lags.summary(),
    ownLag: ownLags.summary(),
    requests: { sent, mean: sent / ((until - startMs) / 1_000), peak: requests.most, p99: requests.at(0.99) },
    left: time.pending,
    mostRssMb: Math.round(mostRss / 2 ** 20),
    realSeconds: (performance.now() - beganAtMs) / 1_000,
  };
}

/** What a worker has until it dies. */
class Life {
  readonly #end = new AbortController();

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  end(): void {
    this.#end.abort(new Error('The worker has died.'));
  }
}

/** The store as a worker reaches it: a dead one reaches nothing, and does not give its lease back. */
function mortal(sink: LogSink, life: Life, diesIn: 'reading' | 'before' | 'after' | undefined): LogSink {
  const alive = async <T>(work: () => Promise<T>): Promise<T> => {
    life.signal.throwIfAborted();
    return work();
  };
  return {
    ...sink,
    isUniqueByEventId: true,
    lease: async (key, ttlMs) => {
      const lease = await sink.lease(key, ttlMs);
      if (lease === undefined) return undefined;
      return {
        ...lease,
        checkpoint: () => alive(() => lease.checkpoint()),
        write: (rows, checkpoint) =>
          alive(async () => {
            if (diesIn === 'before') life.end();
            life.signal.throwIfAborted();
            const written = await lease.write(rows, checkpoint);
            if (diesIn === 'after') life.end();
            return written;
          }),
        renew: () => alive(() => lease.renew()),
        release: () => alive(() => lease.release()),
      };
    },
  };
}

function workspaceIn(url: URL, service: FleetService): string {
  const inPath = url.pathname.split('/')[4];
  if (inPath !== undefined) return inPath;
  return service.workspaceIds[Number(url.pathname.split('_')[1])] ?? '';
}

function failed(service: FleetService): Response {
  service.counts.failed += 1;
  return new Response('The service is busy.', { status: 503 });
}
