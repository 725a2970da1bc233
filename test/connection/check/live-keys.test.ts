import { expect, it } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { createEmulator } from '../../../src/testing/index.js';

const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const second = '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16';

it('a refusal that names the scope is of a live key: what is missing is the permission for what was asked', async () => {
  const emulator = createEmulator();
  const [mine = ''] = emulator.compliance.workspaceIds;
  const scopes = ['chatgpt.enterprise.compliance_logs_platform.audit_log.read'] as const;
  const key = emulator.compliance.keys.create({ workspaceId: mine, scopes });
  const { complianceBaseUrl } = emulator.connectionConfig();
  const form = { complianceBaseUrl, complianceApiKeys: { [mine]: key } };
  const connection = connect(form as never, { fetch: emulator.fetch });
  const { findings, credentials, workspaces } = await connection.check({ eventTypes: ['AUTH_LOG'], admin: false });
  expect(findings.map(({ code, eventTypes }) => [code, eventTypes])).toEqual([
    ['log_scope_missing', undefined],
    ['member_scope_missing', undefined],
  ]);
  expect(findings[0]?.message).toMatch(/may not read these event types: AUTH_LOG/);
  expect(credentials[0]?.authenticated).toBe('ok');
  expect(workspaces[0]).toMatchObject({ known: 'ok', opened: 'failed' });
});

it.each([
  [403, 'The key does not belong to this workspace.', 'key_not_of_this_workspace'],
  [403, 'It is of another organization.', 'workspace_of_another_organization'],
])('a key that is entered for several is left to them: %d %s', async (status, message, code) => {
  const fetch = async () => Response.json({ error: { message } }, { status });
  const form = { complianceApiKey: 'sk-proj-0123456789', workspaceIds: [first, second] };
  const { findings } = await connect(form as never, { fetch }).check();
  expect(findings[0]).toMatchObject({ code, principals: [{ id: first }, { id: second }] });
  expect(findings[0]?.remedy).toContain(`Create an Admin key in ${first}, ${second} under`);
  expect(findings[0]?.remedy).toMatch(/enter it with the workspace ID in the field Compliance API keys by workspace/);
  const alone = await connect({ ...form, workspaceIds: [first] } as never, { fetch }).check();
  expect(alone.findings[0]?.remedy).not.toMatch(/keys by workspace/);
});

/** Answers every route alike, or some of them otherwise. */
async function checkAnswered(of: (path: string) => object) {
  const fetch: typeof globalThis.fetch = async (input, init) => Response.json(of(new Request(input, init).url));
  const form = { complianceApiKey: 'sk-admin-0123456789', workspaceIds: [first] };
  return connect(form as never, { fetch }).check();
}

const list = (data: readonly object[], more: object = {}) => ({ object: 'list', data, has_more: false, ...more });
const file = { id: 'file-1', event_type: 'AUTH_LOG', end_time: '2026-01-01T00:00:00Z' };
const member = { object: 'workspace.user', id: 'user-1', email: 'p@north.example' };

it.each<[string, object]>([
  ['a page of members', list([member])],
  ['files of another type', list([{ ...file, event_type: 'COSTS' }])],
  ['files of another workspace', list([{ ...file, workspace_id: second }])],
  ['files without a time', list([{ id: 'file-1', event_type: 'AUTH_LOG' }])],
  ['a list that does not say whether there is more', { data: [] }],
])('logs are not called readable where they are answered with %s', async (_name, answer) => {
  const report = await checkAnswered(() => answer);
  expect(report.verdict).toBe('failed');
  expect(report.findings.map(({ code }) => code)).toContain('not_compliance_api');
  expect(report.permissions.find(({ permission }) => permission === 'read_logs')?.verdict).not.toBe('ok');
});

it('another list of people is not called invitations, service accounts or use', async () => {
  const report = await checkAnswered(() => list([member]));
  const ok = report.workspaces[0]?.admin.filter(({ verdict }) => verdict === 'ok').map(({ category }) => category);
  expect(ok).toEqual(['members']);
});

it.each<[string, object]>([
  ['fewer people than it says there are', list([], { total: 9 })],
  ['people of another workspace', list([{ id: 'user-1', workspace_id: second }])],
])('people are not called readable where they are answered with %s', async (_name, answer) => {
  const report = await checkAnswered((url) => (url.includes('/users') ? answer : list([])));
  expect(report.workspaces[0]?.members).toBe('failed');
});
