import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import type { PrincipalIds } from '../../src/audit-logs/options.js';
import { connect } from '../../src/connection/connect.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { exportLogs } from '../../src/export/export-logs.js';
import type { ExportOptions } from '../../src/export/export-options.js';
import { memorySink } from '../../src/export/memory-sink.js';
import type { LogSink, SinkLease } from '../../src/export/sink.js';
import { ScimClient } from '../../src/scim/client.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';
import { clientCredentials } from '../../src/transport/client-credentials.js';
import type { ClientOptions, RequestOptions } from '../../src/transport/options.js';
import { rejection } from '../support/open-test-transport.js';
import {
  applyOne,
  drain,
  eventTypes,
  open,
  openWithCosts,
  openWithOtherTypes,
  openWithWrongKey,
} from './support/open-for-callbacks.js';

/** Calls what takes a function that never answers. */
type Work = (never: () => Promise<never>, how: RequestOptions) => Promise<unknown>;

/** A log with one file, whose body is what is given; or none can be had, where it is a fault. */
function openLogs(body: string, isFailing = false) {
  const emulator = createEmulator({ world: 'empty', workspaces: [{ id: 'w1' }] });
  emulator.store.logs.addFile('w1', {
    eventType: 'AUTH_LOG',
    endTime: new Date(Date.now() - 60_000).toISOString(),
    body,
  });
  const route = 'GET /compliance/logs/{log_file_id}';
  if (isFailing) emulator.faults.add(fault.status(404), { route, times: Number.POSITIVE_INFINITY });
  const { complianceBaseUrl: baseUrl } = emulator.connectionConfig();
  return new AuditLogClient({ apiKey: emulator.compliance.apiKey, workspaceIds: 'w1', baseUrl, fetch: emulator.fetch });
}

function exportOne({
  sink = memorySink(),
  ...options
}: Partial<Pick<ExportOptions<PrincipalIds, string>, 'sink' | 'onProgress' | 'signal'>>) {
  return exportLogs({ client: open().auditLogs, query: { eventTypes }, sink, ...options });
}

/** A sink some of whose lease is done otherwise. */
function leasing(change: (lease: SinkLease) => SinkLease): LogSink {
  const sink = memorySink();
  return {
    ...sink,
    lease: async (...asked) => {
      const lease = await sink.lease(...asked);
      return lease && change(lease);
    },
  };
}

function openScim(options: Partial<ClientOptions & { readonly token: () => Promise<string> }>) {
  const { scim, fetch } = createEmulator();
  return new ScimClient({ baseUrl: scim.baseUrl, token: scim.token, fetch, ...options });
}

const monthsAgo = '2020-01-01T00:00:00Z';
const all = { eventTypes, invalidLine: 'skip', onFailedFile: () => {} } as const;

