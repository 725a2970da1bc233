import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';

/** What the check says of a form with three mistakes, each of which an administrator makes one day, and what to do about each. */
export async function showMistakes(): Promise<void> {
  await using emulator = createEmulator({ workspaces: [{ name: 'Third' }] });
  const [first = '', second = '', third = ''] = emulator.compliance.workspaceIds;
  const { [first]: firstKey = '', ...others } = emulator.compliance.apiKeys;

  console.log('1. Somebody generated a new SCIM token, and the old one is still in use.');
  emulator.scim.revokeToken(emulator.scim.token);
  console.log(`2. For workspace ${second}, the key of another workspace was pasted.`);
  const complianceApiKeys = { [first]: firstKey, ...others, [second]: firstKey };
  console.log(`3. Workspace ${third} was renamed, and its ID is another one since then.\n`);
  emulator.store.workspaces.delete(third);

  const form = emulator.connectionConfig({ complianceApiKeys });
  const onWarning = ({ message }: { readonly message: string }) => console.log(`The form: ${message}\n`);
  await using connection = connect(parseConnectionConfig(form, { onWarning }), emulator.clientOptions);
  const { workspaces, findings } = await connection.check();
  for (const { principal, opened } of workspaces)
    console.log(`${opened === 'ok' ? '✓' : '✗'} workspace ${principal.id}`);
  for (const { severity, message, remedy } of findings) {
    if (severity === 'error') console.log(`\n✗ ${message}\n  → ${remedy}`);
  }
}
