import { expect, test } from 'vitest';
import { formatResumeCursor, markOf, parseResumeCursor } from '../../../src/scim/paging/page.js';

test.each([
  { startIndex: 1, count: 100 },
  { startIndex: 101, count: 100, lastRow: markOf('u100') },
  { startIndex: 101, count: 100, total: 250, lastRow: markOf('u100') },
  { cursor: 'a:b:c\n', count: 50 },
  { cursor: '', count: 50 },
])('a place in a list goes through text: %j', (request) => {
  expect(parseResumeCursor(formatResumeCursor(request))).toEqual(request);
});

test.each([
  '',
  'index',
  'index:0:1',
  'index:10:-1',
  'index:10:1.5',
  'index:10:1:',
  'index:10:11',
  'index:10:11:25',
  'index:10:11:25:',
  'index:10:1:2:3:4',
  'page:10:1',
  'index:99999999999:1',
  'cursor:x:y',
])('what is no place is refused: %j', (text) => {
  expect(() => parseResumeCursor(text)).toThrow(expect.objectContaining({ code: 'invalid_input', path: ['cursor'] }));
});

test('a place that cannot be found again is the beginning', () => {
  expect(parseResumeCursor(formatResumeCursor({ startIndex: 101, count: 100, total: 250 }))).toEqual({
    startIndex: 1,
    count: 100,
  });
});

test('a place does not show the id of the row before it', () => {
  const cursor = formatResumeCursor({ startIndex: 2, count: 10, lastRow: markOf('mira.sol@north.example') });
  expect(cursor).toMatch(/^index:10:2::[0-9a-z]{1,7}$/);
  expect(new Set(Array.from({ length: 10_000 }, (_, index) => markOf(`u${index}`))).size).toBeGreaterThan(9_990);
});
