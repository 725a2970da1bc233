import { describe, expect, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { exportLogs } from '../../src/export/export-logs.js';
import { HeldLease } from '../../src/export/held-lease.js';
import { memorySink } from '../../src/export/memory-sink.js';
import { createFakeClock } from '../support/fake-clock.js';

const minuteMs = 60_000;
const key = 'workspace:00000000-0000-4000-8000-000000000001';

async function open() {
  const clock = createFakeClock();
  const sink = memorySink({ clock });
  const lease = await sink.lease(key, minuteMs);
  if (lease === undefined) throw new Error('Nobody else holds it.');
  const held = new HeldLease(lease, minuteMs, clock);
  return { clock, sink, held };
}

describe('a lease that is held', () => {
  test('stays one for as long as the work takes, by the clock of the client', async () => {
    const { clock, sink, held } = await open();
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await clock.advance(minuteMs);
      expect(await sink.lease(key, minuteMs)).toBeUndefined();
    }
    await held.release(undefined);
    expect(held.lost.aborted).toBe(false);
    expect(await sink.lease(key, minuteMs)).toBeDefined();
  });

  test('leaves no timer behind once it is given back', async () => {
    const { clock, held } = await open();
    expect(clock.pending).toBe(1);
    await held.release(undefined);
    expect(clock.pending).toBe(0);
  });
});

test('a service that takes an hour to answer loses nobody the lease, by the clock of the client', async () => {
  const clock = createFakeClock();
  const sink = memorySink({ clock });
  const client = new AuditLogClient({
    apiKey: 'sk-admin-1',
    workspaceIds: '00000000-0000-4000-8000-000000000001',
    clock,
    timeoutMs: 2 * 60 * minuteMs,
    deadlineMs: 4 * 60 * minuteMs,
    fetch: async (_input, init) => {
      await clock.sleep(60 * minuteMs, init?.signal ?? undefined);
      return Response.json({ data: [], has_more: false, last_end_time: null });
    },
  });
  const query = { eventTypes: ['AUTH_LOG'], after: '2026-01-01T00:00:00Z' } as const;
  const exported = exportLogs({ client, query, sink, leaseMs: minuteMs });
  await clock.advance(30 * minuteMs);
  expect(await sink.lease(key, minuteMs)).toBeUndefined();
  await clock.advance(40 * minuteMs);
  await expect(exported).resolves.toMatchObject({ done: true });
  expect(clock.pending).toBe(0);
});
