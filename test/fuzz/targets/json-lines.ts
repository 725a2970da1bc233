import fc from 'fast-check';
import { expect } from 'vitest';
import { cut, readAll } from '../../audit-logs/json-lines/read-all.js';
import { attempt, type FuzzTarget } from '../fuzz-target.js';
import { hostileName, hostileValue, textOf } from '../hostile-values.js';

const record = fc
  .array(fc.tuple(hostileName, hostileValue), { maxLength: 3 })
  .map((entries) => `{${entries.map((entry) => entry.map((one) => JSON.stringify(one)).join(':')).join()}}`);
// Within a line: what a writer that broke down may leave there.
const garbage = textOf(
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\',
  ',',
  ':',
  '\u0000',
  '\ufeff',
  '\r',
  '{"a":',
  '1e999',
  'null',
  '\t',
).map((text) => text.replaceAll('\n', ''));
const line = fc.oneof(
  { weight: 3, arbitrary: record.map((text) => ({ text, isWhole: true })) },
  { weight: 1, arbitrary: garbage.map((text) => ({ text, isWhole: false })) },
);

/** A log file: every whole record on a line of its own is delivered, how ever the file is cut, and nothing twice. */
export const jsonLines: FuzzTarget = {
  name: 'json-lines',
  runs: 300,
  property: fc.asyncProperty(
    fc.array(line, { maxLength: 12 }),
    fc.array(fc.nat(), { maxLength: 12 }),
    async (lines, places) => {
      const bytes = new TextEncoder().encode(lines.map(({ text }) => `${text}\n`).join(''));
      const { value: stops = [] } = await attempt(() => readAll(cut(bytes, places)));
      expect(stops).toEqual(readAll([bytes]));
      const offsets = stops.map(({ byteOffset }) => byteOffset);
      expect(new Set(offsets).size).toBe(offsets.length);
      // A line that was left open by garbage may take along what is after it: then it is reported.
      if (stops.some(({ problem }) => problem !== undefined)) return;
      const values = stops.map(({ value }) => JSON.stringify(value));
      const whole = lines.flatMap(({ text, isWhole }) => (isWhole ? [JSON.stringify(JSON.parse(text))] : []));
      let from = 0;
      for (const one of whole) {
        const at = values.indexOf(one, from);
        expect(at, `the record ${one}`).toBeGreaterThanOrEqual(0);
        from = at + 1;
      }
    },
  ),
};
