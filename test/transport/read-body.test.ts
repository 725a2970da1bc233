import { expect, test } from 'vitest';
import { readBody } from '../../src/transport/body.js';

const { signal } = new AbortController();
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** A body that gives the pieces and then does as told; keeps whether it was cancelled. */
function streamed(pieces: string[], end: 'close' | 'hang' | Error, headers: Record<string, string> = {}) {
  const state = { cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece !== undefined) controller.enqueue(new TextEncoder().encode(piece));
      else if (end === 'close') controller.close();
      else if (end instanceof Error) controller.error(end);
      else return new Promise(() => {});
    },
    cancel() {
      state.cancelled = true;
    },
  });
  return { response: new Response(body, { headers }), state };
}

test('reads a body in pieces, and none at all', async () => {
  const read = await readBody(streamed(['ab', '', 'cd'], 'close').response, 10, signal);
  expect({ ...read, bytes: text(read.bytes) }).toEqual({ bytes: 'abcd' });
  expect((await readBody(new Response(null), 10, signal)).bytes).toHaveLength(0);
});

test('takes exactly the limit, and stops one byte beyond it', async () => {
  expect(await readBody(streamed(['abcde', 'fghij'], 'close').response, 10, signal)).toHaveProperty('fault', undefined);
  const { response, state } = streamed(['abcde', 'fghijk', 'lmn'], 'hang');
  const read = await readBody(response, 10, signal);
  expect({ ...read, bytes: text(read.bytes) }).toEqual({ bytes: 'abcdefghij', fault: 'too_large' });
  expect(state.cancelled).toBe(true);
});

test('reads nothing of a body that announces too much', async () => {
  const { response, state } = streamed(['abc'], 'hang', { 'content-length': '11' });
  expect(await readBody(response, 10, signal)).toMatchObject({ fault: 'too_large', bytes: { byteLength: 0 } });
  expect(state.cancelled).toBe(true);
});

test('notices a body that ends early, by failing or by its length, and keeps what came', async () => {
  for (const { response } of [
    streamed(['abc'], new TypeError('terminated')),
    streamed(['abc'], 'close', { 'content-length': '5' }),
  ]) {
    const read = await readBody(response, 10, signal);
    expect({ ...read, bytes: text(read.bytes) }).toEqual({ bytes: 'abc', fault: 'cut' });
  }
});

test('does not hold the length of a compressed body against its content', async () => {
  const { response } = streamed(['abc'], 'close', { 'content-length': '23', 'content-encoding': 'gzip' });
  expect(await readBody(response, 100, signal)).toHaveProperty('fault', undefined);
});

test('an abort while reading rejects at once with its reason and lets the body go', async () => {
  const controller = new AbortController();
  const { response, state } = streamed(['abc'], 'hang');
  const reading = readBody(response, 10, controller.signal);
  controller.abort('enough');
  await expect(reading).rejects.toBe('enough');
  expect(state.cancelled).toBe(true);
});

const mebibyte = 1024 * 1024;

/** A body of two pieces of a mebibyte. */
function large(type: 'bytes' | undefined) {
  const pieces = [1, 2].map((value) => new Uint8Array(mebibyte).fill(value));
  const left = [...pieces];
  const source = {
    pull(controller: ReadableByteStreamController | ReadableStreamDefaultController<Uint8Array>) {
      const piece = left.shift();
      if (piece !== undefined) controller.enqueue(piece as Uint8Array<ArrayBuffer>);
      else controller.close();
    },
  };
  const body = type === 'bytes' ? new ReadableStream({ ...source, type }) : new ReadableStream(source);
  return { response: new Response(body, { headers: { 'content-length': String(2 * mebibyte) } }), pieces };
}

test.each(['bytes', undefined] as const)('reads a large body of a stream of type %s whole', async (type) => {
  const { bytes, fault } = await readBody(large(type).response, 2 * mebibyte, signal);
  expect([bytes.length, bytes[0], bytes.at(-1), fault]).toEqual([2 * mebibyte, 1, 2, undefined]);
});

test('leaves alone the pieces of a stream that has not given them away', async () => {
  const { response, pieces } = large(undefined);
  await readBody(response, 2 * mebibyte, signal);
  expect(pieces.map((piece) => piece.byteLength)).toEqual([mebibyte, mebibyte]);
});

test('reads into the memory it is given, where that is large enough', async () => {
  const into = new ArrayBuffer(3 * mebibyte);
  const { bytes } = await readBody(large('bytes').response, 2 * mebibyte, signal, into);
  expect([bytes.buffer === into, bytes.length, bytes.at(-1)]).toEqual([true, 2 * mebibyte, 2]);
  const small = new ArrayBuffer(10);
  const other = await readBody(large('bytes').response, 2 * mebibyte, signal, small);
  expect([other.bytes.buffer === small, other.bytes.length]).toEqual([false, 2 * mebibyte]);
});
