import type { ParseConnectionConfigOptions } from '../../src/connection/parse-form.js';
import type { ConfigIssueCode } from '../../src/errors/input-errors.js';

const scim = { scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCdEf0123456789', scimToken: 'se_0123456789abcdef' };
const workspaceIds = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const complianceApiKey = 'sk-admin-0123456789abcdefghijklmnop';
const compliance = { complianceApiKey, workspaceIds };
const organization = 'org-AbCdEf0123456789';

type Example = readonly [form: unknown, options?: ParseConnectionConfigOptions];

/** A form for each problem: the guide prints what the library says of it. The compiler refuses a code without one. */
export const formExamples: Readonly<Record<ConfigIssueCode, Example>> = {
  not_an_object: ['a form'],
  unknown_key: [{ ...scim, scimTokn: 'se_1' }],
  not_text: [{ ...scim, scimToken: 1 }],
  too_long: [{ ...scim, scimToken: 'x'.repeat(100_000) }],
  not_yes_or_no: [{ ...scim, provisioning: 'perhaps' }],
  empty_connection: [{}],
  missing_scim_base_url: [{ scimToken: scim.scimToken }],
  missing_scim_token: [{ scimBaseUrl: scim.scimBaseUrl }],
  missing_compliance_api_key: [{ workspaceIds }],
  missing_workspace_ids: [{ complianceApiKey }],
  missing_platform_api_key: [scim, { require: ['platform'] }],
  missing_platform_organization_id: [{ platformApiKey: complianceApiKey }],
  not_an_admin_key: [{ ...compliance, complianceApiKey: 'sk-proj-0123456789abcdefghijkl' }, { require: ['admin'] }],
  permission_without_scim: [{ ...compliance, provisioning: true }],
  compliance_key_in_scim_field: [{ ...scim, scimToken: complianceApiKey }],
  scim_token_in_compliance_field: [{ ...compliance, complianceApiKey: scim.scimToken }],
  scim_token_in_platform_field: [{ ...scim, platformApiKey: scim.scimToken.replace('0', '1') }],
  secrets_swapped: [{ ...scim, scimToken: complianceApiKey, complianceApiKey: scim.scimToken, workspaceIds }],
  same_secret_twice: [{ ...scim, scimToken: '0123456789abcdef', complianceApiKey: '0123456789abcdef', workspaceIds }],
  secret_cut: [{ ...scim, scimToken: 'se_0123456789...' }],
  secret_unsendable: [{ ...scim, scimToken: 'se_0123é456789' }],
  placeholder: [{ ...scim, scimToken: '{token}' }],
  redacted_secret: [{ ...scim, scimToken: '[redacted]' }],
  more_than_one_secret: [{ ...compliance, complianceApiKey: `${complianceApiKey},${complianceApiKey}x` }],
  url_in_secret_field: [{ ...scim, scimToken: scim.scimBaseUrl }],
  secret_in_url_field: [{ ...scim, scimBaseUrl: scim.scimToken }],
  not_a_url: [{ ...scim, scimBaseUrl: 'the address' }],
  insecure_url: [{ ...scim, scimBaseUrl: 'http://scim.example/v2' }],
  credentials_in_url: [{ ...scim, scimBaseUrl: 'https://user:word@scim.example/v2' }],
  resource_url: [{ ...scim, scimBaseUrl: `${scim.scimBaseUrl}/Users` }],
  directory_key_missing: [{ ...scim, scimBaseUrl: 'https://api.workos.com/scim/v2.0' }],
  web_page_url: [{ ...scim, scimBaseUrl: 'https://chatgpt.com/admin' }],
  other_service_url: [{ ...scim, scimBaseUrl: 'https://api.chatgpt.com/v1' }],
  workspace_name: [{ complianceApiKey, workspaceIds: 'North Example' }],
  organization_id: [{ complianceApiKey, workspaceIds: organization }],
  user_id: [{ complianceApiKey, workspaceIds: 'user-0123456789abcdef' }],
  workspace_id_cut: [{ complianceApiKey, workspaceIds: workspaceIds.slice(0, -3) }],
  workspace_id_in_url: [{ complianceApiKey, workspaceIds: `https://chatgpt.com/admin/${workspaceIds}` }],
  secret_in_workspace_ids: [{ complianceApiKey, workspaceIds: complianceApiKey }],
  unknown_workspace_id_form: [{ complianceApiKey, workspaceIds: 'ws_0123456789' }],
  not_an_organization_id: [{ ...compliance, organizationId: workspaceIds }],
  workspace_without_key: [
    { complianceApiKeys: { '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16': complianceApiKey }, workspaceIds },
  ],
  key_without_workspace: [{ complianceApiKeys: complianceApiKey }],
  commented_out: [{ complianceApiKeys: `# ${workspaceIds} = ${complianceApiKey}` }],
  two_keys_for_workspace: [
    { complianceApiKeys: `${workspaceIds} = ${complianceApiKey}\n${workspaceIds} = ${complianceApiKey}x` },
  ],
  organization_without_key: [
    {
      complianceApiKeys: {
        [workspaceIds]: complianceApiKey,
        '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16': `${complianceApiKey}x`,
      },
      organizationId: organization,
    },
  ],
  other_organization: [
    {
      complianceApiKeys: { [workspaceIds]: complianceApiKey, 'org-Other012345': `${complianceApiKey}x` },
      organizationId: organization,
    },
  ],
  id_in_key_field: [{ complianceApiKey: workspaceIds, workspaceIds }],
  keys_in_key_field: [{ complianceApiKey: `${workspaceIds} = ${complianceApiKey}` }],
};
