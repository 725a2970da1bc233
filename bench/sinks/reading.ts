import { AuditLogClient } from '../../src/audit-logs/index.ts';
import type { EventRow } from '../../src/export/event-row.ts';
import { exportLogs, type LogSink } from '../../src/export/index.ts';

/** What one measurement found. */
export interface Sample {
  readonly ms: number;
  /** Of this process, and of the database's where there is one. */
  readonly cpuMs: number;
  readonly events: number;
}

const query = { eventTypes: ['CONVERSATION_MESSAGE'], after: new Date(Date.now() - 2 * 86_400_000) } as const;
const workspaceId = '11111111-1111-4111-8111-111111111111';

/** Where the logs are listed, for who reads them without the client. */
export function routeOf(url: string): string {
  return `${url}/compliance/workspaces/${workspaceId}/logs`;
}

export const { eventTypes } = query;

/** What is loaded by a first read is loaded, so that all ways have it behind them. */
export async function warmUp(url: string): Promise<void> {
  await Promise.all([
    import('ky'),
    import('../../src/audit-logs/reading/reader.ts'),
    import('../../src/audit-logs/files/download.ts'),
    import('../../src/transport/download.ts'),
    fetch(routeOf(url)).then((answer) => answer.arrayBuffer()),
  ]);
}

export async function measured(work: () => Promise<number>, cpuOfDatabase = () => 0): Promise<Sample> {
  const [atDatabase, cpu, start] = [cpuOfDatabase(), process.cpuUsage(), performance.now()];
  const events = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1_000 + cpuOfDatabase() - atDatabase, events };
}

function clientOf(url: string) {
  return new AuditLogClient({
    apiKey: 'sk-admin-benchmark',
    workspaceIds: workspaceId,
    baseUrl: url,
    rateLimit: false,
    dangerouslyAllowHttpLoopback: true,
  });
}

/** `events()` alone. */
export async function readEvents(url: string): Promise<number> {
  let events = 0;
  for await (const event of clientOf(url).events(query)) {
    if (typeof event.event_id !== 'string') throw new Error('An event is not as it was sent');
    events += 1;
  }
  return events;
}

export async function exportInto(url: string, sink: LogSink): Promise<number> {
  const { done, counts } = await exportLogs({ client: clientOf(url), query, sink });
  if (!done) throw new Error('The export did not come to its end');
  return counts.written;
}

/** 500 events at a time, with the checkpoint that belongs to them: what a program writes that has a table of its own. */
export function readBatches(url: string) {
  return clientOf(url).batches({ ...query, batchSize: 500, fill: true, deduplicate: 'store' });
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Reads everything as an export does, hands each write to `keep`, and returns the text of the last checkpoint. */
export async function readIntoMemory(
  url: string,
  isUniqueByEventId: boolean,
  keep: (rows: readonly EventRow[]) => unknown,
): Promise<string> {
  let last = '';
  const sink: LogSink = {
    isUniqueByEventId,
    lease: async (key) => ({
      key,
      fence: 1,
      checkpoint: async () => undefined,
      async write(rows, checkpoint) {
        if (rows.length > 0) await keep(rows);
        last = JSON.stringify(checkpoint);
        return { added: rows.length };
      },
      renew: async () => {},
      release: async () => {},
    }),
    erase: async () => ({ erased: 0 }),
    prune: async () => ({ removed: 0 }),
  };
  await exportInto(url, sink);
  return last;
}
