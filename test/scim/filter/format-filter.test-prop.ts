import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filter } from '../../../src/scim/filter/build.js';
import type { Filter } from '../../../src/scim/filter/filter.js';
import { formatFilter } from '../../../src/scim/filter/format.js';
import { parseFilter } from '../../../src/scim/filter/parse.js';
import { filterArbitrary, pathArbitrary } from './filter-arbitrary.js';

const open = (expression: unknown) => expression as Filter<unknown>;

describe('a filter', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(filterArbitrary, (expression) => {
        expect(parseFilter(formatFilter(open(expression)))).toEqual(expression);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is written the same however often', () => {
    fc.assert(
      fc.property(filterArbitrary, (expression) => {
        const text = formatFilter(open(expression));
        expect(formatFilter(parseFilter(text))).toBe(text);
      }),
    );
  });

  it('keeps its meaning in the query of a URL', () => {
    fc.assert(
      fc.property(filterArbitrary, (expression) => {
        const url = new URL(`https://example.com/Users?filter=${encodeURIComponent(formatFilter(open(expression)))}`);
        expect(parseFilter(url.searchParams.get('filter') ?? '')).toEqual(expression);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps its meaning as JSON', () => {
    fc.assert(
      fc.property(filterArbitrary, (expression) => {
        const stored = JSON.parse(JSON.stringify(expression)) as Filter<unknown>;
        expect(formatFilter(stored)).toBe(formatFilter(open(expression)));
      }),
    );
  });

  it('takes any text as a value and never as syntax', () => {
    fc.assert(
      fc.property(pathArbitrary, fc.string({ unit: 'binary' }), fc.string(), (path, first, second) => {
        const written = formatFilter(filter`title eq ${first} and (active eq true or title co ${second})`);
        expect(parseFilter(written)).toEqual({
          op: 'and',
          filters: [
            { op: 'eq', path: 'title', value: first },
            {
              op: 'or',
              filters: [
                { op: 'eq', path: 'active', value: true },
                { op: 'co', path: 'title', value: second },
              ],
            },
          ],
        });
        expect(path).toBeTypeOf('string');
      }),
      { numRuns: 500 },
    );
  });

  it('put into another one stays one operand of it', () => {
    fc.assert(
      fc.property(filterArbitrary, filterArbitrary, (left, right) => {
        const combined = filter`${open(left)} and not (${open(right)})`;
        expect(combined).toEqual({ op: 'and', filters: [left, { op: 'not', filter: right }] });
        expect(parseFilter(formatFilter(combined))).toEqual(combined);
      }),
    );
  });

  it('either is read or refused with an error of its own, whatever the text', () => {
    const token = fc.constantFrom(
      'userName',
      ' ',
      ' eq ',
      '"a"',
      'and',
      ' or ',
      'not',
      '(',
      ')',
      '[',
      ']',
      '.',
      ':',
      '\\',
      '1',
      'null',
      '"',
    );
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.array(token, { maxLength: 20 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        try {
          formatFilter(parseFilter(any));
        } catch (error) {
          expect(error).toMatchObject({ name: 'ScimSyntaxError', code: 'invalid_filter' });
          const { position = -1 } = error as { position?: number };
          expect(position).toBeGreaterThanOrEqual(0);
          expect(position).toBeLessThanOrEqual(any.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
