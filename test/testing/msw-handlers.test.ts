import { http } from 'msw/http';
import { setupServer } from 'msw/node';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { fault } from '../../src/testing/faults.js';

test('answers the application’s own fetch through msw, redirects and failures included', async () => {
  await using emulator = createEmulator();
  const server = setupServer(...emulator.handlers(http));
  server.listen({ onUnhandledFrame: 'error' });
  try {
    const { scimBaseUrl, scimToken, complianceApiKey } = emulator.connectionConfig();
    const scim = { headers: { authorization: `Bearer ${scimToken}` } };
    expect(await (await fetch(`${scimBaseUrl}/Users`, scim)).json()).toMatchObject({ totalResults: 12 });

    const [workspaceId = ''] = emulator.compliance.workspaceIds;
    const compliance = { headers: { authorization: `Bearer ${complianceApiKey}` } };
    const logs = `${emulator.compliance.baseUrl}/compliance/workspaces/${workspaceId}/logs`;
    const list = await (await fetch(`${logs}?event_type=AUTH_LOG&after=2020-01-01T00:00:00Z`, compliance)).json();
    const [file] = (list as { data: { id: string; file_size: number }[] }).data;
    const download = await fetch(`${logs}/${file?.id}`, compliance);
    expect((await download.arrayBuffer()).byteLength).toBe(file?.file_size);

    emulator.faults.add(fault.cut('before_commit'));
    await expect(fetch(`${scimBaseUrl}/Users`, scim)).rejects.toBeInstanceOf(TypeError);
  } finally {
    server.close();
  }
});
