import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { formatCheckReport } from '../../src/connection/check/format.js';
import type { CheckReport } from '../../src/connection/check/report.js';
import { connect } from '../../src/connection/connect.js';
import type { ConnectOptions } from '../../src/connection/connect-options.js';
import { ScimClient } from '../../src/scim/client.js';
import { createEmulator } from '../../src/testing/index.js';
import { publicHostsOnly } from '../../src/transport/public-hosts.js';
import { startLoopbackServer } from '../support/loopback-server.js';
import { rejection } from '../support/open-test-transport.js';

const workspaceId = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
const token = 'se_0123456789abcdefghijklmnop';
const apiKey = 'sk-admin-0123456789abcdefghijklmnop';

/** The check of a form whose two addresses lead to `origin`, with the runtime's own `fetch`. */
async function check(origin: string, options: ConnectOptions = {}): Promise<CheckReport> {
  const config = {
    scimBaseUrl: `${origin}/scim/v2.0/AbCdEf0123456789`,
    scimToken: token,
    provisioning: true,
    deprovisioning: false,
    complianceApiKey: apiKey,
    workspaceIds: [workspaceId],
    complianceBaseUrl: `${origin}/v1`,
  };
  await using connection = connect(config as never, { dangerouslyAllowHttpLoopback: true, ...options });
  return await connection.check({ probeUser: 'probe@north.example' });
}

async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

const aWeekAgo = () => new Date(Date.now() - 7 * 86_400_000).toISOString();

/** All of a report but when and how long. */
const withoutTimes = (report: CheckReport) => ({ ...report, startedAt: '', durationMs: 0 });

describe('a check where the host is not allowed', () => {
  it('says the same of a port that is open, one that is closed and one that serves pages, and connects to none', async () => {
    let connections = 0;
    const open = await startLoopbackServer((_, response) => response.end('{"Resources":[],"totalResults":0}'));
    const page = await startLoopbackServer((_, response) => response.end('<!doctype html><h1>Admin</h1>'));
    const raw = createServer(() => {
      connections += 1;
    });
    await new Promise<void>((resolve) => raw.listen(0, '127.0.0.1', resolve));
    const { port } = raw.address() as { readonly port: number };
    const options = { allowHost: publicHostsOnly };
    try {
      const reports = [
        await check(open.url, options),
        await check(page.url, options),
        await check(`http://127.0.0.1:${port}`, options),
        await check(await closedOrigin(), options),
      ].map(withoutTimes);
      for (const report of reports) expect(report).toEqual(reports[0]);
    } finally {
      await new Promise((resolve) => raw.close(resolve));
    }
    expect([open.requests, page.requests, connections]).toEqual([[], [], 0]);
    // Without the hook it tells them apart.
    expect(withoutTimes(await check(open.url))).not.toEqual(withoutTimes(await check(await closedOrigin())));
  });

  it('says so for the field of each address, and holds neither the secrets nor what is there', async () => {
    const origin = await closedOrigin();
    const report = await check(origin, { allowHost: publicHostsOnly });
    expect(report.verdict).toBe('failed');
    expect(report.findings.map(({ code }) => code)).toEqual(['host_not_allowed', 'host_not_allowed']);
    expect(report.permissions.find(({ permission }) => permission === 'provisioning')?.verdict).toBe('failed');
    expect(report.credentials).toMatchObject([
      { credential: 'scim_token', reachable: 'failed', authenticated: 'unknown' },
      { credential: 'compliance_api_key', reachable: 'failed', authenticated: 'unknown' },
    ]);
    const errors = report.findings.filter(({ severity }) => severity === 'error');
    expect(errors).toMatchObject([
      { code: 'host_not_allowed', service: 'scim', field: 'scimBaseUrl' },
      { code: 'host_not_allowed', service: 'compliance', field: 'complianceBaseUrl' },
    ]);
    const printed = `${JSON.stringify(report)} ${formatCheckReport(report)}`;
    expect(printed).not.toMatch(/127\.0\.0\.1|AbCdEf0123456789|0123456789abcdef|ECONNREFUSED/);
  });

  it('says the same of a name that leads inside and of one that does not exist', async () => {
    const lookups = {
      inside: async () => ['10.0.0.1'],
      nowhere: () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
    };
    const fetch = () => Promise.reject(new Error('Something was sent.'));
    const of = async (lookup: () => Promise<string[]>) =>
      withoutTimes(
        await check('https://vault.acme.com', { allowHost: (url) => publicHostsOnly(url, { lookup }), fetch }),
      );
    const report = await of(lookups.inside);
    expect(report.findings).toContainEqual(expect.objectContaining({ code: 'host_not_allowed', service: 'scim' }));
    expect(report).toEqual(await of(lookups.nowhere));
  });
});

describe('both clients', () => {
  it('ask before everything they do, log files in storage and the roster included', async () => {
    await using emulator = createEmulator();
    const allowed: string[] = [];
    const hosts = new Set<string>();
    await using connection = connect(emulator.connectionConfig() as never, {
      fetch: (input, init) => {
        const { host } = new URL(String(input));
        const asked = allowed.indexOf(host);
        // One answer for one request.
        expect(asked).toBeGreaterThanOrEqual(0);
        allowed.splice(asked, 1);
        hosts.add(host);
        return emulator.fetch(input, init);
      },
      allowHost: async ({ host }) => {
        allowed.push(host);
        return true;
      },
    });
    const { scim, auditLogs } = connection as unknown as { scim: ScimClient; auditLogs: AuditLogClient };
    await scim.users.list();
    for await (const _ of auditLogs.events({ eventTypes: ['AUTH_LOG'], after: aWeekAgo() })) break;
    for await (const _ of connection.roster()) break;
    await connection.check();
    expect([...hosts].toSorted()).toEqual(['api.chatgpt.emulator.test', 'scim.emulator.test', 'storage.emulator.test']);
  });

  it('send nothing where it says no, and read no log file from a storage host that is not allowed', async () => {
    await using emulator = createEmulator();
    const { scim, compliance } = emulator;
    const sent: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      sent.push(new URL(String(input)).origin);
      return emulator.fetch(input, init);
    };
    const directory = new ScimClient({ baseUrl: scim.baseUrl, token: scim.token, fetch, allowHost: () => false });
    expect(await rejection(directory.users.list())).toMatchObject({ code: 'host_not_allowed' });
    const { apiKey, baseUrl, workspaceIds } = compliance;
    const logs = new AuditLogClient({ apiKey, baseUrl, workspaceIds, fetch, allowHost: () => false });
    expect(await rejection(logs.maxEventTime({ eventTypes: ['AUTH_LOG'] }))).toMatchObject({
      code: 'host_not_allowed',
    });
    expect(sent).toEqual([]);

    const storageRefused = new AuditLogClient({
      apiKey,
      baseUrl,
      workspaceIds,
      fetch,
      allowHost: (url) => url.origin === new URL(baseUrl).origin,
    });
    const reading = storageRefused.events({ eventTypes: ['AUTH_LOG'], after: aWeekAgo() });
    const error = await rejection(reading[Symbol.asyncIterator]().next());
    expect(error).toMatchObject({
      code: 'download_failed',
      attempts: 1,
      cause: { code: 'host_not_allowed' },
      remedy: expect.stringContaining('storage host'),
    });
    expect(new Set(sent)).toEqual(new Set([new URL(baseUrl).origin]));
  });
});
