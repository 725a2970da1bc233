import { expectTypeOf } from 'vitest';
import { and, co, eq, gt, not, or, present, valuePath } from '../../../src/scim/filter/build.js';
import type { Filter } from '../../../src/scim/filter/filter.js';
import type { Group } from '../../../src/scim/schemas/group.js';
import type { User } from '../../../src/scim/schemas/user.js';

declare function listUsers(query: { readonly filter?: string | Filter<User> | undefined }): void;
declare function anyFilter(filter: Filter): void;

// What the caller asks for decides what is allowed; no type argument is written.
listUsers({ filter: eq('userName', 'bjensen') });
listUsers({ filter: eq('active', true) });
listUsers({ filter: eq('name.familyName', 'Jensen') });
listUsers({ filter: eq('emails.value', 'a@example.com') });
listUsers({ filter: eq('emails', 'a@example.com') });
listUsers({ filter: eq('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', 'Ops') });
listUsers({ filter: eq('urn:example:2.0:User:badge', 7) });
listUsers({ filter: gt('meta.lastModified', new Date(0)) });
listUsers({ filter: and(eq('userName', 'a'), or(present('title'), not(co('displayName', 'b')))) });
listUsers({ filter: valuePath('emails', and(eq('type', 'work'), co('value', '@example.com'))) });
listUsers({ filter: eq('externalId', null) });
listUsers({ filter: eq('name', null) });
eq<User>('name', null);
eq<User>('addresses', null);

// @ts-expect-error there is no such attribute
listUsers({ filter: eq('userNam', 'bjensen') });
// @ts-expect-error a name as a whole is no text
listUsers({ filter: eq('name', 'Jensen') });
// @ts-expect-error nothing is greater than null
listUsers({ filter: gt('name', null) });
// @ts-expect-error active is a boolean
listUsers({ filter: eq('active', 'true') });
// @ts-expect-error there is no such attribute, deep inside
listUsers({ filter: and(eq('userName', 'a'), or(present('titel'))) });
// @ts-expect-error booleans have no order
listUsers({ filter: gt('active', true) });
// @ts-expect-error an address has no such part
listUsers({ filter: valuePath('emails', eq('kind', 'work')) });
// @ts-expect-error a group's filter does not fit users
listUsers({ filter: eq<Group>('members.value', 'a') });

// With the type written.
expectTypeOf(eq<User>('userName', 'a')).toEqualTypeOf<Filter<User>>();
// @ts-expect-error there is no such attribute
eq<User>('members', 'a');
// @ts-expect-error userName is a string
eq<User>('userName', 1);
valuePath<User>('emails', eq('type', 'work'));

// Nothing known: everything is open, and the result fits everywhere.
const open = and(eq('whatever', 1), valuePath('things', eq('color', 'red')));
listUsers({ filter: open });
anyFilter(open);
anyFilter(eq<User>('userName', 'a'));
anyFilter(eq('x', 1));
const stored: Filter = eq('userName', 'a');
anyFilter(stored);

// One text or several is a text, not what an array can do.
listUsers({ filter: eq('schemas', 'urn:example:2.0:Badge') });
// @ts-expect-error a list of texts has no parts
eq<User>('schemas.length', null);
// @ts-expect-error nor has a text
eq<User>('schemas.toString', null);
