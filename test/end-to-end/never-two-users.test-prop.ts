import { isSdkError, type SdkError } from 'chatgpt-enterprise-sdk';
import {
  type Emulator,
  type EmulatorOptions,
  type Fault,
  fault,
  type ScimRoute,
  scimQuirks,
} from 'chatgpt-enterprise-sdk/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bulk } from '../../src/scim/bulk/bulk.js';
import { openWorld } from './support/open-world.js';

const minute = 60_000;

const faults: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom(
    fault.cut('before_commit'),
    fault.cut('during_body'),
    fault.cut('after_commit'),
    fault.cut('after_commit'),
  ),
  fc.constantFrom(
    fault.status(503),
    fault.status(503, { retryAfter: 3 }),
    fault.status(429, { retryAfter: 1 }),
    fault.status(500),
    fault.html(502),
    fault.status(504),
  ),
  fc.constantFrom(
    fault.truncatedBody(),
    fault.contentType('text/html'),
    fault.latency(2 * minute),
    fault.latency(10),
    fault.slowBody({ bytes: 40, delayMs: 5 * minute }),
  ),
);

const routes = fc.constantFrom<ScimRoute>(
  'POST /Users',
  'POST /Users',
  'GET /Users',
  'GET /Users/{id}',
  'PATCH /Users/{id}',
  'POST /Groups',
  'GET /Groups',
  'PUT /Users/{id}',
);

const schedule = fc.array(
  fc.record({ fault: faults, route: routes, skip: fc.nat({ max: 3 }), times: fc.integer({ min: 1, max: 4 }) }),
  { maxLength: 6 },
);

const names = ['mira@north.example', 'jonas@north.example', 'Aiko@North.example'] as const;
const calls = fc.array(
  fc.record({
    kind: fc.constantFrom('create', 'create', 'upsert', 'upsert', 'group', 'group upsert'),
    who: fc.nat({ max: names.length - 1 }),
    title: fc.constantFrom('Lead', 'Analyst'),
    externalId: fc.boolean(),
    task: fc.nat({ max: 2 }),
  }),
  { minLength: 1, maxLength: 7 },
);

/** Whether the error admits that the write may have happened. */
const saysUnknown = (error: SdkError): boolean => {
  const { code, delivery, status } = error as SdkError & { delivery?: string; status?: number };
  return (
    delivery === 'unknown' ||
    code === 'invalid_response' ||
    code === 'write_pending' ||
    [408, 500, 502, 503, 504].includes(status ?? 0)
  );
};

function count(values: readonly unknown[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values)
    counts.set(String(value).toLowerCase(), (counts.get(String(value).toLowerCase()) ?? 0) + 1);
  return counts;
}

/** No user twice; no group more often than calls asked for it, since RFC 7643 lets two groups share every value. */
function expectNoTwins(emulator: Emulator, groupCalls: ReadonlyMap<string, number>) {
  for (const [name, times] of count(emulator.store.users.list().map(({ userName }) => userName))) {
    expect(times, name).toBe(1);
  }
  for (const [name, times] of count(emulator.store.groups.list().map(({ externalId }) => externalId))) {
    expect(times, name).toBeLessThanOrEqual(groupCalls.get(name) ?? 0);
  }
}

const servers: readonly [string, EmulatorOptions['scim']][] = [
  ['WorkOS', {}],
  // Nothing here keeps a second user out but the client: the server's own check is by another spelling, or by none.
  ['the RFCs', { mode: 'rfc' }],
  ['the RFCs, userName with case', { mode: 'rfc', quirks: scimQuirks.betterAuth }],
  ['a server that is terse', { mode: 'rfc', quirks: scimQuirks.terse }],
  ['a server without filters', { mode: 'rfc', quirks: { ...scimQuirks.handMade, booleansAsStrings: false } }],
];

