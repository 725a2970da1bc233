import { expectTypeOf } from 'vitest';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import { diffPatch } from '../../../src/scim/patch/diff.js';
import type { PatchOperation } from '../../../src/scim/schemas/common.js';
import type { User } from '../../../src/scim/schemas/user.js';

declare const user: User;

expectTypeOf(applyPatch(user, [{ op: 'replace', path: 'active', value: false }])).toEqualTypeOf<User>();
expectTypeOf(diffPatch(user, { ...user, active: false })).toEqualTypeOf<PatchOperation[]>();

// What other clients send may be spelled as they like.
applyPatch(user, [{ op: 'Replace', path: 'active', value: 'False' }], { tolerant: true });

// @ts-expect-error an operation says what to do
applyPatch(user, [{ path: 'active', value: false }]);
// @ts-expect-error a resource is an object
applyPatch('user', []);
// @ts-expect-error there are two answers
diffPatch(user, user, { absent: 'maybe' });
