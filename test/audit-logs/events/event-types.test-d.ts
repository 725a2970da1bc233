import { expectTypeOf } from 'vitest';
import type { AuditAction } from '../../../src/audit-logs/events/audit-log.js';
import type { AuthAction } from '../../../src/audit-logs/events/auth-log.js';
import type { UnknownEvent } from '../../../src/audit-logs/events/envelope.js';
import type {
  AuditLogEvent,
  EventOf,
  KnownEventType,
  NewEvent,
  OrganizationEventType,
  WorkspaceEventType,
} from '../../../src/audit-logs/events/event-types.js';
import type { OtherName } from '../../../src/audit-logs/events/fields.js';

declare const event: AuditLogEvent;

// The envelope can be read without asking for the type.
expectTypeOf(event.event_id).toEqualTypeOf<string>();
expectTypeOf(event.timestamp).toEqualTypeOf<string>();
expectTypeOf(event.principal?.id).toEqualTypeOf<string | undefined>();
expectTypeOf(event.type).toExtend<string>();

// Comparing `type` narrows, although unknown types are in the union.
if (event.type === 'AUTH_LOG') {
  expectTypeOf(event).toEqualTypeOf<EventOf<'AUTH_LOG'>>();
  expectTypeOf(event.action_data?.auth_provider_name).toEqualTypeOf<string | null | undefined>();
  expectTypeOf(event.action_data?.action).toEqualTypeOf<AuthAction | OtherName | undefined>();
  void (event.action_data?.action === 'login_success');
  // @ts-expect-error TS2367: a slip in a known name
  void (event.action_data?.action === 'logn_success');
  void (String(event.action_data?.action) === 'brand_new');
} else if (event.type === 'COSTS') {
  expectTypeOf(event.payload?.hour).toEqualTypeOf<number | undefined>();
} else if (event.type === 'APP_AUTH_LOG') {
  expectTypeOf(event.link_id).toEqualTypeOf<string | undefined>();
}

// So does `action`, and `event_type`.
if (event.type === 'AUDIT_LOG') {
  expectTypeOf(event.action).toEqualTypeOf<AuditAction | OtherName | undefined>();
  if (event.action === 'USER_ROLE_UPDATED')
    expectTypeOf(event.action_data?.new_role).toEqualTypeOf<string | undefined>();
  if (event.action === 'ROLE_CREATE') expectTypeOf(event.action_data?.anything).toEqualTypeOf<unknown>();
  if (event.action === 'LIST_WORKSPACE_LOG_FILES') {
    expectTypeOf(event.action_data?.limit).toEqualTypeOf<string | number | null | undefined>();
  }
}
if (event.type === 'CODEX_LOG' && event.event_type === 'PROMPT_SENT') {
  expectTypeOf(event.event_details?.session_id).toEqualTypeOf<string | undefined>();
}
if (event.type === 'CUSTOM_AGENTS_LOG' && event.event_type === 'MEMORY_READ') {
  expectTypeOf(event.event_details?.run_id).toEqualTypeOf<string | undefined>();
}

// What a switch leaves over is the unknown event, and its fields are unknown, not forbidden.
function describe(given: EventOf<'AUTH_LOG' | 'COSTS'> | UnknownEvent): string | undefined {
  switch (given.type) {
    case 'AUTH_LOG':
      return given.action_data?.action;
    case 'COSTS':
      return given.payload?.day;
    default:
      expectTypeOf(given).toEqualTypeOf<UnknownEvent>();
      expectTypeOf(given.whatever).toEqualTypeOf<unknown>();
      return given.type;
  }
}
void describe;

// A name this version does not know is compared as text; as a literal it would be taken for a slip.
// @ts-expect-error TS2367: no event is known by this name
void (event.type === 'SOMETHING_NEW');
void (String(event.type) === 'SOMETHING_NEW');

// Known to the caller, it is a name like any other: to compare with, and to write in a test.
function describeNew(given: AuditLogEvent<'SOMETHING_NEW'>): string | undefined {
  switch (given.type) {
    case 'SOMETHING_NEW':
      expectTypeOf(given).toEqualTypeOf<NewEvent<'SOMETHING_NEW'>>();
      expectTypeOf(given.whatever).toEqualTypeOf<unknown>();
      return given.type;
    case 'AUTH_LOG':
      return given.action_data?.action;
    default:
      // @ts-expect-error TS2367: a slip in it
      return given.type === 'SOMETHING_NEWW' ? given.event_id : undefined;
  }
}
describeNew({ type: 'SOMETHING_NEW', event_id: '1', timestamp: '2026-11-23T09:00:00Z', whatever: 1 });
describeNew(event);
declare const asked: EventOf<'AUTH_LOG' | 'SOMETHING_NEW'>;
describeNew(asked);

// Actors are told apart by `type`.
if (event.actor?.type === 'ACCOUNT_USER') {
  expectTypeOf(event.actor.user_email).toEqualTypeOf<string | null | undefined>();
}
if (event.actor?.type === 'AGENT') {
  expectTypeOf(event.actor.agent_runtime?.delegator?.user_id).toEqualTypeOf<string | null | undefined>();
}

// Names map to events.
expectTypeOf<EventOf<'SOMETHING_NEW'>>().toEqualTypeOf<NewEvent<'SOMETHING_NEW'>>();
expectTypeOf<EventOf<'AUTH_LOG' | 'COSTS'>>().toEqualTypeOf<EventOf<'AUTH_LOG'> | EventOf<'COSTS'>>();
expectTypeOf<EventOf<string>>().toEqualTypeOf<AuditLogEvent>();
expectTypeOf<EventOf<KnownEventType>['type']>().toEqualTypeOf<KnownEventType>();
expectTypeOf<EventOf<'CHATGPT_GPT_ANALYTICS'>['type']>().toEqualTypeOf<'CHATGPT_GPT_ANALYTICS'>();

// Routes know what they take, and are open to new names.
expectTypeOf<'AUTH_LOG'>().toExtend<WorkspaceEventType>();
expectTypeOf<'SOMETHING_NEW'>().toExtend<WorkspaceEventType>();
expectTypeOf<'COSTS'>().toExtend<OrganizationEventType>();
