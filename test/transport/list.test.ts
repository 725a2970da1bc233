import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { untilAborted } from '../../src/internal/abort.js';
import { listOf, pagedListOf } from '../../src/transport/list.js';

function counted(upTo: number) {
  const seen: number[] = [];
  const list = listOf(async function* () {
    for (let item = 1; item <= upTo; item += 1) {
      seen.push(item);
      yield item;
    }
  });
  return { list, seen };
}

test('a list becomes an array, anew each time', async () => {
  const { list } = counted(3);
  expect(await list.toArray()).toEqual([1, 2, 3]);
  expect(await list.toArray({ limit: 5 })).toEqual([1, 2, 3]);
});

test('nothing behind the limit is asked for', async () => {
  const { list, seen } = counted(100);
  expect(await list.toArray({ limit: 2 })).toEqual([1, 2]);
  expect(seen).toEqual([1, 2]);
});

/** Waits until the signal aborts, and fails then with its reason. */
const silence = (signal: AbortSignal) => untilAborted(new Promise<never>(() => {}), signal);

test('who leaves a list that waits ends what it waits for, and its end is no failure', async () => {
  const signals: AbortSignal[] = [];
  const caller = new AbortController();
  const list = pagedListOf(
    async function* (signal) {
      signals.push(signal);
      yield { items: [1] };
      await silence(signal);
    },
    [caller.signal],
  );
  for (const [iterable, first] of [
    [list, 1],
    [list.pages(), { items: [1] }],
  ] as const) {
    const iterator = (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: first });
    const pending = [iterator.next(), iterator.next()];
    const end = { done: true, value: undefined };
    expect(await iterator.return?.()).toEqual(end);
    expect(await Promise.all(pending)).toEqual([end, end]);
    expect(signals.pop()?.aborted).toBe(true);
  }
  expect(caller.signal.aborted).toBe(false);
});

test('a signal of the caller ends it with its reason, and nothing listens to it afterwards', async () => {
  const caller = new AbortController();
  const list = listOf(
    async function* (signal) {
      yield 1;
      await silence(signal);
    },
    [caller.signal],
  );
  const pending = list.toArray();
  const failed = expect(pending).rejects.toBe('enough');
  caller.abort('enough');
  await failed;
  expect(await list.toArray({ limit: 1 }).catch((reason: unknown) => reason)).toEqual([1]);
  expect(getEventListeners(caller.signal, 'abort')).toHaveLength(0);
});

test('a list that fails gives no array', async () => {
  const list = listOf(async function* () {
    yield 1;
    throw new Error('cut');
  });
  await expect(list.toArray()).rejects.toThrow('cut');
});

test.each([{ limit: 0 }, { limit: 1.5 }, { limit: '2' }, { limt: 2 }, 2])(
  'what is no limit is refused: %j',
  async (options) => {
    const { list, seen } = counted(3);
    await expect(list.toArray(options as never)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(seen).toEqual([]);
  },
);
