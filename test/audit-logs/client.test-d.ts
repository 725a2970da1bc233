import { expectTypeOf, test } from 'vitest';
import type { AuditLogEvent, EventOf, KnownEventType } from '../../src/audit-logs/events/event-types.js';
import type { PlatformEvent } from '../../src/audit-logs/events/platform-events.js';
import {
  type AuditLogBatch,
  type AuditLogBatchesQuery,
  type AuditLogCheckpoint,
  AuditLogClient,
  type AuditLogClientOptions,
  type AuditLogFile,
  type AuditLogFilledBatch,
  type AuditLogKey,
  type AuditLogKeys,
  type AuditLogPrincipal,
  type CheckpointStore,
} from '../../src/audit-logs/index.js';
import type { EventTypeFor, RefusedEventType } from '../../src/audit-logs/readable-types.js';

const apiKey = 'sk-admin-1';
const workspaces = new AuditLogClient({ apiKey, workspaceIds: 'w' });
const organization = new AuditLogClient({ apiKey, organizationId: 'org-1' });
const both = new AuditLogClient({ apiKey, workspaceIds: ['w', 'v'], organizationId: 'org-1' });
declare const options: AuditLogClientOptions;
const unknownClient = new AuditLogClient(options);

type Delivered<Stream> = Stream extends AsyncIterable<infer Item> ? Item : never;

test('an event type belongs to the routes the client has', () => {
  workspaces.events({ eventTypes: ['AUTH_LOG', 'APP_LOG'] });
  organization.events({ eventTypes: ['COSTS', 'APP_LOG'] });
  both.events({ eventTypes: ['COSTS', 'AUTH_LOG'] });
  unknownClient.events({ eventTypes: ['COSTS', 'AUTH_LOG'] });

  // @ts-expect-error COSTS are of organizations only
  workspaces.events({ eventTypes: ['COSTS'] });
  // @ts-expect-error one of several is wrong
  workspaces.events({ eventTypes: ['AUTH_LOG', 'COSTS'] });
  // @ts-expect-error AUTH_LOG is of workspaces only
  organization.events({ eventTypes: ['AUTH_LOG'] });
  // @ts-expect-error the same for files
  workspaces.files({ eventTypes: ['COSTS'] });
  // @ts-expect-error the same for batches
  workspaces.batches({ eventTypes: ['COSTS'] });
  // @ts-expect-error the same for following
  workspaces.follow({ eventTypes: ['COSTS'] });
  // @ts-expect-error the same for the newest times
  workspaces.maxEventTime({ eventTypes: ['COSTS'] });
});

test('a type that is refused says what it needs', () => {
  expectTypeOf<EventTypeFor<{ workspaceIds: string }, 'COSTS'>>().toEqualTypeOf<
    RefusedEventType<"COSTS needs organizationId in the client's options">
  >();
  expectTypeOf<EventTypeFor<{ organizationId: string }, 'AUTH_LOG' | 'COSTS'>>().toEqualTypeOf<
    RefusedEventType<"AUTH_LOG needs workspaceIds in the client's options"> | 'COSTS'
  >();
  expectTypeOf<EventTypeFor<{ workspaceIds: string; organizationId: string }, 'COSTS'>>().toEqualTypeOf<'COSTS'>();
});

test('a new event type, or one that is known only at run time, is taken', () => {
  workspaces.events({ eventTypes: ['SOMETHING_NEW'] });
  organization.events({ eventTypes: ['SOMETHING_NEW'] });
  const name: string = 'AUTH_LOG';
  workspaces.events({ eventTypes: [name] });
});

test('a new event type that was asked for by name is compared with by it', async () => {
  for await (const event of workspaces.events({ eventTypes: ['AUTH_LOG', 'COSTS_V2'] })) {
    if (event.type === 'COSTS_V2') expectTypeOf(event).toEqualTypeOf<EventOf<'COSTS_V2'>>();
    else expectTypeOf(event).toEqualTypeOf<EventOf<'AUTH_LOG'>>();
    // @ts-expect-error TS2367: nobody asked for it
    void (event.type === 'COSTS_V3');
  }
});

test('an event is of the types asked for', () => {
  const one = workspaces.events({ eventTypes: ['AUTH_LOG'] });
  expectTypeOf<Delivered<typeof one>>().toEqualTypeOf<EventOf<'AUTH_LOG'>>();
  const two = workspaces.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] });
  expectTypeOf<Delivered<typeof two>>().toEqualTypeOf<EventOf<'AUTH_LOG' | 'AUDIT_LOG'>>();
  const batches = workspaces.batches({ eventTypes: ['AUTH_LOG'] });
  expectTypeOf<Delivered<typeof batches>>().toEqualTypeOf<AuditLogBatch<EventOf<'AUTH_LOG'>>>();
  const filled = workspaces.batches({ eventTypes: ['AUTH_LOG'], fill: true, maxWaitMs: 100 });
  expectTypeOf<Delivered<typeof filled>>().toEqualTypeOf<AuditLogFilledBatch<EventOf<'AUTH_LOG'>>>();
  expectTypeOf<Delivered<typeof filled>>().not.toHaveProperty('file');
  expectTypeOf<Delivered<typeof filled>['files'][number]['principal']>().toEqualTypeOf<AuditLogPrincipal>();
  for (const notFilled of [{ fill: false }, { fill: undefined }] as const) {
    const asToday = workspaces.batches({ eventTypes: ['AUTH_LOG'], ...notFilled });
    expectTypeOf<Delivered<typeof asToday>>().toEqualTypeOf<AuditLogBatch<EventOf<'AUTH_LOG'>>>();
  }
  const fill = Boolean(apiKey);
  const either = workspaces.batches({ eventTypes: ['AUTH_LOG'], fill });
  expectTypeOf<Delivered<typeof either>>().toEqualTypeOf<
    AuditLogBatch<EventOf<'AUTH_LOG'>> | AuditLogFilledBatch<EventOf<'AUTH_LOG'>>
  >();
  const shared: AuditLogBatchesQuery<'AUTH_LOG'> = { eventTypes: ['AUTH_LOG'] };
  const ofShared = workspaces.batches(shared);
  expectTypeOf<Delivered<typeof ofShared>['events'][number]>().toEqualTypeOf<EventOf<'AUTH_LOG'>>();
  const name: string = 'AUTH_LOG';
  const any = workspaces.events({ eventTypes: [name] });
  expectTypeOf<Delivered<typeof any>>().toEqualTypeOf<AuditLogEvent>();
});

