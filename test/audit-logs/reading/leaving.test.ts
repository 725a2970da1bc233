import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { type FakeFile, fakeLogSource } from '../support/fake-log-source.js';
import { collectIds, readBatches, readEvents, throughJson } from '../support/read-fake-log.js';

/** A follower of a log of two events, which can grow. */
function follow(how: 'events' | 'batches' | 'withCheckpoints') {
  const log: { files: FakeFile[] } = { files: [{ id: 'f0', endsAt: 100, events: ['a', 'b'] }] };
  const { source, asked } = fakeLogSource(log);
  const clock = createFakeClock(Date.UTC(2026, 10, 2));
  const saved: unknown[] = [];
  const query = { onCaughtUp: (checkpoint: unknown) => saved.push(checkpoint) };
  const reading = { intervalMs: 60_000, clock };
  const stream = how === 'batches' ? readBatches(source, query, reading) : readEvents(source, query, reading);
  const items = how === 'withCheckpoints' && 'withCheckpoints' in stream ? stream.withCheckpoints() : stream;
  const grow = () => log.files.push({ id: 'f1', endsAt: 200, events: ['c', 'd'] });
  return { log, source, asked, clock, saved, stream, items: items as AsyncIterable<unknown>, grow };
}

const ways = ['events', 'batches', 'withCheckpoints'] as const;

for (const how of ways) {
  for (const end of ['return', 'throw'] as const) {
    test(`${end} ends a follower of ${how} that waits, at once, and what comes later is not counted`, async () => {
      const { source, asked, clock, saved, stream, items, grow } = follow(how);
      const iterator = items[Symbol.asyncIterator]();
      for (let taken = how === 'batches' ? 1 : 0; taken < 2; taken++) await iterator.next();
      const pending = iterator.next();
      await clock.advance(60_000);
      const before = { lists: asked.lists.length, saved: saved.length };
      grow();
      const ended = end === 'return' ? iterator.return?.() : rejection(iterator.throw?.('left') as Promise<unknown>);
      expect(await ended).toEqual(end === 'return' ? { done: true, value: undefined } : 'left');
      expect(await pending).toEqual({ done: true, value: undefined });
      expect(await iterator.next()).toEqual({ done: true, value: undefined });
      await clock.advance(600_000);
      expect({ lists: asked.lists.length, saved: saved.length }).toEqual(before);
      expect(clock.pending).toBe(0);
      expect(await collectIds(readEvents(source, { resumeFrom: throughJson(stream.checkpoint()) }))).toEqual([
        'c',
        'd',
      ]);
    });
  }
}

test('a follower ends with the pipeline that it fills', async () => {
  const { asked, clock, saved, items, grow } = follow('withCheckpoints');
  const writer = new Writable({
    objectMode: true,
    write: (_item, _encoding, done) => done(new Error('The disk is full.')),
  });
  expect(await rejection(pipeline(Readable.from(items), writer))).toMatchObject({ message: 'The disk is full.' });
  const before = { lists: asked.lists.length, saved: saved.length };
  grow();
  await clock.advance(600_000);
  expect({ lists: asked.lists.length, saved: saved.length }).toEqual(before);
});

test('a web stream that is cancelled ends its follower', async () => {
  const { asked, clock, items } = follow('events');
  const stream = (ReadableStream as unknown as { from(items: unknown): ReadableStream }).from(items);
  const reader = stream.getReader();
  await reader.read();
  await reader.read();
  const pending = reader.read();
  await clock.advance(0);
  await reader.cancel();
  await pending;
  const lists = asked.lists.length;
  await clock.advance(600_000);
  expect(asked.lists).toHaveLength(lists);
});
