import { expect, test } from 'vitest';
import { createEmulatorClock, createTestClock } from '../../../src/testing/core/emulator-clock.js';

test('stands still until it is moved, and ends waits and limits in their order', async () => {
  const clock = createTestClock({ start: 1_000 });
  const ended: string[] = [];
  const waits = [
    clock.sleep(30).then(() => ended.push('wait')),
    new Promise<void>((resolve) => clock.setTimer?.(20, () => resolve(void ended.push(`limit at ${clock.now()}`)))),
  ];
  clock.advance(29);
  await waits[1];
  expect(ended).toEqual(['limit at 1020']);
  clock.advance(1);
  await waits[0];
  expect([ended.at(-1), clock.now()]).toEqual(['wait', 1_030]);
});

test('rejects a wait with the reason of its signal', async () => {
  const clock = createTestClock();
  const stop = new AbortController();
  const wait = clock.sleep(1_000, stop.signal);
  stop.abort('enough');
  await expect(wait).rejects.toBe('enough');
  await expect(clock.sleep(1, AbortSignal.abort('before'))).rejects.toBe('before');
});

test('skips waits when told to, and lets the time they take pass', async () => {
  const clock = createTestClock({ start: 0, skipsWaits: true });
  await clock.sleep(3_600_000);
  expect(clock.now()).toBe(3_600_000);
});

test('runs ahead of the clock underneath', async () => {
  const clock = createEmulatorClock({ now: () => 5, sleep: () => Promise.resolve() });
  clock.advance(10);
  expect(clock.now()).toBe(15);
  await clock.sleep(1_000);
});

test('ends a wait on a running clock when it is moved past it', async () => {
  const clock = createEmulatorClock();
  const wait = clock.sleep(3_600_000);
  clock.advance(3_600_000);
  await wait;
});
