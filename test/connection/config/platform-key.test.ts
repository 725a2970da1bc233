import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { readConnectionConfigFromEnv } from '../../../src/connection/env.js';
import { connectionConfigJsonSchema } from '../../../src/connection/form-json-schema.js';
import { parseConnectionConfig, safeParseConnectionConfig } from '../../../src/connection/parse-form.js';
import { redactConnectionConfig } from '../../../src/connection/redact.js';

const workspaceIds = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const compliance = { complianceApiKey: 'sk-admin-workspace-0123456789', workspaceIds };
const scim = { scimBaseUrl: 'https://api.workos.com/scim/v2.0/abc', scimToken: 'se_0123456789abcdefghij' };
const platformApiKey = 'sk-admin-platform-0123456789';
const platformOrganizationId = 'org-North0123';
const platform = { platformApiKey, platformOrganizationId };

function issuesOf(form: object, options = {}) {
  const result = safeParseConnectionConfig(form, options);
  return result.success ? [] : result.issues;
}

test('the key of the API Platform may stand beside either half, and none is asked for', () => {
  expect(parseConnectionConfig({ ...compliance, ...platform, platformApiKey: ` ${platformApiKey}\n` })).toMatchObject({
    complianceApiKey: compliance.complianceApiKey,
    platformApiKey,
  });
  expect(parseConnectionConfig({ ...scim, ...platform })).toMatchObject({ platformApiKey });
  const without = parseConnectionConfig({ ...scim, ...compliance, platformApiKey: '' });
  expect(Object.keys(without)).not.toContain('platformApiKey');
  expect(safeParseConnectionConfig({ ...scim, ...compliance }).warnings).toEqual([]);
});

test('alone it makes a connection too, unless the program needs more', () => {
  const config = parseConnectionConfig(platform);
  expect({ ...config }).toEqual({ ...platform, platformIncludeTenant: false });
  expect(parseConnectionConfig(platform, { require: ['platform'] }).platformOrganizationId).toBe('org-North0123');
  expect(issuesOf(platform, { require: ['scim'] }).map(({ code }) => code)).toEqual([
    'missing_scim_base_url',
    'missing_scim_token',
  ]);
  expect(issuesOf({ ...platform, workspaceIds })).toMatchObject([
    {
      code: 'missing_compliance_api_key',
      remedy: expect.stringContaining('another one than that of the API Platform'),
    },
  ]);
});

test('a key is not read without the organization whose log it opens: two of them would be one to a store', () => {
  for (const form of [{ platformApiKey }, { ...compliance, platformApiKey }, { ...scim, platformApiKey }]) {
    expect(issuesOf(form)).toMatchObject([
      {
        code: 'missing_platform_organization_id',
        field: 'platformOrganizationId',
        remedy: expect.stringMatching(/org-…/),
      },
    ]);
  }
  expect(issuesOf({ ...platform, platformOrganizationId: 'north' })).toMatchObject([
    {
      code: 'not_an_organization_id',
      field: 'platformOrganizationId',
      remedy: expect.stringContaining('platform.openai.com'),
    },
  ]);
  // A config that no form gave.
  expect(() => connect({ platformApiKey } as never)).toThrow('without `platformOrganizationId`');
});

test.each([
  [{ platformOrganizationId }, /leave the field API Platform organization ID empty/],
  [{ platformIncludeTenant: 'on' }, /untick the field API Platform: whole tenant/],
])('what stands beside the key is of no use without it: %o', (form, remedy) => {
  expect(issuesOf(form)).toMatchObject([{ code: 'missing_platform_api_key', remedy: expect.stringMatching(remedy) }]);
  expect(issuesOf({ ...scim, ...form })).toMatchObject([{ code: 'missing_platform_api_key' }]);
});

test('a program that requires it has it, or the form says in which console it is made', () => {
  const config = parseConnectionConfig({ ...compliance, ...platform }, { require: ['platform'] });
  expect(config.platformApiKey.length).toBe(platformApiKey.length);
  expect(issuesOf(compliance, { require: ['platform'] })).toMatchObject([
    {
      code: 'missing_platform_api_key',
      field: 'platformApiKey',
      remedy: expect.stringContaining('platform.openai.com → Settings → Organization → Admin keys'),
    },
  ]);
});

