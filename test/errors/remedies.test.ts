import { expect, it } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import type { ConfigWith } from '../../src/connection/parse-form.js';
import { adminRemedies } from '../../src/errors/remedies/admin.js';
import { complianceRemedies } from '../../src/errors/remedies/compliance.js';
import { connectionRemedies } from '../../src/errors/remedies/connection.js';
import { networkRemedies } from '../../src/errors/remedies/network.js';
import { explain, nameKeys, ofKind, type Remedy } from '../../src/errors/remedies/remedy.js';
import { rosterRemedies } from '../../src/errors/remedies/roster.js';
import { scimRemedies } from '../../src/errors/remedies/scim.js';
import { createEmulator, fault } from '../../src/testing/index.js';
import { rejection } from '../support/open-test-transport.js';

type Emulator = ReturnType<typeof createEmulator>;

function open(emulator: Emulator, changes: object = {}) {
  const config = { ...emulator.connectionConfig(), ...changes } as unknown as ConfigWith<'scim' | 'compliance'>;
  return connect(config, { fetch: emulator.fetch, maxRetries: 0 });
}

const catalogues = [
  networkRemedies,
  scimRemedies,
  complianceRemedies,
  adminRemedies,
  connectionRemedies,
  rosterRemedies,
];

/** What an error says to a caller, and what a check says to an administrator, of the same fault. */
async function bothSay(
  emulator: Emulator,
  changes: object,
  call: (connection: ReturnType<typeof open>) => Promise<unknown>,
) {
  const { remedy } = (await rejection(call(open(emulator, changes)))) as { readonly remedy?: string };
  const { findings } = await open(emulator, changes).check();
  return { remedy, finding: findings[0] };
}

const readLogs = async ({ auditLogs }: ReturnType<typeof open>) => auditLogs.maxEventTime({ eventTypes: ['AUTH_LOG'] });
const listUsers = async ({ scim }: ReturnType<typeof open>) => scim.users.list();

it('explains a renamed workspace alike where logs are read and where the connection is checked', async () => {
  await using emulator = createEmulator();
  const workspaceIds = ['00000000-0000-4000-8000-000000000000'];
  const { remedy, finding } = await bothSay(emulator, { workspaceIds }, readLogs);
  expect(remedy).toContain('the workspace was renamed, moved or deleted');
  expect(remedy).toContain(complianceRemedies.workspace_unknown.remedy);
  expect(finding).toMatchObject({ code: 'workspace_unknown', remedy: complianceRemedies.workspace_unknown.remedy });
  expect(finding?.message).toBe(
    complianceRemedies.workspace_unknown.message.replace('{principals}', workspaceIds[0] ?? ''),
  );
});

it.each([
  ['a token that was regenerated', 401, 'scim_token_refused'],
  ['a token of another directory', 403, 'scim_forbidden'],
] as const)('explains %s alike', async (_, status, code) => {
  await using emulator = createEmulator();
  emulator.faults.add(fault.status(status), { service: 'scim', times: Number.POSITIVE_INFINITY });
  const { remedy, finding } = await bothSay(emulator, {}, listUsers);
  expect(remedy).toBe(explain(scimRemedies[code]));
  expect(finding).toMatchObject({ code, ...scimRemedies[code] });
});

it('explains an address that is not on the allowlist alike, where the server says so', async () => {
  await using emulator = createEmulator();
  const body = { error: { message: 'Your IP address is not allowed.' } };
  emulator.faults.add(fault.status(403, { body }), { service: 'compliance', times: Number.POSITIVE_INFINITY });
  const { remedy, finding } = await bothSay(emulator, {}, readLogs);
  expect(remedy).toBe(explain(complianceRemedies.ip_not_allowed));
  expect(finding).toMatchObject({ code: 'ip_not_allowed', ...complianceRemedies.ip_not_allowed });
});

it('explains an Admin key that was refused alike, and does not take it for a key of another kind', async () => {
  await using emulator = createEmulator();
  const [workspaceId = ''] = emulator.compliance.workspaceIds;
  const form = { complianceApiKey: 'sk-admin-0123456789', workspaceIds: [workspaceId] };
  const { remedy, finding } = await bothSay(emulator, form, readLogs);
  expect(remedy).toBe(explain(complianceRemedies.admin_key_refused));
  expect(remedy).not.toMatch(/project key|service account|SCIM token/);
  const { several: _, message, ...said } = complianceRemedies.admin_key_refused;
  expect(finding).toMatchObject({ code: 'admin_key_refused', message: nameKeys(message), ...said });
});

it('sends who has an older key that was refused to the list of keys first', () => {
  expect(complianceRemedies.project_key_refused.remedy).toMatch(
    /^Look the key up under platform\.openai\.com.+support/,
  );
});

it('says of a key without a permission what it lacks, and speaks of conversations only where they were asked for', () => {
  expect(explain(complianceRemedies.log_scope_missing)).not.toMatch(/CONVERSATION_MESSAGE/);
  expect(complianceRemedies.owner_key_needed.remedy).toMatch(/^If conversation messages are to be read/);
});

it('keeps a sentence whole where an error leaves out what it is about', () => {
  for (const remedies of catalogues) {
    for (const [code, { message, unnamed }] of Object.entries<Remedy>(remedies)) {
      expect(unnamed !== undefined, code).toBe(/\{\w+\}/.test(message));
      expect(unnamed ?? '', code).not.toMatch(/[{}]|\b(?:for|workspace|organization|read)[:,] is\b/);
    }
  }
});

it('names no placeholder in an error', () => {
  for (const remedies of catalogues) {
    for (const entry of Object.values<Remedy>(remedies)) {
      for (const kind of [undefined, 'admin_key', 'project_key'] as const)
        expect(explain(ofKind(entry, kind))).toMatch(/^[A-Z][^{}]+\.$/);
    }
  }
});

it('speaks of a key, of that of somebody, or of those of several, in one sentence each', () => {
  const message = 'The service refused {the Admin key}: it is mistyped. {The key} is old.';
  expect(nameKeys(message)).toBe('The service refused the Admin key: it is mistyped. The key is old.');
  expect(nameKeys(message, 'a')).toBe('The service refused the Admin key of a: it is mistyped. The key of a is old.');
  expect(nameKeys(message, 'a, b', true)).toBe(
    'The service refused each of the Admin keys of a, b: it is mistyped. Each of the keys of a, b is old.',
  );
});
