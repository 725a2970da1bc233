import { expect, it } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { createEmulator } from '../../../src/testing/index.js';
import { rejection } from '../../support/open-test-transport.js';

const eventTypes = ['AUTH_LOG'] as const;
const readings = ['events', 'batches', 'follow', 'files', 'pages', 'maxEventTime', 'check', 'roster'] as const;

/** Two workspaces, of which one is refused, and a function told of it that never comes to an end. */
function openHanging() {
  const emulator = createEmulator();
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const { [first]: key = '', [second]: revoked = '' } = emulator.compliance.apiKeys;
  emulator.compliance.keys.revoke(revoked);
  const connection = connect(
    {
      complianceApiKeys: { [first]: key, [second]: revoked },
      workspaceIds: [first, second],
      complianceBaseUrl: emulator.compliance.baseUrl,
    },
    { ...emulator.clientOptions, maxRetries: 0 },
  );
  let tell = () => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const onFailedPrincipal = () => {
    tell();
    return new Promise<never>(() => {});
  };
  const walk = async (items: AsyncIterable<unknown>) => {
    for await (const _ of items);
  };
  const read = (reading: (typeof readings)[number], signal?: AbortSignal): Promise<unknown> => {
    const { auditLogs } = connection;
    const query = { eventTypes, onFailedPrincipal };
    const after = new Date(Date.now() - 29 * 86_400_000);
    const how = { signal };
    const begin: Readonly<Record<typeof reading, () => Promise<unknown>>> = {
      events: () => walk(auditLogs.events({ ...query, after }, how)),
      batches: () => walk(auditLogs.batches({ ...query, after }, how)),
      follow: () => walk(auditLogs.follow({ ...query, after }, how)),
      files: () => walk(auditLogs.files({ ...query, after }, how)),
      pages: () => walk(auditLogs.files({ ...query, after }, how).pages()),
      maxEventTime: () => auditLogs.maxEventTime(query, how),
      check: () => connection.check({ onFailedPrincipal }, how),
      roster: () => walk(connection.roster({ onFailedPrincipal }, how)),
    };
    return begin[reading]();
  };
  return { connection, read, told };
}

it.each(readings)('%s ends with the signal, whatever it waits for', async (reading) => {
  const { read, told } = openHanging();
  const stop = new AbortController();
  const reason = new Error('enough');
  const failure = rejection(read(reading, stop.signal));
  await told;
  stop.abort(reason);
  expect(await failure).toBe(reason);
});

it.each(readings)('%s ends with the connection, whatever it waits for', async (reading) => {
  const { connection, read, told } = openHanging();
  const failure = rejection(read(reading));
  await told;
  await connection.close();
  expect(await failure).toMatchObject({ code: 'connection_closed' });
});
