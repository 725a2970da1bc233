import { expect, test } from 'vitest';
import { formatResumeCursor, parseResumeCursor } from '../../../src/scim/paging/page.js';

test.each([
  { startIndex: 101, count: 100 },
  { startIndex: 101, count: 100, total: 250 },
  { startIndex: 0, count: 1 },
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
  'index:10:1:2:3',
  'page:10:1',
  'index:99999999999:1',
  'cursor:x:y',
])('what is no place is refused: %j', (text) => {
  expect(() => parseResumeCursor(text)).toThrow(expect.objectContaining({ code: 'invalid_input', path: ['cursor'] }));
});
