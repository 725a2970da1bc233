import { describe, expect, it } from 'vitest';
import { not, present } from '../../../src/scim/filter/build.js';
import type { Filter } from '../../../src/scim/filter/filter.js';
import { formatFilter } from '../../../src/scim/filter/format.js';
import { compileFilter } from '../../../src/scim/filter/match.js';
import { parseFilter } from '../../../src/scim/filter/parse.js';
import { MAX_FILTER_DEPTH } from '../../../src/scim/filter/reader.js';

const LENGTH = 100_000;

/** Time of the processor, not of the wall: other processes must not fail a test about an algorithm. */
function elapsedMs(run: () => unknown): number {
  const started = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1_000;
}

function attempt(text: string): unknown {
  try {
    return compileFilter(formatFilter(parseFilter(text)))({ a: 'x' });
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_filter' });
    return undefined;
  }
}

describe('a hostile filter is answered quickly, by a result or by an error', () => {
  it.each([
    ['open parentheses', '('.repeat(LENGTH)],
    ['balanced parentheses', `${'('.repeat(LENGTH / 2)}a pr${')'.repeat(LENGTH / 2)}`],
    ['not upon not', 'not ('.repeat(LENGTH / 5)],
    ['open brackets', 'a['.repeat(LENGTH / 2)],
    ['quotes', '"'.repeat(LENGTH)],
    ['backslashes', `a eq "${'\\'.repeat(LENGTH)}`],
    ['escapes', `a eq "${'\\u0041'.repeat(LENGTH / 6)}"`],
    ['spaces', ' '.repeat(LENGTH)],
    ['a name of letters', 'a'.repeat(LENGTH)],
    ['a name of dots', `a${'.a'.repeat(LENGTH / 2)} pr`],
    ['a name of colons', `a${':a'.repeat(LENGTH / 2)} pr`],
    ['digits', `a eq ${'1'.repeat(LENGTH)}`],
    ['minus signs', `a eq ${'-'.repeat(LENGTH)}`],
    ['an exponent', `a eq 1e${'9'.repeat(LENGTH)}`],
    ['a long text', `a eq "${'x'.repeat(LENGTH)}"`],
    ['terms joined by and', Array.from({ length: 10_000 }, () => 'a eq "x"').join(' and ')],
    ['terms joined by or', Array.from({ length: 10_000 }, () => 'a eq "y"').join(' or ')],
    ['terms joined by both', Array.from({ length: 10_000 }, (_, n) => `a eq "x" ${n % 2 ? 'and' : 'or'} `).join('')],
    ['groups', Array.from({ length: 10_000 }, () => '(a pr or b pr)').join(' and ')],
    ['value paths', Array.from({ length: 10_000 }, () => 'a[b pr]').join(' or ')],
    ['and without an end', 'a pr and '.repeat(LENGTH / 9)],
    ['words', 'and or not '.repeat(LENGTH / 11)],
    ['control characters', '\u0001'.repeat(LENGTH)],
    ['surrogates', '\ud800'.repeat(LENGTH)],
  ])('%s', (_name, text) => {
    expect(elapsedMs(() => attempt(text))).toBeLessThan(1_000);
  });
});

describe('time grows with the length', () => {
  it.each([
    ['terms', (size: number) => Array.from({ length: size }, (_, n) => `a${n} eq "x${n}"`).join(' and ')],
    ['text', (size: number) => `a eq "${'x\\n'.repeat(size * 3)}"`],
    ['a refusal', (size: number) => `${'a eq "x" and '.repeat(size)}b is "x"`],
  ])('and no faster, for %s', (_name, make) => {
    const [small, large] = [make(5_000), make(10_000)];
    const times = (text: string) =>
      Array.from({ length: 9 }, () => elapsedMs(() => attempt(text))).sort((a, b) => a - b)[1] ?? 0;
    times(small);
    // Twice the input; the benchmark asks for 2.5, this leaves room for a busy machine.
    expect(times(large)).toBeLessThan(4 * times(small) + 5);
  });
});

describe('the depth of a filter', () => {
  const nested = (depth: number) => `${'not ('.repeat(depth)}a pr${')'.repeat(depth)}`;

  it('may be what the constant says, everywhere', () => {
    expect(MAX_FILTER_DEPTH).toBe(128);
    const deepest = [
      nested(MAX_FILTER_DEPTH),
      `${'(a pr or b pr and '.repeat(MAX_FILTER_DEPTH / 2)}a pr${')'.repeat(MAX_FILTER_DEPTH / 2)}`,
      `${'not ('.repeat(MAX_FILTER_DEPTH - 1)}a[b pr]${')'.repeat(MAX_FILTER_DEPTH - 1)}`,
    ];
    for (const text of deepest) {
      const filter = parseFilter(text);
      expect(parseFilter(formatFilter(filter))).toEqual(filter);
      expect(compileFilter(filter)({})).toBeTypeOf('boolean');
    }
  });

  it('is never more for what was read than for what is written', () => {
    // Precedence implies a pair of parentheses for each that is there.
    const text = `${'(a pr or b pr and '.repeat(MAX_FILTER_DEPTH)}a pr${')'.repeat(MAX_FILTER_DEPTH)}`;
    expect(() => parseFilter(text)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
  });

  it('may not be more', () => {
    const error = expect.objectContaining({ code: 'invalid_filter', message: expect.stringContaining('128 deep') });
    expect(() => parseFilter(nested(MAX_FILTER_DEPTH + 1))).toThrow(error);
    expect(() => parseFilter(`${'('.repeat(MAX_FILTER_DEPTH + 1)}a pr${')'.repeat(MAX_FILTER_DEPTH + 1)}`)).toThrow(
      error,
    );
  });

  it('is bounded for a filter that was built, too', () => {
    let deep: Filter<unknown> = present('a');
    for (let depth = 0; depth < 100_000; depth += 1) deep = not(deep);
    expect(() => formatFilter(deep)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
    expect(() => compileFilter(deep)).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
  });
});
