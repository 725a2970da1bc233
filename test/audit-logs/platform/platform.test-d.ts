import { expectTypeOf, test } from 'vitest';
import {
  AuditLogClient,
  type PlatformEvent,
  type PlatformEventName,
  type PlatformEventOf,
  type PlatformPayloads,
  type PlatformTenantEventName,
} from '../../../src/audit-logs/index.js';
import type { AllEventTypes, EventTypeFor, RefusedEventType } from '../../../src/audit-logs/readable-types.js';

const platform = { id: 'org-1', apiKey: 'sk-admin-p' };
const apiKey = 'sk-admin-w';
type Delivered<Stream> = Stream extends AsyncIterable<infer Item> ? Item : never;

test('a key is needed for what is read, and for nothing else', () => {
  new AuditLogClient({ platform });
  new AuditLogClient({ platform, apiKey, workspaceIds: 'w' });
  // @ts-expect-error there is nothing to read
  new AuditLogClient({});
  // @ts-expect-error workspaces need a key
  new AuditLogClient({ platform, workspaceIds: 'w' });
  // @ts-expect-error the platform needs a key
  new AuditLogClient({ platform: { id: 'org-1' } });
  // @ts-expect-error stores tell its log from others by its id
  new AuditLogClient({ platform: { apiKey } });
  // @ts-expect-error there is no such residency
  new AuditLogClient({ platform: { id: 'org-1', apiKey, dataResidency: 'mars' } });
});

test('the types of the platform belong to a client that has it', () => {
  const alone = new AuditLogClient({ platform });
  const both = new AuditLogClient({ platform, apiKey, workspaceIds: 'w' });
  const events = alone.events({ eventTypes: ['PLATFORM_AUDIT_LOG'] });
  expectTypeOf<Delivered<typeof events>>().toEqualTypeOf<PlatformEvent>();
  both.follow({ eventTypes: ['AUTH_LOG', 'PLATFORM_TENANT_LOG'] });
  const all = alone.events({ eventTypes: 'all' });
  expectTypeOf<Delivered<typeof all>>().toEqualTypeOf<PlatformEvent>();
  expectTypeOf<AllEventTypes<{ platform: object }>>().toEqualTypeOf<'PLATFORM_AUDIT_LOG' | 'PLATFORM_TENANT_LOG'>();
  expectTypeOf<EventTypeFor<{ workspaceIds: string; organizationId: string }, 'PLATFORM_AUDIT_LOG'>>().toEqualTypeOf<
    RefusedEventType<"PLATFORM_AUDIT_LOG needs platform in the client's options">
  >();
  // @ts-expect-error the client has no workspaces
  alone.events({ eventTypes: ['AUTH_LOG'] });
});

test('comparing the type of an event types what stands under its name', () => {
  const read = (event: PlatformEvent) => {
    if (event.type === 'invite.sent') {
      expectTypeOf(event['invite.sent']?.data?.email).toEqualTypeOf<string | undefined>();
    } else if (event.type === 'tenant.user.invited') expectTypeOf(event['tenant.user.invited']).toBeUnknown();
    // A name that came later.
    if (String(event.type) === 'project.moved') expectTypeOf(event.id).toBeString();
    // @ts-expect-error a slip in a name
    if (event.type === 'invite.send') return;
    expectTypeOf(event.effective_at).toBeNumber();
    // @ts-expect-error there is no envelope
    void event.event_id;
  };
  void read;
  expectTypeOf<PlatformEventOf<'tunnel.created'>['type']>().toEqualTypeOf<'tunnel.created'>();
});

test('each payload belongs to a name that there is', () => {
  expectTypeOf<keyof PlatformPayloads>().toExtend<PlatformEventName>();
  expectTypeOf<Exclude<PlatformEventName, keyof PlatformPayloads>>().toEqualTypeOf<
    'resource.deleted' | 'tunnel.created' | 'tunnel.updated' | 'tunnel.deleted'
  >();
  expectTypeOf<PlatformTenantEventName>().toExtend<`tenant.${string}`>();
});
