import { afterEach, describe, expect, test, vi } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { exportLogs } from '../../src/export/export-logs.js';
import { HeldLease } from '../../src/export/held-lease.js';
import { memorySink } from '../../src/export/memory-sink.js';
import type { LogSink, SinkLease } from '../../src/export/sink.js';
import { openRawLog } from '../audit-logs/support/raw-log.js';
import { createFakeClock } from '../support/fake-clock.js';

const minuteMs = 60_000;
const key = 'workspace:00000000-0000-4000-8000-000000000001';

async function open(change: Partial<SinkLease> = {}) {
  const clock = createFakeClock();
  const sink = memorySink({ clock });
  const lease = await sink.lease(key, minuteMs);
  if (lease === undefined) throw new Error('Nobody else holds it.');
  const held = new HeldLease({ ...lease, ...change }, minuteMs, clock);
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

  test('is renewed by one timer at most, never beside a write, and not once it was given back', async () => {
    const answers: (() => void)[] = [];
    const answer = async () => {
      answers.shift()?.();
      await clock.advance(0);
    };
    const asked: string[] = [];
    const slow = (what: string) => () => {
      asked.push(what);
      return new Promise<never>((resolve) => answers.push(() => resolve({ added: 0 } as never)));
    };
    const clock = createFakeClock();
    const lease = { key, fence: 1, checkpoint: slow('checkpoint'), write: slow('write'), renew: slow('renew') };
    const held = new HeldLease({ ...lease, release: async () => void asked.push('release') }, minuteMs, clock);
    await clock.advance(minuteMs);
    const written = held.write([], { version: 1, partitions: [] });
    await answer();
    await clock.advance(minuteMs);
    expect(asked).toEqual(['renew', 'write']);
    expect(clock.pending).toBe(0);
    await answer();
    await written;
    expect(clock.pending).toBe(1);
    await held.release(undefined);
    await clock.advance(minuteMs);
    expect(asked).toEqual(['renew', 'write', 'release']);
    expect(clock.pending).toBe(0);
  });

  test('is not written under once it was given back, by a write that waited for a renewal', async () => {
    let renewed = () => {};
    const renew = () =>
      new Promise<void>((resolve) => {
        renewed = resolve;
      });
    const { clock, sink, held } = await open({ renew });
    await clock.advance(minuteMs / 2);
    const written = held.write([], { version: 1, partitions: [] });
    const released = held.release(undefined);
    renewed();
    await expect(written).rejects.toMatchObject({ code: 'lease_lost' });
    await released;
    expect(clock.pending).toBe(0);
    expect(await sink.lease(key, minuteMs)).toBeDefined();
  });
});

test('a renewal that is never answered ends the work once the lease has expired, and holds up no write any longer', async () => {
  const { clock, held } = await open({ renew: () => new Promise<never>(() => {}) });
  await clock.advance(minuteMs / 2);
  const written = held.write([], { version: 1, partitions: [] });
  written.catch(() => {});
  expect(held.lost.aborted).toBe(false);
  await clock.advance(minuteMs);
  expect(held.lost.aborted).toBe(true);
  await expect(written).rejects.toMatchObject({
    code: 'store_failed',
    message: expect.stringContaining('did not answer'),
  });
  expect(clock.pending).toBe(0);
});

describe('a store that does not answer when the lease is given back', () => {
  const never = () => new Promise<never>(() => {});
  const silent = (change: Partial<SinkLease>): LogSink => {
    const sink = memorySink();
    return {
      ...sink,
      lease: async (...asked) => {
        const lease = await sink.lease(...asked);
        return lease && { ...lease, ...change };
      },
    };
  };

  afterEach(() => void vi.useRealTimers());

  test('holds up the result for a second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { client } = openRawLog(['{"event_id":"a"}']);
    const query = { eventTypes: ['AUTH_LOG'], after: '2026-11-01T00:00:00Z' } as const;
    let exported: Promise<unknown> | undefined;
    await new Promise<void>((resolve) => {
      const release = () => {
        resolve();
        return never();
      };
      exported = exportLogs({ client, query, sink: silent({ release }) });
    });
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(exported).resolves.toMatchObject({ done: true, counts: { written: 1 } });
  });

  test.each(['release', 'renew'] as const)('holds up no abort: %s', async (method) => {
    const { clock, held } = await open({ [method]: never });
    await clock.advance(minuteMs / 2);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const released = held.release(AbortSignal.abort());
    await vi.advanceTimersByTimeAsync(100);
    await released;
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
