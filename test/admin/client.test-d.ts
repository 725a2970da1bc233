import { expectTypeOf, test } from 'vitest';
import {
  AdminClient,
  type AdminClientOptions,
  type AdminGroup,
  type AdminPage,
  type AuditLogKey,
  type DailyUsage,
  type GroupMember,
  type Invite,
  type Member,
  type NamesSeveral,
  type RouteParameter,
  type UserUsageLimit,
  type WorkspaceUsageLimit,
} from '../../src/admin/index.js';

const apiKey = 'sk-admin-1';
const one = new AdminClient({ apiKey, workspaceIds: 'w' });
const several = new AdminClient({ apiKey: { w: 'sk-admin-1', v: 'sk-admin-2' }, workspaceIds: ['w', 'v'] });
declare const options: AdminClientOptions;
const unknown = new AdminClient(options);

test('of several workspaces one has to be named, of one it may be', () => {
  one.members.list();
  one.members.list({ workspaceId: 'w' });
  one.usageLimits.users.iterate({ query: 'ada' });
  one.members.find({ email: 'a@b.c' });
  unknown.members.list();
  several.members.list({ workspaceId: 'w' });
  several.members.get('user-1', { workspaceId: 'w' }, { timeoutMs: 1 });
  several.members.find({ email: 'a@b.c', workspaceId: 'w' });
  several.get('/manage/workspaces/{workspace_id}/roles', { workspaceId: 'w' });

  // @ts-expect-error nothing says which
  several.members.list();
  // @ts-expect-error nor here
  several.members.iterate({ limit: 1 });
  // @ts-expect-error nor of one
  several.members.get('user-1');
  // @ts-expect-error nor who is found
  several.members.find({ email: 'a@b.c' });
  // @ts-expect-error nor in a list within a list
  several.usageLimits.users.list({ query: 'ada' });
  // @ts-expect-error nor of a route
  several.get('/manage/workspaces/{workspace_id}/roles');
});

test('whether they are several is seen where it can be', () => {
  expectTypeOf<NamesSeveral<{ workspaceIds: 'w' }>>().toEqualTypeOf<false>();
  expectTypeOf<NamesSeveral<{ workspaceIds: 'w,' }>>().toEqualTypeOf<false>();
  expectTypeOf<NamesSeveral<{ workspaceIds: 'w, v' }>>().toEqualTypeOf<true>();
  expectTypeOf<NamesSeveral<{ workspaceIds: 'w\nv' }>>().toEqualTypeOf<true>();
  expectTypeOf<NamesSeveral<{ workspaceIds: readonly ['w'] }>>().toEqualTypeOf<false>();
  expectTypeOf<NamesSeveral<{ workspaceIds: readonly ['w', 'v'] }>>().toEqualTypeOf<true>();
  expectTypeOf<NamesSeveral<{ workspaceIds: string[] }>>().toEqualTypeOf<false>();
  expectTypeOf<NamesSeveral<{ workspaceIds: string }>>().toEqualTypeOf<false>();
  expectTypeOf<NamesSeveral<object>>().toEqualTypeOf<false>();
});

test('a client has no method that writes', () => {
  // @ts-expect-error
  one.members.update;
  // @ts-expect-error
  one.members.delete;
  // @ts-expect-error
  one.invites.create;
  // @ts-expect-error
  one.groups.addMembers;
  // @ts-expect-error
  one.serviceAccounts.create;
  // @ts-expect-error
  one.usageLimits.update;
  // @ts-expect-error
  one.post;
});

test('what is official is typed, words are open, and what is not known is unknown', () => {
  expectTypeOf(one.members.list()).resolves.toEqualTypeOf<AdminPage<Member>>();
  expectTypeOf(one.members.find({ email: 'a@b.c' })).resolves.toEqualTypeOf<Member | undefined>();
  expectTypeOf(one.members.groups('user-1').toArray()).resolves.toEqualTypeOf<AdminGroup[]>();
  expectTypeOf(one.groups.members('grp-1').toArray()).resolves.toEqualTypeOf<GroupMember[]>();
  expectTypeOf(one.usageLimits.workspace()).resolves.toEqualTypeOf<WorkspaceUsageLimit>();
  expectTypeOf(one.usageLimits.users.iterate().toArray()).resolves.toEqualTypeOf<UserUsageLimit[]>();
  expectTypeOf(one.usage.iterate().toArray()).resolves.toEqualTypeOf<DailyUsage[]>();
  expectTypeOf<Member['seat_type']>().toEqualTypeOf<'chatgpt' | 'codex' | (string & {}) | null | undefined>();
  expectTypeOf<AdminGroup['anything']>().toEqualTypeOf<unknown>();
  expectTypeOf<Invite['email']>().toEqualTypeOf<unknown>();
  expectTypeOf(one.get('/manage/workspaces/{workspace_id}/roles')).resolves.toEqualTypeOf<unknown>();
});

test('a route says which parameters it wants', () => {
  expectTypeOf<RouteParameter<'/a/{workspace_id}/b/{x}/c/{y}'>>().toEqualTypeOf<'x' | 'y'>();
  one.get('/manage/workspaces/{workspace_id}/users/{user_id}', { params: { user_id: 'user-1' } });
  // @ts-expect-error none is given
  one.get('/manage/workspaces/{workspace_id}/users/{user_id}');
  // @ts-expect-error another one is
  one.get('/manage/workspaces/{workspace_id}/users/{user_id}', { params: { id: 'user-1' } });
  // @ts-expect-error it is below neither
  one.get('/compliance/workspaces/{workspace_id}/users');
  // @ts-expect-error the workspace is the client's to fill in
  one.get('/manage/workspaces/w/users');
  // @ts-expect-error times are texts or numbers
  one.get('/manage/workspaces/{workspace_id}/users', { query: { at: new Date() } });
});

test('a key is a text, a function that is told whose, or one for each workspace', () => {
  const key: AuditLogKey = ({ id }) => `key of ${id}`;
  new AdminClient({ apiKey: key, workspaceIds: 'w' });
  new AdminClient({ apiKey: { w: key } });
  // @ts-expect-error a number is none
  new AdminClient({ apiKey: 1 });
  // @ts-expect-error it reads no organization
  new AdminClient({ apiKey, workspaceIds: 'w', organizationId: 'org-1' });
});