describe.each(servers)('Users and groups made by several tasks through faults, on %s', (_name, scim) => {
  it('are never there twice, and what each call tells is true', async () => {
    let told = 0;
    let failed = 0;
    await fc.assert(
      fc.asyncProperty(schedule, calls, async (plan, list) => {
        const { connection, emulator } = openWorld({
          provisioning: true,
          deprovisioning: true,
          emulator: { world: 'empty', scim },
        });
        for (const { fault: one, ...target } of plan) emulator.faults.add(one, target);
        const { users, groups } = connection.scim;
        const run = async ({ kind, who, title, externalId }: (typeof list)[number]) => {
          const userName = names[who] ?? names[0];
          const user = {
            userName,
            title,
            emails: [{ value: userName.toLowerCase(), type: 'work', primary: true }],
            ...(externalId && { externalId: `hr-${who}` }),
          };
          const group = { displayName: `Team ${who}`, externalId: `team-${who}` };
          const how = { timeoutMs: minute, deadlineMs: 60 * minute };
          try {
            if (kind === 'create') return { resource: await users.create(user, how), outcome: 'created', wanted: user };
            if (kind === 'upsert') return { ...(await users.upsert(user, how)), wanted: user };
            if (kind === 'group')
              return { resource: await groups.create(group, how), outcome: 'created', wanted: group };
            return { ...(await groups.upsert(group, how)), wanted: group };
          } catch (error) {
            if (!isSdkError(error)) throw error;
            return { error, wanted: kind.startsWith('group') ? group : user, kind };
          }
        };
        // Calls of one task come after one another; the tasks go side by side.
        const outcomes = await Promise.all(
          [0, 1, 2].map(async (task) => {
            const done = [];
            for (const call of list.filter((one) => one.task === task)) done.push(await run(call));
            return done;
          }),
        );
        const groupCalls = count(list.filter(({ kind }) => kind.startsWith('group')).map(({ who }) => `team-${who}`));
        // WorkOS itself keeps the second group out.
        expectNoTwins(
          emulator,
          scim?.mode === 'rfc' ? groupCalls : new Map([...groupCalls.keys()].map((key) => [key, 1])),
        );
        for (const outcome of outcomes.flat()) {
          const { wanted } = outcome;
          const now =
            'userName' in wanted
              ? emulator.store.users.getByName(wanted.userName)
              : emulator.store.groups.list().find(({ externalId }) => externalId === wanted.externalId);
          if ('resource' in outcome) {
            told += 1;
            const { id } = outcome.resource;
            const there = emulator.store.users.get(id) ?? emulator.store.groups.get(id);
            expect(there, JSON.stringify(outcome)).toMatchObject(
              'userName' in wanted
                ? { userName: expect.stringMatching(new RegExp(`^${wanted.userName}$`, 'i')) }
                : wanted,
            );
          } else if (now === undefined || outcome.error.code === 'conflict' || outcome.error.code === 'uniqueness') {
            failed += 1;
          } else {
            failed += 1;
            // It is there, by this call or by another: then no error may claim that it is certainly not.
            const others = outcomes.flat().filter(
              (other) =>
                other !== outcome &&
                JSON.stringify(other.wanted).includes(
                  // Users are the same by their name, groups by the id they were given.
                  String('userName' in wanted ? wanted.userName : wanted.externalId),
                ),
            );
            if (others.length === 0) expect(saysUnknown(outcome.error), JSON.stringify(outcome.error)).toBe(true);
          }
        }
        emulator.faults.clear();
      }),
      { numRuns: 120 },
    );
    expect(told).toBeGreaterThan(50);
    expect(failed).toBeGreaterThan(10);
  });
});

describe('A POST whose answer is lost', () => {
  it.each(['after_commit', 'during_body'] as const)(
    '(%s) gives the one user there is, and it is the truth',
    async (when) => {
      const { connection, emulator } = openWorld({ provisioning: true, emulator: { world: 'empty' } });
      emulator.faults.add(fault.cut(when), { route: 'POST /Users' });
      const user = await connection.scim.users.create({ userName: 'mira@north.example' });
      expect(emulator.store.users.list().map(({ id }) => id)).toEqual([user.id]);
      expect(emulator.requests.count('POST /Users')).toBe(1);
      await emulator.close();
    },
  );

  it('is not sent again while nobody knows what became of it', async () => {
    const { connection, emulator } = openWorld({ provisioning: true, emulator: { world: 'empty' } });
    emulator.faults.add(fault.cut('after_commit'), { route: 'POST /Users' });
    emulator.faults.add(fault.status(500), { route: 'GET /Users', times: Number.POSITIVE_INFINITY });
    await expect(connection.scim.users.create({ userName: 'mira@north.example' })).rejects.toMatchObject({
      code: 'network_error',
      delivery: 'unknown',
    });
    expect(emulator.requests.count('POST /Users')).toBe(1);
    expect(emulator.store.users.size).toBe(1);
    await emulator.close();
  });

  it('in a bulk request is told to be unknown, and nothing is sent twice', async () => {
    const { connection, emulator } = openWorld({
      provisioning: true,
      deprovisioning: true,
      emulator: { world: 'empty', scim: { mode: 'rfc' } },
      connect: { scim: { profile: 'rfc', rateLimit: false } },
    });
    emulator.faults.add(fault.cut('after_commit'), { route: 'POST /Bulk' });
    const results = await bulk(connection.scim, [
      { method: 'POST', path: '/Users', bulkId: 'a', data: { userName: 'mira@north.example' } },
      { method: 'POST', path: '/Users', bulkId: 'b', data: { userName: 'jonas@north.example' } },
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
    expect(emulator.requests.list().filter(({ method }) => method === 'POST')).toHaveLength(1);
    await emulator.close();
  });
});
