import { createHash } from 'node:crypto';
import { AuditLogClient } from '../../../src/audit-logs/client.js';
import type { AuditLogClientOptions } from '../../../src/audit-logs/options.js';
import { instantOf } from '../../../src/internal/dates.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { timeAt, workspace } from './fake-log-source.js';

/** A service whose files of AUTH_LOG hold these texts, ten microseconds apart, and a client for it. */
export function openRawLog(bodies: readonly string[], options: Partial<AuditLogClientOptions> = {}) {
  const files = bodies.map((body, index) => ({
    id: `f${index}`,
    event_type: 'AUTH_LOG',
    end_time: timeAt((index + 1) * 10),
    file_size: Buffer.byteLength(body),
    file_sha256: createHash('sha256').update(body).digest('hex'),
  }));
  const clock = createFakeClock(Date.UTC(2026, 10, 2), { autoAdvance: true });
  const fetch: typeof globalThis.fetch = async (input) => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : String(input));
    const id = /\/(?:logs|storage)\/f(\d+)$/.exec(pathname)?.[1];
    if (pathname.startsWith('/storage/')) return new Response(bodies[Number(id)]);
    if (id !== undefined)
      return new Response(null, { status: 307, headers: { location: `https://storage.example/storage/f${id}` } });
    const data = files.filter(({ end_time: end }) => instantOf(end) > instantOf(searchParams.get('after') ?? ''));
    return Response.json({ data, has_more: false, last_end_time: data.at(-1)?.end_time ?? null });
  };
  const client = new AuditLogClient({
    apiKey: 'sk-admin-1',
    workspaceIds: workspace.id,
    rateLimit: false,
    clock,
    fetch,
    ...options,
  });
  return { client, clock, fetch };
}
