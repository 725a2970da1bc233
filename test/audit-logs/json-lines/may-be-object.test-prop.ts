import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeObject } from '../../../src/audit-logs/json-scan.js';

const encoder = new TextEncoder();

function mayBe(text: string): boolean {
  const bytes = encoder.encode(text);
  return mayBeObject(bytes, 0, bytes.length);
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

describe('whether an object may begin', () => {
  it('is never denied to one, however it is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.nat({ max: 3 }), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(mayBe(text)).toBe(true);
        expect(mayBe(`${text}${text}`)).toBe(true);
      }),
    );
  });

  it('is never denied to a text that the engine reads', () => {
    const token = fc.constantFrom('{', '}', '[', ']', ':', ',', '"a"', '"\\""', '1', '-1e3', 'true', 'null', ' ', '\t');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 14 }), (tokens) => {
        const text = `{${tokens.join('')}`;
        if (isObject(text)) expect(mayBe(text)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    '{',
    '{a}',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a":1 "b":2}',
    '{"a":[1}',
    '{"a":[1,]}',
    '{"a',
    '{,}',
    '{"a"::1}',
  ])('is denied to %s', (text) => {
    expect(isObject(text)).toBe(false);
    expect(mayBe(text)).toBe(false);
  });
});
