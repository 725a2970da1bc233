import { expect, test } from 'vitest';
import { createRateLimiter } from '../../src/transport/rate-limit.js';
import { RequestGate } from '../../src/transport/request-gate.js';
import type { Throttle } from '../../src/transport/throttle.js';
import { createFakeClock } from '../support/fake-clock.js';

const request = { kind: 'read', route: '/Users' } as const;
const how = { request, signal: new AbortController().signal };

test('starts at once when nothing holds it back', async () => {
  const gate = new RequestGate({ own: createRateLimiter(false) }, createFakeClock());
  await expect(gate.pass(async (waitedMs) => waitedMs, how)).resolves.toBe(0);
});

test('starts nobody before the wait is over, and tells how long it took', async () => {
  const clock = createFakeClock();
  const gate = new RequestGate({ own: createRateLimiter(false) }, clock);
  const started: number[] = [];
  gate.coolDown(5_000);
  const taken = [1, 2, 3].map(() => gate.pass(async (waitedMs) => started.push(waitedMs), how));
  await clock.advance(4_999);
  expect(started).toEqual([]);
  await clock.advance(1);
  await Promise.all(taken);
  expect(started).toEqual([5_000, 5_000, 5_000]);
});

test('a shorter wait does not shorten a longer one', async () => {
  const clock = createFakeClock();
  const gate = new RequestGate({ own: createRateLimiter(false) }, clock);
  gate.coolDown(5_000);
  gate.coolDown(1_000);
  const taken = gate.pass(async (waitedMs) => waitedMs, how);
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
  const gate = new RequestGate({ own: createRateLimiter(false), shared: throttle }, clock);
  let started = false;
  const taken = gate.pass(async () => {
    started = true;
  }, how);
  expect(gates).toHaveLength(1);
  gate.coolDown(1_000);
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
  const gate = new RequestGate({ own: createRateLimiter(false) }, createFakeClock());
  gate.coolDown(5_000);
  const taken = gate.pass(async () => {}, { ...how, signal: controller.signal });
  controller.abort('enough');
  await expect(taken).rejects.toBe('enough');
});

test('a call that was aborted while it queued is not begun, though the throttle comes to it later', async () => {
  let open = () => {};
  const throttle: Throttle = async (run) => {
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    return run();
  };
  const stop = new AbortController();
  let started = false;
  const taken = new RequestGate({ own: createRateLimiter(false), shared: throttle }, createFakeClock()).pass(
    async () => {
      started = true;
    },
    { ...how, signal: stop.signal },
  );
  stop.abort('enough');
  await expect(taken).rejects.toBe('enough');
  open();
  for (let turns = 0; turns < 10; turns++) await Promise.resolve();
  expect(started).toBe(false);
});

test('a call that has begun ends by itself when it is aborted, and tells what became of it', async () => {
  const stop = new AbortController();
  const taken = new RequestGate({ own: createRateLimiter(false) }, createFakeClock()).pass(
    async () => {
      stop.abort('enough');
      for (let turns = 0; turns < 10; turns++) await Promise.resolve();
      return 'sent';
    },
    { ...how, signal: stop.signal },
  );
  await expect(taken).resolves.toBe('sent');
});
