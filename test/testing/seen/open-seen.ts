import { AuditLogClient } from '../../../src/audit-logs/client.js';
import type { Clock } from '../../../src/internal/clock.js';
import { ScimClient } from '../../../src/scim/client.js';
import type { ScimClientOptions } from '../../../src/scim/options.js';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { ComplianceOptions, ScimOptions } from '../../../src/testing/emulator.js';
import { eventAt, organizationId, workspaceId } from '../support/ask-compliance.js';

const access = { provisioning: true, deprovisioning: true } as const;

/** An empty directory with such quirks, and a client that may do everything. Waits take no time. */
export function openDirectory(quirks: ScimOptions['quirks'] = {}, options: Partial<ScimClientOptions> = {}) {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ clock, world: 'empty', scim: { mode: 'rfc', quirks } });
  const client = new ScimClient({
    baseUrl: emulator.scim.baseUrl,
    token: emulator.scim.token,
    profile: 'rfc',
    ...emulator.clientOptions,
    random: () => 0.5,
    ...options,
    access,
  });
  const { store } = emulator;
  const addUsers = (count: number, prefix = 'user') =>
    Array.from({ length: count }, (_none, index) =>
      store.users.add({ userName: `${prefix}${index}@northwind.example`, active: true }),
    );
  return { emulator, client, store, addUsers };
}

/** An empty workspace with such quirks, and a client for its log. */
export function openLog(quirks: ComplianceOptions['quirks'] = {}, clientClock?: Clock) {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ clock, world: 'empty', compliance: { quirks } });
  emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId });
  const { apiKey, baseUrl } = emulator.compliance;
  const client = new AuditLogClient({
    apiKey,
    baseUrl,
    workspaceIds: workspaceId,
    ...emulator.clientOptions,
    clock: clientClock ?? clock,
    random: () => 0.5,
  });
  /** A file of one event, whose id is that of the file. */
  const addFile = (id: string, endTime: string, eventType = 'AUTH_LOG') =>
    emulator.store.logs.addFile(workspaceId, { id, eventType, endTime, events: [eventAt(endTime, id, eventType)] });
  return { emulator, client, addFile };
}

export const query = { eventTypes: ['AUTH_LOG'] as const, after: '2026-11-22T00:00:00Z' };

/** So many minutes after the beginning of {@link query}. */
export function minute(count: number): string {
  return new Date(Date.UTC(2026, 10, 22) + count * 60_000).toISOString();
}

export async function idsOf(events: AsyncIterable<{ readonly event_id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const event of events) ids.push(event.event_id);
  return ids;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Meets every request. */
export const always = Number.POSITIVE_INFINITY;

/** Requests about one log file, at the API and at its storage. */
export function aboutFile(id: string) {
  return ({ url }: { readonly url: URL }) => url.pathname.includes(id);
}
