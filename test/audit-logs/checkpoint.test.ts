import { expect, test } from 'vitest';
import { readCheckpoint } from '../../src/audit-logs/checkpoint.js';
import { hashFileId, packFiles } from '../../src/audit-logs/reading/completed-files.js';
import { CheckpointError } from '../../src/errors/log-errors.js';
import { cpuMs } from '../support/cpu-ms.js';
import { toLogFile, workspace } from './support/fake-log-source.js';

const file = toLogFile({ id: 'a', endsAt: 1, events: ['e'] });
const partition = {
  principal: workspace,
  eventType: 'AUTH_LOG',
  after: '2026-11-01T00:00:00Z',
  completedFiles: packFiles([{ hash: hashFileId('b'), endTime: '2026-11-01T00:00:00.5Z' }]).packed,
  current: { file, line: 2, byteOffset: 10 },
  gaps: [{ file, code: 'hash_mismatch' }],
  caughtUpAt: '2026-11-02T00:00:00Z',
  seen: ['AAAAAAAAAAA='],
};
const whole = { version: 1, partitions: [partition] };
const withCompleted = (completedFiles: string) => ({ version: 1, partitions: [{ ...partition, completedFiles }] });

test('reads what was written, as it was', () => {
  expect(readCheckpoint(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  expect(readCheckpoint({ version: 1, partitions: [] })).toEqual({ version: 1, partitions: [] });
});

test.each([
  ['nothing', null, []],
  ['text', JSON.stringify(whole), []],
  ['no version', { partitions: [] }, ['version']],
  ['no partitions', { version: 1 }, ['partitions']],
  ['a partition that is text', { version: 1, partitions: ['x'] }, ['partitions', 0]],
  [
    'another kind of principal',
    { version: 1, partitions: [{ ...partition, principal: { type: 'user', id: 'x' } }] },
    ['partitions', 0, 'principal', 'type'],
  ],
  ['no event type', { version: 1, partitions: [{ ...partition, eventType: '' }] }, ['partitions', 0, 'eventType']],
  [
    'a time that is none',
    { version: 1, partitions: [{ ...partition, after: 'yesterday' }] },
    ['partitions', 0, 'after'],
  ],
  [
    'completed files as a list',
    { version: 1, partitions: [{ ...partition, completedFiles: [{ id: 'b' }] }] },
    ['partitions', 0, 'completedFiles'],
  ],
  ['a completed file without time', withCompleted('AAAAAAAA'), ['partitions', 0, 'completedFiles']],
  ['a completed file of which the time is cut', withCompleted('AAAAAAAAgICA'), ['partitions', 0, 'completedFiles']],
  ['a completed file after the year 9999', withCompleted('AAAAAAAA//////////9/'), ['partitions', 0, 'completedFiles']],
  [
    'a completed file with a time without end',
    withCompleted('AAAAAAAAgICAgICAgICAgICAAAAA'),
    ['partitions', 0, 'completedFiles'],
  ],
  ['a completed file before the year 0', withCompleted('AAAAAAAAAAAAAAAAAAAB'), ['partitions', 0, 'completedFiles']],
  ['completed files that are not base64', withCompleted('%%%%'), ['partitions', 0, 'completedFiles']],
  [
    'a line that is no number',
    { version: 1, partitions: [{ ...partition, current: { ...partition.current, line: '2' } }] },
    ['partitions', 0, 'current', 'line'],
  ],
  [
    'a place behind the end',
    { version: 1, partitions: [{ ...partition, current: { ...partition.current, byteOffset: 1e6 } }] },
    ['partitions', 0, 'current', 'byteOffset'],
  ],
  [
    'a gap without a file',
    { version: 1, partitions: [{ ...partition, gaps: [{ code: 'x' }] }] },
    ['partitions', 0, 'gaps', 0, 'file'],
  ],
  [
    'a file without a hash',
    { version: 1, partitions: [{ ...partition, gaps: [{ file: { ...file, file_sha256: 1 }, code: 'x' }] }] },
    ['partitions', 0, 'gaps', 0, 'file', 'file_sha256'],
  ],
  ['hashes that are none', { version: 1, partitions: [{ ...partition, seen: ['%%%'] }] }, ['partitions', 0, 'seen', 0]],
])('refuses %s, and says where', (_name, value, path) => {
  const read = () => readCheckpoint(value);
  expect(read).toThrow(CheckpointError);
  try {
    read();
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_checkpoint', path });
  }
});

test('a checkpoint of a later version is not read, and says so', () => {
  expect(() => readCheckpoint({ version: 2, partitions: [] })).toThrow(
    'The checkpoint has version 2; this library knows 1.',
  );
});

test('a base64 text of a megabyte is read in no time', () => {
  const seen = [`${'AAAA'.repeat(250_000)}!`];
  const startMs = cpuMs();
  expect(() => readCheckpoint({ version: 1, partitions: [{ ...partition, seen }] })).toThrow(CheckpointError);
  expect(cpuMs() - startMs).toBeLessThan(500);
});
