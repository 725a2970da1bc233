import { expect, test } from 'vitest';
import { createEmulatorClock, createTestClock } from '../../src/testing/clock.js';

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

test('lets timers and answers come in between the waits it skips, so that nothing spins for ever', async () => {
  const clock = createTestClock({ start: 0, skipsWaits: true });
  const signal = AbortSignal.timeout(20);
  let waits = 0;
  const spin = async () => {
    for (;;) {
      await clock.sleep(60_000, signal);
      waits++;
    }
  };
  await expect(spin()).rejects.toThrow('aborted due to timeout');
  expect(clock.now()).toBe(waits * 60_000);
});

test('skips waits side by side, each to its own end, and the time they take passes once', async () => {
  const clock = createTestClock({ start: 0, skipsWaits: true });
  const ended: [ms: number, at: number][] = [];
  await Promise.all([300, 100, 200].map((ms) => clock.sleep(ms).then(() => ended.push([ms, clock.now()]))));
  expect(ended).toEqual([
    [100, 100],
    [200, 200],
    [300, 300],
  ]);
});

test('lets a skipped wait end no limit of work that takes no time', async () => {
  const clock = createTestClock({ start: 0, skipsWaits: true });
  let isLate = false;
  const endLimit = clock.setTimer?.(30_000, () => {
    isLate = true;
  });
  const work = new Promise((resolve) => setTimeout(resolve, 2)).then(() => endLimit?.());
  await clock.sleep(60_000);
  await work;
  expect(isLate).toBe(false);
});

test('lets a limit that is shorter than a skipped wait end first', async () => {
  const clock = createTestClock({ start: 0, skipsWaits: true });
  const stop = new AbortController();
  clock.setTimer?.(500, () => stop.abort('late'));
  await expect(clock.sleep(3_000, stop.signal)).rejects.toBe('late');
  expect(clock.now()).toBe(500);
});
