import { expectTypeOf } from 'vitest';
import type { User } from '../../src/scim/schemas/user.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { generateEvents } from '../../src/testing/events/generate-events.js';
import { fault } from '../../src/testing/faults.js';

const emulator = createEmulator();

expectTypeOf(emulator.fetch).toEqualTypeOf<typeof globalThis.fetch>();
expectTypeOf(emulator.store.users.list()).toEqualTypeOf<User[]>();

emulator.faults.add(fault.html(), { route: ['GET /Users', 'GET /compliance/logs/{log_file_id}'] });
emulator.faults.add(fault.missingCursor(), { route: 'GET /manage/users/{id}/groups', service: 'admin' });
emulator.faults.add(fault.repeatedCursor(), { route: ['GET /analytics/usage', 'GET /manage/usage_limits/requests'] });
// @ts-expect-error nothing is written there
emulator.faults.add(fault.repeatedRow(), { route: 'POST /manage/users' });
// @ts-expect-error there is no such route
emulator.faults.add(fault.html(), { route: 'GET /People' });
// @ts-expect-error a user has a userName
emulator.store.users.add({ displayName: 'Mira' });

const owner = { type: 'workspace', id: 'w' } as const;
const range = { owner, count: 1, from: '2026-11-22T00:00:00Z', to: '2026-11-23T00:00:00Z' };
for (const event of generateEvents({ ...range, eventType: 'AUTH_LOG' })) {
  expectTypeOf(event.type).toEqualTypeOf<'AUTH_LOG'>();
  expectTypeOf(event.action_data?.action).toExtend<string | undefined>();
}
// @ts-expect-error there is no such type of event
generateEvents({ ...range, eventType: 'USER_LOG' });

expectTypeOf(emulator.admin).toEqualTypeOf<{
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly apiKeys: Readonly<Record<string, string>>;
  readonly workspaceIds: readonly string[];
}>();
createEmulator({ admin: { quirks: { staleMembersMs: 0, unpublishedPaging: 'after', limits: 'amounts' } } });
// @ts-expect-error there is no such way of paging
createEmulator({ admin: { quirks: { unpublishedPaging: 'page' } } });
createEmulator({ workspaces: [{ hasAdminApi: false }] });
emulator.compliance.keys.create({ scopes: ['chatgpt.enterprise.user.read', 'invitations'] });

const member = {
  id: 'user-a',
  email: 'a@x.example',
  name: 'A',
  created_at: 1,
  role: 'standard-user',
  status: 'active',
};
emulator.store.workspaces.setUsers('w', [member, { ...member, seatType: 'codex' }]);
// @ts-expect-error the field of the wire is another one
emulator.store.workspaces.setUsers('w', [{ ...member, seat_type: 'codex' }]);
expectTypeOf(emulator.store.admin.groups.add('w', { name: 'G' })).toEqualTypeOf<string>();
expectTypeOf(emulator.store.admin.limits.get('w', 'user', 'u')).toEqualTypeOf<number | 'unlimited' | undefined>();
emulator.store.admin.limits.setGroup('w', 'g', 'unlimited');
// @ts-expect-error a limit is a number of credits
emulator.store.admin.limits.setWorkspace('w', '1000');
