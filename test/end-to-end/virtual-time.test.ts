import { AuditLogClient, connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { createEmulator, createTestClock } from 'chatgpt-enterprise-sdk/testing';
import { expect, test } from 'vitest';

const both = { require: ['scim', 'compliance'] } as const;

test('reading logs past the documented limits takes minutes of a clock that skips waits, and none of the machine', async () => {
  const clock = createTestClock({ skipsWaits: true });
  await using emulator = createEmulator({ clock, compliance: { rateLimits: 'documented' } });
  const config = parseConnectionConfig(emulator.connectionConfig(), both);
  const refused: number[] = [];
  await using connection = connect(config, {
    fetch: emulator.fetch,
    clock,
    onEvent: (event) => {
      if (event.type === 'response' && event.errorCode !== undefined) refused.push(event.status ?? 0);
    },
  });
  const startMs = clock.now();
  let count = 0;
  for await (const _ of connection.auditLogs.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG', 'CODEX_LOG'] })) count++;
  for (let call = 0; call < 35; call++) await connection.scim.users.list();
  expect(count).toBeGreaterThan(0);
  expect(refused).toEqual([]);
  expect(clock.now() - startMs).toBeGreaterThanOrEqual(60_000);
});

test('following logs on a clock that skips waits leaves room for timers, and ends with its signal', async () => {
  const clock = createTestClock({ skipsWaits: true });
  await using emulator = createEmulator({ clock });
  const { apiKey, baseUrl, workspaceIds } = emulator.compliance;
  const client = new AuditLogClient({ apiKey, baseUrl, workspaceIds, fetch: emulator.fetch, clock });
  const signal = AbortSignal.timeout(300);
  const follow = async () => {
    for await (const _ of client.follow({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] }, { signal }));
  };
  await expect(follow()).rejects.toThrow('aborted due to timeout');
  expect(emulator.requests.list().length).toBeGreaterThan(10);
});

test('`rateLimit: false` for both services turns every limit off', async () => {
  const clock = createTestClock();
  await using emulator = createEmulator({ clock });
  const config = parseConnectionConfig(emulator.connectionConfig(), both);
  await using connection = connect(config, { fetch: emulator.fetch, clock, rateLimit: false });
  // The clock stands still: whatever waited for it would wait for ever.
  for await (const _ of connection.auditLogs.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG', 'CODEX_LOG'] }));
  await Promise.all(Array.from({ length: 25 }, () => connection.scim.users.list()));
  for (let turn = 0; turn < 60; turn++) for await (const _ of connection.roster());
});
