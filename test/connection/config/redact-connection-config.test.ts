import { expect, it } from 'vitest';
import { parseConnectionConfig } from '../../../src/connection/parse-form.js';
import { redactConnectionConfig } from '../../../src/connection/redact.js';

const workspaceId = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';

it('keeps what a support ticket needs, and neither secret', () => {
  const config = parseConnectionConfig({
    scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCd?tenant=7',
    scimToken: 'se_0123456789',
    provisioning: true,
    complianceApiKey: 'sk-admin-0123456789',
    workspaceIds: workspaceId,
    organizationId: 'org-7Hq2',
  });
  expect(redactConnectionConfig(config)).toEqual({
    scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCd?[redacted]',
    scimToken: '[redacted]',
    provisioning: true,
    deprovisioning: false,
    complianceApiKey: '[redacted]',
    workspaceIds: [workspaceId],
    organizationId: 'org-7Hq2',
  });
});

it('redacts what is not what its field should hold, also in a form that was refused', () => {
  expect(
    redactConnectionConfig({
      scimBaseUrl: 'se_0123456789',
      scimToken: ['se_0123456789'],
      provisioning: 'sk-1',
      workspaceIds: `${workspaceId}, Acme, sk-admin-1`,
      organizationId: 'Acme',
      scimTokn: 'se_0123456789',
      complianceApiKey: '',
    }),
  ).toEqual({
    scimBaseUrl: '[redacted]',
    scimToken: '[redacted]',
    provisioning: '[redacted]',
    workspaceIds: [workspaceId, '[redacted]', '[redacted]'],
    organizationId: '[redacted]',
  });
});

it('redacts a field that holds the very secret of another', () => {
  const copy = redactConnectionConfig({ scimBaseUrl: 'https://scim.example/hunter22', scimToken: 'hunter22' });
  expect(copy).toEqual({ scimBaseUrl: '[redacted]', scimToken: '[redacted]' });
});

it('shows whose keys there are, and none of them', () => {
  const other = '91c2d3e4-f506-4718-892a-b3c4d5e6f708';
  const keys = {
    [workspaceId]: 'sk-admin-0123456789',
    [other]: '',
    'org-7Hq2': 5,
    'sk-admin-1': other,
    Acme: 'hunter22',
  };
  expect(redactConnectionConfig({ complianceApiKeys: keys })).toEqual({
    complianceApiKeys: {
      [workspaceId]: '[redacted]',
      [other]: '[redacted]',
      'org-7Hq2': '[redacted]',
      '[redacted]': '[redacted]',
    },
  });
  expect(redactConnectionConfig({ complianceApiKeys: `${workspaceId} = sk-1` })).toEqual({
    complianceApiKeys: '[redacted]',
  });
});

it('redacts a field that holds the very key of a workspace', () => {
  for (const complianceApiKeys of [{ [workspaceId]: 'hunter22' }, `${workspaceId} = hunter22`]) {
    const scimBaseUrl = 'https://scim.example/hunter22';
    expect(redactConnectionConfig({ scimBaseUrl, complianceApiKeys, workspaceIds: workspaceId })).toMatchObject({
      scimBaseUrl: '[redacted]',
      workspaceIds: [workspaceId],
    });
  }
});

it('leaves its argument as it was', () => {
  const config = Object.freeze({ scimToken: 'se_1', workspaceIds: Object.freeze([workspaceId]) });
  redactConnectionConfig(config);
  expect(config).toEqual({ scimToken: 'se_1', workspaceIds: [workspaceId] });
});
