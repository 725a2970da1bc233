import { expectTypeOf } from 'vitest';
import type { PatchOperation, ReceivedPatchOperation } from '../../../src/scim/schemas/common.js';
import type { ResourceType, SchemaDefinition, ServiceProviderConfig } from '../../../src/scim/schemas/discovery.js';
import type { Group } from '../../../src/scim/schemas/group.js';
import type { User } from '../../../src/scim/schemas/user.js';
import group from '../../fixtures/rfc7643/group.json' with { type: 'json' };
import resourceTypes from '../../fixtures/rfc7643/resource-types.json' with { type: 'json' };
import groupDefinition from '../../fixtures/rfc7643/schema-group.json' with { type: 'json' };
import config from '../../fixtures/rfc7643/service-provider-config.json' with { type: 'json' };
import enterpriseUser from '../../fixtures/rfc7643/user-enterprise.json' with { type: 'json' };
import full from '../../fixtures/rfc7643/user-full.json' with { type: 'json' };
import minimal from '../../fixtures/rfc7643/user-minimal.json' with { type: 'json' };

declare const user: User;

expectTypeOf(user.id).toEqualTypeOf<string>();
expectTypeOf(user.userName).toEqualTypeOf<string>();
expectTypeOf(user.active).toEqualTypeOf<boolean | null | undefined>();
expectTypeOf(user.emails?.[0]?.value).toEqualTypeOf<string | null | undefined>();

// What RFC 7643 prints is of these types.
expectTypeOf(minimal).toExtend<User>();
expectTypeOf(full).toExtend<User>();
expectTypeOf(enterpriseUser).toExtend<User>();
expectTypeOf(group).toExtend<Group>();
expectTypeOf(config).toExtend<ServiceProviderConfig>();
expectTypeOf(resourceTypes).toExtend<ResourceType[]>();
expectTypeOf(groupDefinition).toExtend<SchemaDefinition>();

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
