import { Readable, Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import type { AuditLogEventWithCheckpoint } from '../../../src/audit-logs/reading/stream.js';
import { rejection } from '../../support/open-test-transport.js';
import { fakeLogSource } from '../support/fake-log-source.js';
import { collect, collectIds, type FakeEvent, readEvents, throughJson } from '../support/read-fake-log.js';

const files = [1, 2, 3].map((n) => ({
  id: `f${n}`,
  endsAt: n * 1_000,
  events: Array.from({ length: 40 }, (_none, index) => `${n}-${index}`),
}));
const all = files.flatMap(({ events }) => events);

/** Writes until it crashes, with buffers before it. Says what was written and saved. */
async function writeUntil(crashAfter: number, deduplicate: boolean) {
  const { source } = fakeLogSource({ files });
  const written: string[] = [];
  let saved: AuditLogCheckpoint | undefined;
  const writer = new Writable({
    objectMode: true,
    write({ event, checkpoint }: AuditLogEventWithCheckpoint<FakeEvent>, _encoding, done) {
      setImmediate(() => {
        written.push(event.event_id);
        saved = throughJson(checkpoint);
        done(written.length === crashAfter ? new Error('It crashed.') : null);
      });
    },
  });
  const events = readEvents(source, { deduplicate });
  const buffer = new Transform({ objectMode: true, transform: (chunk, _encoding, done) => done(null, chunk) });
  await rejection(pipeline(Readable.from(events.withCheckpoints()), buffer, writer));
  return { source, written, saved };
}

test.each([1, 2, 39, 40, 41, 80, 119])(
  'a pipeline that crashes after %i events loses and repeats none',
  async (crashAfter) => {
    for (const deduplicate of [true, false]) {
      const { source, written, saved } = await writeUntil(crashAfter, deduplicate);
      const rest = await collectIds(readEvents(source, { deduplicate, resumeFrom: saved }));
      expect([...written, ...rest]).toEqual(all);
    }
  },
);

test('the checkpoint of an event stays right when it is looked at after all was read', async () => {
  const { source } = fakeLogSource({ files });
  const items = await collect(readEvents(source).withCheckpoints());
  for (const index of [0, 39, 40, 77, 119]) {
    const resumeFrom = throughJson(items[index]?.checkpoint);
    expect(await collectIds(readEvents(source, { resumeFrom }))).toEqual(all.slice(index + 1));
  }
});

test('it is about the same iteration as the stream: stats and checkpoint tell of it', async () => {
  const { source } = fakeLogSource({ files });
  const events = readEvents(source);
  const items = await collect(events.withCheckpoints());
  expect(events.stats).toMatchObject({ events: 120, files: 3 });
  expect(events.checkpoint().partitions[0]?.completedFiles).not.toBe('');
  expect(JSON.parse(JSON.stringify(items[0]))).toMatchObject({
    event: { event_id: '1-0' },
    checkpoint: { version: 1 },
  });
});
