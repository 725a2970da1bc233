import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskText } from '../../src/internal/mask-text.js';

const words = fc.string({ unit: 'grapheme', maxLength: 40 });
const email = fc.emailAddress();
const secret = fc.stringMatching(/^[A-Za-z0-9_-]{24,60}$/).filter((text) => /\d/.test(text));

test('no e-mail address, UUID, key or quoted value survives, wherever it stands', () => {
  fc.assert(
    fc.property(words, words, email, fc.uuid(), secret, (before, after, address, uuid, key) => {
      for (const value of [address, uuid, key]) {
        expect(maskText(`${before} ${value} ${after}`)).not.toContain(value);
      }
      expect(maskText(`said "${key}" twice`)).toBe('said "…" twice');
    }),
  );
});

test('what is known to be secret never survives', () => {
  fc.assert(
    fc.property(words, words, fc.stringMatching(/^[!-~]{3,40}$/), (before, after, value) => {
      const masked = maskText(`${before} ${value} ${after}`, [value]);
      // The mask itself may hold a short value such as `[…]`; nothing longer.
      if (value.length > 5) expect(masked.toLowerCase()).not.toContain(value.toLowerCase());
    }),
  );
});

test('the result is one line of at most 300 characters, and masking it again changes nothing that mattered', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 6_000 }), (text) => {
      const masked = maskText(text);
      expect(masked.length).toBeLessThanOrEqual(300);
      expect(masked).not.toMatch(/[\r\n\p{Cc}]/u);
    }),
  );
});
