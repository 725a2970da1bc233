import { describe, expect, test } from 'vitest';
import { readList } from '../../../src/scim/read.js';

const read = (body: unknown) =>
  readList(
    { method: 'GET', route: '/Users' },
    { status: 200, headers: new Headers(), body, bytes: new Uint8Array(), requestId: 'r1' },
  );

describe('a list is read', () => {
  test.each([
    ['as the RFC has it', { totalResults: 3, startIndex: 2, itemsPerPage: 1, Resources: [1] }],
    ['with names in other cases', { TotalResults: 3, STARTINDEX: 2, itemsperpage: 1, resources: [1] }],
    ['with numbers as strings', { totalResults: '3', startIndex: '2', itemsPerPage: '1', Resources: [1] }],
  ])('%s', (_, body) => {
    expect(read(body)).toEqual({ rows: [1], totalResults: 3, startIndex: 2, itemsPerPage: 1, requestId: 'r1' });
  });

  test('without rows where there are none', () => {
    expect(read({ totalResults: 0 }).rows).toEqual([]);
    expect(read({ totalResults: 5, Resources: null }).rows).toEqual([]);
  });

  test('from a bare array', () => {
    expect(read([1, 2])).toEqual({ rows: [1, 2], requestId: 'r1' });
  });

  test('with the cursor of the next page, verbatim', () => {
    expect(read({ Resources: [], nextCursor: 'a==' }).nextCursor).toBe('a==');
    expect(read({ Resources: [], nextCursor: '' }).nextCursor).toBeUndefined();
    expect(read({ Resources: [], nextCursor: null }).nextCursor).toBeUndefined();
  });

  test('without numbers that are none', () => {
    expect(read({ totalResults: 'many', startIndex: null, Resources: [] })).toMatchObject({
      totalResults: undefined,
      startIndex: undefined,
    });
    expect(read({ totalResults: -1, Resources: [] }).totalResults).toBe(0);
  });
});

test.each([[undefined], ['text'], [{}], [{ message: 'hello' }], [{ Resources: 'all' }], [{ totalResults: 'x' }]])(
  'what is no list is refused: %j',
  (body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'invalid_response', route: '/Users' }));
  },
);