const waitedFor: Readonly<Record<string, Work>> = {
  'onWarning of files()': (onWarning, how) =>
    drain(openWithOtherTypes().auditLogs.files({ eventTypes, onWarning }, how)),
  'onWarning of events()': (onWarning, how) =>
    drain(openWithOtherTypes().auditLogs.events({ eventTypes, onWarning }, how)),
  'onFailedPrincipal of files()': (onFailedPrincipal, how) =>
    drain(openWithWrongKey().auditLogs.files({ eventTypes, onFailedPrincipal }, how)),
  'onFailedPrincipal of events()': (onFailedPrincipal, how) =>
    drain(openWithWrongKey().auditLogs.events({ eventTypes, onFailedPrincipal }, how)),
  'onFailedPrincipal of follow()': (onFailedPrincipal, how) =>
    drain(openWithWrongKey().auditLogs.follow({ eventTypes, onFailedPrincipal }, how)),
  'onFailedPrincipal of maxEventTime()': (onFailedPrincipal, how) =>
    openWithWrongKey().auditLogs.maxEventTime({ eventTypes, onFailedPrincipal }, how),
  'onFailedPrincipal of roster()': (onFailedPrincipal, how) =>
    drain(openWithWrongKey().roster({ onFailedPrincipal }, how)),
  'onFailedPrincipal of check()': (onFailedPrincipal, how) => openWithWrongKey().check({ onFailedPrincipal }, how),
  'onProgress of events()': (onProgress, how) => drain(openLogs('').events({ ...all, onProgress }, how)),
  'onProgress of batches()': (onProgress, how) => drain(openLogs('').batches({ ...all, onProgress }, how)),
  'onProgress of batches({ fill })': (onProgress, how) =>
    drain(openLogs('').batches({ ...all, fill: true, onProgress }, how)),
  'onFailedFile of batches({ fill })': (onFailedFile, how) =>
    drain(openLogs('', true).batches({ ...all, fill: true, onFailedFile }, how)),
  'invalidLine of events()': (invalidLine, how) => drain(openLogs('{broken\n').events({ ...all, invalidLine }, how)),
  'onFailedFile of events()': (onFailedFile, how) => drain(openLogs('', true).events({ ...all, onFailedFile }, how)),
  'onFailedFile of batches()': (onFailedFile, how) => drain(openLogs('', true).batches({ ...all, onFailedFile }, how)),
  'onRetentionGap of events()': (onRetentionGap, how) =>
    drain(openLogs('').events({ ...all, onRetentionGap, after: monthsAgo }, how)),
  'onTotals of roster()': (onTotals, how) => drain(openWithCosts().roster({ usage: { onTotals } }, how)),
  'onProgress of exportLogs()': (onProgress, { signal }) => exportOne({ onProgress, signal }),
  'onFailedPrincipal of exportLogs()': (onFailedPrincipal, { signal }) =>
    exportLogs({
      client: openWithWrongKey().auditLogs,
      query: { eventTypes, onFailedPrincipal },
      sink: memorySink(),
      signal,
    }),
  'lease of the sink of exportLogs()': (lease, { signal }) => exportOne({ sink: { ...memorySink(), lease }, signal }),
  ...Object.fromEntries(
    (['checkpoint', 'write', 'release'] as const).map((method): [string, Work] => [
      `${method} of the lease of exportLogs()`,
      (never, { signal }) => exportOne({ sink: leasing((lease) => ({ ...lease, [method]: never })), signal }),
    ]),
  ),
  'onProgress of applyPlan()': (onProgress, how) => applyOne({ onProgress, ...how }),
  ...Object.fromEntries(
    (['read', 'acquire', 'append'] as const).map((method): [string, Work] => [
      `${method} of the journal of applyPlan()`,
      (never, how) => applyOne(how, (journal) => ({ ...journal, [method]: never })),
    ]),
  ),
  'release of the journal of applyPlan()': (release, how) => applyOne(how, (journal) => ({ ...journal, release })),
  'onProgress of roster()': (onProgress, how) => drain(open().roster({ onProgress }, how)),
  'onIncomplete of iterate()': (onIncomplete, how) =>
    drain(open().scim.users.iterate({ count: 1, maxPages: 1, onIncomplete }, how)),
  'the token of a ScimClient': (token, how) => openScim({ token }).users.list({}, how),
  'the key of an AuditLogClient': (apiKey, how) =>
    new AuditLogClient({ apiKey, workspaceIds: 'w1' }).maxEventTime({ eventTypes }, how),
  'the `fetch` of a client': (fetch, how) => openScim({ fetch }).users.list({}, how),
  'the `throttle` of a client': (throttle, how) => openScim({ throttle }).users.list({}, how),
  allowHost: (allowHost, how) => openScim({ allowHost }).users.list({}, how),
  'the `fetch` of clientCredentials()': (fetch, how) => openScim({ token: tokens({ fetch }) }).users.list({}, how),
  'the `allowHost` of clientCredentials()': (allowHost, how) =>
    openScim({ token: tokens({ allowHost }) }).users.list({}, how),
};

const tokens = (options: Pick<ClientOptions, 'fetch' | 'allowHost'>) =>
  clientCredentials({ tokenUrl: 'https://token.example/', clientId: 'a', clientSecret: 'b', ...options });

test.each(Object.entries(waitedFor))('%s may never answer: an abort ends the call', async (_name, work) => {
  const stop = new AbortController();
  let isCalled = false;
  const never = () => {
    isCalled = true;
    return new Promise<never>(() => {});
  };
  const ending = rejection(work(never, { signal: stop.signal }));
  while (!isCalled) await turn();
  // To where there is nothing left but to wait for it.
  for (let turns = 0; turns < 500; turns++) await turn();
  stop.abort('enough');
  expect(await ending).toBe('enough');
});

