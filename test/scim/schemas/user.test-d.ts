import { expectTypeOf } from 'vitest';
import type { PatchOperation, ReceivedPatchOperation } from '../../../src/scim/schemas/common.js';
import type { Group } from '../../../src/scim/schemas/group.js';
import type { User } from '../../../src/scim/schemas/user.js';

declare const user: User;

expectTypeOf(user.id).toEqualTypeOf<string>();
expectTypeOf(user.userName).toEqualTypeOf<string>();
expectTypeOf(user.active).toEqualTypeOf<boolean | null | undefined>();
expectTypeOf(user.emails?.[0]?.value).toEqualTypeOf<string | null | undefined>();

// The extension is typed by its URN.
const enterprise = user['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'];
expectTypeOf(enterprise?.department).toEqualTypeOf<string | null | undefined>();
expectTypeOf(enterprise?.manager?.value).toEqualTypeOf<string | null | undefined>();

// What the schema does not name is kept, and unknown.
expectTypeOf(user.shoeSize).toEqualTypeOf<unknown>();
expectTypeOf(user['urn:example:2.0:Badge']).toEqualTypeOf<unknown>();

// Extensions of one's own are typed by intersection.
type Employee = User & { 'urn:example:2.0:Badge'?: { color?: string } };
declare const employee: Employee;
expectTypeOf(employee['urn:example:2.0:Badge']?.color).toEqualTypeOf<string | undefined>();

// What clients send is taken in any spelling; what is asked for is spelled as in the RFC.
const received: ReceivedPatchOperation = { op: 'Replace', path: 'active', value: false };
expectTypeOf(received.op).toBeString();
expectTypeOf<PatchOperation>().toExtend<ReceivedPatchOperation>();
expectTypeOf<{ op: 'Replace' }>().not.toExtend<PatchOperation>();
expectTypeOf<Group['members']>().not.toEqualTypeOf<unknown>();

// @ts-expect-error a user has a userName
const nameless: User = { id: '1' };
// @ts-expect-error active is a boolean
const inactive: User = { id: '1', userName: 'a', active: 'no' };

export { inactive, nameless };
