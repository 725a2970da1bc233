import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { untilAborted } from '../../src/internal/abort.js';

test('gives the result of the work and lets go of the signal', async () => {
  const { signal } = new AbortController();
  await expect(untilAborted(Promise.resolve(1), signal)).resolves.toBe(1);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

test('rejects at once with the reason of the signal, though the work never ends', async () => {
  const controller = new AbortController();
  const waiting = untilAborted(new Promise(() => {}), controller.signal);
  controller.abort('enough');
  await expect(waiting).rejects.toBe('enough');
});

test('rejects under a signal that is aborted already', async () => {
  await expect(untilAborted(new Promise(() => {}), AbortSignal.abort('enough'))).rejects.toBe('enough');
});

test('a failure of the work after the abort bothers nobody', async () => {
  let fail: (reason: unknown) => void = () => {};
  const work = new Promise<void>((_, reject) => {
    fail = reject;
  });
  const waiting = untilAborted(work, AbortSignal.abort('enough'));
  await expect(waiting).rejects.toBe('enough');
  // An unhandled rejection would fail the test run.
  fail(new Error('late'));
});
