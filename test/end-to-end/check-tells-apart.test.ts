import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CheckReport,
  type ConnectOptions,
  connect,
  formatCheckReport,
  safeParseConnectionConfig,
} from 'chatgpt-enterprise-sdk';
import {
  createEmulator,
  createTestClock,
  type Emulator,
  type EmulatorConnectionConfig,
  fault,
  type NewComplianceKey,
} from 'chatgpt-enterprise-sdk/testing';
import { afterAll, describe, expect, it } from 'vitest';

const always = { times: Number.POSITIVE_INFINITY };

interface Cause {
  /** What the administrator did, or what happened. */
  readonly cause: string;
  readonly service: 'scim' | 'compliance';
  readonly make: (
    emulator: Emulator,
    ports: Ports,
  ) => { readonly changes?: Partial<EmulatorConnectionConfig>; readonly options?: ConnectOptions } | undefined;
  /** The other half is touched as well, or not asked at all. */
  readonly both?: boolean;
}

interface Ports {
  readonly html: number;
  readonly closed: number;
}

const rejecting =
  (code: string): typeof fetch =>
  () =>
    Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) }));

/** A key of this kind in the field of the key for all workspaces. */
const withKey =
  (options: NewComplianceKey): Cause['make'] =>
  (emulator) => ({ changes: { complianceApiKey: emulator.compliance.keys.create(options) } });

