import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SeenEvents } from '../../../src/audit-logs/reading/seen-events.js';

const ids = (count: number, prefix = 'event') => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

test('an id is new once', () => {
  const seen = new SeenEvents(100);
  expect([seen.add('a'), seen.add('b'), seen.add('a')]).toEqual([true, true, false]);
});

test.each([1, 7, 100, 5_000])('remembers at least the last %i', (size) => {
  const seen = new SeenEvents(size);
  const all = ids(size * 3);
  for (const id of all) seen.add(id);
  expect(all.slice(-size).some((id) => seen.add(id))).toBe(false);
});

test.each([1, 7, 100, 5_000])('forgets what is much older than the last %i', (size) => {
  const seen = new SeenEvents(size);
  for (const id of ids(size * 3)) seen.add(id);
  expect(seen.add('event-0')).toBe(true);
});

test('what a checkpoint carries along is known after resuming, and forgotten in its turn', () => {
  const size = 2_000;
  const before = new SeenEvents(size);
  const all = ids(size);
  for (const id of all) before.add(id);
  const after = new SeenEvents(size, before.snapshot()());
  expect(all.some((id) => after.add(id))).toBe(false);
  for (const id of ids(size * 2, 'later')) after.add(id);
  expect(after.add('event-5')).toBe(true);
});

test('a snapshot holds what was remembered when it was taken, whatever comes later', () => {
  const seen = new SeenEvents(1_000);
  for (const id of ids(10)) seen.add(id);
  const write = seen.snapshot();
  for (const id of ids(5_000, 'later')) seen.add(id);
  const resumed = new SeenEvents(1_000, write());
  expect(resumed.add('later-0')).toBe(true);
  expect(resumed.add('event-9')).toBe(false);
});

test('carries along what was restored and is not yet forgotten', () => {
  const first = new SeenEvents(100);
  first.add('a');
  const second = new SeenEvents(100, first.snapshot()());
  second.add('b');
  const third = new SeenEvents(100, second.snapshot()());
  expect([third.add('a'), third.add('b'), third.add('c')]).toEqual([false, false, true]);
});

test('a checkpoint takes 11 characters for an id', () => {
  const seen = new SeenEvents(10_000);
  for (let count = 0; count < 10_000; count++) seen.add(randomUUID());
  const length = JSON.stringify(seen.snapshot()()).length;
  expect(length).toBeLessThan(10_000 * 11.2);
});

test('what is carried along stays within the window, however often it is resumed', () => {
  const size = 1_000;
  let carried: string[] = [];
  for (let run = 0; run < 200; run++) {
    const seen = new SeenEvents(size, carried);
    for (const id of ids(100, `run-${run}`)) seen.add(id);
    carried = seen.snapshot()();
  }
  expect(carried.length).toBeLessThanOrEqual(9);
  expect(JSON.stringify(carried).length).toBeLessThan(size * 11.2 * 1.2);
  expect(ids(100, 'run-199').some((id) => new SeenEvents(size, carried).add(id))).toBe(false);
});
