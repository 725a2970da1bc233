import { expect, test } from 'vitest';
import { hashFileId, packFiles } from '../../../src/audit-logs/reading/completed-files.js';
import { resumeAfter } from '../../../src/audit-logs/reading/overlap.js';
import { Partition } from '../../../src/audit-logs/reading/partition.js';
import { timeAt, toLogFile, workspace } from '../support/fake-log-source.js';

const file = (id: string, endsAt: number) => toLogFile({ id, endsAt, events: ['x'] });
const open = (overlapMs = 0) =>
  new Partition(
    { principal: workspace, eventType: 'AUTH_LOG', after: timeAt(0), completedFiles: '', gaps: [], seen: [] },
    { overlapMs, window: 0 },
  );

/** What a checkpoint says of them. */
const packed = (...files: readonly [id: string, endsAt: number][]) =>
  packFiles(files.map(([id, endsAt]) => ({ hash: hashFileId(id), endTime: timeAt(endsAt) }))).packed;

test('a partition takes the list up before its newest file, whose ties may still come', () => {
  const partition = open();
  partition.complete(file('a', 10));
  expect(partition.snapshot()()).toMatchObject({ after: timeAt(0), completedFiles: packed(['a', 10]) });
  partition.complete(file('b', 20));
  partition.complete(file('c', 20));
  expect(partition.snapshot()()).toMatchObject({
    after: timeAt(10),
    completedFiles: packed(['a', 10], ['b', 20], ['c', 20]),
  });
});

test('an overlap keeps what lies within it', () => {
  const partition = open(0.015);
  for (const [id, endsAt] of [
    ['a', 10],
    ['b', 20],
    ['c', 30],
    ['d', 40],
  ] as const)
    partition.complete(file(id, endsAt));
  expect(partition.snapshot()()).toMatchObject({
    after: timeAt(20),
    completedFiles: packed(['b', 20], ['c', 30], ['d', 40]),
  });
});

test('what is remembered does not grow with the number of files', () => {
  const partition = open(0.1);
  for (let index = 1; index < 2_000; index++) partition.complete(file(`f${index}`, index * 10));
  expect(partition.completedFiles.length).toBeLessThan(15);
});

test('a place in a file is part of what a snapshot says, once something was delivered', () => {
  const partition = open();
  partition.begin(file('a', 10));
  expect(partition.snapshot()().current).toBeUndefined();
  partition.moveTo({ line: 2, byteOffset: 40 });
  expect(partition.snapshot()().current).toMatchObject({ file: { id: 'a' }, line: 2, byteOffset: 40 });
  partition.complete(file('a', 10));
  expect(partition.snapshot()().current).toBeUndefined();
});

test('a snapshot stays as it was', () => {
  const partition = open();
  partition.begin(file('a', 10));
  partition.moveTo({ line: 2, byteOffset: 40 });
  const write = partition.snapshot();
  partition.complete(file('a', 10));
  partition.leaveOut(file('b', 20), 'hash_mismatch');
  expect(write()).toMatchObject({ after: timeAt(0), completedFiles: '', gaps: [], current: { line: 2 } });
});

test('a gap is closed when its file is read', () => {
  const partition = open();
  partition.leaveOut(file('a', 10), 'hash_mismatch');
  partition.complete(file('b', 20));
  expect(partition.gaps).toMatchObject([{ file: { id: 'a' }, code: 'hash_mismatch' }]);
  partition.complete(file('a', 10));
  expect(partition.snapshot()()).toMatchObject({
    after: timeAt(10),
    gaps: [],
    completedFiles: packed(['b', 20], ['a', 10]),
  });
});

test('the time to take the list up at is never a time that no file had', () => {
  expect(resumeAfter(timeAt(0), [{ endTime: timeAt(5) }, { endTime: timeAt(9) }], 0)).toBe(timeAt(5));
  expect(resumeAfter(timeAt(0), [{ endTime: timeAt(5) }], 0)).toBe(timeAt(0));
  expect(resumeAfter(timeAt(0), [], 0)).toBe(timeAt(0));
});