const causes: readonly Cause[] = [
  {
    cause: 'the SCIM token was regenerated',
    service: 'scim',
    make: (emulator) => {
      emulator.scim.revokeToken(emulator.scim.token);
      return undefined;
    },
  },
  {
    cause: 'the SCIM token was cut when it was copied',
    service: 'scim',
    make: (emulator) => ({ changes: { scimToken: emulator.scim.token.slice(0, 12) } }),
  },
  {
    cause: 'the SCIM URL is of another directory',
    service: 'scim',
    make: (emulator) => ({ changes: { scimBaseUrl: emulator.scim.baseUrl.replace(/[^/]+$/, 'ZZotherDirectory9') } }),
  },
  {
    cause: 'the SCIM URL lacks the key of the directory',
    service: 'scim',
    make: (emulator) => ({ changes: { scimBaseUrl: emulator.scim.baseUrl.replace(/\/[^/]+$/, '') } }),
  },
  {
    cause: 'the SCIM URL ends in a resource',
    service: 'scim',
    make: (emulator) => ({ changes: { scimBaseUrl: `${emulator.scim.baseUrl}/Users` } }),
  },
  {
    cause: 'the two secrets are swapped',
    service: 'scim',
    both: true,
    make: (emulator) => ({ changes: { scimToken: emulator.compliance.apiKey, complianceApiKey: emulator.scim.token } }),
  },
  {
    cause: 'the compliance key stands in the SCIM field as well',
    service: 'scim',
    make: (emulator) => ({ changes: { scimToken: emulator.compliance.keys.create() } }),
  },
  {
    cause: 'the SCIM token stands in the compliance field as well',
    service: 'compliance',
    make: (emulator) => ({ changes: { complianceApiKey: emulator.scim.createToken() } }),
  },
  {
    cause: 'the key is an admin key of the API platform',
    service: 'compliance',
    make: withKey({ keyClass: 'platform_admin' }),
  },
  {
    cause: 'the key is one of a project',
    service: 'compliance',
    make: withKey({ keyClass: 'project' }),
  },
  {
    cause: 'OpenAI has not enabled the key yet',
    service: 'compliance',
    make: withKey({ keyClass: 'legacy_compliance', enabled: false }),
  },
  {
    cause: 'the key lacks the scope of one log',
    service: 'compliance',
    make: withKey({
      keyClass: 'legacy_compliance',
      scopes: ['chatgpt.enterprise.compliance_logs_platform.auth_log.read'],
    }),
  },
  {
    cause: 'the key lacks the scope of the people',
    service: 'compliance',
    make: withKey({
      keyClass: 'legacy_compliance',
      scopes: ['chatgpt.enterprise.compliance_logs_platform.read'],
    }),
  },
  {
    cause: 'an admin made the key, who may not give it conversation messages',
    service: 'compliance',
    make: (emulator) => {
      const [first = '', second = ''] = emulator.compliance.workspaceIds;
      const { apiKeys, keys } = emulator.compliance;
      const creator = emulator.store.workspaces.users(first).find(({ role }) => role === 'account-admin')?.email;
      const ofAdmin = keys.create({ workspaceId: first, creator });
      return { changes: { complianceApiKeys: { [first]: ofAdmin, [second]: apiKeys[second] ?? '' } } };
    },
  },
  {
    cause: 'one Admin key was entered for two workspaces',
    service: 'compliance',
    make: (emulator) => ({
      changes: { complianceApiKey: emulator.compliance.apiKeys[emulator.compliance.workspaceIds[0] ?? ''] ?? '' },
    }),
  },
  {
    cause: 'the organization is not that of the workspace',
    service: 'compliance',
    make: (emulator) => ({
      changes: {
        complianceApiKey: emulator.compliance.keys.create({
          keyClass: 'legacy_compliance',
          principalIds: emulator.compliance.workspaceIds,
        }),
        organizationId: emulator.compliance.organizationId,
      },
    }),
  },
  {
    cause: 'a token of a service account stands in the field of the key',
    service: 'compliance',
    make: withKey({ keyClass: 'service_account' }),
  },
  {
    cause: 'an allowlist of addresses keeps us out',
    service: 'compliance',
    make: (emulator) => {
      emulator.faults.add(
        fault.status(403, {
          body: { error: { message: 'Your IP address is not on the allowlist of this organization.' } },
        }),
        { service: 'compliance', ...always },
      );
      return undefined;
    },
  },
  {
    cause: 'a workspace was renamed, so that its id is not known',
    service: 'compliance',
    make: (emulator) => {
      emulator.store.workspaces.delete(String(emulator.compliance.workspaceIds[1]));
      return undefined;
    },
  },
  {
    cause: 'a workspace is of another organization',
    service: 'compliance',
    make: (emulator) => ({
      changes: {
        complianceApiKey: emulator.compliance.keys.create({
          keyClass: 'legacy_compliance',
          principalIds: emulator.compliance.workspaceIds.slice(0, 1),
        }),
      },
    }),
  },
  {
    cause: 'the plan has no Compliance API',
    service: 'compliance',
    make: (emulator) => {
      for (const id of emulator.compliance.workspaceIds) emulator.store.workspaces.delete(id);
      return undefined;
    },
  },
  {
    cause: 'nobody listens there',
    service: 'scim',
    make: (_emulator, { closed }) => ({
      changes: { scimBaseUrl: `http://127.0.0.1:${closed}/scim/v2.0/AbCdEf0123456789` },
      options: { scim: { fetch }, dangerouslyAllowHttpLoopback: true },
    }),
  },
  {
    cause: 'what answers speaks no TLS',
    service: 'scim',
    make: (_emulator, { html }) => ({
      changes: { scimBaseUrl: `https://127.0.0.1:${html}/scim/v2.0/AbCdEf0123456789` },
      options: { scim: { fetch } },
    }),
  },
  {
    cause: 'a captive portal answers with a page',
    service: 'scim',
    make: (_emulator, { html }) => ({
      changes: { scimBaseUrl: `http://127.0.0.1:${html}/scim/v2.0/AbCdEf0123456789` },
      options: { scim: { fetch }, dangerouslyAllowHttpLoopback: true },
    }),
  },
  {
    cause: 'the name is not known',
    service: 'scim',
    make: () => ({ options: { scim: { fetch: rejecting('ENOTFOUND') } } }),
  },
  {
    cause: 'the network is away',
    service: 'scim',
    make: (emulator) => {
      emulator.faults.add(fault.cut('before_commit'), { service: 'scim', ...always });
      return undefined;
    },
  },
  {
    cause: 'a proxy wants a password',
    service: 'scim',
    make: (emulator) => {
      emulator.faults.add(fault.status(407), { service: 'scim', ...always });
      return undefined;
    },
  },
  {
    cause: 'it leads elsewhere',
    service: 'scim',
    make: (emulator) => {
      emulator.faults.add(fault.redirect('https://elsewhere.example/'), { service: 'scim', ...always });
      return undefined;
    },
  },
  {
    cause: 'the server is slow',
    service: 'scim',
    // On a clock that skips what one waits for, the other half is late as well.
    both: true,
    make: (emulator) => {
      emulator.faults.add(fault.latency(8_000), { route: 'GET /Users', ...always });
      return undefined;
    },
  },
  {
    cause: 'the server does not answer in time',
    service: 'scim',
    // On a clock that skips what one waits for, the other half is late as well.
    both: true,
    make: (emulator) => {
      emulator.faults.add(fault.latency(100_000), { service: 'scim', ...always });
      return undefined;
    },
  },
  {
    cause: 'the server fails',
    service: 'scim',
    make: (emulator) => {
      emulator.faults.add(fault.status(500), { service: 'scim', ...always });
      return undefined;
    },
  },
  {
    cause: 'there were too many requests',
    service: 'scim',
    make: (emulator) => {
      emulator.faults.add(fault.status(429), { service: 'scim', ...always });
      return undefined;
    },
  },
  {
    cause: 'the token may not do it',
    service: 'scim',
    make: (emulator) => {
      emulator.faults.add(fault.status(403), { service: 'scim', ...always });
      return undefined;
    },
  },
  {
    cause: 'something else than SCIM answers',
    service: 'scim',
    make: (emulator) => {
      emulator.faults.add(
        fault.body('not SCIM', () => ({ hello: 'world' })),
        { service: 'scim', ...always },
      );
      return undefined;
    },
  },
  {
    cause: 'the clock is wrong',
    service: 'scim',
    both: true,
    make: (emulator) => {
      emulator.faults.add(fault.header('date', new Date(emulator.clock.now() + 3_600_000).toUTCString()), {
        service: 'scim',
        ...always,
      });
      return undefined;
    },
  },
];

