import { describe, expect, test } from 'vitest';
import { type NormalizeOptions, toOcsf } from '../../src/normalize/index.js';
import { ocsfProblems, schema } from './support/ocsf-problems.js';
import { allRecords } from './support/records.js';

const choices: readonly NormalizeOptions[] = [
  {},
  { include: ['content'] },
  { include: ['emails'] },
  { include: ['content', 'emails'] },
];

describe("every event is what OCSF's own definitions ask for", () => {
  test.for(choices)('of every kind of record, with %o', (options) => {
    const problems = allRecords.flatMap((record) =>
      toOcsf(record, options).flatMap((event) =>
        ocsfProblems(event).map((problem) => `${JSON.stringify(record)}: ${problem}`),
      ),
    );
    expect(problems).toEqual([]);
  });

  test('the fixture is of the tag that the events name', () => {
    expect(schema.tag).toBe('1.5.0');
    expect(toOcsf(allRecords[0] ?? expect.unreachable())[0]?.metadata.version).toBe(schema.tag);
  });
});
