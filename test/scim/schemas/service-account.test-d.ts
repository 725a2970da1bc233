import { expectTypeOf } from 'vitest';
import type { Person } from '../../../src/index.js';
import { isServiceAccount, type User } from '../../../src/scim/index.js';

declare const user: User;
declare const person: Person;

// Any text may come, and the one that is known is offered.
expectTypeOf<string>().toExtend<User['userType']>();
expectTypeOf<Person['kind']>().toEqualTypeOf<'person' | 'service_account' | 'unknown'>();

isServiceAccount(user);
isServiceAccount({ userType: 'ServiceAccount' });
// A person of the roster has a `kind`, and no `userType`: it would pass for nobody.
// @ts-expect-error
isServiceAccount(person);
// @ts-expect-error
isServiceAccount('svc-build@north.example');
