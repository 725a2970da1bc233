import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRateLimiter, type RateLimit } from '../../src/transport/rate-limit.js';

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

test('starts no more than the limit within any interval, in order', async () => {
  const throttle = createRateLimiter({ requests: 3, intervalMs: 1_000 });
  const starts: [call: number, atMs: number][] = [];
  const calls = Array.from({ length: 10 }, (_, call) => throttle(async () => starts.push([call, Date.now()])));
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  expect(starts.map(([call]) => call)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const [, atMs] of starts) {
    const within = starts.filter(([, other]) => other >= atMs && other < atMs + 1_000);
    expect(within.length).toBeLessThanOrEqual(3);
  }
  expect(starts.at(-1)?.[1]).toBeLessThan(4_000);
});

test('counts within any interval, as servers do: a burst at the edge of two of them is not let through', async () => {
  const throttle = createRateLimiter({ requests: 3, intervalMs: 1_000 });
  const starts: number[] = [];
  const call = () => throttle(async () => starts.push(Date.now()));
  const calls = [call()];
  await vi.advanceTimersByTimeAsync(900);
  calls.push(call(), call());
  await vi.advanceTimersByTimeAsync(110);
  calls.push(call(), call(), call());
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  for (const atMs of starts) {
    expect(starts.filter((other) => other >= atMs && other < atMs + 1_000).length).toBeLessThanOrEqual(3);
  }
});

test('gives back what the call gives, and a failure of one call stops no other', async () => {
  const throttle = createRateLimiter({ requests: 1, intervalMs: 10 });
  const failing = expect(throttle(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const next = throttle(async () => 'yes');
  await vi.runAllTimersAsync();
  await failing;
  await expect(next).resolves.toBe('yes');
});

test('an abort in the queue rejects at once with its reason, starts nothing and costs nobody a turn', async () => {
  const throttle = createRateLimiter({ requests: 1, intervalMs: 1_000 });
  const controller = new AbortController();
  const started: string[] = [];
  await throttle(async () => started.push('first'));
  const aborted = Array.from({ length: 50 }, () => throttle(async () => started.push('aborted'), controller.signal));
  const last = throttle(async () => started.push('last'));
  controller.abort('enough');
  for (const call of aborted) await expect(call).rejects.toBe('enough');
  expect(Date.now()).toBe(0);
  await vi.advanceTimersByTimeAsync(1_000);
  await last;
  expect(started).toEqual(['first', 'last']);
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('leaves no timer behind an abort, and counts what was started before it', async () => {
  const throttle = createRateLimiter({ requests: 1, intervalMs: 1_000 });
  const controller = new AbortController();
  await throttle(async () => {});
  const calls = Array.from({ length: 50 }, () => throttle(async () => {}, controller.signal));
  controller.abort('enough');
  await Promise.allSettled(calls);
  expect(vi.getTimerCount()).toBe(0);
  const started = vi.fn(async () => {});
  const next = throttle(started);
  await vi.advanceTimersByTimeAsync(999);
  expect(started).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await next;
  expect(started).toHaveBeenCalledOnce();
});

test('an abort that found a slot free makes nobody wait', async () => {
  const throttle = createRateLimiter({ requests: 3, intervalMs: 1_000 });
  const controller = new AbortController();
  const aborted = throttle(async () => {}, controller.signal);
  controller.abort('enough');
  await Promise.allSettled([aborted]);
  const started = vi.fn(async () => {});
  await Promise.all([throttle(started), throttle(started)]);
  expect(started).toHaveBeenCalledTimes(2);
});

test('a call that comes in the moment when the last one is aborted gets its turn', async () => {
  const throttle = createRateLimiter({ requests: 1, intervalMs: 1_000 });
  const controller = new AbortController();
  await throttle(async () => {});
  const aborted = throttle(async () => {}, controller.signal);
  await vi.advanceTimersByTimeAsync(10);
  controller.abort('enough');
  const next = throttle(async () => 'done');
  await expect(aborted).rejects.toBe('enough');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await next).toBe('done');
});

test('a clock that cannot wait fails the calls that would have to, and no others', async () => {
  const clock = { now: () => 0, sleep: () => Promise.reject(new Error('The clock was stopped.')) };
  const throttle = createRateLimiter({ requests: 1, intervalMs: 1_000 }, clock);
  expect(await throttle(async () => 'first')).toBe('first');
  const calls = [throttle(async () => 'second'), throttle(async () => 'third')];
  expect(await Promise.allSettled(calls)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
});

test('does not start under a signal that is aborted already', async () => {
  const run = vi.fn(async () => {});
  await expect(createRateLimiter({ requests: 1, intervalMs: 1 })(run, AbortSignal.abort('enough'))).rejects.toBe(
    'enough',
  );
  expect(run).not.toHaveBeenCalled();
});

test('two throttles know nothing of each other', async () => {
  const [one, other] = [0, 1].map(() => createRateLimiter({ requests: 1, intervalMs: 1_000 }));
  await one?.(async () => {});
  await expect(other?.(async () => Date.now())).resolves.toBe(0);
});

test('false lets everything through at once', async () => {
  const throttle = createRateLimiter(false);
  await Promise.all(Array.from({ length: 100 }, () => throttle(async () => {})));
  expect(Date.now()).toBe(0);
});

test.each([
  { requests: 0, intervalMs: 1_000 },
  { requests: Number.NaN, intervalMs: 1_000 },
  { requests: 1, intervalMs: 0 },
  { requests: Number.POSITIVE_INFINITY, intervalMs: 1_000 },
  { requests: 1, intervalMs: Number.POSITIVE_INFINITY },
  { requests: 1.5, intervalMs: 1_000 },
  { requests: '5', intervalMs: 1_000 },
  { requests: 5 },
])('refuses %o', (limit) => {
  expect(() => createRateLimiter(limit as RateLimit)).toThrow(
    expect.objectContaining({ name: 'InputError', path: ['rateLimit'] }),
  );
});
