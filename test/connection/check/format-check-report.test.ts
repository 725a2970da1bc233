import { expect, it } from 'vitest';
import { formatCheckReport } from '../../../src/connection/check/format.js';
import type { CheckReport } from '../../../src/connection/check/report.js';

const report: CheckReport = {
  verdict: 'failed',
  startedAt: '2026-11-23T09:00:00.000Z',
  durationMs: 1_234,
  credentials: [
    {
      credential: 'scim_token',
      looksLike: 'scim_token',
      reachable: 'ok',
      authenticated: 'failed',
    },
    {
      credential: 'compliance_api_key',
      looksLike: 'admin_key',
      reachable: 'ok',
      authenticated: 'ok',
      latencyMs: 86.4,
    },
  ],
  permissions: [
    { permission: 'read_users', verdict: 'failed' },
    { permission: 'read_groups', verdict: 'unknown' },
    { permission: 'provisioning', verdict: 'off' },
    { permission: 'read_logs', verdict: 'ok', scope: 'chatgpt.enterprise.compliance_logs_platform.read' },
  ],
  workspaces: [
    {
      principal: { type: 'workspace', id: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' },
      known: 'ok',
      opened: 'ok',
      members: 'ok',
      logs: [
        { eventType: 'AUTH_LOG', verdict: 'ok', newestEventAt: '2026-11-23T08:40:00Z', lagMs: 1_200_000 },
        { eventType: 'AUDIT_LOG', verdict: 'ok', newestEventAt: null },
      ],
      admin: [
        { category: 'members', permission: 'Users → Read', verdict: 'ok' },
        { category: 'groups', permission: 'Groups → Read', verdict: 'off', code: 'admin_permission_missing' },
        { category: 'serviceAccounts', permission: 'Accounts → Read', verdict: 'off', code: 'admin_feature_missing' },
        { category: 'usageLimits', permission: 'Limits → Read', verdict: 'unknown', code: 'server_error' },
        { category: 'usage', permission: 'Use → Read', verdict: 'failed', code: 'admin_api_key_refused' },
      ],
    },
  ],
  findings: [
    {
      code: 'scim_token_refused',
      severity: 'error',
      service: 'scim',
      field: 'scimToken',
      message: 'The SCIM token was refused.',
      remedy: 'Copy it again.',
      link: 'https://help.openai.com/en/articles/10011769',
      evidence: { method: 'GET', route: '/Users', status: 401, serverCode: 'invalid_token', requestId: 'req-7' },
    },
  ],
};

it('prints a line for each verdict, and what to do about each finding', () => {
  expect(formatCheckReport(report)).toMatchInlineSnapshot(`
    "Works in part: something needs attention (checked in 1.2 s).

    SCIM
      ✓ answers
      ✗ accepts the token
      ✗ read users
      ? read groups: unknown
      - provisioning: not ticked

    Compliance API
      ✓ answers (86 ms)
      ✓ accepts the key
      ✓ read logs

    Workspace 8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b
      ✓ its key opens it
      ✓ AUTH_LOG: newest event 20 min ago
      ✓ AUDIT_LOG: no events yet
      ✓ Admin API, Users → Read
      - Admin API, Groups → Read: not ticked
      - Admin API, Accounts → Read: not there
      ? Admin API, Limits → Read: unknown
      ✗ Admin API, Use → Read: refused

    Findings
      ✗ The SCIM token was refused. (SCIM) [scim_token_refused]
        GET /Users · status 401 · invalid_token · request id req-7
        → Copy it again.
        https://help.openai.com/en/articles/10011769"
  `);
});

it('colours only where it is asked to', () => {
  const plain = formatCheckReport(report);
  const colored = formatCheckReport(report, { color: true });
  expect(plain).not.toContain('\u001b');
  expect(colored).toContain('\u001b[31m✗\u001b[0m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken out
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

it('says of each of several keys whose it is, and of the service once that it answers', () => {
  const workspace = (id: string) => ({ type: 'workspace', id }) as const;
  const key = { credential: 'compliance_api_key', looksLike: 'admin_key', reachable: 'ok' } as const;
  const many = ['a', 'b', 'c', 'd', 'e'].map(workspace);
  const printed = formatCheckReport({
    ...report,
    credentials: [
      { ...key, authenticated: 'ok', latencyMs: 20, principals: many },
      { ...key, authenticated: 'failed', principals: [workspace('f'), { type: 'organization', id: 'org-1' }] },
      { ...key, authenticated: 'unknown', reachable: 'failed', principals: [workspace('g')] },
    ],
    workspaces: [
      { principal: workspace('f'), known: 'unknown', opened: 'failed', members: 'failed', logs: [], admin: [] },
    ],
    findings: [],
  });
  expect(printed.split('\n').slice(2)).toEqual([
    'Compliance API',
    '  ✓ answers (20 ms)',
    '  ✓ accepts the key of workspace a, workspace b, workspace c and 2 more',
    '  ✗ accepts the key of workspace f, organization org-1',
    '  ? accepts the key of workspace g',
    '  ✓ read logs',
    '',
    'Workspace f',
    '  ✗ its key opens it',
  ]);
});
