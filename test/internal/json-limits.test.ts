import { expect, test } from 'vitest';
import { deepestNesting, excessOf, isNestedTooDeep, parseJson } from '../../src/internal/json-limits.js';

const nested = (depth: number, [open, close] = ['[', ']']) => open.repeat(depth) + close.repeat(depth);
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

test('takes what is nested as deep as allowed, and nothing deeper', () => {
  for (const text of [nested(deepestNesting), objects(deepestNesting)]) {
    expect(excessOf(text)).toBeUndefined();
    expect(isNestedTooDeep(parseJson(text))).toBe(false);
  }
  for (const text of [nested(deepestNesting + 1), objects(deepestNesting + 1), nested(20_000), `[1,${nested(500)}]`]) {
    expect(excessOf(text)).toBe('too_deep');
    expect(() => parseJson(text)).toThrow(SyntaxError);
    expect(isNestedTooDeep(JSON.parse(text))).toBe(true);
  }
});

test('what stands in a text is not nested, whatever is escaped', () => {
  for (const inner of [nested(2_000), '\\'.repeat(999), '"'.repeat(999), '\\"['.repeat(999), '[\\\\"{'.repeat(999)]) {
    const text = JSON.stringify([inner, { [inner]: [inner] }]);
    expect(excessOf(text, 10)).toBeUndefined();
    expect(parseJson(text)).toEqual(JSON.parse(text));
  }
});

test('lists beside each other are not deep, however many there are', () => {
  expect(excessOf(`[${'[{}],'.repeat(5_000)}[]]`)).toBeUndefined();
});

test('counts values only where there may be too many', () => {
  expect(excessOf('[1,2,3]', 3)).toBe('too_many');
  expect(excessOf('[1,2,3]', 4)).toBeUndefined();
  expect(excessOf(`["${','.repeat(1_000)}"]`, 10)).toBeUndefined();
});

test('sees a circle, and names that share a value, without end', () => {
  const circle: Record<string, unknown> = {};
  circle.a = circle;
  circle.b = [circle, circle];
  expect(isNestedTooDeep(circle)).toBe(false);
});

test('takes time that grows with the length, whatever is in it', () => {
  const timeOf = (text: string) => {
    const startMs = performance.now();
    excessOf(text, 1e9);
    return performance.now() - startMs;
  };
  for (const part of ['"\\\\', '\\', '"', '[]', '{"a":', '\\"', '[[[]']) {
    expect(timeOf(part.repeat(1_000_000))).toBeLessThan(3_000);
  }
});
