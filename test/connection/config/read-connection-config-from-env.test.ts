import { expect, it } from 'vitest';
import { readConnectionConfigFromEnv } from '../../../src/connection/env.js';
import { ConfigError } from '../../../src/errors/input-errors.js';

const env = {
  PATH: '/usr/bin',
  CHATGPT_SCIM_BASE_URL: 'https://api.workos.com/scim/v2.0/AbCd',
  CHATGPT_SCIM_TOKEN: 'se_0123456789',
  CHATGPT_PROVISIONING: 'true',
  CHATGPT_DEPROVISIONING: '',
  CHATGPT_COMPLIANCE_API_KEY: 'sk-proj-0123456789',
  CHATGPT_WORKSPACE_IDS: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b,91c2d3e4-f506-4718-892a-b3c4d5e6f708',
};

function issuesOf(variables: Record<string, string>) {
  try {
    readConnectionConfigFromEnv(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, code }) => [...path, code].join(' '));
    throw error;
  }
  return [];
}

it('reads the connection from the variables', () => {
  expect(readConnectionConfigFromEnv(env)).toEqual({
    scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCd',
    scimToken: 'se_0123456789',
    provisioning: true,
    deprovisioning: false,
    complianceApiKey: 'sk-proj-0123456789',
    workspaceIds: ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b', '91c2d3e4-f506-4718-892a-b3c4d5e6f708'],
  });
});

it('names the variables, not the fields, where something is wrong', () => {
  expect(issuesOf({ ...env, CHATGPT_SCIM_TOKEN: 'sk-1', CHATGPT_WORKSPACE_IDS: 'Acme' })).toEqual([
    'CHATGPT_SCIM_TOKEN compliance_key_in_scim_field',
    'CHATGPT_WORKSPACE_IDS 0 workspace_name',
  ]);
  expect(issuesOf({})).toEqual(['empty_connection']);
});

it('notices a variable that is misspelt, and leaves those alone that are not ours', () => {
  const { CHATGPT_PROVISIONING: _, ...rest } = env;
  expect(issuesOf({ ...rest, CHATGPT_PROVISONING: 'true', CHATGPT_CONFIG_HOME: '/x', CHATGPT_Z: 'y' })).toEqual([
    'CHATGPT_PROVISONING unknown_key',
  ]);
});

it.each(['CHATGPT_SCIM_URLL', 'CHATGPT_SCIM_TOKN'])('does not call an environment empty that has %s', (name) => {
  expect(issuesOf({ [name]: 'x' })).toEqual([`${name} unknown_key`]);
});

it('says of a misspelt variable that, and not also that its field is missing', () => {
  const { CHATGPT_SCIM_TOKEN: token, CHATGPT_COMPLIANCE_API_KEY: key, CHATGPT_WORKSPACE_IDS: ids, ...rest } = env;
  const scim = { CHATGPT_SCIM_BASE_URL: env.CHATGPT_SCIM_BASE_URL, CHATGPT_PROVISIONING: 'true' };
  expect(issuesOf({ ...scim, CHATGPT_SCIM_TOKN: token })).toEqual(['CHATGPT_SCIM_TOKN unknown_key']);
  const { CHATGPT_SCIM_BASE_URL: url } = scim;
  expect(issuesOf({ CHATGPT_PROVISIONING: 'true', CHATGPT_SCIM_URL: url })).toEqual(['CHATGPT_SCIM_URL unknown_key']);
  expect(issuesOf({ CHATGPT_COMPLIANCE_API_KY: key, CHATGPT_WORKSPACE_IDS: ids })).toEqual([
    'CHATGPT_COMPLIANCE_API_KY unknown_key',
  ]);
  expect(issuesOf({ CHATGPT_COMPLIANCE_API_KEY: key, CHATGPT_WORKSPACES_IDS: ids })).toEqual([
    'CHATGPT_WORKSPACES_IDS unknown_key',
  ]);
  const [first = '', second = ''] = ids.split(',');
  expect(
    issuesOf({
      CHATGPT_COMPLIANCE_API_KEYS: `${first}=sk-admin-1`,
      CHATGPT_WORKSPACE_IDS: second,
      CHATGPT_COMPLIANCE_KEY: key,
    }),
  ).toEqual(['CHATGPT_COMPLIANCE_KEY unknown_key']);
  expect(issuesOf({ ...rest, CHATGPT_SCIM_TOKN: token }), 'and what is missing besides is told').toEqual([
    'CHATGPT_SCIM_TOKN unknown_key',
  ]);
  expect(issuesOf({ CHATGPT_SCIM_TOKN: token, CHATGPT_WORKSPACE_IDS: ids })).toEqual([
    'CHATGPT_SCIM_TOKN unknown_key',
    'CHATGPT_COMPLIANCE_API_KEY missing_compliance_api_key',
  ]);
});

