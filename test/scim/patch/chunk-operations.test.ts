import { describe, expect, it } from 'vitest';
import { chunkOperations } from '../../../src/scim/patch/chunk.js';

const add = (...values: string[]) => ({
  op: 'add' as const,
  path: 'members',
  value: values.map((value) => ({ value })),
});
const remove = (value: string) => ({ op: 'remove' as const, path: `members[value eq "${value}"]` });

describe('splitting operations into requests', () => {
  it('fills each request with additions and removals up to the limit', () => {
    expect(chunkOperations([add('a', 'b', 'c', 'd', 'e'), remove('x'), remove('y')], 3)).toEqual([
      [add('a', 'b', 'c')],
      [add('d', 'e'), remove('x')],
      [remove('y')],
    ]);
  });

  it('keeps the order and leaves other operations whole', () => {
    const replace = { op: 'replace' as const, path: 'emails', value: [{ value: '1' }, { value: '2' }, { value: '3' }] };
    expect(chunkOperations([replace, add('a', 'b')], 2)).toEqual([[replace, add('a')], [add('b')]]);
    expect(chunkOperations([], 5)).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses a limit of %d', (chunkSize) => {
    expect(() => chunkOperations([], chunkSize)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
