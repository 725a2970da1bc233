import {
  type ConnectOptions,
  connect,
  parseConnectionConfig,
  readConnectionConfigFromEnv,
} from 'chatgpt-enterprise-sdk';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';

/**
 * Opens the workspace of the environment variables (`CHATGPT_SCIM_BASE_URL` and so on), or an emulator of one where
 * none is set. Read-only either way, whatever the variables say.
 */
export function openConnection<const Part extends 'scim' | 'compliance' = never>(...require: Part[]) {
  return openWith({}, require);
}

/** The same for a program that reads the audit logs, and says how. */
export function openAuditLogs(auditLogs: ConnectOptions['auditLogs']) {
  return openWith({ auditLogs }, ['compliance']);
}

function openWith<const Part extends 'scim' | 'compliance'>(options: ConnectOptions, require: readonly Part[]) {
  if (isRealWorkspace()) {
    const env = { ...process.env, CHATGPT_PROVISIONING: 'false', CHATGPT_DEPROVISIONING: 'false' };
    const onWarning = ({ message }: { readonly message: string }) => console.warn(message);
    return connect(readConnectionConfigFromEnv(env, { require, onWarning }), options);
  }
  const emulator = createEmulator();
  // As OpenAI makes keys today, each workspace has its own.
  const form = emulator.connectionConfig({ complianceApiKeys: emulator.compliance.apiKeys });
  return connect(parseConnectionConfig(form, { require }), { ...emulator.clientOptions, ...options });
}

/**
 * The same with the permissions of the form (`CHATGPT_PROVISIONING`, `CHATGPT_DEPROVISIONING`), and both of them on the
 * emulator: for a program that changes what somebody has approved.
 */
export function openForWriting() {
  if (isRealWorkspace()) {
    const onWarning = ({ message }: { readonly message: string }) => console.warn(message);
    return connect(readConnectionConfigFromEnv(process.env, { require: ['scim'], onWarning }));
  }
  const emulator = createEmulator();
  const access = { provisioning: true, deprovisioning: true };
  const form = emulator.connectionConfig({ ...access, complianceApiKeys: emulator.compliance.apiKeys });
  return connect(parseConnectionConfig(form, { require: ['scim'] }), emulator.clientOptions);
}

/** Whether the environment names a workspace: also by half, or misspelt, which is then said, instead of the emulator shown. */
export function isRealWorkspace(): boolean {
  return Object.entries(process.env).some(([name, value]) => name.startsWith('CHATGPT_') && value?.trim());
}

/** Says beside what is printed, where a file does not take it, that nothing of it is real. */
export function tellIfEmulated(): void {
  if (isRealWorkspace()) return;
  console.error(
    'No workspace is named in the environment (CHATGPT_…): this is an emulator, and all of it is made up.\n',
  );
}
