import { hash } from 'node:crypto';
import type { AuditLogCheckpoint } from '../../src/audit-logs/checkpoint.ts';
import type { AuditLogEventsQuery } from '../../src/audit-logs/query.ts';

/** What one measurement found. */
export interface Sample {
  readonly ms: number;
  readonly rssMiB: number;
  readonly events: number;
}

type Options = Pick<AuditLogEventsQuery, 'validate' | 'deduplicate'> & {
  readonly eventsPerCheckpoint: number;
  readonly write?: (checkpoint: AuditLogCheckpoint) => unknown;
};

const workspaceId = '11111111-1111-4111-8111-111111111111';
const eventTypes = ['CONVERSATION_MESSAGE'] as const;
const after = new Date(Date.now() - 2 * 86_400_000);

/** Ways to get at the events, each in the same files. Modules are loaded before the clock starts. */
export const ways = {
  'drain only': async (url: string) => {
    const files = await listFiles(url);
    const start = performance.now();
    for (const file of files) for await (const _ of await openFile(url, file));
    return sample(start, 0);
  },
  'hash only': hashFiles,
  'decode and parse only': decodeAndParse,
  'client, nothing checked': (url: string) =>
    withClient(url, { validate: false, deduplicate: false, eventsPerCheckpoint: Number.POSITIVE_INFINITY }),
  'client, by default, with a checkpoint every 500 events': (url: string) =>
    withClient(url, { eventsPerCheckpoint: 500 }),
  'the same, each checkpoint written as JSON': (url: string) =>
    withClient(url, { eventsPerCheckpoint: 500, write: JSON.stringify }),
} as const satisfies Record<string, (url: string) => Promise<Sample>>;

export type Way = keyof typeof ways;

export function isWay(name: string): name is Way {
  return Object.hasOwn(ways, name);
}

async function withClient(baseUrl: string, { eventsPerCheckpoint, write, ...options }: Options): Promise<Sample> {
  const { AuditLogClient } = await import('../../src/audit-logs/index.js');
  // What the client loads with its first read, and the first touch of fetch, which the other ways have behind them too.
  await Promise.all([
    import('ky'),
    import('../../src/audit-logs/reading/reader.js'),
    import('../../src/audit-logs/files/download.js'),
    import('../../src/transport/download.js'),
    listFiles(baseUrl),
  ]);
  const start = performance.now();
  const client = new AuditLogClient({
    apiKey: 'sk-admin-benchmark',
    workspaceIds: workspaceId,
    baseUrl,
    rateLimit: false,
    dangerouslyAllowHttpLoopback: true,
  });
  const stream = client.events({ eventTypes, after, ...options });
  let events = 0;
  let checkpoints = 0;
  for await (const event of stream) {
    use(event);
    events += 1;
    if (events % eventsPerCheckpoint !== 0) continue;
    const checkpoint = stream.checkpoint();
    checkpoints += checkpoint.partitions.length;
    write?.(checkpoint);
  }
  if (Number.isFinite(eventsPerCheckpoint) && checkpoints === 0) throw new Error('No checkpoint was taken');
  return sample(start, events);
}

/** The lines are in memory, and where they end is known: what is left is what no reader can save. */
async function decodeAndParse(url: string): Promise<Sample> {
  const decoder = new TextDecoder();
  let ms = 0;
  let events = 0;
  for (const file of await listFiles(url)) {
    const bytes = new Uint8Array(await new Response(await openFile(url, file)).arrayBuffer());
    const ends: number[] = [];
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, end + 1)) ends.push(end);
    const start = performance.now();
    let from = 0;
    for (const end of ends) {
      use(JSON.parse(decoder.decode(bytes.subarray(from, end))));
      from = end + 1;
    }
    ms += performance.now() - start;
    events += ends.length;
  }
  return { ...sample(0, events), ms };
}

/** What verifying a file takes, which is done before its first record is delivered. */
async function hashFiles(url: string): Promise<Sample> {
  let ms = 0;
  for (const file of await listFiles(url)) {
    const bytes = new Uint8Array(await new Response(await openFile(url, file)).arrayBuffer());
    const start = performance.now();
    hash('sha256', bytes, 'hex');
    ms += performance.now() - start;
  }
  return { ...sample(0, 0), ms };
}

async function listFiles(url: string): Promise<readonly string[]> {
  const { data } = await (await fetch(`${url}/compliance/workspaces/${workspaceId}/logs`)).json();
  return data.map(({ id }: { readonly id: string }) => id);
}

async function openFile(url: string, id: string): Promise<ReadableStream<Uint8Array>> {
  const redirect = await fetch(`${url}/compliance/workspaces/${workspaceId}/logs/${id}`, { redirect: 'manual' });
  const { body } = await fetch(redirect.headers.get('location') ?? '');
  if (body === null) throw new Error('The server sent no body');
  return body;
}

function sample(start: number, events: number): Sample {
  return { ms: performance.now() - start, events, rssMiB: process.resourceUsage().maxRSS / 1024 };
}

/** So that no event is made in vain. */
function use(event: { readonly event_id?: unknown }): void {
  if (typeof event.event_id !== 'string') throw new Error('An event is not as it was sent');
}
