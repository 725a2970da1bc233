import { globSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import { readConnectionConfigFromEnv } from '../../src/connection/env.js';
import { parseConnectionConfig, safeParseConnectionConfig } from '../../src/connection/parse-form.js';
import { exportLogs } from '../../src/export/export-logs.js';
import { memorySink } from '../../src/export/memory-sink.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
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

// Node ends the process for a rejection that nobody handles: none of the caller's functions may lead to one.
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(async () => {
  await wait(0);
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

const full = (): Promise<never> => Promise.reject(new Error('The disk is full.'));

type Work = () => Promise<unknown>;

/** What these reject with is what the iteration rejects with. `onOutage` and more of the logs: test/audit-logs/reading. */
const waitedFor: Readonly<Record<string, Work>> = {
  'onWarning of files()': () => drain(openWithOtherTypes().auditLogs.files({ eventTypes, onWarning: full })),
  'onWarning of events()': () => drain(openWithOtherTypes().auditLogs.events({ eventTypes, onWarning: full })),
  'onFailedPrincipal of files()': () =>
    drain(openWithWrongKey().auditLogs.files({ eventTypes, onFailedPrincipal: full })),
  'onFailedPrincipal of events()': () =>
    drain(openWithWrongKey().auditLogs.events({ eventTypes, onFailedPrincipal: full })),
  'onFailedPrincipal of follow()': () =>
    drain(openWithWrongKey().auditLogs.follow({ eventTypes, onFailedPrincipal: full })),
  'onFailedPrincipal of maxEventTime()': () =>
    openWithWrongKey().auditLogs.maxEventTime({ eventTypes, onFailedPrincipal: full }),
  'onFailedPrincipal of roster()': () => drain(openWithWrongKey().roster({ onFailedPrincipal: full })),
  'onProgress of events()': () => drain(open().auditLogs.events({ eventTypes, onProgress: full })),
  'onCaughtUp of batches()': () => drain(open().auditLogs.batches({ eventTypes, onCaughtUp: full })),
  'onCaughtUp of batches({ fill })': () =>
    drain(open().auditLogs.batches({ eventTypes, fill: true, onCaughtUp: full })),
  'onFailedPrincipal of check()': () => {
    const emulator = createEmulator();
    const form = emulator.connectionConfig({ complianceApiKey: 'sk-admin-1234567890' });
    return connect(parseConnectionConfig(form), { fetch: emulator.fetch }).check({ onFailedPrincipal: full });
  },
  'onTotals of roster()': () => drain(openWithCosts().roster({ usage: { onTotals: full } })),
  'onProgress of roster()': () => drain(open().roster({ onProgress: full })),
  'onProgress of exportLogs()': () =>
    exportLogs({ client: open().auditLogs, query: { eventTypes }, sink: memorySink(), onProgress: full }),
  'onFailedPrincipal of exportLogs()': () =>
    exportLogs({
      client: openWithWrongKey().auditLogs,
      query: { eventTypes, onFailedPrincipal: full },
      sink: memorySink(),
    }),
  'onProgress of applyPlan()': () => applyOne({ onProgress: full }),
  'the journal of applyPlan()': () => applyOne({}, (journal) => ({ ...journal, append: full })),
  'onIncomplete of iterate()': () => drain(open().scim.users.iterate({ count: 1, maxPages: 1, onIncomplete: full })),
};

test.each(Object.entries(waitedFor))('what %s rejects with ends the iteration', async (_name, work) => {
  expect(await rejection(work())).toMatchObject({ message: 'The disk is full.' });
});

/** These cannot be waited for, and fail nothing. */
const letGo: Readonly<Record<string, () => unknown>> = {
  'onEvent of connect()': () => open({ onEvent: full }).scim.users.list(),
  'onWarning of parseConnectionConfig()': () =>
    parseConnectionConfig({ complianceApiKey: 'Bearer sk-admin-1234567890', workspaceIds: id }, { onWarning: full }),
  'onWarning of safeParseConnectionConfig()': () =>
    safeParseConnectionConfig(
      { complianceApiKey: 'Bearer sk-admin-1234567890', workspaceIds: id },
      { onWarning: full },
    ),
  'onWarning of readConnectionConfigFromEnv()': () =>
    readConnectionConfigFromEnv(
      { CHATGPT_COMPLIANCE_API_KEY: 'Bearer sk-admin-1234567890', CHATGPT_WORKSPACE_IDS: `${id},${id}` },
      { onWarning: full },
    ),
};
const id = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';

test.each(Object.entries(letGo))('what %s rejects with fails nothing', async (_name, work) => {
  await expect((async () => work())()).resolves.toBeDefined();
});

test('a validator that answers with a promise is refused, as nothing would be checked', async () => {
  const validate = full as never;
  expect(await rejection(drain(open().auditLogs.events({ eventTypes, validate })))).toMatchObject({
    name: 'InputError',
    path: ['validate'],
  });
});

/** Of the library's own, not of its callers; `onBrake` is a word, not a function. */
const internal = [
  'onBrake',
  'onPage',
  'onOutsideRange',
  'onUnreadFile',
  'onRows',
  'onEnd',
  'onUnhandled',
  'onReceived',
  'onRetry',
  'onSend',
  'onOtherType',
  'onFailure',
  'onRecovery',
  'onAnswer',
  'onInvalidRow',
  'onLateFile',
  'onChangedFile',
  'onDisorder',
  'onNumber',
  'onRepeatedKey',
];
const testedWithLogs = ['onInvalidLine', 'onFailedFile', 'onRetentionGap', 'onOutage'];

test('every function that a caller may give is in one of these tables', () => {
  const declared = globSync('src/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^ {2}readonly (on[A-Z]\w*)\??:/gm)].map(([, name]) => name ?? ''),
  );
  const tested = [...Object.keys(waitedFor), ...Object.keys(letGo)].map((name) => name.split(' ')[0] ?? '');
  const known = new Set([...tested, ...testedWithLogs, ...internal]);
  expect(declared.filter((name) => !known.has(name))).toEqual([]);
});
