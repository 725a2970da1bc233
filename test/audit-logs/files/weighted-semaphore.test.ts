import { expect, test } from 'vitest';
import { WeightedSemaphore } from '../../../src/audit-logs/files/prefetch.js';
import { rejection } from '../../support/open-test-transport.js';

const { signal } = new AbortController();

/** Takes without waiting, and says whether it was let through. */
async function tryTake(budget: WeightedSemaphore, group: string, amount: number) {
  let release: (() => void) | undefined;
  budget.take(group, amount, signal).then((given) => {
    release = given;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return {
    get isIn() {
      return release !== undefined;
    },
    release: () => release?.(),
  };
}

test('lets through as much as fits, and the next one when some is given back', async () => {
  const budget = new WeightedSemaphore(10);
  const first = await tryTake(budget, 'a', 6);
  const second = await tryTake(budget, 'a', 5);
  expect([first.isIn, second.isIn, budget.used]).toEqual([true, false, 6]);
  first.release();
  await new Promise((resolve) => setImmediate(resolve));
  expect([second.isIn, budget.used]).toEqual([true, 5]);
});

test('lets a group that holds nothing through, however little is left', async () => {
  const budget = new WeightedSemaphore(10);
  await tryTake(budget, 'a', 10);
  expect((await tryTake(budget, 'b', 10)).isIn).toBe(true);
  expect((await tryTake(budget, 'b', 1)).isIn).toBe(false);
});

test('lets through what is larger than all of it, alone in its group', async () => {
  const budget = new WeightedSemaphore(10);
  const large = await tryTake(budget, 'a', 99);
  const next = await tryTake(budget, 'a', 1);
  expect([large.isIn, next.isIn]).toEqual([true, false]);
});

test('keeps the order: a small one does not overtake a large one of its group', async () => {
  const budget = new WeightedSemaphore(10);
  await tryTake(budget, 'a', 6);
  const large = await tryTake(budget, 'a', 8);
  const small = await tryTake(budget, 'a', 1);
  expect([large.isIn, small.isIn]).toEqual([false, false]);
});

test('counts what is given back twice once', async () => {
  const budget = new WeightedSemaphore(10);
  const one = await tryTake(budget, 'a', 4);
  await tryTake(budget, 'a', 4);
  one.release();
  one.release();
  expect(budget.used).toBe(4);
});

test('an aborted wait rejects with the reason and lets the next one through', async () => {
  const budget = new WeightedSemaphore(10);
  const controller = new AbortController();
  await tryTake(budget, 'a', 6);
  const waiting = rejection(budget.take('a', 8, controller.signal));
  const small = await tryTake(budget, 'a', 4);
  controller.abort('enough');
  expect(await waiting).toBe('enough');
  await new Promise((resolve) => setImmediate(resolve));
  expect(small.isIn).toBe(true);
});
