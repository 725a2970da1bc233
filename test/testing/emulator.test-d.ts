import { expectTypeOf } from 'vitest';
import type { User } from '../../src/scim/schemas/user.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { generateEvents } from '../../src/testing/events/generate-events.js';
import { fault } from '../../src/testing/faults.js';

const emulator = createEmulator();

expectTypeOf(emulator.fetch).toEqualTypeOf<typeof globalThis.fetch>();
expectTypeOf(emulator.store.users.list()).toEqualTypeOf<User[]>();

emulator.faults.add(fault.html(), { route: ['GET /Users', 'GET /compliance/logs/{log_file_id}'] });
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
