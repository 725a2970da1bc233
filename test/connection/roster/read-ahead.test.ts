import { expect, test } from 'vitest';
import { ReadAhead } from '../../../src/connection/roster/read-ahead.js';

const asItIs = (row: string) => row;

const turns = async () => {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
};

function pagesOf(count: number, failure?: Error) {
  const state = { given: 0, isReturned: false };
  async function* pages() {
    try {
      for (; state.given < count; ) {
        state.given++;
        yield { items: [`${state.given}a`, `${state.given}b`] };
      }
      if (failure !== undefined) throw failure;
    } finally {
      state.isReturned = true;
    }
  }
  return { state, pages: pages() };
}

async function take(pages: AsyncIterable<readonly string[]>): Promise<string[]> {
  const taken: string[] = [];
  for await (const page of pages) taken.push(...page);
  return taken;
}

test('reads until so many rows wait, goes on when they are taken, and gives all in turn', async () => {
  const { state, pages } = pagesOf(5);
  const ahead = new ReadAhead(pages, asItIs, 4, new AbortController().signal);
  await turns();
  expect(state.given).toBe(2);
  expect(await take(ahead.pages())).toEqual(['1a', '1b', '2a', '2b', '3a', '3b', '4a', '4b', '5a', '5b']);
});

test('what reading fails with is thrown after what was read before, and not unhandled', async () => {
  const failure = new Error('The directory is away.');
  const { pages } = pagesOf(1, failure);
  const ahead = new ReadAhead(pages, asItIs, 100, new AbortController().signal);
  await turns();
  const rows = ahead.pages();
  expect((await rows.next()).value).toEqual(['1a', '1b']);
  await expect(rows.next()).rejects.toBe(failure);
});

test('after an abort nothing of what waits is handed out', async () => {
  const stop = new AbortController();
  const ahead = new ReadAhead(pagesOf(3).pages, asItIs, 100, stop.signal);
  await turns();
  const rows = ahead.pages();
  await rows.next();
  stop.abort('enough');
  await expect(rows.next()).rejects.toBe('enough');
});

test('closed, it asks for no further page', async () => {
  const { state, pages } = pagesOf(9);
  const ahead = new ReadAhead(pages, asItIs, 2, new AbortController().signal);
  await turns();
  ahead.close();
  await turns();
  expect(state).toEqual({ given: 1, isReturned: true });
});
