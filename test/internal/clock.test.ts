import { getEventListeners } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/internal/clock.js';

afterEach(() => {
  vi.useRealTimers();
});

test('sleeps as long as told and leaves nothing on the signal', async () => {
  vi.useFakeTimers();
  const { signal } = new AbortController();
  const slept = vi.fn();
  const sleeping = systemClock.sleep(1_000, signal).then(slept);
  await vi.advanceTimersByTimeAsync(999);
  expect(slept).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await sleeping;
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('an abort ends the sleep with the reason of the signal and clears the timer', async () => {
  vi.useFakeTimers();
  const controller = new AbortController();
  const sleeping = systemClock.sleep(1_000, controller.signal);
  controller.abort('enough');
  await expect(sleeping).rejects.toBe('enough');
  await expect(systemClock.sleep(1_000, controller.signal)).rejects.toBe('enough');
  expect(vi.getTimerCount()).toBe(0);
});

test('a timer fires once, unless it is cancelled; one beyond the range of setTimeout does not fire at once', async () => {
  vi.useFakeTimers();
  const fired = vi.fn();
  systemClock.setTimer?.(10, fired);
  systemClock.setTimer?.(10, fired)();
  systemClock.setTimer?.(2 ** 40, fired);
  await vi.advanceTimersByTimeAsync(10);
  expect(fired).toHaveBeenCalledTimes(1);
});
