import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStoredAs } from '../../../src/scim/patch/stored.js';

const text = fc.constantFrom('a', 'A', 'b@c', 'B@C', '');
const value = fc.oneof(text, fc.constantFrom<unknown>(1, null, false, ['a']), fc.record({ value: text }));
const element = fc.oneof(
  value,
  fc.record({ value, type: fc.constantFrom('work', 'Work', 'home') }, { requiredKeys: [] }),
  fc.record({ Value: value, primary: fc.boolean() }),
);

test('a list holds another one exactly where for each of its values there is one that holds it', () => {
  fc.assert(
    fc.property(
      fc.array(element, { maxLength: 4 }),
      fc.array(element, { minLength: 1, maxLength: 4 }),
      (read, written) => {
        const isHeld = written.every((one) => read.some((other) => isStoredAs(other, one)));
        expect(isStoredAs(read, written)).toBe(read.length === written.length && isHeld);
      },
    ),
    { numRuns: 5_000 },
  );
});
