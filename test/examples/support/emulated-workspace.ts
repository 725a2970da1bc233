/**
 * To be imported before an example: the environment names a workspace, and the network is an emulator of it. At the end
 * the methods of all requests are written to stderr.
 */
import { createEmulator, seedUsers } from 'chatgpt-enterprise-sdk/testing';

export const emulator = createEmulator({ world: 'empty' });
export const workspaceId = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
const endTime = new Date(Date.now() - 3_600_000).toISOString();
seedUsers(emulator, 3);
emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId: 'org-Northwind0000000000000000' });
emulator.store.logs.addFile(workspaceId, {
  eventType: 'AUTH_LOG',
  endTime,
  events: ['first', 'second'].map((id) => ({
    event_id: id,
    type: 'AUTH_LOG',
    timestamp: endTime,
    principal: { id: workspaceId, type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'ACCOUNT_USER', user_id: 'user-1', user_email: 'mira@northwind.example' },
  })),
});

const { scimBaseUrl, scimToken, complianceApiKey, complianceBaseUrl } = emulator.connectionConfig();
Object.assign(process.env, {
  CHATGPT_SCIM_BASE_URL: scimBaseUrl,
  CHATGPT_SCIM_TOKEN: scimToken,
  CHATGPT_PROVISIONING: 'true',
  CHATGPT_DEPROVISIONING: 'true',
  CHATGPT_COMPLIANCE_API_KEY: complianceApiKey,
  CHATGPT_COMPLIANCE_BASE_URL: complianceBaseUrl,
  CHATGPT_WORKSPACE_IDS: workspaceId,
});
globalThis.fetch = emulator.fetch;
process.on('exit', () => {
  const methods = new Set(emulator.requests.list().map(({ method }) => method));
  process.stderr.write(`methods: ${[...methods].join(' ')}\n`);
});
