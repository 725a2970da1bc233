import { expect, test } from 'vitest';
import { clockSlots, createRateLimiter } from '../../src/transport/rate-limit.js';
import { createFakeClock } from '../support/fake-clock.js';

test('gives no more slots than the limit within any interval of its clock', async () => {
  const clock = createFakeClock(0, { autoAdvance: true });
  const slots = clockSlots({ requests: 3, intervalMs: 1_000 }, clock);
  const starts: number[] = [];
  for (let slot = 0; slot < 10; slot++) {
    await slots.take();
    starts.push(clock.now());
    if (slot === 0) await clock.sleep(900);
  }
  expect(starts).toEqual([0, 900, 900, 1_000, 1_900, 1_900, 2_000, 2_900, 2_900, 3_000]);
});

test('a clock that is moved by hand lets the queue go on when it is moved', async () => {
  const clock = createFakeClock(0);
  const throttle = createRateLimiter({ requests: 2, intervalMs: 1_000 }, clock);
  const starts: number[] = [];
  const calls = Promise.all(Array.from({ length: 5 }, () => throttle(async () => starts.push(clock.now()))));
  await clock.advance(999);
  expect(starts).toEqual([0, 0]);
  await clock.advance(1_001);
  await calls;
  expect(starts).toEqual([0, 0, 1_000, 1_000, 2_000]);
});

test('an abort in the queue costs nobody a slot on any clock', async () => {
  const clock = createFakeClock(0, { autoAdvance: false });
  const throttle = createRateLimiter({ requests: 1, intervalMs: 1_000 }, clock);
  const stop = new AbortController();
  await throttle(async () => {});
  const aborted = throttle(async () => {}, stop.signal);
  const last = throttle(async () => clock.now());
  stop.abort('enough');
  await expect(aborted).rejects.toBe('enough');
  await clock.advance(1_000);
  await expect(last).resolves.toBe(1_000);
});
