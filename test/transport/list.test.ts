import { expect, test } from 'vitest';
import { listOf } from '../../src/transport/list.js';

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
