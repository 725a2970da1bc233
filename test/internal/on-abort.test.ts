import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { onAbort } from '../../src/internal/abort.js';

test('many may wait for one signal, which has one listener', () => {
  const controller = new AbortController();
  const called: number[] = [];
  for (let count = 0; count < 50; count++) onAbort(controller.signal, () => called.push(count));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort();
  expect(called).toEqual(Array.from({ length: 50 }, (_none, count) => count));
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
});

test('whoever is taken off is not called, and the last one takes the listener off the signal', () => {
  const controller = new AbortController();
  const first = vi.fn();
  const second = vi.fn();
  const releases = [onAbort(controller.signal, first), onAbort(controller.signal, second)];
  releases[0]?.();
  releases[0]?.();
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  releases[1]?.();
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  onAbort(controller.signal, second);
  controller.abort();
  expect(first).not.toHaveBeenCalled();
  expect(second).toHaveBeenCalledOnce();
});

test('one function given twice is called twice, and taken off once at a time', () => {
  const controller = new AbortController();
  const listener = vi.fn();
  const release = onAbort(controller.signal, listener);
  onAbort(controller.signal, listener);
  release();
  controller.abort();
  expect(listener).toHaveBeenCalledOnce();
});
