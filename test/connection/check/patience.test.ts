import { expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { parseConnectionConfig } from '../../../src/connection/parse-form.js';
import { createEmulator, fault } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';

const eventTypes = ['AUTH_LOG'] as const;

/** A connection of which the first workspace, or the directory, answers one request with 429. */
function openBusy(service: 'scim' | 'compliance', retryAfter: number) {
  const clock = createFakeClock(Date.UTC(2026, 10, 30));
  const emulator = createEmulator({ clock });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const when = ({ url }: { readonly url: URL }) => service === 'scim' || url.pathname.includes(first);
  emulator.faults.add(fault.status(429, { retryAfter }), { service, when });
  const config = parseConnectionConfig(emulator.connectionConfig(), { require: ['scim', 'compliance'] });
  const connection = connect(config, { ...emulator.clientOptions, clock, maxRetries: 0 });
  const askedOf = (part: string) => emulator.requests.list().filter(({ url }) => url.includes(part)).length;
  return { clock, connection, first, second, askedOf };
}

test('a check waits where a workspace has asked the client to, and counts that for no slowness', async () => {
  const { clock, connection, first, second, askedOf } = openBusy('compliance', 8);
  expect(await rejection(connection.auditLogs.maxEventTime({ eventTypes }))).toMatchObject({ status: 429 });
  const [askedBefore, askedBeforeOfOther] = [askedOf(first), askedOf(second)];
  const checking = connection.check({ eventTypes });
  await clock.advance(7_900);
  expect(askedOf(first)).toBe(askedBefore);
  expect(askedOf(second)).toBe(askedBeforeOfOther + 3);
  await clock.advance(200);
  const { verdict, findings } = await checking;
  expect({ verdict, findings }).toEqual({ verdict: 'ok', findings: [] });
  expect(askedOf(first)).toBe(askedBefore + 3);
});

test('a check does not ask where the wait is longer than it may take, and says so at once', async () => {
  const { clock, connection, first, askedOf } = openBusy('compliance', 40);
  expect(await rejection(connection.auditLogs.maxEventTime({ eventTypes }))).toMatchObject({ status: 429 });
  const askedBefore = askedOf(first);
  const told: unknown[] = [];
  const onFailedPrincipal = ({
    principal,
    error,
  }: {
    readonly principal: { readonly id: string };
    readonly error: Error;
  }) => void told.push([principal.id, error]);
  const checking = connection.check({ eventTypes, onFailedPrincipal });
  await clock.advance(0);
  const { findings, workspaces } = await checking;
  expect(findings).toMatchObject([{ code: 'asked_to_wait', service: 'compliance', principals: [{ id: first }] }]);
  expect(workspaces.map(({ opened }) => opened)).toEqual(['unknown', 'ok']);
  expect(told).toEqual([[first, expect.objectContaining({ code: 'timeout', delivery: 'not_sent', attempts: 0 })]]);
  expect(askedOf(first)).toBe(askedBefore);
});

test('what a check is told to wait, the client waits too', async () => {
  const { clock, connection, first, askedOf } = openBusy('compliance', 8);
  const checking = connection.check({ eventTypes });
  await clock.advance(0);
  expect((await checking).findings.map(({ code }) => code)).toEqual(['rate_limited']);
  const askedBefore = askedOf(first);
  const reading = connection.auditLogs.maxEventTime({ eventTypes });
  await clock.advance(7_900);
  expect(askedOf(first)).toBe(askedBefore);
  await clock.advance(200);
  expect(await reading).toHaveLength(2);
});

test('the directory is waited for alike', async () => {
  const { clock, connection, askedOf } = openBusy('scim', 40);
  expect(await rejection(connection.scim.users.list())).toMatchObject({ status: 429 });
  const askedBefore = askedOf('/scim/');
  const checking = connection.check({ eventTypes });
  await clock.advance(0);
  const { findings, credentials } = await checking;
  expect(findings.map(({ code, service }) => [code, service])).toEqual([['asked_to_wait', 'scim']]);
  expect(credentials[0]).toMatchObject({ reachable: 'unknown', authenticated: 'unknown' });
  expect(askedOf('/scim/')).toBe(askedBefore);
});

/** A connection with an Admin key, of which the Admin API answers one request with 429. */
function openBusyAdmin(retryAfter: number) {
  const clock = createFakeClock(Date.UTC(2026, 10, 30));
  const emulator = createEmulator({ clock });
  emulator.faults.add(fault.status(429, { retryAfter }), { service: 'admin' });
  const [id = '', second = ''] = emulator.compliance.workspaceIds;
  const older = emulator.compliance.keys.create({ keyClass: 'legacy_compliance' });
  const complianceApiKeys = { [id]: emulator.compliance.apiKeys[id] ?? '', [second]: older };
  const connection = connect(
    { complianceApiKeys, workspaceIds: [id, second], complianceBaseUrl: emulator.compliance.baseUrl },
    { ...emulator.clientOptions, clock, maxRetries: 0 },
  );
  const asked = () => emulator.requests.list().filter(({ url }) => /\/(?:manage|analytics)\//.test(url)).length;
  if (connection.admin === undefined) throw new Error('an Admin key opens an AdminClient');
  return { clock, connection, admin: connection.admin, workspaceId: id, asked };
}

test('a check waits where the Admin API has asked the AdminClient of the connection to', async () => {
  const { clock, connection, admin, workspaceId, asked } = openBusyAdmin(8);
  expect(await rejection(admin.members.list({ workspaceId }))).toMatchObject({ status: 429 });
  const before = asked();
  const checking = connection.check({ eventTypes, admin: true });
  await clock.advance(7_900);
  expect(asked()).toBe(before);
  await clock.advance(200);
  expect((await checking).workspaces[0]?.admin.map(({ verdict }) => verdict)).toEqual(Array(6).fill('ok'));
});

test('a check does not ask the Admin API where the wait is longer than it may take', async () => {
  const { clock, connection, admin, workspaceId, asked } = openBusyAdmin(40);
  expect(await rejection(admin.members.list({ workspaceId }))).toMatchObject({ status: 429 });
  const before = asked();
  const checking = connection.check({ eventTypes });
  await clock.advance(0);
  const { findings, workspaces } = await checking;
  expect(workspaces[0]?.admin.map(({ code }) => code)).toEqual(Array(6).fill('asked_to_wait'));
  expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['asked_to_wait', 'info']]);
  expect(asked()).toBe(before);
});

test('what a check is told to wait by the Admin API, the AdminClient waits too', async () => {
  const { clock, connection, admin, workspaceId, asked } = openBusyAdmin(8);
  const checking = connection.check({ eventTypes, admin: ['members'] });
  await clock.advance(0);
  const { findings } = await checking;
  expect(findings).toContainEqual(expect.objectContaining({ code: 'rate_limited', service: 'admin' }));
  const before = asked();
  const reading = admin.members.list({ workspaceId });
  await clock.advance(7_900);
  expect(asked()).toBe(before);
  await clock.advance(200);
  expect((await reading).items.length).toBeGreaterThan(0);
});
