import { createHash } from 'node:crypto';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import type { AuditLogClientOptions } from '../../../src/audit-logs/options.js';
import { readInstant } from '../../../src/internal/dates.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { timeAt, workspace } from './fake-log-source.js';

/** A row of a list, whatever it says. */
export type Row = Record<string, unknown> & { readonly id: string };

/** A file with one event, whose id is that of the file. */
export function row(id: string, endTime: string, more: Record<string, unknown> = {}): Row {
  const body = bodyOf(id);
  return {
    id,
    event_type: 'AUTH_LOG',
    end_time: endTime,
    file_name: `${id}.jsonl`,
    file_size: body.length,
    file_sha256: createHash('sha256').update(body).digest('hex'),
    ...more,
  };
}

/** f0, f1 and so on, ten microseconds apart. */
export function rows(count: number): Row[] {
  return Array.from({ length: count }, (_, index) => row(`f${index}`, timeAt((index + 1) * 10)));
}

/** What the range of a request holds, oldest first. */
export function inRange(all: readonly Row[], url: URL): Row[] {
  const instant = (time: unknown) => readInstant(String(time)) ?? 0n;
  const before = url.searchParams.get('before');
  return all
    .filter((one) => instant(one.end_time) > instant(url.searchParams.get('after')))
    .filter((one) => before === null || instant(one.end_time) < instant(before))
    .sort((one, other) => Number(instant(one.end_time) - instant(other.end_time)));
}

/** One page of them, in the order given. */
export function pageOf(found: readonly Row[], size = 100): Record<string, unknown> {
  const data = found.slice(0, size);
  return { data, has_more: found.length > size, last_end_time: data.at(-1)?.end_time ?? null };
}

/** A log service that lists as the test says, and a client for it. */
export function smallLogServer(
  list: (url: URL, count: number) => unknown,
  answered: () => Record<string, string> = () => ({}),
  options: Partial<AuditLogClientOptions> = {},
) {
  const lists: URL[] = [];
  const clock = createFakeClock(Date.UTC(2026, 10, 2), { autoAdvance: true });
  const answer: typeof fetch = async (input) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const id = /\/(?:logs|storage)\/([^/]+)$/.exec(url.pathname)?.[1];
    if (id === undefined) {
      lists.push(url);
      return Response.json(list(url, lists.length), { headers: answered() });
    }
    if (url.pathname.startsWith('/storage/')) return new Response(bodyOf(id));
    return new Response(null, { status: 307, headers: { location: `https://storage.example/storage/${id}` } });
  };
  const client = new AuditLogClient({
    apiKey: 'sk-admin-1',
    workspaceIds: workspace.id,
    rateLimit: false,
    clock,
    random: () => 0.5,
    fetch: answer,
    ...options,
  });
  return { client, clock, lists, answer };
}

function bodyOf(id: string): string {
  return `${JSON.stringify({ event_id: id, type: 'AUTH_LOG', timestamp: timeAt(0) })}\n`;
}
