import { describe, expect, it } from 'vitest';
import { eq, filter, or, present, valuePath } from '../../../src/scim/filter/build.js';
import { formatFilter } from '../../../src/scim/filter/format.js';

describe('the filter template', () => {
  it('puts in texts, numbers, booleans, null and dates', () => {
    const made = filter`a eq ${'x"y'} and b gt ${1.5} and c eq ${true} and d eq ${null} and e ge ${new Date(0)}`;
    expect(formatFilter(made)).toBe(
      String.raw`a eq "x\"y" and b gt 1.5 and c eq true and d eq null and e ge "1970-01-01T00:00:00.000Z"`,
    );
  });

  it('puts in other filters, each as one operand', () => {
    const either = or(present('title'), eq('active', true));
    expect(formatFilter(filter`userName pr and ${either}`)).toBe('userName pr and (title pr or active eq true)');
    expect(formatFilter(filter`not (${either}) or ${filter`x eq ${1}`}`)).toBe(
      'not (title pr or active eq true) or x eq 1',
    );
    expect(formatFilter(filter`emails[${eq('type', 'work')} and value pr]`)).toBe(
      'emails[type eq "work" and value pr]',
    );
  });

  it('takes an escape as JSON has it', () => {
    expect(filter`x eq "a\"b\u00e9"`).toEqual({ op: 'eq', path: 'x', value: 'a"bé' });
  });

  it.each(['" or userName pr or "" eq "', '\\', '\\"', '\u0000', '\n', '\u2028', '\ud800', ') or (a pr', '$\u007bx}'])(
    'keeps the text %j a text',
    (text) => {
      expect(filter`userName eq ${text} and active eq true`).toEqual({
        op: 'and',
        filters: [
          { op: 'eq', path: 'userName', value: text },
          { op: 'eq', path: 'active', value: true },
        ],
      });
    },
  );

  it.each([
    ['a value inside quotes', () => filter`userName eq "${' or userName pr or userName eq '}"`],
    ['a filter inside quotes', () => filter`userName eq "${eq('a', 'b')}"`],
    ['a value for an attribute', () => filter`${'userName'} eq "x"`],
    ['a value for an operator', () => filter`userName ${'eq'} "x"`],
    ['a value for a part of an attribute', () => filter`name.${'familyName'} eq "x"`],
    ['a value for the whole', () => filter`${'userName pr'}`],
    ['a value next to a name', () => filter`userName${'x'} eq "x"`],
    ['a filter for a value', () => filter`userName eq ${eq('a', 'b')}`],
    ['two values for one', () => filter`userName eq ${'a'}${'b'}`],
  ])('refuses %s', (_name, make) => {
    expect(make).toThrow(expect.objectContaining({ name: 'ScimSyntaxError', code: 'invalid_filter' }));
  });

  it.each([
    ['a value path in a value path', () => filter`emails[${valuePath('phones', present('x'))}]`],
    ['a filter whose path is none', () => filter`a pr and ${{ op: 'pr', path: 'x pr or y' }}`],
  ])('leaves %s, put in as a filter, to formatFilter, which refuses it', (_name, make) => {
    expect(() => formatFilter(make())).toThrow(expect.objectContaining({ code: 'invalid_filter' }));
  });

  it.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, new Date(Number.NaN), {}, [], Symbol('x'), () => 1, 1n])(
    'refuses a value that no filter can hold: %s',
    (value) => {
      expect(() => filter`a eq ${value as never}`).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    },
  );

  it('says nothing of a value that it refuses', () => {
    try {
      filter`userName eq "${'secret'}"`;
    } catch (error) {
      expect(JSON.stringify(error)).not.toContain('secret');
    }
    expect.assertions(1);
  });
});
