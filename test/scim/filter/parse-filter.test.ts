import { describe, expect, it } from 'vitest';
import { ScimSyntaxError } from '../../../src/errors/scim-errors.js';
import { formatFilter } from '../../../src/scim/filter/format.js';
import { parseFilter } from '../../../src/scim/filter/parse.js';
import examples from '../../fixtures/rfc7644/filters.json' with { type: 'json' };

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function refusal(text: string): ScimSyntaxError {
  try {
    parseFilter(text);
  } catch (error) {
    if (error instanceof ScimSyntaxError) return error;
    throw error;
  }
  throw new Error(`not refused: ${text}`);
}

describe('the filters printed in RFC 7644, figure 2', () => {
  it.each(examples)('%s is read, and written as it was', (text) => {
    const written = formatFilter(parseFilter(text));
    // The one redundant pair of parentheses of the list is left out.
    expect(written).toBe(text.replace('(emails.type eq "work")', 'emails.type eq "work"'));
  });
});

describe('reading a filter', () => {
  it('binds not, then and, then or', () => {
    expect(parseFilter('a pr or not (b pr) and c pr')).toEqual({
      op: 'or',
      filters: [
        { op: 'pr', path: 'a' },
        {
          op: 'and',
          filters: [
            { op: 'not', filter: { op: 'pr', path: 'b' } },
            { op: 'pr', path: 'c' },
          ],
        },
      ],
    });
  });

  it('keeps a group that is written with parentheses', () => {
    expect(parseFilter('(a pr and b pr) and c pr')).toEqual({
      op: 'and',
      filters: [
        {
          op: 'and',
          filters: [
            { op: 'pr', path: 'a' },
            { op: 'pr', path: 'b' },
          ],
        },
        { op: 'pr', path: 'c' },
      ],
    });
    expect(parseFilter('((a pr))')).toEqual({ op: 'pr', path: 'a' });
  });

  it.each([
    ['x eq "a"', 'a'],
    ['x eq ""', ''],
    [String.raw`x eq "\"\\\/\b\f\n\r\t"`, '"\\/\b\f\n\r\t'],
    [String.raw`x eq "\u00e9\ud83d\ude00"`, 'é😀'],
    [String.raw`x eq "\ud83d"`, '\ud83d'],
    ['x eq "é😀\u2028"', 'é😀\u2028'],
    ['x eq 0', 0],
    ['x eq -0', 0],
    ['x eq -12.5e-3', -0.0125],
    ['x eq 1E+2', 100],
    ['x eq true', true],
    ['x eq false', false],
    ['x eq null', null],
  ])('reads the literal of %s', (text, value) => {
    expect(parseFilter(text)).toEqual({ op: 'eq', path: 'x', value });
  });

  it.each(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])('reads %s in any case', (op) => {
    expect(parseFilter(`x ${op.toUpperCase()} "a"`)).toEqual({ op, path: 'x', value: 'a' });
  });

  it('reads the words of logic in any case', () => {
    expect(parseFilter('a PR AND NOT (b Pr) OR c pR')).toEqual(parseFilter('a pr and not (b pr) or c pr'));
  });

  it.each([
    ['value eq"x"', 'value eq "x"'],
    ['  a   pr\t and\nb pr  ', 'a pr and b pr'],
    ['not(a pr)', 'not (a pr)'],
    ['( a pr )or( b pr )', 'a pr or b pr'],
    ['emails [ type eq "work" ]', 'emails[type eq "work"]'],
    ['x eq "a"and y pr', 'x eq "a" and y pr'],
  ])('is lenient on spaces where no doubt arises: %s', (lenient, strict) => {
    expect(formatFilter(parseFilter(lenient))).toBe(strict);
  });

  it.each([
    'userName',
    'name.familyName',
    'members.$ref',
    '$ref',
    'x-custom_1',
    'NAME.FAMILYNAME',
    ENTERPRISE,
    `${ENTERPRISE}:manager.value`,
    'urn:scim:schemas:extension:acme:1.0:badge',
    'urn:example:a!b/c%20d:x',
    'and',
    'not',
    'pr',
    'eq',
    'notes',
    'android',
    'orders',
  ])('takes %s as the name of an attribute', (path) => {
    expect(parseFilter(`${path} pr`)).toEqual({ op: 'pr', path });
    expect(parseFilter(`${path} eq 1 and (${path} pr)`)).toMatchObject({ op: 'and' });
  });

  it('reads a value path, with a schema or without', () => {
    expect(parseFilter(`${ENTERPRISE}:emails[type eq "work" and not (value pr)]`)).toEqual({
      op: 'valuePath',
      path: `${ENTERPRISE}:emails`,
      filter: {
        op: 'and',
        filters: [
          { op: 'eq', path: 'type', value: 'work' },
          { op: 'not', filter: { op: 'pr', path: 'value' } },
        ],
      },
    });
  });
});