test("an event of 'all' is of a type that the client asks for then", () => {
  const ofOrganization = organization.events({ eventTypes: 'all' });
  expectTypeOf<Delivered<typeof ofOrganization>>().toEqualTypeOf<EventOf<'COSTS' | 'APP_LOG' | 'APP_AUTH_LOG'>>();
  const ofWorkspaces = workspaces.batches({ eventTypes: 'all' });
  expectTypeOf<Delivered<typeof ofWorkspaces>['events'][number]['type']>().toEqualTypeOf<
    Exclude<KnownEventType, 'COSTS'>
  >();
  const ofBoth = both.follow({ eventTypes: 'all' });
  expectTypeOf<Delivered<typeof ofBoth>['type']>().toEqualTypeOf<KnownEventType>();
  const ofAny = unknownClient.events({ eventTypes: 'all' });
  expectTypeOf<Delivered<typeof ofAny>['type']>().toEqualTypeOf<KnownEventType | PlatformEvent['type']>();
  const listed = ['COSTS'] as readonly string[] | 'all';
  const ofListed = both.events({ eventTypes: listed });
  expectTypeOf<Delivered<typeof ofListed>>().toEqualTypeOf<AuditLogEvent>();
});

test('comparing the type of an event narrows it', async () => {
  for await (const event of workspaces.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] })) {
    if (event.type === 'AUDIT_LOG') expectTypeOf(event).toHaveProperty('action');
    else expectTypeOf(event).toEqualTypeOf<EventOf<'AUTH_LOG'>>();
  }
});

test('a checkpoint is what resuming takes, and what a store keeps', () => {
  expectTypeOf(workspaces.events({ eventTypes: ['AUTH_LOG'] }).checkpoint()).toEqualTypeOf<AuditLogCheckpoint>();
  expectTypeOf<Awaited<ReturnType<CheckpointStore['get']>>>().toEqualTypeOf<AuditLogCheckpoint | undefined>();
});

test('a file says whose it is', () => {
  expectTypeOf<Delivered<ReturnType<typeof both.files>>>().toEqualTypeOf<AuditLogFile>();
  expectTypeOf<AuditLogFile['principal']['type']>().toEqualTypeOf<'workspace' | 'organization' | 'platform'>();
});

test('following has no end and no order by time', () => {
  // @ts-expect-error it goes on for ever
  workspaces.follow({ eventTypes: ['AUTH_LOG'], before: new Date() });
  // @ts-expect-error a quiet log would hold up all the others for ever
  workspaces.follow({ eventTypes: ['AUTH_LOG'], ordering: 'time' });
});

test('a key for each workspace makes a client of workspaces', () => {
  const id: string = 'w';
  const keyed = new AuditLogClient({ apiKey: { [id]: apiKey, v: ({ id }) => `key of ${id}` } });
  keyed.events({ eventTypes: ['AUTH_LOG'] });
  // The organization is known by its id, the workspaces then by theirs.
  const keys = { w: apiKey, 'org-1': apiKey };
  const named = new AuditLogClient({ apiKey: keys, organizationId: 'org-1', workspaceIds: ['w'] });
  named.events({ eventTypes: ['COSTS', 'AUTH_LOG'] });
  const listed = new AuditLogClient({ apiKey: { w: apiKey }, workspaceIds: 'w' });
  // @ts-expect-error COSTS are of organizations only
  listed.events({ eventTypes: ['COSTS'] });
  new AuditLogClient({ apiKey: async ({ type, id }) => `${type} ${id}`, workspaceIds: 'w' });
  new AuditLogClient({ apiKey: () => apiKey, workspaceIds: 'w' });
  // @ts-expect-error TS2322: a number is no key
  new AuditLogClient({ apiKey: { w: 7 } });
  expectTypeOf<AuditLogClientOptions['apiKey']>().toEqualTypeOf<AuditLogKey | AuditLogKeys>();
});

test('a function of your own may leave the event type to its caller', () => {
  const read = <const Type extends KnownEventType>(client: AuditLogClient, type: Type) =>
    client.events({ eventTypes: [type] });
  const events = read(workspaces, 'AUTH_LOG');
  expectTypeOf<Delivered<typeof events>>().toEqualTypeOf<EventOf<'AUTH_LOG'>>();
});

test('a client of any principals is a client', () => {
  const clients: AuditLogClient[] = [workspaces, organization, both];
  expectTypeOf(clients).toBeArray();
});
