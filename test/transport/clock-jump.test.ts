import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/internal/clock.js';
import { createRateLimiter } from '../../src/transport/rate-limit.js';
import { Cooldown, RequestGate } from '../../src/transport/request-gate.js';

const hourMs = 3_600_000;
const realNow = Date.now.bind(Date);
let skewMs = 0;

/** Sets the machine's clock, as NTP does. Timers and monotonic time go on. */
function setClock(byMs: number): void {
  skewMs = byMs;
  vi.spyOn(Date, 'now').mockImplementation(() => realNow() + skewMs);
}

afterEach(() => void vi.restoreAllMocks());

test('a clock that is set back an hour costs a rate limit one interval and no more', async () => {
  const throttle = createRateLimiter({ requests: 3, intervalMs: 100 });
  const startsMs: number[] = [];
  const start = () => throttle(async () => void startsMs.push(performance.now()));
  await Promise.all([start(), start(), start()]);
  setClock(-hourMs);
  await Promise.all([start(), start(), start(), start()]);
  expect((startsMs.at(-1) ?? 0) - (startsMs[0] ?? 0)).toBeLessThan(1_000);
});

test('a clock that is set ahead an hour lets no more through than the limit', async () => {
  const throttle = createRateLimiter({ requests: 3, intervalMs: 200 });
  const startsMs: number[] = [];
  const start = () => throttle(async () => void startsMs.push(performance.now()));
  await Promise.all([start(), start(), start()]);
  setClock(hourMs);
  await start();
  // Timers may fire a millisecond early.
  expect((startsMs.at(-1) ?? 0) - (startsMs[0] ?? 0)).toBeGreaterThan(195);
});

test.each([-hourMs, hourMs])('a clock that is set by %i ms leaves a `Retry-After` as long as it is', async (byMs) => {
  const gate = new RequestGate({ own: createRateLimiter(false) }, systemClock, new Cooldown());
  gate.coolDown(100);
  const beganMs = performance.now();
  setClock(byMs);
  const waitedMs = await gate.pass(async (waited) => waited, {
    request: { kind: 'read', route: '/Users' },
    signal: new AbortController().signal,
  });
  const tookMs = performance.now() - beganMs;
  expect(tookMs).toBeGreaterThan(95);
  expect(tookMs).toBeLessThan(1_000);
  expect(Math.abs(waitedMs - tookMs)).toBeLessThan(50);
});

test('a process that is interrupted while it reads its two clocks takes none of them for set, and waits for nothing', async () => {
  const monotonicMs = performance.now();
  let isInterrupted = false;
  // Other processes have the machine between the two.
  vi.spyOn(performance, 'now').mockImplementation(() => monotonicMs + (isInterrupted ? 500 : 0));
  vi.spyOn(Date, 'now').mockImplementation(() => {
    const ms = 1_800_000_000_000 + (isInterrupted ? 500 : 0);
    isInterrupted = true;
    return ms;
  });
  const limiter = createRateLimiter({ requests: 10, intervalMs: 60_000 });
  await expect(limiter(async () => 'at once')).resolves.toBe('at once');
});

test('a clock that is set before the first request holds up none', async () => {
  const limiter = createRateLimiter({ requests: 2, intervalMs: 60_000 });
  setClock(hourMs);
  await expect(Promise.all([limiter(async () => 1), limiter(async () => 2)])).resolves.toEqual([1, 2]);
});