const leftFrom: Readonly<Record<string, (never: () => Promise<never>) => AsyncIterable<unknown>>> = {
  'onWarning of files()': (onWarning) => openWithOtherTypes().auditLogs.files({ eventTypes, onWarning }),
  'onFailedPrincipal of files()': (onFailedPrincipal) =>
    openWithWrongKey().auditLogs.files({ eventTypes, onFailedPrincipal }),
  'onFailedPrincipal of roster()': (onFailedPrincipal) => openWithWrongKey().roster({ onFailedPrincipal }),
  'onTotals of roster()': (onTotals) => openWithCosts().roster({ usage: { onTotals } }),
  'onProgress of roster()': (onProgress) => open().roster({ onProgress }),
  'the token of iterate()': (token) => openScim({ token }).users.iterate(),
  'onProgress of events()': (onProgress) => openLogs('').events({ ...all, onProgress }),
  'onProgress of batches()': (onProgress) => openLogs('').batches({ ...all, onProgress }),
  'onProgress of follow()': (onProgress) => openLogs('').follow({ eventTypes, onProgress }),
  'onWarning of events()': (onWarning) => openWithOtherTypes().auditLogs.events({ eventTypes, onWarning }),
  'onWarning of follow()': (onWarning) => openWithOtherTypes().auditLogs.follow({ eventTypes, onWarning }),
  'invalidLine of events()': (invalidLine) => openLogs('{broken\n').events({ ...all, invalidLine }),
  'onFailedFile of events()': (onFailedFile) => openLogs('', true).events({ ...all, onFailedFile }),
  'onFailedFile of follow()': (onFailedFile) => openLogs('', true).follow({ eventTypes, onFailedFile }),
  'onOutage of follow()': (onOutage) => openLogs('', true).follow({ eventTypes, onOutage }),
  'onRetentionGap of follow()': (onRetentionGap) =>
    openLogs('').follow({ eventTypes, onRetentionGap, after: monthsAgo }),
  'onFailedPrincipal of events()': (onFailedPrincipal) =>
    openWithWrongKey().auditLogs.events({ eventTypes, onFailedPrincipal }),
  'onFailedPrincipal of follow()': (onFailedPrincipal) =>
    openWithWrongKey().auditLogs.follow({ eventTypes, onFailedPrincipal }),
};

test.each(Object.entries(leftFrom))('%s may never answer: who leaves is let go', async (_name, read) => {
  let isCalled = false;
  const never = () => {
    isCalled = true;
    return new Promise<never>(() => {});
  };
  const items = read(never)[Symbol.asyncIterator]();
  const waiting = items.next();
  while (!isCalled) await turn();
  for (let turns = 0; turns < 500; turns++) await turn();
  expect(await items.return?.()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('onIncomplete of iterate() may never answer: who leaves is let go', async () => {
  let isCalled = false;
  const onIncomplete = () => {
    isCalled = true;
    return new Promise<never>(() => {});
  };
  const items = open().scim.users.iterate({ count: 1, maxPages: 1, onIncomplete })[Symbol.asyncIterator]();
  await items.next();
  const waiting = items.next();
  while (!isCalled) await turn();
  expect(await items.return?.()).toEqual({ done: true, value: undefined });
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('who leaves while a checkpoint is saved waits for that: what is saved next comes behind it', async () => {
  let isSaved = false;
  let save: (() => void) | undefined;
  const onCaughtUp = () =>
    new Promise<void>((resolve) => {
      save = resolve;
    }).then(() => {
      isSaved = true;
    });
  const items = openLogs('').follow({ eventTypes, onCaughtUp })[Symbol.asyncIterator]();
  const waiting = items.next();
  while (save === undefined) await turn();
  const leaving = items.return?.().then(() => isSaved);
  for (let turns = 0; turns < 100; turns++) await turn();
  save();
  expect(await leaving).toBe(true);
  expect(await waiting).toMatchObject({ done: true });
});

test('a listener of events that never answers holds up nothing', async () => {
  const { items } = await openScim({ onEvent: () => new Promise<never>(() => {}) }).users.list();
  expect(items).toHaveLength(12);
});

test('closing a connection ends the wait too', async () => {
  const emulator = createEmulator();
  const connection = connect(parseConnectionConfig(emulator.connectionConfig(), { require: ['scim'] }), {
    fetch: emulator.fetch,
  });
  let isCalled = false;
  const onIncomplete = () => {
    isCalled = true;
    return new Promise<never>(() => {});
  };
  const ending = rejection(drain(connection.scim.users.iterate({ count: 1, maxPages: 1, onIncomplete })));
  while (!isCalled) await turn();
  await connection.close();
  expect(await ending).toMatchObject({ code: 'connection_closed' });
});
