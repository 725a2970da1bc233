import { describe, expect, test } from 'vitest';
import { readList } from '../../../src/scim/list.js';
import { ERROR_URN } from '../../../src/scim/schemas/urns.js';

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

describe('a list that says it failed', () => {
  test.each([
    ['in an error of SCIM', { schemas: [ERROR_URN], status: '403', totalResults: 0, Resources: [] }, 403],
    ['by a status', { status: 503, message: 'busy', totalResults: 0, Resources: [] }, 503],
  ])('is that failure: %s', (_how, body, status) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ name: 'ScimError', status }));
  });

  test.each([
    ['of no status', { schemas: [ERROR_URN], totalResults: 0, Resources: [] }],
    ['without success', { success: false, error: 'denied', totalResults: 0, Resources: [] }],
    ['with an error beside it', { error: { message: 'database' }, totalResults: 9, Resources: [] }],
  ])('is not a directory without anybody: %s', (_how, body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'invalid_response', route: '/Users' }));
  });

  test('is none where its errors are empty', () => {
    expect(read({ error: null, errors: [], success: true, status: 200, totalResults: 0 }).rows).toEqual([]);
  });
});
