import { formatFilter, matchesFilter, parseFilter } from 'chatgpt-enterprise-sdk/scim';
import fc from 'fast-check';
import { expect } from 'vitest';
import { attempt, canary, type FuzzTarget } from '../fuzz-target.js';
import { hostileValue, textOf } from '../hostile-values.js';

const text = textOf(
  'userName eq "x"',
  `emails[value eq "${canary}"]`,
  `"${canary}"`,
  'a pr',
  'a.b co ',
  '__proto__',
  'constructor.prototype',
  'urn:a:2.0:B:c',
  ' and ',
  ' or ',
  'not (',
  '(',
  ')',
  '[',
  ']',
  '"',
  '\\',
  '\\u0041',
  '-1.5e9',
  'null',
  'true',
  ':',
  '.',
  ' ',
);

/** A filter that somebody typed: what is read is written back as the same filter, and matching it ends. */
export const filter: FuzzTarget = {
  name: 'filter',
  runs: 400,
  property: fc.asyncProperty(text, hostileValue, async (given, resource) => {
    const { value: parsed } = await attempt(() => parseFilter(given));
    if (parsed === undefined) return;
    const { value: written, error } = await attempt(() => formatFilter(parsed));
    expect(error).toBeUndefined();
    expect(parseFilter(String(written))).toEqual(parsed);
    const { value: matches, error: refused } = await attempt(() =>
      matchesFilter(parsed, { userName: resource, emails: [resource] }),
    );
    // The grammar lets any value follow `co`; only text can be looked for.
    if (refused === undefined) expect(matches).toBeTypeOf('boolean');
    else expect(refused).toMatchObject({ code: 'invalid_filter' });
  }),
};