it('names the variable that a secret should move to', () => {
  const remediesOf = (variables: Record<string, string>) => {
    try {
      readConnectionConfigFromEnv(variables);
    } catch (error) {
      if (error instanceof ConfigError) return error.issues.map(({ path, remedy }) => `${path[0]}: ${remedy}`);
    }
    return [];
  };
  const { CHATGPT_WORKSPACE_IDS } = env;
  expect(remediesOf({ CHATGPT_COMPLIANCE_API_KEY: 'se_0123', CHATGPT_WORKSPACE_IDS })).toEqual([
    expect.stringMatching(/^CHATGPT_COMPLIANCE_API_KEY: Move it to CHATGPT_SCIM_TOKEN, and enter the key/),
  ]);
  expect(remediesOf({ ...env, CHATGPT_SCIM_TOKEN: 'sk-admin-0123' })).toEqual([
    expect.stringMatching(/^CHATGPT_SCIM_TOKEN: Move it to CHATGPT_COMPLIANCE_API_KEY, and enter/),
  ]);
  expect(remediesOf({ ...env, CHATGPT_SCIM_TOKEN: 'sk-admin-0123', CHATGPT_COMPLIANCE_API_KEY: 'se_0123' })).toEqual([
    expect.stringContaining('CHATGPT_SCIM_TOKEN: Move the SCIM token (se_…) to CHATGPT_SCIM_TOKEN'),
    expect.stringContaining('CHATGPT_COMPLIANCE_API_KEY: Move the SCIM token (se_…) to CHATGPT_SCIM_TOKEN'),
  ]);
  expect(remediesOf({ ...env, CHATGPT_WORKSPACE_IDS: 'se_0123' })).toEqual([
    'CHATGPT_WORKSPACE_IDS: Move it to CHATGPT_SCIM_TOKEN.',
  ]);
  expect(remediesOf({ ...env, CHATGPT_SCIM_BASE_URL: 'sk-0123' })).toEqual([
    'CHATGPT_SCIM_BASE_URL: Move it to CHATGPT_COMPLIANCE_API_KEY, and enter the URL here.',
  ]);
  const { CHATGPT_SCIM_TOKEN: _, ...withoutToken } = env;
  expect(remediesOf({ ...withoutToken, CHATGPT_API_KEY: 'se_0123' })).toEqual([
    'CHATGPT_API_KEY: Rename it to CHATGPT_SCIM_TOKEN, or unset it.',
  ]);
});

it('says of a variable that another, unset one was printed into what it is', () => {
  for (const name of ['CHATGPT_SCIM_TOKEN', 'CHATGPT_SCIM_BASE_URL', 'CHATGPT_ORGANIZATION_ID']) {
    expect(issuesOf({ ...env, [name]: 'undefined' })).toEqual([`${name} placeholder`]);
    expect(() => readConnectionConfigFromEnv({ ...env, [name]: 'undefined' })).toThrow(
      `${name}: This is the word \`undefined\`, as a variable that is not set prints.`,
    );
  }
});

it("passes over another program's variable that is named nearly like one of ours, and tells of it", () => {
  const others = { CHATGPT_BASE_URL: 'https://chatgpt.com/backend-api', CHATGPT_API_KEY: 'sk-x' };
  const seen: unknown[] = [];
  readConnectionConfigFromEnv({ ...env, ...others }, { onWarning: ({ path, code }) => seen.push([...path, code]) });
  expect(seen).toEqual([
    ['CHATGPT_BASE_URL', 'unknown_variable'],
    ['CHATGPT_API_KEY', 'unknown_variable'],
  ]);
  const { CHATGPT_COMPLIANCE_API_KEY: _, ...withoutKey } = env;
  expect(issuesOf({ ...withoutKey, ...others })).toContain('CHATGPT_API_KEY unknown_key');
});

it('takes no notice of a variable that is empty, whatever its name', () => {
  expect(issuesOf({ ...env, CHATGPT_TOKEN: '', CHATGPT_PROVISONING: ' ', CHATGPT_SCIM_TOKN: '' })).toEqual([]);
});

it('reads a checkbox in quotes, as shells and containers leave them', () => {
  expect(readConnectionConfigFromEnv({ ...env, CHATGPT_PROVISIONING: '"true"' })).toMatchObject({ provisioning: true });
  expect(readConnectionConfigFromEnv({ ...env, CHATGPT_PROVISIONING: "'off'" })).toMatchObject({ provisioning: false });
});

it('demands the parts that the program requires', () => {
  const { CHATGPT_COMPLIANCE_API_KEY: _key, CHATGPT_WORKSPACE_IDS: _ids, ...scimOnly } = env;
  expect(() => readConnectionConfigFromEnv(scimOnly, { require: ['compliance'] })).toThrow(
    /CHATGPT_COMPLIANCE_API_KEY: The Compliance API key is missing/,
  );
});

it('tells what was mended', () => {
  const seen: unknown[] = [];
  readConnectionConfigFromEnv(
    { ...env, CHATGPT_SCIM_TOKEN: 'se_1\n' },
    { onWarning: ({ path, code }) => seen.push([path, code]) },
  );
  expect(seen).toEqual([[['CHATGPT_SCIM_TOKEN'], 'spaces_removed']]);
});

it('notices a variable in another case, which systems tell apart', () => {
  const { CHATGPT_SCIM_BASE_URL: url, ...rest } = env;
  expect(issuesOf({ ...rest, chatgpt_scim_base_url: url })).toContain('chatgpt_scim_base_url unknown_key');
  expect(issuesOf({ ...rest, CHATGPT_SCIM_BASE_URl: url })).toContain('CHATGPT_SCIM_BASE_URl unknown_key');
});
