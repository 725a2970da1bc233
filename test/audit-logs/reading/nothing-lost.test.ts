import { describe, expect, it } from 'vitest';
import type { LogSource } from '../../../src/audit-logs/api.js';
import type { AuditLogFileError } from '../../../src/audit-logs/errors.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { type FakeFile, fakeLogSource, timeAt } from '../support/fake-log-source.js';
import { collectIds, readBatches, readEvents, throughJson } from '../support/read-fake-log.js';

const twoFiles: FakeFile[] = [
  { id: 'f0', endsAt: 100, events: ['a', 'b', 'c', 'd'] },
  { id: 'f1', endsAt: 200, events: ['e'] },
];

/** A log in which one line of the first file is no record. */
function withBrokenLine(files: readonly FakeFile[], behind: string): LogSource {
  const { source } = fakeLogSource({ files });
  return {
    ...source,
    download: async (file, limits, options) => {
      const text = new TextDecoder().decode(await source.download(file, limits, options));
      return new TextEncoder().encode(text.replace(new RegExp(`(.*"${behind}".*\n)`), '$1{broken\n'));
    },
  };
}

describe.each(['file', 'time'] as const)('in the order of %s', (ordering) => {
  it('hands out the batch in front of a broken line before it throws, so that the checkpoint tells the truth', async () => {
    const source = withBrokenLine(twoFiles, 'b');
    const batches = readBatches(source, { ordering });
    const delivered: string[] = [];
    const failure = await rejection(
      (async () => {
        for await (const { events } of batches) delivered.push(...events.map((event) => event.event_id));
      })(),
    );
    expect(failure).toMatchObject({ name: 'AuditLogFileError', code: 'invalid_line' });
    const resumeFrom = throughJson((failure as AuditLogFileError).checkpoint());
    delivered.push(...(await collectIds(readEvents(source, { ordering, resumeFrom, invalidLine: 'skip' }))));
    expect(delivered).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it.each(['events', 'batches'] as const)('loses no event of %s when what is told of progress throws', async (how) => {
    const { source } = fakeLogSource({ files: twoFiles });
    const query = {
      ordering,
      deduplicate: false,
      onProgress: () => {
        throw new Error('The disk is full.');
      },
    } as const;
    const stream = how === 'events' ? readEvents(source, query) : readBatches(source, query);
    const delivered: string[] = [];
    const reading = (async () => {
      for await (const item of stream) {
        const events = 'events' in item ? item.events : [item];
        delivered.push(...events.map((event) => event.event_id));
      }
    })();
    expect(await rejection(reading)).toMatchObject({ message: 'The disk is full.' });
    const resumeFrom = throughJson(stream.checkpoint());
    delivered.push(...(await collectIds(readEvents(source, { ordering, resumeFrom, deduplicate: false }))));
    expect(delivered).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

it('delivers a record again whose validation threw', async () => {
  const { source } = fakeLogSource({ files: twoFiles });
  const delivered: string[] = [];
  const stream = readEvents(source, {
    validate: (record) => {
      if (record.event_id === 'b') throw new Error('The schema is not there.');
      return undefined;
    },
  });
  const reading = (async () => {
    for await (const { event_id: id } of stream) delivered.push(id);
  })();
  expect(await rejection(reading)).toMatchObject({ message: 'The schema is not there.' });
  delivered.push(...(await collectIds(readEvents(source, { resumeFrom: throughJson(stream.checkpoint()) }))));
  expect(delivered).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('takes no empty id for a repeated one', async () => {
  const { source } = fakeLogSource({ files: [{ id: 'f0', endsAt: 100, events: ['', '', 'a', 'a'] }] });
  expect(await collectIds(readEvents(source))).toEqual(['', '', 'a']);
});

it('goes on within a file that became a gap when some of it had been delivered', async () => {
  const { source } = fakeLogSource({ files: twoFiles });
  const first = readEvents(source, { deduplicate: false });
  const delivered: string[] = [];
  for await (const { event_id: id } of first) if (delivered.push(id) === 2) break;

  const { AuditLogFileError } = await import('../../../src/audit-logs/errors.js');
  const failing: LogSource = {
    ...source,
    download: (file, ...rest) =>
      file.id === 'f0'
        ? Promise.reject(new AuditLogFileError('hash_mismatch', { file, attempts: 4 }))
        : source.download(file, ...rest),
  };
  const second = readEvents(failing, {
    deduplicate: false,
    resumeFrom: throughJson(first.checkpoint()),
    onFailedFile: () => {},
  });
  delivered.push(...(await collectIds(second)));
  const third = readEvents(source, { deduplicate: false, resumeFrom: throughJson(second.checkpoint()) });
  delivered.push(...(await collectIds(third)));
  expect(delivered).toEqual(['a', 'b', 'e', 'c', 'd']);
});

describe('a server that lists the files of the very time it is asked for again', () => {
  const files = [1, 2, 3].map((hour) => ({ id: `f${hour}`, endsAt: hour * 3_600_000_000, events: [`e${hour}`] }));
  const query = { deduplicate: false, overlapMs: 600_000 } as const;

  it('makes no event come twice on resuming', async () => {
    const { source } = fakeLogSource({ files, repeatsBoundary: true });
    const first = readEvents(source, { ...query, before: timeAt(2.5 * 3_600_000_000) });
    expect(await collectIds(first)).toEqual(['e1', 'e2']);
    expect(await collectIds(readEvents(source, { ...query, resumeFrom: throughJson(first.checkpoint()) }))).toEqual([
      'e3',
    ]);
  });

  it('makes no event come twice while it is followed', async () => {
    const log = { files: files.slice(0, 2), repeatsBoundary: true };
    const { source, asked } = fakeLogSource(log);
    const delivered: string[] = [];
    const stop = new AbortController();
    const clock = createFakeClock(Date.UTC(2026, 10, 2));
    const following = (async () => {
      const stream = readEvents(source, query, { intervalMs: 60_000, clock, signal: stop.signal });
      for await (const { event_id: id } of stream) delivered.push(id);
    })();
    for (let turn = 0; turn < 500 && asked.lists.length < 12; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(60_000);
      if (asked.lists.length === 6) log.files = files;
    }
    stop.abort();
    await rejection(following);
    expect(delivered).toEqual(['e1', 'e2', 'e3']);
  });
});

it('takes a file that was left out up again at a later look, and tells and delivers it once', async () => {
  const { AuditLogFileError } = await import('../../../src/audit-logs/errors.js');
  const { source, asked } = fakeLogSource({ files: [{ id: 'f0', endsAt: 100, events: ['a', 'b'] }] });
  let failures = 2;
  const failing: LogSource = {
    ...source,
    download: (file, ...rest) =>
      failures-- > 0
        ? Promise.reject(new AuditLogFileError('hash_mismatch', { file, attempts: 4 }))
        : source.download(file, ...rest),
  };
  const gaps: string[] = [];
  const delivered: string[] = [];
  const stop = new AbortController();
  const clock = createFakeClock(Date.UTC(2026, 10, 2));
  const query = { deduplicate: false, onFailedFile: ({ code }: { code: string }) => gaps.push(code) };
  const following = (async () => {
    const stream = readEvents(failing, query, { intervalMs: 60_000, clock, signal: stop.signal });
    for await (const { event_id: id } of stream) delivered.push(id);
  })();
  for (let turn = 0; turn < 100 && asked.lists.length < 8; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    await clock.advance(60_000);
  }
  stop.abort('enough');
  await rejection(following);
  expect({ gaps, delivered }).toEqual({ gaps: ['hash_mismatch'], delivered: ['a', 'b'] });
});
