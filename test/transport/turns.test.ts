import { expect, test } from 'vitest';
import type { Throttle } from '../../src/transport/options.js';
import { createRateLimiter, createRequestGate } from '../../src/transport/rate-limit.js';
import { createFakeClock } from '../support/fake-clock.js';

const { signal } = new AbortController();

test('starts at once when nothing holds it back', async () => {
  const turns = createRequestGate(createRateLimiter(false), createFakeClock());
  await expect(turns.take(async (waitedMs) => waitedMs, signal)).resolves.toBe(0);
});

test('starts nobody before the wait is over, and tells how long it took', async () => {
  const clock = createFakeClock();
  const turns = createRequestGate(createRateLimiter(false), clock);
  const started: number[] = [];
  turns.holdBack(5_000);
  const taken = [1, 2, 3].map(() => turns.take(async (waitedMs) => started.push(waitedMs), signal));
  await clock.advance(4_999);
  expect(started).toEqual([]);
  await clock.advance(1);
  await Promise.all(taken);
  expect(started).toEqual([5_000, 5_000, 5_000]);
});

test('a shorter wait does not shorten a longer one', async () => {
  const clock = createFakeClock();
  const turns = createRequestGate(createRateLimiter(false), clock);
  turns.holdBack(5_000);
  turns.holdBack(1_000);
  const taken = turns.take(async (waitedMs) => waitedMs, signal);
  await clock.advance(5_000);
  await expect(taken).resolves.toBe(5_000);
});

test('holds back those who queue already, and sends them to the queue once more', async () => {
  const clock = createFakeClock();
  const gates: (() => void)[] = [];
  const throttle: Throttle = async (run) => {
    await new Promise<void>((open) => gates.push(open));
    return run();
  };
  const turns = createRequestGate(throttle, clock);
  let started = false;
  const taken = turns.take(async () => {
    started = true;
  }, signal);
  expect(gates).toHaveLength(1);
  turns.holdBack(1_000);
  gates[0]?.();
  await clock.advance(999);
  expect({ started, queued: gates.length }).toEqual({ started: false, queued: 1 });
  await clock.advance(1);
  expect({ started, queued: gates.length }).toEqual({ started: false, queued: 2 });
  gates[1]?.();
  await taken;
  expect(started).toBe(true);
});

test('an abort ends the wait with its own reason', async () => {
  const controller = new AbortController();
  const turns = createRequestGate(createRateLimiter(false), createFakeClock());
  turns.holdBack(5_000);
  const taken = turns.take(async () => {}, controller.signal);
  controller.abort('enough');
  await expect(taken).rejects.toBe('enough');
});
