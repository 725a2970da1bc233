import fc from 'fast-check';
import { expect, test } from 'vitest';
import { counterPlaceholder, syntheticContent } from '../../../src/testing/compliance/log-file.js';

test('content has exactly the size asked for, and each line is an event with an id of its own', () => {
  const template = JSON.stringify({ event_id: `1234-${counterPlaceholder}`, type: 'AUTH_LOG' });
  fc.assert(
    fc.property(fc.integer({ min: template.length + 1, max: 50_000 }), (size) => {
      const content = syntheticContent(template, size);
      expect(content.length).toBe(size);
      const lines = new TextDecoder().decode(content).trimEnd().split('\n');
      expect(new Set(lines.map((line) => JSON.parse(line).event_id)).size).toBe(lines.length);
      expect(lines).toHaveLength(Math.floor(size / (template.length + 1)));
    }),
    { numRuns: 50 },
  );
});
