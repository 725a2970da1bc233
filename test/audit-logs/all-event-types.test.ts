import { expect, expectTypeOf, test } from 'vitest';
import type { KnownEventType } from '../../src/audit-logs/events/event-types.js';
import {
  type AuditLogEventsQuery,
  type OrganizationOnlyEventType,
  organizationEventTypes,
  workspaceEventTypes,
} from '../../src/audit-logs/index.js';
import { connect } from '../../src/connection/connect.js';
import { rejection } from '../support/open-test-transport.js';
import { openLogWorld, organizationId, workspaceIds } from './support/open-log-world.js';

const both = { workspaceIds: workspaceIds[0], organizationId };

test('the lists name every known type, and are in the types of queries', () => {
  expectTypeOf<(typeof workspaceEventTypes)[number]>().toEqualTypeOf<
    Exclude<KnownEventType, OrganizationOnlyEventType>
  >();
  expectTypeOf<(typeof organizationEventTypes)[number]>().toExtend<KnownEventType>();
  expectTypeOf<'all'>().toExtend<AuditLogEventsQuery['eventTypes']>();
  expect(organizationEventTypes).toEqual(['COSTS', 'APP_LOG', 'APP_AUTH_LOG']);
});

test("'all' reads every type of each workspace and of the organization", async () => {
  const { addFile, open } = openLogWorld();
  const expected: string[] = [];
  for (const [principalId, types] of [
    [workspaceIds[0], workspaceEventTypes],
    [organizationId, organizationEventTypes],
  ] as const) {
    for (const eventType of types) {
      expected.push(`${principalId} ${eventType}`);
      addFile([`${principalId} ${eventType}`], { principalId, eventType });
    }
  }
  const client = open(both);
  const events = client.events({ eventTypes: 'all' });
  const read: unknown[] = [];
  for await (const event of events) read.push('event_id' in event && event.event_id);
  expect(read.toSorted()).toEqual(expected.toSorted());
  expect(events.checkpoint().partitions).toHaveLength(expected.length);

  const files: string[] = [];
  for await (const file of client.files({ eventTypes: 'all' })) files.push(`${file.principal.id} ${file.event_type}`);
  expect(files.toSorted()).toEqual(expected.toSorted());
  const batched: unknown[] = [];
  for await (const batch of client.batches({ eventTypes: 'all' })) batched.push(...batch.events);
  expect(batched).toHaveLength(expected.length);
  const times = await client.maxEventTime({ eventTypes: 'all' });
  expect(times.map(({ maxEventTime }) => Object.keys(maxEventTime).length)).toEqual([
    workspaceEventTypes.length,
    organizationEventTypes.length,
  ]);
});

test("'all' of an organization alone asks for nothing that only workspaces have", async () => {
  const { open } = openLogWorld();
  const client = open({ workspaceIds: undefined, organizationId });
  const events = client.events({ eventTypes: 'all' });
  for await (const _ of events);
  expect(events.checkpoint().partitions.map(({ eventType }) => eventType)).toEqual(organizationEventTypes);
});

test.each(['events', 'files'] as const)(
  "of 'all', a type that the key may not read is not left out: %s",
  async (method) => {
    const { emulator, addFile, open } = openLogWorld();
    addFile(['a']);
    const scopes = workspaceEventTypes
      .filter((type) => type !== 'CODEX_LOG')
      .map(
        (type) =>
          `chatgpt.enterprise.compliance_logs_platform.${type.endsWith('_ANALYTICS') ? 'workspace_analytics' : type.toLowerCase()}.read`,
      );
    const client = open({ apiKey: emulator.compliance.keys.create({ scopes }) });
    const read = async () => {
      for await (const _ of client[method]({ eventTypes: 'all' }));
    };
    expect(await rejection(read())).toMatchObject({
      code: 'forbidden',
      remedy: expect.stringMatching(
        /It was asked for CODEX_LOG; further types may be refused too\. To read without it, list the others in `eventTypes`\.$/,
      ),
    });
    await emulator.close();
  },
);

test("a check of 'all' asks for each type, and names what is refused", async () => {
  const { emulator } = openLogWorld();
  const config = emulator.connectionConfig({ organizationId, workspaceIds: workspaceIds[0] });
  await using connection = connect({ ...config, workspaceIds: [workspaceIds[0]] }, emulator.clientOptions);
  const report = await connection.check({ eventTypes: 'all' });
  expect(report.workspaces.map(({ logs }) => logs.map(({ eventType }) => eventType))).toEqual([
    workspaceEventTypes,
    organizationEventTypes,
  ]);
});

test("'all' in brackets is told to be written without them", () => {
  const { client } = openLogWorld();
  expect(() => client.events({ eventTypes: ['all' as never] })).toThrow(
    expect.objectContaining({ code: 'invalid_input', remedy: "Write eventTypes: 'all', without brackets." }),
  );
});

test('a check of a type that nobody here has is refused, as reading it is', async () => {
  const { emulator } = openLogWorld();
  const config = emulator.connectionConfig({ workspaceIds: workspaceIds[0] });
  await using connection = connect({ ...config, workspaceIds: [workspaceIds[0]] }, emulator.clientOptions);
  expect(await rejection(connection.check({ eventTypes: ['COSTS'] }))).toMatchObject({
    code: 'invalid_input',
    message: 'COSTS is an event type of organizations, and the client has no organization.',
  });
});

test("'all' stays all when a program sorts or shortens its list", async () => {
  const expected: unknown[] = [...organizationEventTypes];
  const list = organizationEventTypes as unknown as string[];
  const { open } = openLogWorld();
  const events = open({ workspaceIds: undefined, organizationId }).events({ eventTypes: 'all' });
  const taken = list.pop();
  try {
    const shortened = open({ workspaceIds: undefined, organizationId }).events({ eventTypes: 'all' });
    for (const stream of [events, shortened]) {
      for await (const _ of stream);
      expect(stream.checkpoint().partitions.map(({ eventType }) => eventType)).toEqual(expected);
    }
  } finally {
    list.push(taken as string);
  }
});
