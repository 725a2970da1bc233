import { expect, it } from 'vitest';
import type { FailedPrincipal } from '../../../src/audit-logs/query.js';
import type { CheckQuery } from '../../../src/connection/check/report.js';
import { connect } from '../../../src/connection/connect.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { createEmulator, fault } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';

function createWorld() {
  const emulator = createEmulator();
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const keys = { ...emulator.compliance.apiKeys };
  const check = (changes: object, query: CheckQuery) => {
    const { complianceApiKey: _, ...form } = emulator.connectionConfig();
    const config = { ...form, workspaceIds: [first, second], complianceApiKeys: keys, ...changes };
    return connect(config as never, { fetch: emulator.fetch }).check(query);
  };
  /** Whom the function was told of. */
  const checkAndTell = async (changes: object, query: CheckQuery = {}) => {
    const told: FailedPrincipal[] = [];
    const report = await check(changes, { ...query, onFailedPrincipal: (failed) => void told.push(failed) });
    return { told, report };
  };
  return { emulator, first, second, keys, check, checkAndTell };
}

it('is told of each workspace whose key opens nothing, with the error and what to do, and the report is given', async () => {
  const { first, second, keys, checkAndTell } = createWorld();
  const { told, report } = await checkAndTell({ complianceApiKeys: { ...keys, [second]: keys[first] } });
  expect(told).toMatchObject([
    {
      principal: { type: 'workspace', id: second },
      eventTypes: ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'],
      error: {
        name: 'ResponseError',
        status: 403,
        remedy: expect.stringMatching(/^The Admin key is for another workspace, and opens no other one\./),
      },
    },
  ]);
  expect(report.findings).toMatchObject([{ code: 'key_of_another_workspace' }]);
  // It may be logged.
  expect(String(told[0]?.error)).not.toContain(second);
});

it('is told of the organization where nothing of it can be read, and of no workspace that can', async () => {
  const { checkAndTell, emulator } = createWorld();
  const organizationId = 'org-AbCdEfGhIjKlMnOpQrStUvWx';
  const { told, report } = await checkAndTell({ organizationId, complianceApiKey: emulator.compliance.apiKey });
  expect(told).toMatchObject([
    {
      principal: { type: 'organization', id: organizationId },
      eventTypes: ['COSTS'],
      error: { name: 'ResponseError' },
    },
  ]);
  expect(report.findings).toMatchObject([{ field: 'organizationId' }]);
});

it('is told of nobody where something of each can be read', async () => {
  const { emulator, first, checkAndTell, keys } = createWorld();
  const scopes = ['chatgpt.enterprise.compliance_logs_platform.auth_log.read'];
  const narrow = emulator.compliance.keys.create({ workspaceId: first, scopes });
  expect((await checkAndTell({})).told).toEqual([]);
  expect((await checkAndTell({ complianceApiKeys: { ...keys, [first]: narrow } })).told).toEqual([]);
});

it('is told of a token in place of a key, of a stranger in place of the service, of one who is away', async () => {
  const { emulator, first, second, keys, checkAndTell } = createWorld();
  const errorsOf = async (changes: object) =>
    (await checkAndTell(changes)).told.map(({ principal, error }) => [
      principal.id,
      isSdkError(error) ? error.code : undefined,
      isSdkError(error) && (error.remedy ?? '').length > 20,
    ]);
  const complianceApiKeys = { ...keys, [second]: 'se_0123456789abcdef0123' };
  expect(await errorsOf({ complianceApiKeys })).toEqual([[second, 'invalid_input', true]]);
  const about = (id: string) => ({
    when: ({ url }: { readonly url: URL }) => url.pathname.includes(id),
    times: Number.POSITIVE_INFINITY,
  });
  emulator.faults.add(
    fault.body('a stranger', () => ({ hello: 'world' })),
    about(first),
  );
  emulator.faults.add(fault.status(503), about(second));
  expect(await errorsOf({})).toEqual([
    [first, 'invalid_response', true],
    [second, 'server_error', true],
  ]);
});

it('is told of one that did not answer before the time was up', async () => {
  const clock = createFakeClock(Date.now());
  await using emulator = createEmulator({ clock });
  const told: unknown[] = [];
  const never: typeof fetch = (_url, init) =>
    new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)));
  const { scimBaseUrl: _, scimToken: __, ...form } = emulator.connectionConfig();
  const connection = connect(form as never, { fetch: never, clock });
  const checking = connection.check({ onFailedPrincipal: ({ error }) => void told.push(error) });
  await clock.advance(20_000);
  await checking;
  expect(told).toMatchObject([
    { name: 'ConnectionError', code: 'timeout' },
    { name: 'ConnectionError', code: 'timeout' },
  ]);
});

it('is waited for, one after the other, and what it throws rejects the check', async () => {
  const { check } = createWorld();
  const changes = { complianceApiKeys: undefined, complianceApiKey: 'sk-admin-0123456789' };
  const steps: string[] = [];
  await check(changes, {
    onFailedPrincipal: async () => {
      steps.push('begins');
      await Promise.resolve();
      steps.push('ends');
    },
  });
  expect(steps).toEqual(['begins', 'ends', 'begins', 'ends']);
  const full = new Error('The disk is full.');
  expect(await rejection(check(changes, { onFailedPrincipal: () => Promise.reject(full) }))).toBe(full);
  const thrower = () => {
    throw full;
  };
  expect(await rejection(check(changes, { onFailedPrincipal: thrower }))).toBe(full);
});

it("has no 'throw': the report says it", async () => {
  const { check } = createWorld();
  expect(await rejection(check({}, { onFailedPrincipal: 'throw' as never }))).toMatchObject({
    code: 'invalid_input',
    path: ['onFailedPrincipal'],
  });
});

it('asks of exchanged keys only where those of several fail alike', async () => {
  const { first, second, keys, checkAndTell, emulator } = createWorld();
  const remedies = async (changes: object) => {
    const { told, report } = await checkAndTell(changes);
    const ofErrors = told.map(({ error }) => (isSdkError(error) && error.remedy) || '');
    return [...ofErrors, ...report.findings.map(({ remedy }) => remedy)];
  };
  const wrong = [
    'sk-admin-0123456789',
    'sk-proj-0123456789',
    emulator.compliance.keys.create({ keyClass: 'platform_admin' }),
  ];
  for (const key of wrong) {
    const said = await remedies({ complianceApiKeys: { ...keys, [second]: key } });
    expect(said.length).toBeGreaterThan(1);
    expect(said.join('\n')).not.toMatch(/exchanged/);
  }
  const exchanged = { [first]: keys[second], [second]: keys[first] };
  for (const remedy of await remedies({ complianceApiKeys: exchanged }))
    expect(remedy).toMatch(/^Check first .* exchanged\./);
  // The one key stands in the field for all, and the other in that of the keys by workspace.
  const across = { complianceApiKey: keys[second], complianceApiKeys: { [second]: keys[first] } };
  const said = await remedies(across);
  expect(said).toHaveLength(4);
  for (const remedy of said) expect(remedy).toMatch(/^Check first .* exchanged\./);
});
