import { expect, test } from 'vitest';
import { readCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import { CheckpointError } from '../../../src/errors/log-errors.js';
import { cpuMs } from '../../support/cpu-ms.js';
import { toLogFile, workspace } from '../support/fake-log-source.js';

const file = toLogFile({ id: 'a', endsAt: 1, events: ['e'] });
const lane = {
  principal: workspace,
  eventType: 'AUTH_LOG',
  after: '2026-11-01T00:00:00Z',
  passed: [{ id: 'b', endTime: '2026-11-01T00:00:00.5Z' }],
  current: { file, line: 2, byteOffset: 10 },
  gaps: [{ file, code: 'hash_mismatch' }],
  caughtUpAt: '2026-11-02T00:00:00Z',
  seen: ['AAAAAAAAAAA='],
};
const whole = { version: 1, lanes: [lane] };

test('reads what was written, as it was', () => {
  expect(readCheckpoint(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  expect(readCheckpoint({ version: 1, lanes: [] })).toEqual({ version: 1, lanes: [] });
});

test.each([
  ['nothing', null, []],
  ['text', JSON.stringify(whole), []],
  ['no version', { lanes: [] }, ['version']],
  ['no lanes', { version: 1 }, ['lanes']],
  ['a lane that is text', { version: 1, lanes: ['x'] }, ['lanes', 0]],
  [
    'another kind of principal',
    { version: 1, lanes: [{ ...lane, principal: { type: 'user', id: 'x' } }] },
    ['lanes', 0, 'principal', 'type'],
  ],
  ['no event type', { version: 1, lanes: [{ ...lane, eventType: '' }] }, ['lanes', 0, 'eventType']],
  ['a time that is none', { version: 1, lanes: [{ ...lane, after: 'yesterday' }] }, ['lanes', 0, 'after']],
  [
    'a passed file without time',
    { version: 1, lanes: [{ ...lane, passed: [{ id: 'b' }] }] },
    ['lanes', 0, 'passed', 0, 'endTime'],
  ],
  [
    'a line that is no number',
    { version: 1, lanes: [{ ...lane, current: { ...lane.current, line: '2' } }] },
    ['lanes', 0, 'current', 'line'],
  ],
  [
    'a place behind the end',
    { version: 1, lanes: [{ ...lane, current: { ...lane.current, byteOffset: 1e6 } }] },
    ['lanes', 0, 'current', 'byteOffset'],
  ],
  [
    'a gap without a file',
    { version: 1, lanes: [{ ...lane, gaps: [{ code: 'x' }] }] },
    ['lanes', 0, 'gaps', 0, 'file'],
  ],
  [
    'a file without a hash',
    { version: 1, lanes: [{ ...lane, gaps: [{ file: { ...file, file_sha256: 1 }, code: 'x' }] }] },
    ['lanes', 0, 'gaps', 0, 'file', 'file_sha256'],
  ],
  ['hashes that are none', { version: 1, lanes: [{ ...lane, seen: ['%%%'] }] }, ['lanes', 0, 'seen', 0]],
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
  expect(() => readCheckpoint({ version: 2, lanes: [] })).toThrow(
    'The checkpoint has version 2; this library knows 1.',
  );
});

test('a base64 text of a megabyte is read in no time', () => {
  const seen = [`${'AAAA'.repeat(250_000)}!`];
  const startMs = cpuMs();
  expect(() => readCheckpoint({ version: 1, lanes: [{ ...lane, seen }] })).toThrow(CheckpointError);
  expect(cpuMs() - startMs).toBeLessThan(500);
});
