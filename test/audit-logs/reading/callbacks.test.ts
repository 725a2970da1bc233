import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import { AuditLogFileError } from '../../../src/audit-logs/errors.js';
import type { AuditLogEventsQuery } from '../../../src/audit-logs/query.js';
import { rejection } from '../../support/open-test-transport.js';
import { fakeLogSource, timeAt, workspace } from '../support/fake-log-source.js';
import { followFakeLog } from '../support/follow-fake-log.js';
import { collectIds, readBatches, readEvents } from '../support/read-fake-log.js';

const log = {
  files: [
    { id: 'f1', endsAt: 1_000, events: ['a', 'b'] },
    { id: 'f2', endsAt: 2_000, events: ['c'] },
  ],
};

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await wait(0);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

/** A log whose first file cannot be had, and whose second has a line that is no record. */
function brokenLog() {
  const { source } = fakeLogSource(log);
  return {
    ...source,
    download: async (...given: Parameters<typeof source.download>) => {
      const [file] = given;
      if (file.id === 'f1') throw new AuditLogFileError('hash_mismatch', { file, attempts: 1 });
      const text = new TextDecoder().decode(await source.download(...given));
      return new TextEncoder().encode(`${text}{broken\n`);
    },
  };
}

const full = () => Promise.reject(new Error('The disk is full.'));
const queries: readonly (readonly [string, Partial<AuditLogEventsQuery>])[] = [
  ['onCaughtUp', { onCaughtUp: full, onFailedFile: () => {}, invalidLine: 'skip' }],
  ['onFailedFile', { onFailedFile: full, invalidLine: 'skip' }],
  ['onProgress', { onProgress: full, onFailedFile: () => {}, invalidLine: 'skip' }],
  ['invalidLine', { invalidLine: full, onFailedFile: () => {} }],
  [
    'onRetentionGap',
    { onRetentionGap: full, after: '2026-09-01T00:00:00Z', onFailedFile: () => {}, invalidLine: 'skip' },
  ],
];

describe.each(queries)('what %s rejects with', (_name, query) => {
  it.each(['events', 'batches'] as const)('is what the iteration over %s rejects with', async (how) => {
    const stream = how === 'events' ? readEvents(brokenLog(), query) : readBatches(brokenLog(), query);
    const reading = (async () => {
      for await (const _item of stream) await wait(1);
    })();
    expect(await rejection(reading)).toMatchObject({ message: 'The disk is full.' });
  });
});

test('what a callback rejects with ends a follower, also while it waits for new files', async () => {
  const { source } = fakeLogSource(log);
  const { ids, failure } = await followFakeLog(source, { onCaughtUp: full }, { minutes: 5 });
  expect(ids).toEqual(['a', 'b', 'c']);
  expect(failure).toMatchObject({ message: 'The disk is full.' });
});

test('what onOutage rejects with ends a follower', async () => {
  const { source } = fakeLogSource(log);
  const failing = {
    ...source,
    download: async (...[file]: Parameters<typeof source.download>) => {
      const { ConnectionError } = await import('../../../src/errors/response-errors.js');
      const facts = { delivery: 'unknown', attempts: 1 } as const;
      throw new AuditLogFileError('download_failed', {
        file,
        attempts: 1,
        cause: new ConnectionError('timeout', 'No answer.', facts),
      });
    },
  };
  const { failure } = await followFakeLog(failing, { onOutage: full }, { minutes: 5 });
  expect(failure).toMatchObject({ message: 'The disk is full.' });
});

test('nothing is handed out before what was caught up with is saved', async () => {
  const other = { type: 'workspace', id: '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40' } as const;
  const { source } = fakeLogSource(log);
  const empty = fakeLogSource({ files: [] }).source;
  const steps: string[] = [];
  const save = async (_checkpoint: AuditLogCheckpoint) => {
    steps.push('save');
    await wait(5);
    steps.push('saved');
  };
  const events = readEvents(
    ({ id }) => (id === other.id ? empty : source),
    { onCaughtUp: save },
    {
      principals: [other, workspace],
    },
  );
  for await (const { event_id: id } of events) steps.push(id);
  const saves = steps.flatMap((step, index) => (step === 'save' ? [steps[index + 1]] : []));
  expect(saves).toEqual(['saved', 'saved']);
  expect(steps.filter((step) => !step.startsWith('save'))).toEqual(['a', 'b', 'c']);
});

test('an iteration that is left waits for what is being saved', async () => {
  const { source } = fakeLogSource(log);
  const stop = new AbortController();
  let isSaved = false;
  const onCaughtUp = async () => {
    stop.abort('enough');
    await wait(5);
    isSaved = true;
  };
  const events = readEvents(source, { onCaughtUp }, { intervalMs: 60_000, signal: stop.signal });
  expect(await rejection(collectIds(events))).toBe('enough');
  expect(isSaved).toBe(true);
});

test('a callback without a promise is told at once, as ever', async () => {
  const { source } = fakeLogSource(log);
  const told: string[] = [];
  const events = readEvents(source, { onProgress: ({ files }) => told.push(`${files}`), after: timeAt(-1) });
  await collectIds(events);
  expect(told).toEqual(['1', '2']);
});