const page = createServer((_request, response) => {
  response
    .setHeader('content-type', 'text/html')
    .end('<!doctype html><html><body>Welcome to the airport</body></html>');
});
const gone = createServer();
const ports = (async (): Promise<Ports> => {
  await Promise.all(
    [page, gone].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))),
  );
  const closed = (gone.address() as AddressInfo).port;
  await new Promise((resolve) => gone.close(resolve));
  return { html: (page.address() as AddressInfo).port, closed };
})();
afterAll(() => new Promise((resolve) => page.close(resolve)));

async function checkWith({ make }: Pick<Cause, 'make'>): Promise<CheckReport> {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ clock });
  const { changes, options } = make(emulator, await ports) ?? {};
  const config = { ...emulator.connectionConfig(), workspaceIds: emulator.compliance.workspaceIds, ...changes };
  // Past the look at the form, which would refuse some of these before they are tried.
  const connection = connect(config as never, { fetch: emulator.fetch, clock, ...options });
  return connection.check({}, { deadlineMs: 30_000 });
}

const told = new Map<string, string>();

describe('A check tells apart that', () => {
  it.each(causes)('$cause', async (one) => {
    const report = await checkWith(one);
    const found = report.findings.filter(({ service }) => service === undefined || service === one.service || one.both);
    const [first] = found;
    const text = formatCheckReport(report);
    expect(first, text).toBeDefined();
    if (first === undefined) return;
    expect(first.remedy.length, text).toBeGreaterThan(20);
    expect(first.message.length).toBeGreaterThan(10);
    expect(text).toContain(first.remedy.slice(0, 20));
    expect(report.verdict).not.toBe('ok');
    // A person reads the first one: no other cause may be called the same.
    expect(told.get(first.code), `${first.code} is what was said of this too`).toBeUndefined();
    told.set(first.code, one.cause);
    if (one.both === true) return;
    // One broken half hides nothing of the other, and nothing wrong is said of it.
    const other = report.credentials.find(
      ({ credential }) => (one.service === 'scim') !== (credential === 'scim_token'),
    );
    expect(other, text).toMatchObject({ reachable: 'ok', authenticated: 'ok' });
    expect(
      report.findings.filter(({ service }) => service !== undefined && service !== one.service),
      text,
    ).toEqual([]);
  });

  it('an organization id stands in place of a workspace, or a secret is missing: the form tells these', () => {
    const emulator = createEmulator();
    const form = { ...emulator.connectionConfig(), workspaceIds: 'org-AbCdEfGhIjKlMnOpQrStUvWx' };
    const codesOf = (input: object) => {
      const result = safeParseConnectionConfig(input, { require: ['scim', 'compliance'] });
      return result.success ? [] : result.error.issues.map(({ code, remedy }) => [code, (remedy ?? '').length > 20]);
    };
    const codes = [
      codesOf(form),
      codesOf({ ...emulator.connectionConfig(), scimToken: '' }),
      codesOf({ ...emulator.connectionConfig(), workspaceIds: 'Northwind' }),
    ];
    expect(new Set(codes.map((each) => String(each))).size).toBe(3);
    for (const [issue] of codes) {
      expect(issue?.[1]).toBe(true);
      expect(told.has(String(issue?.[0]))).toBe(false);
    }
  });

  it('nothing is wrong', async () => {
    const report = await checkWith({ make: () => undefined });
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe('ok');
  });
});
