import { type Connection, connect, type FullConfig, isSdkError, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { createEmulator, createTestClock, fault } from 'chatgpt-enterprise-sdk/testing';
import { describe, expect, it } from 'vitest';

type ProvisioningConfig = FullConfig & { readonly provisioning: true };

const both = { require: ['scim', 'compliance'] } as const;
const forever = Number.POSITIVE_INFINITY;

/** Two customers, each with servers of their own, through one `fetch`. */
function openTwo() {
  const clock = createTestClock();
  const one = createEmulator({ seed: 1, clock });
  const other = createEmulator({ seed: 2, clock, scim: { mode: 'rfc' } });
  const open = (emulator: typeof one) => {
    const config = parseConnectionConfig(emulator.connectionConfig({ provisioning: true }), both);
    return connect(config as ProvisioningConfig, {
      fetch: emulator.fetch,
      clock,
      scim: { rateLimit: false },
      auditLogs: { rateLimit: false },
    });
  };
  return { clock, one, other, first: open(one), second: open(other) };
}

/** One of everything that can be under way. */
const underWay: readonly [string, (connection: Connection<ProvisioningConfig>) => Promise<unknown>][] = [
  ['a list', ({ scim }) => scim.users.list()],
  ['a walk', ({ scim }) => all(scim.users.iterate({ prefetch: 4, count: 2 }))],
  ['a find', ({ scim }) => scim.users.find({ userName: 'nobody@x.example' })],
  ['service provider config', ({ scim }) => scim.serviceProviderConfig()],
  ['events', ({ auditLogs }) => all(auditLogs.events({ eventTypes: ['AUTH_LOG'] }))],
  [
    'events by time',
    ({ auditLogs }) => all(auditLogs.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'], ordering: 'time' })),
  ],
  ['batches', ({ auditLogs }) => all(auditLogs.batches({ eventTypes: ['AUTH_LOG'] }))],
  ['following', ({ auditLogs }) => all(auditLogs.follow({ eventTypes: ['AUTH_LOG'] }))],
  ['files', ({ auditLogs }) => all(auditLogs.files({ eventTypes: ['AUTH_LOG'] }))],
  ['newest events', ({ auditLogs }) => auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] })],
  ['a check', (connection) => connection.check()],
  ['the roster', (connection) => all(connection.roster())],
];

async function all(iterable: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of iterable) count += 1;
  return count;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const closed = { name: 'ConnectionError', code: 'connection_closed' };

describe('Closing a connection', () => {
  it.each(underWay)('ends %s with its own error, and leaves the other connection alone', async (_name, start) => {
    const { one, first, second, other, clock } = openTwo();
    // The first one's servers never answer; the second's take their time.
    one.faults.add(fault.latency(1_000_000), { times: forever });
    other.faults.add(fault.latency(1_000), { times: 1 });
    const failing = start(first).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const working = second.scim.users.list();
    for (let count = 0; count < 5; count += 1) await turn();
    await first.close();
    const outcome = await failing;
    expect(outcome).toMatchObject({ error: closed });
    expect(isSdkError('error' in outcome && outcome.error, 'ConnectionError')).toBe(true);
    clock.advance(1_000);
    expect((await working).items).toHaveLength(12);
    expect(await second.scim.users.count()).toBe(12);
  });

  it('ends a stream between two items, a wait for a retry, and whatever is begun later', async () => {
    const { one, first, second, clock } = openTwo();
    const events = first.auditLogs.events({ eventTypes: ['AUTH_LOG'] })[Symbol.asyncIterator]();
    expect((await events.next()).done).toBe(false);
    one.faults.add(fault.status(503, { retryAfter: 50 }), { route: 'GET /Users', times: 1 });
    const retrying = first.scim.users.list().catch((error: unknown) => error);
    for (let count = 0; count < 5; count += 1) await turn();
    await first[Symbol.asyncDispose]();
    await expect(retrying).resolves.toMatchObject(closed);
    await expect(
      (async () => {
        for (;;) if ((await events.next()).done) throw new Error('It ended as if all were there.');
      })(),
    ).rejects.toMatchObject(closed);
    for (const [name, start] of underWay) await expect(start(first), name).rejects.toMatchObject(closed);
    const seen = one.requests.total;
    clock.advance(100_000);
    await turn();
    expect(one.requests.total).toBe(seen);
    await first.close();
    expect(await all(second.scim.users.iterate())).toBe(12);
    one.faults.clear();
  });

  it('does not take the reason of a signal that the caller aborted first', async () => {
    const { one, first } = openTwo();
    one.faults.add(fault.latency(1_000_000), { times: forever });
    const own = new AbortController();
    const listing = first.scim.users.list({}, { signal: own.signal }).catch((error: unknown) => error);
    await turn();
    const reason = new Error('the caller’s own');
    own.abort(reason);
    await first.close();
    expect(await listing).toBe(reason);
  });
});

describe('Two connections', () => {
  it('share nothing: neither tokens, nor what was learned of a server, nor limits, nor turns', async () => {
    const { one, other, first, second } = openTwo();
    // The first server has no PATCH and refuses filters; the second has both.
    one.faults.add(fault.status(501), { route: 'PATCH /Users/{id}', times: forever });
    const [a, b] = [one.store.users.list()[0], other.store.users.list()[0]];
    const change = [{ op: 'replace', path: 'title', value: 'Changed' }] as const;
    await Promise.all([
      first.scim.users.patch(String(a?.id), [...change]),
      second.scim.users.patch(String(b?.id), [...change]),
    ]);
    await second.scim.users.patch(String(b?.id), [{ op: 'replace', path: 'title', value: 'Again' }]);
    expect(one.requests.count('PUT /Users/{id}')).toBe(1);
    expect(other.requests.count('PUT /Users/{id}')).toBe(0);
    expect(other.requests.count('PATCH /Users/{id}')).toBe(2);
    // A refusal for too many requests holds back the one that was refused, and not the other.
    one.faults.add(fault.status(429, { retryAfter: 50 }), { route: 'GET /Users' });
    const held = first.scim.users.list();
    for (let count = 0; count < 5; count += 1) await turn();
    expect((await second.scim.users.list()).items).toHaveLength(12);
    await first.close();
    await expect(held).rejects.toMatchObject(closed);
    for (const emulator of [one, other]) {
      expect(emulator.requests.list().filter(({ status }) => status === 401 || status === undefined)).toEqual([]);
    }
    one.faults.clear();
    await Promise.all([one.close(), other.close()]);
  });
});
