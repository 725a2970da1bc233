import { bulk } from 'chatgpt-enterprise-sdk/scim';
import { exportLogs } from '../../../src/export/export-logs.js';
import { memorySink } from '../../../src/export/memory-sink.js';
import { applyPlan } from '../../../src/provisioning/apply-plan.js';
import { memoryJournal } from '../../../src/provisioning/journal.js';
import { planDirectory } from '../../../src/provisioning/plan-directory.js';
import type { EverythingConfig, World } from './open-world.js';

type Open = World<EverythingConfig>;

/** What is running: its signal, and what is to be told of each thing it hands out. */
export interface Running {
  readonly signal: AbortSignal;
  readonly onItem: () => void;
}

type Operation = (world: Open, running: Running) => Promise<unknown>;

async function all(iterable: AsyncIterable<unknown>, { onItem }: Running): Promise<void> {
  for await (const _ of iterable) onItem();
}

const userOf = ({ emulator }: Open, index = 0) => String(emulator.store.users.list()[index]?.id);
const groupOf = ({ emulator }: Open) => String(emulator.store.groups.list()[0]?.id);
const person = {
  userName: 'mira@north.example',
  emails: [{ value: 'mira@north.example', type: 'work', primary: true }],
};
const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;
const title = [{ op: 'replace', path: 'title', value: 'Poet' }] as const;
const verify = true;

const scim: Readonly<Record<string, Operation>> = {
  'users.list': ({ connection }, { signal }) => connection.scim.users.list({ count: 3 }, { signal }),
  'users.iterate': ({ connection }, running) =>
    all(connection.scim.users.iterate({ count: 2 }, { signal: running.signal }), running),
  'users.iterate, ahead': ({ connection }, running) =>
    all(connection.scim.users.iterate({ count: 3, prefetch: 3 }, { signal: running.signal }), running),
  'users.iterate by pages': ({ connection }, running) =>
    all(connection.scim.users.iterate({ count: 2 }, { signal: running.signal }).pages(), running),
  'users.get': (world, { signal }) => world.connection.scim.users.get(userOf(world), { signal }),
  'users.getIfNoneMatch': (world, { signal }) =>
    world.connection.scim.users.getIfNoneMatch(userOf(world), 'W/"1"', { signal }),
  'users.find': ({ connection }, { signal }) => connection.scim.users.find({ userName: person.userName }, { signal }),
  'users.find by number': ({ connection }, { signal }) =>
    connection.scim.users.find({ externalId: 'hr-77' }, { signal }),
  'users.count': ({ connection }, { signal }) => connection.scim.users.count({}, { signal }),
  'users.create': ({ connection }, { signal }) => connection.scim.users.create(person, { signal, verify }),
  'users.upsert': ({ connection }, { signal }) => connection.scim.users.upsert(person, { signal, verify }),
  'users.replace': (world, { signal }) =>
    world.connection.scim.users.replace(userOf(world), { ...person, active: true }, { signal, verify }),
  'users.patch': (world, { signal }) =>
    world.connection.scim.users.patch(userOf(world), title, { signal, verify, ifMatch: 'W/"1"' }),
  'users.delete': (world, { signal }) => world.connection.scim.users.delete(userOf(world), { signal, verify }),
  'users.activate': (world, { signal }) => world.connection.scim.users.activate(userOf(world), { signal, verify }),
  'users.deactivate': (world, { signal }) => world.connection.scim.users.deactivate(userOf(world), { signal, verify }),
  'groups.list': ({ connection }, { signal }) => connection.scim.groups.list({ count: 1 }, { signal }),
  'groups.iterate': ({ connection }, running) =>
    all(connection.scim.groups.iterate({ count: 1 }, { signal: running.signal }), running),
  'groups.get': (world, { signal }) => world.connection.scim.groups.get(groupOf(world), { signal }),
  'groups.getIfNoneMatch': (world, { signal }) =>
    world.connection.scim.groups.getIfNoneMatch(groupOf(world), 'W/"1"', { signal }),
  'groups.find': ({ connection }, { signal }) => connection.scim.groups.find({ displayName: 'Poets' }, { signal }),
  'groups.count': ({ connection }, { signal }) => connection.scim.groups.count({}, { signal }),
  'groups.create': (world, { signal }) =>
    world.connection.scim.groups.create(
      { displayName: 'Poets', members: [{ value: userOf(world) }] },
      { signal, verify },
    ),
  'groups.upsert': (world, { signal }) =>
    world.connection.scim.groups.upsert(
      { displayName: 'Poets', members: [{ value: userOf(world) }] },
      { signal, verify },
    ),
  'groups.patch': (world, { signal }) =>
    world.connection.scim.groups.patch(groupOf(world), [{ op: 'replace', path: 'displayName', value: 'Poets' }], {
      signal,
      verify,
    }),
  'groups.replace': (world, { signal }) =>
    world.connection.scim.groups.replace(groupOf(world), { displayName: 'Poets' }, { signal, verify }),
  'groups.delete': (world, { signal }) => world.connection.scim.groups.delete(groupOf(world), { signal, verify }),
  'groups.addMembers': (world, { signal }) =>
    world.connection.scim.groups.addMembers(
      groupOf(world),
      world.emulator.store.users.list().map(({ id }) => id),
      { signal, verify },
    ),
  'groups.removeMembers': (world, { signal }) =>
    world.connection.scim.groups.removeMembers(
      groupOf(world),
      (world.emulator.store.groups.list()[0]?.members ?? []).map(({ value }) => String(value)),
      { signal, verify },
    ),
  'groups.setMembers': (world, { signal }) =>
    world.connection.scim.groups.setMembers(groupOf(world), [userOf(world, 3), userOf(world, 4)], { signal, verify }),
  applyPlan: async (world, { signal, onItem }) => {
    const { scim } = world.connection;
    const users = world.emulator.store.users
      .list()
      .slice(0, 2)
      .map((row) => ({ ...row, title: 'Poet' }));
    const plan = await planDirectory(scim, { users }, { removal: 'none' }, { signal });
    return applyPlan(scim, plan, { approve: plan.hash, journal: memoryJournal(), onProgress: onItem, signal });
  },
  'bulk, write by write': (world, { signal }) =>
    bulk(
      world.connection.scim,
      [0, 1, 2, 3].map((index) => ({ method: 'PATCH', path: `/Users/${userOf(world, index)}`, data: patchOf('Poet') })),
      { signal },
    ),
};

