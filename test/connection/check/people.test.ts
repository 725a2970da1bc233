import { expect, it } from 'vitest';
import { formatCheckReport } from '../../../src/connection/check/format.js';
import type { CheckQuery, CheckReport } from '../../../src/connection/check/report.js';
import { connect } from '../../../src/connection/connect.js';
import type { NewComplianceKey } from '../../../src/testing/compliance/keys.js';
import { createEmulator, fault } from '../../../src/testing/index.js';

const logs = 'chatgpt.enterprise.compliance_logs_platform.read';
const byAdmin = 'chatgpt.enterprise.user.read';
const byCompliance = 'chatgpt.enterprise.compliance_export.read';

function createWorld() {
  const emulator = createEmulator();
  const [mine = '', other = ''] = emulator.compliance.workspaceIds;
  const { complianceBaseUrl } = emulator.connectionConfig();
  const keyWith = (scopes: readonly string[], more: NewComplianceKey = {}) =>
    emulator.compliance.keys.create({ workspaceId: mine, scopes: scopes as never, ...more });
  const older = (scopes: readonly string[]) =>
    keyWith(scopes, { keyClass: 'legacy_compliance', workspaceId: undefined });
  const check = (complianceApiKeys: Readonly<Record<string, string>>, query: CheckQuery = {}) =>
    connect({ complianceBaseUrl, complianceApiKeys } as never, { fetch: emulator.fetch }).check(query, {
      maxRetries: 0,
    });
  const asked = () => emulator.requests.list().filter(({ url }) => /\/manage\//.test(url)).length;
  return { emulator, mine, other, keyWith, older, check, asked };
}

const peopleOf = ({ permissions }: CheckReport) => permissions.find(({ permission }) => permission === 'read_members');
const codesOf = ({ findings }: CheckReport) =>
  findings.filter(({ service }) => service !== 'admin').map(({ code }) => code);

it('people that the Admin API lists can be read, whatever the Compliance API says of its list', async () => {
  const { mine, keyWith, check } = createWorld();
  const report = await check({ [mine]: keyWith([logs, byAdmin]) });
  expect(codesOf(report)).toEqual([]);
  expect(report.verdict).toBe('ok');
  expect(peopleOf(report)).toEqual({ permission: 'read_members', verdict: 'ok', scope: byAdmin });
  expect(report.workspaces[0]).toMatchObject({ members: 'ok', membersListedBy: 'admin' });
  expect(formatCheckReport(report)).toContain('\n  ✓ read members (Admin API)\n');
});

it('people that the Compliance API lists can be read, without Users → Read', async () => {
  const { mine, keyWith, check } = createWorld();
  const report = await check({ [mine]: keyWith([logs, byCompliance]) });
  expect(codesOf(report)).toEqual([]);
  expect(peopleOf(report)).toEqual({ permission: 'read_members', verdict: 'ok', scope: byCompliance });
  expect(report.workspaces[0]).toMatchObject({ members: 'ok', membersListedBy: 'compliance' });
  expect(formatCheckReport(report)).toContain('\n  ✓ read members (Compliance API)\n');
});

it('workspaces of which each is listed by another API are told by both', async () => {
  const { emulator, mine, other, keyWith, check } = createWorld();
  const ofOther = emulator.compliance.keys.create({ workspaceId: other, scopes: [logs, byCompliance] as never });
  const report = await check({ [mine]: keyWith([logs, byAdmin]), [other]: ofOther });
  expect(peopleOf(report)).toMatchObject({ verdict: 'ok', scope: `${byAdmin} ${byCompliance}` });
  expect(formatCheckReport(report)).toContain('\n  ✓ read members (Admin API, Compliance API)\n');
});

it('where neither lists them, the permission that an admin may tick is named first, and then that of an owner', async () => {
  const { mine, keyWith, check } = createWorld();
  const report = await check({ [mine]: keyWith([logs]) });
  expect(codesOf(report)).toEqual(['member_scope_missing']);
  expect(peopleOf(report)).toEqual({ permission: 'read_members', verdict: 'failed', scope: byAdmin });
  expect(report.workspaces[0]).not.toHaveProperty('membersListedBy');
  expect(report.findings.find(({ code }) => code === 'member_scope_missing')).toMatchObject({
    severity: 'warning',
    principals: [{ type: 'workspace', id: mine }],
    message: expect.stringMatching(/Users → Read is not ticked.*compliance_export\.read/),
    remedy: expect.stringMatching(/Users → Read .*an admin may.*compliance_export\.read.*an admin cannot tick/),
  });
  expect(JSON.stringify(report)).not.toMatch(/older key/);
});

it('an older key is told of its own permission, which OpenAI support gives', async () => {
  const { mine, older, check } = createWorld();
  const report = await check({ [mine]: older([logs]) });
  expect(codesOf(report)).toEqual(['member_scope_missing']);
  expect(peopleOf(report)).toMatchObject({ verdict: 'failed', scope: byCompliance });
  expect(report.findings[0]?.message).not.toMatch(/Users → Read/);
  expect(report.findings[0]?.remedy).toMatch(
    /ask OpenAI support to give the key \(platform\.openai\.com.* Or create an Admin key .* Users → Read/,
  );
});

it('a workspace without the Admin API is not said to lack a permission there', async () => {
  const { emulator, mine, keyWith, check } = createWorld();
  emulator.faults.add(fault.status(404), { service: 'admin', times: Number.POSITIVE_INFINITY });
  const report = await check({ [mine]: keyWith([logs]) });
  const finding = report.findings.find(({ code }) => code === 'member_scope_missing');
  expect(finding?.message).not.toMatch(/Users → Read/);
  expect(finding?.message).toMatch(/compliance_export\.read/);
});

it('the Admin list is asked for once where nobody asks for the Admin API, and only where the other one is refused', async () => {
  const { mine, keyWith, check, asked } = createWorld();
  for (const admin of [false, [], ['usage']] as const) {
    const before = asked();
    const report = await check({ [mine]: keyWith([logs, byAdmin]) }, { admin });
    expect(peopleOf(report)).toMatchObject({ verdict: 'ok', scope: byAdmin });
    expect(report.workspaces[0]?.admin).toHaveLength(admin === false ? 0 : admin.length);
    expect(asked() - before).toBe(1);
  }
  const before = asked();
  await check({ [mine]: keyWith([logs, byCompliance]) }, { admin: false });
  expect(asked()).toBe(before);
});

it('where the Admin list could not be seen, nothing is said to be missing', async () => {
  const { emulator, mine, keyWith, check } = createWorld();
  emulator.faults.add(fault.status(503), { service: 'admin', times: Number.POSITIVE_INFINITY });
  const report = await check({ [mine]: keyWith([logs]) });
  expect(codesOf(report)).toEqual([]);
  expect(peopleOf(report)).toMatchObject({ verdict: 'unknown' });
});