describe('a refusal', () => {
  it.each([
    ['', 0],
    ['   ', 3],
    ['userName', 8],
    ['userName eq', 11],
    ['userName eq ', 12],
    ['userName is "x"', 9],
    ['userName eqq "x"', 9],
    ['userName e', 9],
    ['userName ɥq "x"', 9],
    ['userName ťu "x"', 9],
    ['userName eq bjensen', 12],
    ["userName eq 'x'", 12],
    ['userName eq True', 12],
    ['userName eq trueish', 12],
    ['userName eq "x', 12],
    ['userName eq "x\\"', 12],
    [String.raw`userName eq "\q"`, 13],
    [String.raw`userName eq "\u12g4"`, 13],
    ['userName eq "a\u0000b"', 14],
    ['userName eq "a\nb"', 14],
    ['userName eq 01', 12],
    ['userName eq +1', 12],
    ['userName eq 1.', 12],
    ['userName eq .5', 12],
    ['userName eq 1e', 12],
    ['userName eq 1e999', 12],
    ['userName eq -', 12],
    ['userName eq "x" "y"', 16],
    ['userName eq "x"y', 15],
    ['userName pr userName pr', 12],
    ['userName pr and', 15],
    ['userName pr and and title pr', 20],
    ['or userName pr', 3],
    ['not title pr', 4],
    ['not', 3],
    ['(a pr', 0],
    ['a pr)', 4],
    ['(a pr]', 5],
    ['()', 1],
    ['emails[', 7],
    ['emails[]', 7],
    ['emails[type eq "work"', 6],
    ['emails[type eq "work")', 21],
    ['emails[type eq "work"].value eq "x"', 22],
    ['emails[phones[x pr]]', 13],
    ['a.b.c eq 1', 3],
    ['a. eq 1', 2],
    ['.a eq 1', 0],
    ['1a eq 1', 0],
    ['a!b eq 1', 1],
    ['é eq 1', 0],
    ['urn:x: eq 1', 6],
    ['urn:x:2.0 eq 1', 6],
    ['\u0000 eq 1', 0],
    ['x eq \u0000', 5],
  ])('of %j points at position %i', (text, position) => {
    const error = refusal(text);
    expect({ code: error.code, scimType: error.scimType, position: error.position }).toEqual({
      code: 'invalid_filter',
      scimType: 'invalidFilter',
      position,
    });
  });

  it('shows the place with a caret, and where to put the comparison', () => {
    expect(refusal('emails[type eq "work"].value eq "x"').message).toBe(
      [
        'Compare within the brackets, as in emails[type eq "work" and value eq "…"], at position 22:',
        '  emails[type eq "****"]****** eq "*"',
        '                        ^',
      ].join('\n'),
    );
  });

  it.each([
    'userName eq "jane.doe@example.com" and (active eqq true)',
    'userName eq "jane.doe\\"@example.com',
    'userName eq jane.doe@example.com',
    'userName = "jane.doe"',
    'jane.doe',
    'Jane Doe',
    'userName eq jane doe eq "x"',
    'jane@example.com eq 1',
    '4111111111111111 eq 1',
    'employeeNumber eq 4111111111111111 x',
    `${'a pr and '.repeat(50)} x eq jane ${'and a pr'.repeat(50)}`,
  ])('never shows a value: %s', (text) => {
    const error = refusal(text);
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/jane|doe|4111/i);
  });

  it('shows a window of a long filter, with the caret in its place', () => {
    const text = `${'active eq true and '.repeat(1000)}title is "x" and ${'active eq true and '.repeat(1000)}a pr`;
    const error = refusal(text);
    const [, shown = '', caret = ''] = error.message.split('\n');
    expect(shown.length).toBeLessThan(80);
    expect(caret.indexOf('^')).toBe(shown.indexOf('** "*"'));
  });
});
