import { describe, expect, it } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { connect } from '../../src/connection/connect.js';
import { parseConnectionConfig, safeParseConnectionConfig } from '../../src/connection/parse-form.js';
import { ConfigError } from '../../src/errors/input-errors.js';
import { workspaceDetails } from '../../src/errors/menus.js';
import { createEmulator, fault } from '../../src/testing/index.js';
import { rejection } from '../support/open-test-transport.js';

const oldId = '00000000-0000-4000-8000-000000000000';
const names = ['Northwind', 'Northwind Labs (Europe)'];

it('the place of the workspace ID is where it is today, in both consoles', () => {
  expect(workspaceDetails).toMatch(/Settings → General → Workspace details.*admin\.openai\.com → workspace → General/);
});

describe.each(names)('the name %j in place of the ID', (name) => {
  it('leads to it in the form, in both fields, and in what is thrown', async () => {
    await using emulator = createEmulator();
    const form = emulator.connectionConfig();
    for (const field of [{ workspaceIds: name }, { complianceApiKeys: `${name} = sk-admin-0123456789` }]) {
      const given = { ...form, ...field };
      const result = safeParseConnectionConfig(given);
      const remedies = result.success ? [] : result.issues.map(({ remedy }) => remedy);
      expect(remedies.join()).toContain(workspaceDetails);
      expect(() => parseConnectionConfig(given)).toThrow(ConfigError);
      expect(() => parseConnectionConfig(given)).toThrow(expect.objectContaining({ issues: [expect.anything()] }));
    }
  });

  it('leads to it in what a client and a connection throw where it stands before a key', () => {
    const leads = expect.objectContaining({ remedy: expect.stringContaining(workspaceDetails) });
    const keys = { [name]: 'sk-admin-0123456789' };
    expect(() => new AuditLogClient({ apiKey: keys, workspaceIds: oldId })).toThrow(leads);
    expect(() => connect({ complianceApiKeys: keys, workspaceIds: [oldId] } as never)).toThrow(leads);
    if (name.includes(' ')) expect(() => new AuditLogClient({ apiKey: keys })).toThrow(leads);
  });

  it('leads to it where it stands in place of the organization ID', () => {
    const leads = expect.objectContaining({ remedy: expect.stringContaining(workspaceDetails) });
    expect(() => new AuditLogClient({ apiKey: 'sk-admin-0123456789', organizationId: name })).toThrow(leads);
    const form = { complianceApiKey: 'sk-admin-0123456789', organizationId: name };
    const result = safeParseConnectionConfig(form);
    expect(result).toMatchObject({
      issues: [{ field: 'organizationId', remedy: expect.stringContaining(workspaceDetails) }],
    });
  });

  it('leads to it in the report of a check that is made without the form', async () => {
    await using emulator = createEmulator();
    const config = { ...emulator.connectionConfig(), workspaceIds: [name] };
    const opened = (() => {
      try {
        return connect(config as never, { fetch: emulator.fetch });
      } catch (error) {
        return error;
      }
    })();
    // No client sends what cannot be an id; what could be one is answered as an unknown ID is.
    if (opened instanceof Error) expect(opened).toMatchObject({ remedy: expect.stringContaining(workspaceDetails) });
    else {
      const { findings } = await connect(config as never, { fetch: emulator.fetch }).check();
      expect(findings.map(({ remedy }) => remedy).join()).toContain(workspaceDetails);
    }
  });
});

describe.each(['sk-admin-', 'sk-proj-', ''])(
  'an old ID that is answered 401, with a key that begins with "%s",',
  (start) => {
    const complianceApiKey = `${start}0123456789abcdef`;
    const fetch = async () => new Response('{}', { status: 401 });

    it('leads to the place of the workspace ID in the report of a check', async () => {
      const { findings } = await connect({ complianceApiKey, workspaceIds: [oldId] } as never, { fetch }).check();
      expect(findings).toMatchObject([{ remedy: expect.stringContaining(workspaceDetails) }]);
    });

    it('leads to it in what a log route throws', async () => {
      const client = new AuditLogClient({ apiKey: complianceApiKey, workspaceIds: oldId, fetch });
      expect(await rejection(client.maxEventTime({ eventTypes: ['AUTH_LOG'] }))).toMatchObject({
        status: 401,
        remedy: expect.stringContaining(workspaceDetails),
      });
    });
  },
);

describe.each([404, 403])('an old ID that is answered %d', (status) => {
  const open = (emulator: ReturnType<typeof createEmulator>) => {
    const refused = { service: 'compliance', times: Number.POSITIVE_INFINITY } as const;
    emulator.faults.add(fault.status(status, { body: {} }), refused);
    const config = parseConnectionConfig(emulator.connectionConfig({ workspaceIds: oldId }), {
      require: ['scim', 'compliance'],
    });
    return connect(config, { fetch: emulator.fetch });
  };

  it('leads to it in the report of a check', async () => {
    await using emulator = createEmulator();
    const { findings } = await open(emulator).check();
    expect(`${findings[0]?.message} ${findings[0]?.remedy}`).toContain(
      status === 404 ? workspaceDetails : 'made for another workspace',
    );
    expect(findings[0]?.remedy).toContain(workspaceDetails);
  });

  it('leads to it in what each log route throws', async () => {
    await using emulator = createEmulator();
    const connection = open(emulator);
    const { auditLogs } = connection;
    const eventTypes = ['AUTH_LOG'] as const;
    const calls: readonly (() => Promise<unknown>)[] = [
      () => auditLogs.maxEventTime({ eventTypes }),
      () => auditLogs.files({ eventTypes }).toArray({ limit: 1 }),
      () => auditLogs.events({ eventTypes })[Symbol.asyncIterator]().next(),
      () => auditLogs.batches({ eventTypes })[Symbol.asyncIterator]().next(),
      () => auditLogs.follow({ eventTypes })[Symbol.asyncIterator]().next(),
      () => connection.roster().toArray({ limit: 1 }),
    ];
    for (const call of calls) {
      expect(await rejection(call())).toMatchObject({ status, remedy: expect.stringContaining(workspaceDetails) });
    }
  });
});
