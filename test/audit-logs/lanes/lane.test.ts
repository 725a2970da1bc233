import { expect, test } from 'vitest';
import { Partition, resumeAfter } from '../../../src/audit-logs/reading/partition.js';
import { timeAt, toLogFile, workspace } from '../support/fake-log-source.js';

const file = (id: string, endsAt: number) => toLogFile({ id, endsAt, events: ['x'] });
const open = (overlapMs = 0) =>
  new Partition(
    { principal: workspace, eventType: 'AUTH_LOG', after: timeAt(0), passed: [], gaps: [], seen: [] },
    { overlapMs, window: 0 },
  );

test('a lane takes the list up before its newest file, whose ties may still come', () => {
  const lane = open();
  lane.pass(file('a', 10));
  expect(lane.snapshot()()).toMatchObject({ after: timeAt(0), passed: [{ id: 'a' }] });
  lane.pass(file('b', 20));
  lane.pass(file('c', 20));
  expect(lane.snapshot()()).toMatchObject({ after: timeAt(10), passed: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] });
});

test('an overlap keeps what lies within it', () => {
  const lane = open(0.015);
  for (const [id, endsAt] of [
    ['a', 10],
    ['b', 20],
    ['c', 30],
    ['d', 40],
  ] as const)
    lane.pass(file(id, endsAt));
  expect(lane.snapshot()()).toMatchObject({ after: timeAt(20), passed: [{ id: 'b' }, { id: 'c' }, { id: 'd' }] });
});

test('what is remembered does not grow with the number of files', () => {
  const lane = open(0.1);
  for (let index = 1; index < 2_000; index++) lane.pass(file(`f${index}`, index * 10));
  expect(lane.known.length).toBeLessThan(15);
});

test('a place in a file is part of what a snapshot says, once something was delivered', () => {
  const lane = open();
  lane.begin(file('a', 10));
  expect(lane.snapshot()().current).toBeUndefined();
  lane.moveTo({ line: 2, byteOffset: 40 });
  expect(lane.snapshot()().current).toMatchObject({ file: { id: 'a' }, line: 2, byteOffset: 40 });
  lane.pass(file('a', 10));
  expect(lane.snapshot()().current).toBeUndefined();
});

test('a snapshot stays as it was', () => {
  const lane = open();
  lane.begin(file('a', 10));
  lane.moveTo({ line: 2, byteOffset: 40 });
  const write = lane.snapshot();
  lane.pass(file('a', 10));
  lane.leaveOut(file('b', 20), 'hash_mismatch');
  expect(write()).toMatchObject({ after: timeAt(0), passed: [], gaps: [], current: { line: 2 } });
});

test('a gap is closed when its file is read', () => {
  const lane = open();
  lane.leaveOut(file('a', 10), 'hash_mismatch');
  lane.pass(file('b', 20));
  expect(lane.gaps).toMatchObject([{ file: { id: 'a' }, code: 'hash_mismatch' }]);
  lane.pass(file('a', 10));
  expect(lane.snapshot()()).toMatchObject({ after: timeAt(10), gaps: [], passed: [{ id: 'b' }, { id: 'a' }] });
});

test('the time to take the list up at is never a time that no file had', () => {
  expect(
    resumeAfter(
      timeAt(0),
      [
        { id: 'a', endTime: timeAt(5) },
        { id: 'b', endTime: timeAt(9) },
      ],
      0,
    ),
  ).toBe(timeAt(5));
  expect(resumeAfter(timeAt(0), [{ id: 'a', endTime: timeAt(5) }], 0)).toBe(timeAt(0));
  expect(resumeAfter(timeAt(0), [], 0)).toBe(timeAt(0));
});
