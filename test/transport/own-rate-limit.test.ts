import { expect, test } from 'vitest';
import type { TransportEvent } from '../../src/transport/options.js';
import { Cooldown } from '../../src/transport/request-gate.js';
import { createFakeClock } from '../support/fake-clock.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { scriptedFetch } from '../support/scripted-fetch.js';

const read = { method: 'GET', route: '/Users' } as const;
const ok = () => Response.json({ Resources: [] });

test('waiting for the own rate limit does not count into the deadline', { timeout: 60_000 }, async () => {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const { transport } = openTestTransport(scriptedFetch(ok).fetch, {
    clock,
    rateLimit: { requests: 10, intervalMs: 1_000 },
    deadlineMs: 5_000,
  });
  const startMs = clock.now();
  expect(await Promise.all(Array.from({ length: 4_000 }, () => transport.send(read)))).toHaveLength(4_000);
  expect(clock.now() - startMs).toBeGreaterThanOrEqual(399_000);
  expect(clock.pending).toBe(0);
});

test('what comes after the turn does count: a call that was queued still ends in time', async () => {
  const clock = createFakeClock();
  const hang = () => new Promise<Response>(() => {});
  const { transport } = openTestTransport(scriptedFetch(ok, hang).fetch, {
    clock,
    rateLimit: { requests: 1, intervalMs: 10_000 },
    deadlineMs: 2_000,
    timeoutMs: 60_000,
  });
  await transport.send(read);
  let endedMs: number | undefined;
  const startMs = clock.now();
  const late = rejection(transport.send(read)).finally(() => {
    endedMs = clock.now() - startMs;
  });
  await clock.advance(20_000);
  expect(await late).toMatchObject({ code: 'timeout', delivery: 'unknown' });
  expect(endedMs).toBe(12_000);
});

test('says so when more calls wait than may', async () => {
  const clock = createFakeClock();
  const { transport } = openTestTransport(scriptedFetch(ok).fetch, {
    clock,
    rateLimit: { requests: 1, intervalMs: 1_000, maxQueued: 20 },
  });
  const calls = Array.from({ length: 30 }, () => transport.send(read));
  const settled = Promise.allSettled(calls);
  await clock.advance(60_000);
  const refused = (await settled).flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  expect(refused).toHaveLength(10);
  expect(refused[0]).toMatchObject({
    name: 'ConnectionError',
    code: 'queue_full',
    delivery: 'not_sent',
    remedy: expect.stringContaining('maxQueued'),
  });
  const again = transport.send(read);
  await clock.advance(1_000);
  expect((await again).status).toBe(200);
});

test.each([0, 1.5, Number.NaN, '5' as never])('refuses %j for `maxQueued`', (maxQueued) => {
  const rateLimit = { requests: 1, intervalMs: 1, maxQueued };
  expect(() => openTestTransport(fetch, { rateLimit })).toThrow(expect.objectContaining({ path: ['maxQueued'] }));
});

test.each([0, 300, 999, 2_500])('counts from when a request leaves, %i ms after its turn', async (lateMs) => {
  const clock = createFakeClock();
  const starts: number[] = [];
  let asked = 0;
  const { fetch } = scriptedFetch(() => {
    starts.push(clock.now());
    return ok();
  });
  const { transport } = openTestTransport(fetch, {
    clock,
    rateLimit: { requests: 10, intervalMs: 1_000 },
    // As the first ones, a credential that is fetched, and a module that is loaded.
    credential: async () => {
      asked += 1;
      if (asked <= 10 && lateMs > 0) await clock.sleep(lateMs);
      return 'token-1';
    },
  });
  const calls = Promise.all(Array.from({ length: 40 }, () => transport.send(read)));
  for (let elapsed = 0; elapsed < 8_000; elapsed += 100) await clock.advance(100);
  await calls;
  for (const [index, atMs] of starts.entries()) {
    const eleventh = starts[index + 10];
    if (eleventh !== undefined) expect(eleventh - atMs).toBeGreaterThanOrEqual(1_000);
  }
  expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeLessThan(3_300);
});

test('only 429 and 503 hold others back, for a minute at most, and it is told', async () => {
  for (const [status, value, heldMs] of [
    [429, '86400', 60_000],
    [503, '7', 7_000],
    [503, '7, 7', 7_000],
    [404, '30', 0],
    [500, '30', 0],
    [429, 'Infinity', 0],
    [429, '0x10', 0],
  ] as const) {
    const events: TransportEvent[] = [];
    const clock = createFakeClock();
    const { fetch } = scriptedFetch(new Response('', { status, headers: { 'retry-after': value } }), ok);
    const { transport } = openTestTransport(fetch, { clock, maxRetries: 0, onEvent: (event) => events.push(event) });
    await rejection(transport.send(read));
    const other = transport.send(read).then(() => clock.now());
    const startMs = clock.now();
    await clock.advance(100_000);
    expect([status, value, (await other) - startMs]).toEqual([status, value, heldMs]);
    expect(events.filter(({ type }) => type === 'cooldown')).toEqual(
      heldMs === 0 ? [] : [expect.objectContaining({ callId: events[0]?.callId, waitMs: heldMs })],
    );
  }
});

test('a route that asks for a minute each time holds the others for half of the time, and each hold is told', async () => {
  const clock = createFakeClock();
  const holds: number[] = [];
  const { fetch } = scriptedFetch((request) =>
    request.url.endsWith('/busy') ? new Response('', { status: 429, headers: { 'retry-after': '60' } }) : ok(),
  );
  const { transport } = openTestTransport(fetch, {
    clock,
    deadlineMs: Number.POSITIVE_INFINITY,
    onEvent: (event) => event.type === 'cooldown' && holds.push(event.waitMs),
  });
  const busy = rejection(transport.send({ method: 'GET', route: '/busy', maxRetries: 9 }));
  await clock.advance(0);
  const waits: number[] = [];
  for (let elapsedMs = 0; elapsedMs < 600_000; elapsedMs += 5_000) {
    const startMs = clock.now();
    void transport.send(read).then(() => waits.push(clock.now() - startMs));
    await clock.advance(5_000);
  }
  await busy;
  await clock.advance(60_000);
  expect(waits).toHaveLength(120);
  expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  expect(waits.filter((ms) => ms === 0).length).toBeGreaterThanOrEqual(55);
  expect(holds).toEqual([60_000, 60_000, 60_000, 60_000, 60_000]);
});

test('all stand still for a minute in a row at most, however often and for how long more is asked', () => {
  for (const everyMs of [1_000, 7_000, 59_999, 60_000]) {
    const cooldown = new Cooldown();
    let [inARow, longest, held] = [0, 0, 0];
    for (let nowMs = 5; nowMs < 1_200_000; nowMs += 1_000) {
      if ((nowMs - 5) % everyMs < 1_000) cooldown.extend(nowMs, 45_000);
      const isHeld = cooldown.remainingMs(nowMs) > 0;
      inARow = isHeld ? inARow + 1 : 0;
      held += isHeld ? 1 : 0;
      longest = Math.max(longest, inARow);
    }
    expect(longest).toBeLessThanOrEqual(60);
    expect(held).toBeLessThanOrEqual(everyMs > 45_000 ? 950 : 660);
  }
});
