import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { logSoak, timesOf } from '../support/scale.js';
import { type EverythingConfig, openWorld, type World } from './support/open-world.js';

type Open = World<EverythingConfig>;

async function all(iterable: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of iterable);
}

const userOf = ({ emulator }: Open) => String(emulator.store.users.list()[0]?.id);
const groupOf = ({ emulator }: Open) => String(emulator.store.groups.list()[0]?.id);
const person = {
  userName: 'mira@north.example',
  emails: [{ value: 'mira@north.example', type: 'work', primary: true }],
};
const eventTypes = ['AUTH_LOG', 'AUDIT_LOG'] as const;

const operations: readonly (readonly [string, (world: Open, signal: AbortSignal) => Promise<unknown>])[] = [
  ['a list', ({ connection }, signal) => connection.scim.users.list({}, { signal })],
  ['a walk', ({ connection }, signal) => all(connection.scim.users.iterate({ count: 3, prefetch: 3 }, { signal }))],
  ['a find', ({ connection }, signal) => connection.scim.users.find({ userName: person.userName }, { signal })],
  ['a create', ({ connection }, signal) => connection.scim.users.create(person, { signal })],
  ['an upsert', ({ connection }, signal) => connection.scim.users.upsert(person, { signal })],
  [
    'a change that is verified',
    (world, signal) =>
      world.connection.scim.users.patch(userOf(world), [{ op: 'replace', path: 'title', value: 'Poet' }], {
        signal,
        verify: true,
      }),
  ],
  ['a deactivation', (world, signal) => world.connection.scim.users.deactivate(userOf(world), { signal })],
  [
    'a change of members',
    (world, signal) => world.connection.scim.groups.setMembers(groupOf(world), [userOf(world)], { signal }),
  ],
  ['events', ({ connection }, signal) => all(connection.auditLogs.events({ eventTypes, signal }))],
  [
    'events by time',
    ({ connection }, signal) => all(connection.auditLogs.events({ eventTypes, ordering: 'time', signal })),
  ],
  ['files', ({ connection }, signal) => all(connection.auditLogs.files({ eventTypes, signal }))],
  ['following', ({ connection }, signal) => all(connection.auditLogs.follow({ eventTypes, signal }))],
  ['the roster', ({ connection }, signal) => all(connection.roster({ signal }))],
];

/** Cancels at the request of that number, before it is answered or after; says whether it came so far. */
async function cancelAt(start: (typeof operations)[number][1], number: number, when: 'before' | 'after') {
  const controller = new AbortController();
  const reason = new Error('enough');
  let sent = 0;
  let late = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent += 1;
    // What is begun with an aborted signal is not sent.
    if (controller.signal.aborted && init?.signal?.aborted !== true) late += 1;
    if (sent === number && when === 'before') controller.abort(reason);
    const answer = await world.emulator.fetch(input, init);
    if (sent >= number && when === 'after') controller.abort(reason);
    return answer;
  };
  const free = { scim: { rateLimit: false }, auditLogs: { rateLimit: false } } as const;
  const world = openWorld({ provisioning: true, deprovisioning: true, connect: { fetch, ...free } });
  const outcome = await start(world, controller.signal).then(
    () => 'done',
    (error: unknown) => error,
  );
  await new Promise((resolve) => setImmediate(resolve));
  return {
    outcome,
    reason,
    late,
    sent,
    listeners: getEventListeners(controller.signal, 'abort').length,
    signal: controller.signal,
  };
}

describe.each(operations)('Cancelling %s', (name, start) => {
  it.each(['before', 'after'] as const)(
    'at any request, %s its answer, ends it with the reason, and nothing more is sent',
    async (when) => {
      let cancelled = 0;
      for (let number = 1; number <= timesOf(5, 80); number += 1) {
        const { outcome, reason, late, listeners, signal } = await cancelAt(start, number, when);
        expect(late, `request ${number}`).toBe(0);
        expect(listeners, `request ${number}`).toBe(0);
        // The last answer had come, and the call was done.
        if (!signal.aborted) break;
        if (outcome !== 'done') expect(outcome, `request ${number}`).toBe(reason);
        cancelled += 1;
      }
      logSoak(`${cancelled} cancellations of ${name}, ${when} the answer`);
      expect(cancelled).toBeGreaterThan(0);
    },
    600_000,
  );
});
