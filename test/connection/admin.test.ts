import { describe, expect, it } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import type { ConnectOptions } from '../../src/connection/connect-options.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { createEmulator, createTestClock, fault } from '../../src/testing/index.js';
import type { TransportEvent } from '../../src/transport/options.js';
import { principalOf } from '../../src/transport/principal-tag.js';
import { rejection } from '../support/open-test-transport.js';
import { printedByAll } from '../support/printed-by-all.js';

function createWorld() {
  const emulator = createEmulator({ clock: createTestClock({ skipsWaits: true }) });
  const [first = '', second = ''] = emulator.compliance.workspaceIds;
  const open = (form: object, options: ConnectOptions = {}) => {
    const whole = { ...emulator.connectionConfig(), complianceApiKey: '', workspaceIds: '', ...form };
    const config = parseConnectionConfig(whole, { require: ['scim', 'compliance'] });
    return connect(config, { ...emulator.clientOptions, ...options });
  };
  return { emulator, first, second, open, keys: emulator.compliance.apiKeys, legacy: emulator.compliance.apiKey };
}

describe('connection.admin', () => {
  it('is there for the workspaces whose key is an Admin key, in either field', async () => {
    const { open, first, second, keys, legacy, emulator } = createWorld();
    const idsOf = (form: object) => open(form).admin?.workspaceIds;
    expect(idsOf({ complianceApiKeys: keys })).toEqual([first, second]);
    expect(
      idsOf({ complianceApiKeys: { [second]: keys[second] ?? '' }, complianceApiKey: legacy, workspaceIds: first }),
    ).toEqual([second]);
    expect(idsOf({ complianceApiKey: keys[first], workspaceIds: first })).toEqual([first]);
    expect(idsOf({ complianceApiKeys: { [first]: keys[first]?.replace('sk-admin', 'SK-ADMIN') ?? '' } })).toEqual([
      first,
    ]);
    expect(emulator.requests.total).toBe(0);
  });

  it('says of a workspace with an older key that it is no Admin key, and guesses none of several', async () => {
    const { open, first, second, keys, legacy, emulator } = createWorld();
    const { admin } = open({ complianceApiKeys: { [first]: legacy, [second]: keys[second] ?? '' } });
    const ofOlder = await rejection(admin?.members.list({ workspaceId: first }) ?? Promise.resolve());
    expect(ofOlder).toMatchObject({ path: ['workspaceId'], message: expect.stringContaining('is no Admin key') });
    const unsaid = await rejection(admin?.members.list() ?? Promise.resolve());
    expect(unsaid).toMatchObject({ message: expect.stringContaining('`workspaceId` is missing') });
    expect(emulator.requests.total).toBe(0);
  });

  it('is not there without an Admin key: an older one, that of the organization alone, or no compliance half', () => {
    const { open, first, keys, legacy, emulator } = createWorld();
    expect(open({ complianceApiKey: legacy, workspaceIds: first }).admin).toBeUndefined();
    const { organizationId } = emulator.compliance;
    const complianceApiKeys = { [organizationId]: keys[first] ?? '' };
    expect(open({ complianceApiKey: legacy, workspaceIds: first, complianceApiKeys }).admin).toBeUndefined();
    const { scimBaseUrl, scimToken } = emulator.connectionConfig();
    expect(connect(parseConnectionConfig({ scimBaseUrl, scimToken })).admin).toBeUndefined();
  });

  it('reads each workspace with its own key, where the form says that the service is', async () => {
    const { open, first, second, keys, emulator } = createWorld();
    const { admin } = open({ complianceApiKeys: keys });
    for (const workspaceId of [first, second]) {
      const { items } = (await admin?.members.list({ workspaceId, limit: 2 })) ?? {};
      expect(items?.length).toBe(2);
    }
    const { complianceBaseUrl } = emulator.connectionConfig();
    for (const { url } of emulator.requests.list()) expect(url.startsWith(`${complianceBaseUrl}/manage/`)).toBe(true);
    // Several: one has to be named.
    expect(await rejection(admin?.members.list() ?? Promise.resolve())).toMatchObject({ path: ['workspaceId'] });
  });

  it('refuses a key of the API platform when it is used, since nothing tells it before', async () => {
    const { open, first, emulator } = createWorld();
    const key = emulator.compliance.keys.create({ keyClass: 'platform_admin' });
    const { admin } = open({ complianceApiKeys: { [first]: key } });
    const error = await rejection(admin?.members.list() ?? Promise.resolve());
    expect(error).toMatchObject({ status: 401, remedy: expect.stringMatching(/for the API platform/) });
    expect(principalOf(error)).toEqual({ type: 'workspace', id: first });
    expect(JSON.stringify(printedByAll(error))).not.toContain(key);
  });

  it('takes what is said for all services, and rather what is said for it', async () => {
    const { open, first, keys, emulator } = createWorld();
    const told: string[] = [];
    const onEvent = ({ service, type }: TransportEvent) => void told.push(`${service} ${type}`);
    const form = { complianceApiKeys: { [first]: keys[first] ?? '' } };
    await open(form, { onEvent }).admin?.members.list();
    expect(told).toEqual(['admin request', 'admin response', 'admin call']);
    emulator.faults.add(fault.status(503), { times: 2 });
    expect(await rejection(open(form, { maxRetries: 1 }).admin?.members.list() ?? Promise.resolve())).toMatchObject({
      status: 503,
    });
    emulator.faults.add(fault.status(503), { times: 2 });
    await open(form, { maxRetries: 1, admin: { maxRetries: 2 } }).admin?.members.list();
    const allowHost = () => false;
    const refused = open(form, { allowHost }).admin?.members.list() ?? Promise.resolve();
    expect(await rejection(refused)).toMatchObject({ code: 'host_not_allowed' });
    await emulator.close();
  });

  it('has an option for nothing that the form says, or that is unknown', () => {
    const { open, first, keys } = createWorld();
    const form = { complianceApiKeys: { [first]: keys[first] ?? '' } };
    for (const name of ['apiKey', 'workspaceIds', 'baseUrl', 'signal', 'timeout']) {
      expect(() => open(form, { admin: { [name]: 'x' } } as never), name).toThrow(
        /is not an option of connect\(\{ admin \}\)/,
      );
    }
    expect(() => open(form, { admin: true } as never)).toThrow('The options of connect({ admin }) must be an object.');
    expect(() => open(form, { admin: { rateLimit: { requests: 0, intervalMs: 1 } } })).toThrow(/requests/);
  });

  it('ends with the connection', async () => {
    const { open, first, keys } = createWorld();
    const connection = open({ complianceApiKeys: { [first]: keys[first] ?? '' } });
    await connection.close();
    expect(await rejection(connection.admin?.members.list() ?? Promise.resolve())).toMatchObject({
      code: 'connection_closed',
    });
  });

  it('keeps its key out of what is printed', () => {
    const { open, first, keys } = createWorld();
    const connection = open({ complianceApiKeys: { [first]: keys[first] ?? '' } });
    expect(JSON.stringify(printedByAll(connection))).not.toContain(keys[first]);
  });
});
