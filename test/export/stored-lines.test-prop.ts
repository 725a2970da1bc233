import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptLines, linesFrom, linesNotBy } from '../../src/export/stored-lines.js';
import { timesOf } from '../support/scale.js';

/** As a file is read: each part stands in the memory of the one before. */
function* partsOf(text: string, sizes: readonly number[]): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const memory = new Uint8Array(64);
  for (let [at, turn] = [0, 0]; at < bytes.length; turn += 1) {
    const part = bytes.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
    memory.fill(0x3f);
    memory.set(part);
    yield memory.subarray(0, part.length);
    at += part.length;
  }
}

test('what stays of a file stays as it is, however it is cut into parts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: fc.constantFrom('k', 'x', 'é', '\r'), maxLength: 40 })),
      fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      async (lines, sizes, isWhole) => {
        const text = lines.map((line) => `${line}\n`).join('') + (isWhole ? '' : 'keeps no end');
        const all = isWhole ? lines : [...lines, 'keeps no end'];
        const counts = { kept: 0, removed: 0 };
        const kept: Uint8Array[] = [];
        const keeps = (line: Uint8Array) => line[0] === 0x6b;
        for await (const run of keptLines(partsOf(text, sizes), keeps, counts)) kept.push(new Uint8Array(run));
        const expected = all.filter((line) => line.startsWith('k'));
        const ends = expected.map((line) => (line === 'keeps no end' ? line : `${line}\n`));
        expect(Buffer.concat(kept).toString()).toBe(ends.join(''));
        expect(counts).toEqual({ kept: expected.length, removed: all.length - expected.length });
      },
    ),
    { numRuns: timesOf(300, 20_000) },
  );
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
  ['{"actor":{"user_id":"user-a"}}', false],
  ['{"actor":{"user_id":"user\\u002da"}}', false],
  ['{"actor":{"agent_runtime":{"delegator":{"user_id":"user-a"}}}}', false],
  ['{"actor":{"user_id":"user-ab"}}', true],
  ['{"actor":{"user_id":"user-b"},"action_data":{"user_id":"user-a"}}', true],
  ['{"actor":"user-a"}', true],
  ['user-a', true],
])('of user-a is, or is not: %s', (line, stays) => {
  expect(linesNotBy('user-a')(bytesOf(line))).toBe(stays);
});

test.each([
  ['{"timestamp":"2026-11-20T00:00:00Z"}', true],
  ['{"timestamp":"2026-11-19T23:59:59.999Z"}', false],
  ['{"timestamp":"2026-11-20T00:30:00+01:00"}', false],
])('before 20 November or not: %s', (line, stays) => {
  for (const keepsUndated of [true, false]) {
    expect(linesFrom(Date.UTC(2026, 10, 20), keepsUndated, false)(bytesOf(line))).toBe(stays);
    expect(linesFrom(0, keepsUndated, false)(bytesOf('{"timestamp":7}'))).toBe(keepsUndated);
    expect(linesFrom(0, keepsUndated, false)(bytesOf('no JSON'))).toBe(keepsUndated);
  }
});

test('of the API Platform an event has the time that its log goes by, whatever else it says', () => {
  const keeps = linesFrom(Date.UTC(2026, 10, 20), false, true);
  const at = (day: number) => Date.UTC(2026, 10, day) / 1000;
  expect(keeps(bytesOf(`{"event_id":null,"timestamp":"2026-11-01T00:00:00Z","effective_at":${at(20)}}`))).toBe(true);
  expect(keeps(bytesOf(`{"event_id":"e","timestamp":"2026-11-30T00:00:00Z","effective_at":${at(19)}}`))).toBe(false);
});
