import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '../../../src/scim/filter/filter.js';
import { formatFilter } from '../../../src/scim/filter/format.js';
import { compileFilter, matchesFilter } from '../../../src/scim/filter/match.js';
import { filterArbitrary, userArbitrary } from './filter-arbitrary.js';
import { isRefused, matches } from './reference-matcher.js';

describe('a compiled filter', () => {
  it('says of every resource what the plainest matcher says', () => {
    let decided = 0;
    fc.assert(
      fc.property(filterArbitrary, fc.array(userArbitrary, { maxLength: 3 }), (expression, users) => {
        const filter = expression as Filter<unknown>;
        if (isRefused(expression)) {
          expect(() => compileFilter(filter)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
          return;
        }
        const predicate = compileFilter(filter);
        const text = formatFilter(filter);
        for (const user of users) {
          decided += 1;
          expect(predicate(user)).toBe(matches(expression, user));
          expect(matchesFilter(text, user)).toBe(predicate(user));
        }
      }),
      { numRuns: 3_000 },
    );
    expect(decided).toBeGreaterThan(1_000);
  });
});