test.each([
  ['the SCIM token', { ...compliance, ...platform, platformApiKey: scim.scimToken }, 'scim_token_in_platform_field'],
  [
    'the Compliance API key',
    { ...compliance, ...platform, platformApiKey: compliance.complianceApiKey },
    'same_secret_twice',
  ],
  [
    'the key of one workspace',
    { complianceApiKeys: `${workspaceIds} = ${platformApiKey}`, ...platform },
    'same_secret_twice',
  ],
  ['a URL', { ...compliance, ...platform, platformApiKey: 'https://api.openai.com/v1' }, 'url_in_secret_field'],
  ['the short form of a list', { ...compliance, ...platform, platformApiKey: 'sk-admin-…abcd' }, 'secret_cut'],
])('%s in its field is told', (_what, form, code) => {
  expect(issuesOf(form)).toMatchObject([{ code, field: 'platformApiKey' }]);
});

test.each([
  ['https://eu.api.openai.com/v1/', 'https://eu.api.openai.com/v1'],
  ['https://gateway.north.example/openai', 'https://gateway.north.example/openai'],
])('%s is an address of the API Platform', (platformBaseUrl, read) => {
  expect(parseConnectionConfig({ ...compliance, ...platform, platformBaseUrl }).platformBaseUrl).toBe(read);
});

test.each([
  ['https://api.chatgpt.com/v1', 'other_service_url', undefined],
  ['https://api.workos.com/scim/v2.0/abc', 'other_service_url', undefined],
  ['https://platform.openai.com/settings', 'web_page_url', undefined],
  ['https://api.openai.com', 'resource_url', 'https://api.openai.com/v1'],
  ['https://eu.api.openai.com/v1/organization/audit_logs', 'resource_url', 'https://eu.api.openai.com/v1'],
  ['https://api.openai.com/v1?limit=1', 'resource_url', 'https://api.openai.com/v1'],
  ['http://api.openai.com/v1', 'insecure_url', 'https://api.openai.com/v1'],
])('%s is none, and what was meant is suggested where it is known', (platformBaseUrl, code, suggestion) => {
  const [issue, ...others] = issuesOf({ ...compliance, ...platform, platformBaseUrl });
  expect(issue).toMatchObject({ code, field: 'platformBaseUrl', ...(suggestion !== undefined && { suggestion }) });
  expect(others).toEqual([]);
});

test('an address without the key is not passed over', () => {
  expect(issuesOf({ ...compliance, platformBaseUrl: 'https://eu.api.openai.com/v1' })).toMatchObject([
    { code: 'missing_platform_api_key', remedy: expect.stringContaining('API Platform base URL') },
  ]);
});

test('a form that was read with plain http does not open a connection with it, which says where to allow it too', () => {
  const form = { ...platform, platformBaseUrl: 'http://127.0.0.1:8080/v1' };
  const config = parseConnectionConfig(form, { dangerouslyAllowHttpLoopback: true });
  expect(() => connect(config)).toThrow(
    expect.objectContaining({ remedy: expect.stringMatching(/`dangerouslyAllowHttpLoopback: true`.*`connect\(\)`/) }),
  );
  connect(config, { dangerouslyAllowHttpLoopback: true });
});

test('the environment fills it', () => {
  const config = readConnectionConfigFromEnv({
    CHATGPT_COMPLIANCE_API_KEY: compliance.complianceApiKey,
    CHATGPT_WORKSPACE_IDS: workspaceIds,
    CHATGPT_PLATFORM_API_KEY: platformApiKey,
    CHATGPT_PLATFORM_ORGANIZATION_ID: platformOrganizationId,
    CHATGPT_PLATFORM_INCLUDE_TENANT: 'true',
    CHATGPT_PLATFORM_BASE_URL: 'https://us.api.openai.com/v1',
  });
  expect(config).toMatchObject({
    ...platform,
    platformIncludeTenant: true,
    platformBaseUrl: 'https://us.api.openai.com/v1',
  });
});

test('it is shown nowhere, also where it slipped into another field', () => {
  const config = parseConnectionConfig({ ...compliance, ...platform });
  for (const shown of [inspect(config), JSON.stringify(config), String(redactConnectionConfig(config))]) {
    expect(shown).not.toContain('platform-0123456789');
  }
  expect(redactConnectionConfig(config)).toMatchObject({ platformApiKey: '[redacted]' });
  const slipped = { platformApiKey, platformBaseUrl: `https://api.openai.com/${platformApiKey}` };
  expect(JSON.stringify(redactConnectionConfig(slipped))).not.toContain('0123456789');
  expect(structuredClone(config)).toMatchObject({ platformApiKey });
});

test('the JSON Schema says that it is optional, and a secret', () => {
  const { properties } = connectionConfigJsonSchema();
  expect(properties.platformApiKey).toMatchObject({
    title: 'API Platform key',
    description: expect.stringMatching(/^Optional: /),
    format: 'password',
    writeOnly: true,
  });
  expect(properties.platformBaseUrl).toMatchObject({ default: 'https://api.openai.com/v1' });
});
