import { formatPath, parsePath } from 'chatgpt-enterprise-sdk/scim';
import fc from 'fast-check';
import { expect } from 'vitest';
import { attempt, canary, expectPlain, type FuzzTarget } from '../fuzz-target.js';
import { textOf } from '../hostile-values.js';

const text = textOf(
  'emails',
  'name.givenName',
  `[value eq "${canary}"]`,
  '[type eq "work" and primary eq true]',
  `"${canary}"`,
  '__proto__',
  'constructor',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  'urn:',
  ':',
  '.',
  '2.0',
  '$ref',
  '[',
  ']',
  '(',
  '"',
  '\\',
  ' ',
);

/** A path of a PATCH that somebody sent: what is read is written back as the same path. */
export const path: FuzzTarget = {
  name: 'path',
  runs: 400,
  property: fc.asyncProperty(text, async (given) => {
    const { value: parsed } = await attempt(() => parsePath(given));
    if (parsed === undefined) return;
    expectPlain(parsed);
    const { value: written, error } = await attempt(() => formatPath(parsed));
    expect(error).toBeUndefined();
    expect(parsePath(String(written))).toEqual(parsed);
  }),
};
