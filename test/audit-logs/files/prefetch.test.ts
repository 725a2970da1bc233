import { expect, test } from 'vitest';
import { prefetch } from '../../../src/audit-logs/files/prefetch.js';
import { rejection } from '../../support/open-test-transport.js';
import { collect } from '../support/read-fake-log.js';

async function* count(upTo: number): AsyncGenerator<number, void, undefined> {
  for (let number = 1; number <= upTo; number++) yield number;
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('hands out the results in the order of the items, whichever is done first', async () => {
  const finish = new Map<number, () => void>();
  const results = collect(
    prefetch(count(3), 3, (item) => new Promise<number>((resolve) => finish.set(item, () => resolve(item * 10)))),
  );
  await settle();
  for (const item of [3, 1, 2]) finish.get(item)?.();
  expect(await results).toEqual([10, 20, 30]);
});

test('holds no more than so many that are under way or not yet handed out', async () => {
  let started = 0;
  let most = 0;
  let taken = 0;
  for await (const _ of prefetch(count(20), 4, async (item) => {
    most = Math.max(most, ++started - taken);
    await settle();
    return item;
  })) {
    await settle();
    taken++;
  }
  // Four ahead, and the one in hand.
  expect([started, most]).toEqual([20, 5]);
});

test('a slow consumer holds back the work', async () => {
  let started = 0;
  const results = prefetch(count(100), 3, async (item) => {
    started++;
    return item;
  });
  await results.next();
  for (let turn = 0; turn < 20; turn++) await settle();
  expect(started).toBe(4);
});

test('a failure comes in its place, after the results before it', async () => {
  const received: number[] = [];
  const error = await rejection(
    (async () => {
      const work = async (item: number) => {
        if (item === 2) throw new Error('two');
        return item;
      };
      for await (const result of prefetch(count(5), 5, work)) received.push(result);
    })(),
  );
  expect(error).toMatchObject({ message: 'two' });
  expect(received).toEqual([1]);
});

test('a list of items that fails comes in its place too', async () => {
  async function* failing(): AsyncGenerator<number, void, undefined> {
    yield 1;
    throw new Error('list');
  }
  const received: number[] = [];
  const error = await rejection(
    (async () => {
      for await (const result of prefetch(failing(), 5, async (item) => item)) received.push(result);
    })(),
  );
  expect(error).toMatchObject({ message: 'list' });
  expect(received).toEqual([1]);
});
