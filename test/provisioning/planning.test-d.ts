import { expectTypeOf, test } from 'vitest';
import type { Person } from '../../src/connection/roster/person.js';
import {
  type DesiredUser,
  type DirectoryPlan,
  formatPlan,
  type PlanAction,
  type PlanPolicy,
  planDirectory,
  type RosterPerson,
} from '../../src/provisioning/index.js';
import type { ScimClient } from '../../src/scim/client.js';
import type { User } from '../../src/scim/schemas/user.js';

declare const client: ScimClient;
declare const people: AsyncGenerator<Person, void, undefined>;

test('a client that can only read can plan, with the people of a roster', () => {
  expectTypeOf(planDirectory(client, { users: [] }, {}, { people })).toEqualTypeOf<Promise<DirectoryPlan>>();
  const both = client as ScimClient<'provisioning' | 'deprovisioning'>;
  expectTypeOf(planDirectory(both, { users: [] })).toEqualTypeOf<Promise<DirectoryPlan>>();
  expectTypeOf<Person>().toExtend<RosterPerson>();
});

test('users and groups are given as arrays, or as what is iterated', () => {
  async function* users(): AsyncGenerator<DesiredUser> {
    yield { userName: 'mira.sol@north.example', externalId: '1', active: false };
  }
  planDirectory(client, { users: users(), groups: new Set([{ displayName: 'Sales', members: ['1'] }]) });
  planDirectory(client, { users: [{ userName: 'a', 'urn:example:2.0:User': { badge: 1 } }] });
  // @ts-expect-error Attributes are those of a user.
  planDirectory(client, { users: [{ userName: 'a', titel: 'Lead' }] });
  // @ts-expect-error A user has a name.
  planDirectory(client, { users: [{ externalId: '1' }] });
  // @ts-expect-error Members are keys, not resources.
  planDirectory(client, { users: [], groups: [{ displayName: 'Sales', members: [{ value: '1' }] }] });
  expectTypeOf<User>().toExtend<DesiredUser>();
});

test('a policy has no option that there is not, and service accounts are not given up as a whole', () => {
  planDirectory(client, { users: [] }, { limits: { removals: 5 }, protect: { serviceAccounts: { except: ['id'] } } });
  // @ts-expect-error It is in `limits`.
  planDirectory(client, { users: [] }, { removals: 5 });
  // @ts-expect-error Only by their ids.
  const policy: PlanPolicy = { protect: { serviceAccounts: false } };
  // @ts-expect-error There are two, and `none`.
  planDirectory(client, { users: [] }, { removal: 'remove' });
  return policy;
});

test('an action is told by its kind', () => {
  const lineOf = (action: PlanAction): string => {
    switch (action.kind) {
      case 'create':
      case 'create_group':
        expectTypeOf(action.target.id).toEqualTypeOf<string | undefined>();
        return Object.keys(action.after).join();
      case 'reactivate':
      case 'change':
      case 'rename':
        expectTypeOf(action.target.id).toEqualTypeOf<string>();
        return action.operations.map(({ path }) => path).join();
      case 'add_members':
      case 'remove_members':
        return action.members.map(({ key }) => key).join();
      case 'deactivate':
      case 'delete':
        // @ts-expect-error Nothing else changes.
        return String(action.operations);
    }
  };
  expectTypeOf(lineOf).returns.toEqualTypeOf<string>();
});

test('what was read from JSON is a plan again', () => {
  const plan: DirectoryPlan = JSON.parse('{}');
  expectTypeOf(formatPlan(plan, { color: true })).toEqualTypeOf<string>();
});
