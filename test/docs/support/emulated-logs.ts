/**
 * To be imported before a program of a guide: the environment names a workspace with logs, which an emulator serves. What is
 * sent to this machine goes there.
 */
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';

const emulator = createEmulator({ world: 'empty' });
const workspaceId = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
// The same in each run of the program.
const endTime = process.env.LOGS_END ?? '';
emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId: 'org-Northwind0000000000000000' });
const records = {
  AUTH_LOG: [
    { action_data: { action: 'login_success' } },
    { action_data: { action: 'password_login_invalid_password' } },
  ],
  AUDIT_LOG: [
    { action: 'USER_DELETE', action_result: 'SUCCESS', action_data: { deleted_user_id: 'user-9' } },
    { action: 'LIST_WORKSPACE_USERS', action_result: 'SUCCESS', action_data: {} },
    { action: 'INVITE_USERS', action_result: 'BLOCKED', action_data: { email_addresses: ['ola@northwind.example'] } },
  ],
  CODEX_LOG: [{ event_type: 'PROMPT_SENT', event_details: { session_id: 's-1', prompt_text: 'Rename the module.' } }],
};
for (const [eventType, all] of Object.entries(records)) {
  emulator.store.logs.addFile(workspaceId, {
    eventType,
    endTime,
    events: all.map((fields, index) => ({
      event_id: `${eventType}-${index}`,
      type: eventType,
      timestamp: endTime,
      principal: { id: workspaceId, type: 'CHATGPT_WORKSPACE' },
      actor: { type: 'ACCOUNT_USER', user_id: 'user-1', user_email: 'mira@northwind.example' },
      ...fields,
    })),
  });
}

const { complianceApiKey, complianceBaseUrl } = emulator.connectionConfig();
Object.assign(process.env, {
  CHATGPT_COMPLIANCE_API_KEY: complianceApiKey,
  CHATGPT_COMPLIANCE_BASE_URL: complianceBaseUrl,
  CHATGPT_WORKSPACE_IDS: workspaceId,
});
const { fetch } = globalThis;
globalThis.fetch = (input, init) =>
  String(input).startsWith('http://127.0.0.1:') ? fetch(input, init) : emulator.fetch(input, init);
