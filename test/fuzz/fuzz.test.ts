import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSoak } from '../support/scale.js';
import { checkpoint } from './targets/checkpoint.js';
import { filter } from './targets/filter.js';
import { form, keys } from './targets/form.js';
import { jsonLines } from './targets/json-lines.js';
import { logLists, scimPages } from './targets/list-answers.js';
import { patch } from './targets/patch.js';
import { path } from './targets/path.js';

/** A case that has failed once. It stays what it is for as long as its target makes up cases in the same way. */
interface Found {
  readonly target: string;
  readonly seed: number;
  readonly path: string;
  /** What it was: a seed tells a reader nothing. */
  readonly was: string;
}

const targets = [form, keys, filter, path, patch, jsonLines, checkpoint, scimPages, logLists];
const foundIn = new URL('found.json', import.meta.url);
const found = JSON.parse(readFileSync(foundIn, 'utf8')) as readonly Found[];

// Both from `npm run fuzz`; without it a few cases, always the same.
const minutes = Number(process.env.FUZZ_MINUTES ?? 0);
const only = process.env.FUZZ_TARGET ?? '';
const chosen = targets.filter(({ name }) => only === '' || name === only);
const limitMs = (minutes * 60_000) / chosen.length;

test('there is a target of the name asked for', () => {
  expect(chosen, `one of ${targets.map(({ name }) => name).join(', ')}`).not.toEqual([]);
  expect(found.filter((one) => !targets.some(({ name }) => name === one.target))).toEqual([]);
});

describe.each(chosen)('The surface $name', ({ name, runs, property }) => {
  test('withstands every case that was found before', async () => {
    for (const one of found) {
      if (one.target === name) await fc.assert(property, { seed: one.seed, path: one.path, numRuns: 1 });
    }
  });

  test('withstands what is made up', { timeout: limitMs + 120_000 }, async () => {
    const details = await fc.check(
      property,
      minutes > 0 ? { numRuns: 1e9, interruptAfterTimeLimit: limitMs } : { numRuns: runs, seed: 1 },
    );
    if (minutes > 0) {
      const done = `${details.numRuns} cases of ${name}, seed ${details.seed}`;
      process.stdout.write(`${done}\n`);
      logSoak(done);
    }
    if (details.failed) {
      if (minutes > 0) keep({ target: name, seed: details.seed, path: details.counterexamplePath ?? '', was: '' });
      throw new Error(fc.defaultReportMessage(details), { cause: details.errorInstance });
    }
  });
});

function keep(one: Found): void {
  const now = JSON.parse(readFileSync(foundIn, 'utf8')) as readonly Found[];
  writeFileSync(foundIn, `${JSON.stringify([...now, one], null, 2)}\n`);
}
