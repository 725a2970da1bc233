import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { openAbortScope } from '../../src/internal/abort.js';
import { createFakeClock } from '../support/fake-clock.js';

test('aborts with any parent, with the reason of that parent', () => {
  const [first, second] = [new AbortController(), new AbortController()];
  const scope = openAbortScope([first.signal, undefined, second.signal]);
  second.abort('enough');
  expect(scope.signal.reason).toBe('enough');
  expect(scope.expired).toBe(false);
});

test('is aborted from the start under an aborted parent', () => {
  expect(openAbortScope([AbortSignal.abort('enough')]).signal.reason).toBe('enough');
});

test('ends when its time is up, and says so', async () => {
  const clock = createFakeClock();
  const scope = openAbortScope([], 1_000, clock);
  await clock.advance(999);
  expect(scope.signal.aborted).toBe(false);
  await clock.advance(1);
  expect(scope.signal.reason).toMatchObject({ name: 'TimeoutError' });
  expect(scope.expired).toBe(true);
});

test('is not expired when its parent came first', async () => {
  const clock = createFakeClock();
  const parent = new AbortController();
  const scope = openAbortScope([parent.signal], 1_000, clock);
  parent.abort('enough');
  await clock.advance(1_000);
  expect(scope.expired).toBe(false);
});

test('lets go of its parents and its timer at the end', () => {
  const clock = createFakeClock();
  const parent = new AbortController();
  const scope = openAbortScope([parent.signal], 1_000, clock);
  expect(getEventListeners(parent.signal, 'abort')).toHaveLength(1);
  expect(clock.pending).toBe(1);
  scope.end();
  expect(getEventListeners(parent.signal, 'abort')).toHaveLength(0);
  expect(clock.pending).toBe(0);
});
