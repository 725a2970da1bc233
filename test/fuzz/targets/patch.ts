import { applyPatch, diffPatch, type PatchOperation } from 'chatgpt-enterprise-sdk/scim';
import fc from 'fast-check';
import { expect } from 'vitest';
import { attempt, canary, expectPlain, type FuzzTarget } from '../fuzz-target.js';
import { hostileValue, mutate, mutation, textOf } from '../hostile-values.js';

// Nothing that is made up names these: no operation may take them away.
const kept = { nickName: 'Mira', phoneNumbers: [{ value: '+49 30 1', type: 'work' }] };
const user = {
  ...kept,
  id: '1',
  userName: 'mira@north.example',
  active: true,
  name: { givenName: 'Mira', familyName: 'Quill' },
  emails: [
    { value: 'mira@north.example', type: 'work', primary: true },
    { value: canary, type: 'home' },
  ],
};

const path = textOf(
  'emails',
  'name',
  '.givenName',
  `[value eq "${canary}"]`,
  '[type eq "work"]',
  '.value',
  '__proto__',
  'active',
);
const value = fc.oneof(
  hostileValue,
  fc.array(mutation, { maxLength: 3 }).map((all) => mutate(user.emails, all)),
);
const operation = fc.record(
  { op: fc.constantFrom('add', 'replace', 'remove', 'Add', 'REMOVE', '', 'test'), path, value },
  { requiredKeys: ['op'] },
);

/** A PATCH that somebody sent: the resource given stays as it is, and what no operation names is in the new one. */
export const patch: FuzzTarget = {
  name: 'patch',
  runs: 250,
  property: fc.asyncProperty(
    fc.array(operation, { maxLength: 4 }),
    fc.array(mutation, { maxLength: 3 }),
    fc.boolean(),
    async (operations, mutations, tolerant) => {
      const before = JSON.stringify(user);
      // Anything may have been sent.
      const sent = operations as unknown as PatchOperation[];
      const { value: patched } = await attempt(() => applyPatch(user, sent, { tolerant }));
      expect(JSON.stringify(user)).toBe(before);
      if (patched !== undefined) {
        expectPlain(patched);
        if (!named(operations)) expect(patched).toMatchObject(kept);
      }
      const { value: difference } = await attempt(() => diffPatch(user, mutate(user, mutations) as typeof user));
      if (difference !== undefined) expectPlain(difference);
    },
  ),
};

/** Whether chance has named what is to be kept. */
function named(operations: readonly unknown[]): boolean {
  return /nickName|phoneNumbers/i.test(JSON.stringify(operations));
}