const patchOf = (value: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'replace', path: 'title', value }],
});

const auditLogs: Readonly<Record<string, Operation>> = {
  files: ({ connection }, running) =>
    all(connection.auditLogs.files({ eventTypes }, { signal: running.signal }), running),
  download: async ({ connection }, running) => {
    const { signal } = running;
    for await (const file of connection.auditLogs.files({ eventTypes: ['AUTH_LOG'] }, { signal }))
      await all(connection.auditLogs.download(file, { signal }), running);
  },
  events: ({ connection }, running) =>
    all(connection.auditLogs.events({ eventTypes }, { signal: running.signal }), running),
  'events by time': ({ connection }, running) =>
    all(connection.auditLogs.events({ eventTypes, ordering: 'time' }, { signal: running.signal }), running),
  exportLogs: ({ connection }, { signal, onItem }) =>
    exportLogs({
      client: connection.auditLogs,
      query: { eventTypes },
      sink: memorySink(),
      batchSize: 2,
      onProgress: onItem,
      signal,
    }),
  batches: ({ connection }, running) =>
    all(connection.auditLogs.batches({ eventTypes, batchSize: 2 }, { signal: running.signal }), running),
  'batches that fill': ({ connection }, running) =>
    all(connection.auditLogs.batches({ eventTypes, fill: true, batchSize: 2 }, { signal: running.signal }), running),
  follow: ({ connection }, running) =>
    all(connection.auditLogs.follow({ eventTypes }, { signal: running.signal }), running),
  maxEventTime: ({ connection }, { signal }) => connection.auditLogs.maxEventTime({ eventTypes }, { signal }),
};

const both: Readonly<Record<string, Operation>> = {
  'compliance.get': ({ connection }, { signal }) =>
    connection.compliance.get(
      '/compliance/workspaces/{workspace_id}/users',
      { workspaceId: connection.auditLogs.principals.find(({ type }) => type === 'workspace')?.id },
      { signal },
    ),
  roster: ({ connection }, running) => all(connection.roster({}, { signal: running.signal }), running),
  'roster with what was last seen': ({ connection }, running) =>
    all(connection.roster({ groups: true, lastActivity: {} }, { signal: running.signal }), running),
  check: ({ connection }, { signal }) => connection.check({}, { signal }),
};

/** What WorkOS has not: on a server with everything. */
const rich: Readonly<Record<string, Operation>> = {
  'users.search': ({ connection }, { signal }) => connection.scim.users.search({ count: 3 }, { signal }),
  'groups.search': ({ connection }, { signal }) => connection.scim.groups.search({ count: 1 }, { signal }),
  serviceProviderConfig: ({ connection }, { signal }) => connection.scim.serviceProviderConfig({ signal }),
  resourceTypes: ({ connection }, { signal }) => connection.scim.resourceTypes({ signal }),
  schemas: ({ connection }, { signal }) => connection.scim.schemas({ signal }),
  me: ({ connection }, { signal }) => connection.scim.me({ signal }),
  bulk: (world, { signal }) =>
    bulk(
      world.connection.scim,
      [0, 1, 2, 3].map((index) => ({ method: 'PATCH', path: `/Users/${userOf(world, index)}`, data: patchOf('Poet') })),
      { signal },
    ),
};

export interface Cancellable {
  readonly name: string;
  readonly isRich: boolean;
  readonly start: Operation;
}

const named = (prefix: string, operations: Readonly<Record<string, Operation>>, isRich = false): Cancellable[] =>
  Object.entries(operations).map(([name, start]) => ({ name: `${prefix}${name}`, isRich, start }));

/** Every call that can be cancelled, by its place in a connection; what follows a comma or a space tells two of one apart. */
export const cancellable: readonly Cancellable[] = [
  ...named('scim.', scim),
  ...named('scim.', rich, true),
  ...named('auditLogs.', auditLogs),
  ...named('', both),
];
