import { AuditLogClient } from '../../../src/audit-logs/client.js';
import type { AuditLogClientOptions } from '../../../src/audit-logs/options.js';
import type { Clock } from '../../../src/internal/clock.js';
import { createEmulator, type LogEvent } from '../../../src/testing/index.js';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.js';

export const organizationId = 'org-Northwind0000000000000000';
export const workspaceIds = ['2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11', '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40'] as const;

/** An emulator with empty workspaces, and clients for the first of them. Waits take no time, unless the clock says so. */
export function openLogWorld(
  ids: readonly string[] = workspaceIds,
  clock: FakeClock = createFakeClock(Date.UTC(2026, 10, 23, 9), { autoAdvance: true }),
) {
  const emulator = createEmulator({ clock, world: 'empty' });
  for (const id of ids) emulator.store.workspaces.add({ id, name: 'Northwind', organizationId });

  const open = (options: Partial<AuditLogClientOptions> = {}) =>
    new AuditLogClient({
      apiKey: emulator.compliance.apiKey,
      workspaceIds: workspaceIds[0],
      baseUrl: emulator.compliance.baseUrl,
      fetch: emulator.fetch,
      clock: clock as Clock,
      random: () => 0.5,
      rateLimit: false,
      ...options,
    });

  let files = 0;
  /** Adds a file whose events have these ids; each file ends ten minutes after the last, unless told otherwise. */
  const addFile = (
    ids: readonly string[],
    { principalId = workspaceIds[0] as string, eventType = 'AUTH_LOG', endTime = tenMinutes(++files) } = {},
  ) =>
    emulator.store.logs.addFile(principalId, {
      eventType,
      endTime,
      events: ids.map((id) => authEvent(id, endTime, eventType)),
    });

  return { emulator, clock, open, addFile, client: open() };
}

/** So many times ten minutes after midnight of 22 November 2026. */
export function tenMinutes(count: number): string {
  return new Date(Date.UTC(2026, 10, 22) + count * 600_000).toISOString().replace('.000Z', '.123456Z');
}

export function authEvent(id: string, timestamp: string, type = 'AUTH_LOG'): LogEvent {
  return {
    event_id: id,
    type,
    timestamp,
    principal: { id: workspaceIds[0], type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'ACCOUNT_USER', user_id: 'user-9kQm2ZpTr4VxLw7NdYb1HcGs', user_email: 'mira@northwind.example' },
  };
}
