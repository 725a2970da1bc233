import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import type { PatchOperation } from '../../../src/scim/schemas/common.js';
import { permissionsRequiredBy } from '../../../src/scim/write/permissions.js';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const before = {
  id: '1',
  userName: 'a',
  active: true,
  members: [{ value: '1' }, { value: '2' }],
  roles: [{ value: 'admin' }],
  emails: [{ value: 'a@b', type: 'work' }],
};

const recased = (text: string) =>
  fc
    .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
    .map((upper) => [...text].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join(''));
const attribute = fc.constantFrom('active', 'members', 'roles', 'emails', 'title', 'name.givenName', 'members.value');
const path = fc
  .tuple(attribute, fc.constantFrom('', `${core}:`), fc.constantFrom('', '[value eq "1"]', '[type eq "work"].value'))
  .chain(([name, urn, brackets]) => recased(name).map((spelled) => `${urn}${spelled}${brackets}`));
const value = fc.oneof(
  fc.constantFrom<unknown>(
    true,
    false,
    'True',
    'False',
    null,
    [],
    'x',
    0,
    { value: '1' },
    [{ value: '2' }],
    [{ value: 'a@b' }],
  ),
  fc.dictionary(path, fc.constantFrom<unknown>(true, false, 'False', null, [], [{ value: '2' }]), { maxKeys: 2 }),
);
const operation: fc.Arbitrary<PatchOperation> = fc
  .record(
    { op: fc.constantFrom('add', 'replace', 'remove', 'Replace', 'REMOVE', 'Add'), path, value },
    { requiredKeys: ['op'] },
  )
  .map((drawn) => drawn as PatchOperation);

const sizeOf = (list: unknown) => (Array.isArray(list) ? list.length : 0);

test('no patch that switches off or takes away passes for anything less than Deprovisioning', () => {
  let judged = 0;
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 3 }), (operations) => {
      let after: typeof before;
      try {
        after = applyPatch(before, operations, { tolerant: true });
      } catch {
        return;
      }
      const takesAway =
        after.active !== true ||
        sizeOf(after.roles) < 1 ||
        sizeOf(after.emails) < 1 ||
        before.members.some(({ value: id }) => !(after.members ?? []).some((member) => member.value === id));
      if (!takesAway) return;
      judged += 1;
      const demands = permissionsRequiredBy({
        method: 'PATCH',
        route: '/Users/{id}',
        body: { Operations: operations },
      });
      expect(demands.map(({ permission }) => permission)).toContain('deprovisioning');
    }),
    { numRuns: 4_000 },
  );
  expect(judged).toBeGreaterThan(100);
});

test('no patch that adds or changes anything passes for anything less than Provisioning', () => {
  let judged = 0;
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 3 }), fc.boolean(), (operations, active) => {
      let after: typeof before;
      try {
        after = applyPatch({ ...before, active }, operations, { tolerant: true });
      } catch {
        return;
      }
      const { active: activeAfter, members = [], ...others } = after;
      const { active: _active, members: _members, ...othersBefore } = before;
      const adds =
        (!active && activeAfter !== false) ||
        members.some((member) => !before.members.some(({ value: id }) => id === member.value)) ||
        JSON.stringify(others) !== JSON.stringify(othersBefore);
      if (!adds) return;
      judged += 1;
      const demands = permissionsRequiredBy({
        method: 'PATCH',
        route: '/Users/{id}',
        body: { Operations: operations },
      });
      expect(demands.map(({ permission }) => permission)).toContain('provisioning');
    }),
    { numRuns: 4_000 },
  );
  expect(judged).toBeGreaterThan(100);
});

test('no patch passes for a read', () => {
  fc.assert(
    fc.property(fc.array(operation), (operations) => {
      expect(
        permissionsRequiredBy({ method: 'PATCH', route: '/Users/{id}', body: { Operations: operations } }),
      ).not.toEqual([]);
    }),
  );
});

test('no body, whatever it is, makes the judge fail or pass a write for a read', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
      fc.constantFrom('/Users', '/Bulk', '/Groups/{id}', '/Me', '/'),
      fc.jsonValue(),
      (method, route, body) => {
        expect(permissionsRequiredBy({ method, route, body })).not.toEqual([]);
      },
    ),
  );
});
