import { describe, expect, it } from 'vitest';
import { readConnectionConfigFromEnv } from '../../../src/connection/env.js';
import { parseConnectionConfig, safeParseConnectionConfig } from '../../../src/connection/parse-form.js';
import { ConfigError } from '../../../src/errors/input-errors.js';

const scim = { scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCdEf0123456789', scimToken: 'se_0123456789abcdef' };
const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const second = '91c2d3e4-f506-4718-892a-b3c4d5e6f708';
const compliance = { complianceApiKey: 'sk-proj-0123456789abcdef', workspaceIds: first };

/** The codes of what is wrong, by field. */
function problems(input: unknown, options = {}): string[] {
  const result = safeParseConnectionConfig(input, options);
  return result.success ? [] : result.issues.map(({ code, path }) => [...path, code].join(' '));
}

function warnings(input: unknown): string[] {
  return safeParseConnectionConfig(input).warnings.map(({ code, path }) => [...path, code].join(' '));
}

describe('the two halves', () => {
  it('reads the whole form, and is read-only unless a box is ticked', () => {
    expect(parseConnectionConfig({ ...scim, ...compliance })).toEqual({
      ...scim,
      provisioning: false,
      deprovisioning: false,
      complianceApiKey: compliance.complianceApiKey,
      workspaceIds: [first],
    });
  });

  it('accepts a SCIM half alone and a compliance half alone', () => {
    expect(parseConnectionConfig(scim)).toEqual({ ...scim, provisioning: false, deprovisioning: false });
    expect(parseConnectionConfig(compliance)).toEqual({ ...compliance, workspaceIds: [first] });
  });

  it('accepts an organization in place of workspaces', () => {
    expect(parseConnectionConfig({ complianceApiKey: 'sk-1', organizationId: 'org-7Hq2' })).toEqual({
      complianceApiKey: 'sk-1',
      workspaceIds: [],
      organizationId: 'org-7Hq2',
    });
  });

  it('treats empty optional fields as absent', () => {
    const config = parseConnectionConfig({
      ...scim,
      complianceApiKey: '',
      workspaceIds: ' , ',
      organizationId: '  ',
      complianceBaseUrl: null,
    });
    expect(Object.keys(config)).toEqual(['scimBaseUrl', 'scimToken', 'provisioning', 'deprovisioning']);
  });

  it('says what the other half of a half is', () => {
    expect(problems({})).toEqual(['empty_connection']);
    expect(problems({ scimToken: 'se_1' })).toEqual(['scimBaseUrl missing_scim_base_url']);
    expect(problems({ scimBaseUrl: scim.scimBaseUrl })).toEqual(['scimToken missing_scim_token']);
    expect(problems({ workspaceIds: first })).toEqual(['complianceApiKey missing_compliance_api_key']);
    expect(problems({ complianceApiKey: 'sk-1' })).toEqual(['workspaceIds missing_workspace_ids']);
    expect(problems({ ...compliance, provisioning: 'on' })).toEqual(['provisioning permission_without_scim']);
  });

  it('demands Admin keys, for every workspace, where the program requires them', () => {
    const wants = { require: ['admin'] } as const;
    const [, second = ''] = [first, '91c2d3e4-f506-4718-892a-b3c4d5e6f708'];
    expect(problems(scim, wants)).toEqual([
      'complianceApiKey missing_compliance_api_key',
      'workspaceIds missing_workspace_ids',
    ]);
    const own = { complianceApiKey: 'sk-proj-1', workspaceIds: first };
    expect(problems(own, wants)).toEqual(['complianceApiKey not_an_admin_key']);
    expect(problems({ ...own, complianceApiKeys: { [second]: 'sk-admin-1' } }, wants)).toEqual([
      'complianceApiKey not_an_admin_key',
    ]);
    expect(problems({ complianceApiKeys: { [first]: 'sk-admin-1', [second]: 'sk-2' } }, wants)).toEqual([
      `complianceApiKeys ${second} not_an_admin_key`,
    ]);
    const both = {
      complianceApiKey: 'sk-proj-1',
      complianceApiKeys: { [first]: 'sk-admin-1', [second]: 'sk-admin-2' },
    };
    expect(problems(both, wants), 'nobody uses the key for all').toEqual([]);
    expect(problems({ complianceApiKey: 'sk-ADMIN-1', workspaceIds: first }, wants)).toEqual([]);
    expect(problems(own, {})).toEqual([]);
    const said = safeParseConnectionConfig(own, wants);
    expect(said.success ? [] : said.issues).toMatchObject([
      {
        message: 'This is no Admin key (sk-admin-…), which this program needs.',
        remedy: expect.stringMatching(
          /^Create an Admin key .+ under admin\.openai\.com → .+ → Admin keys, and enter it here\.$/,
        ),
      },
    ]);
    // One entered for both would close the other workspace.
    const ofTwo = safeParseConnectionConfig({ ...own, workspaceIds: [first, second] }, wants);
    expect(ofTwo.success ? [] : ofTwo.issues).toMatchObject([
      {
        code: 'not_an_admin_key',
        remedy: expect.stringMatching(
          `in each of the workspaces ${first}, ${second} under .+ enter each with its workspace ID`,
        ),
      },
    ]);
    const missing = safeParseConnectionConfig({}, wants);
    expect(missing.success ? '' : missing.issues[0]?.remedy).toMatch(/^Enter an Admin key that may read/);
  });

  it('does not call a key that is mistyped, or a SCIM token, anything else besides', () => {
    const wants = { require: ['admin'] } as const;
    for (const [key, code] of [
      ['sk-…', 'secret_cut'],
      ['se_0123', 'scim_token_in_compliance_field'],
    ]) {
      expect(problems({ complianceApiKey: key, workspaceIds: first }, wants)).toEqual([`complianceApiKey ${code}`]);
    }
  });

  it('names a field that is filled in under a wrong name once, and does not call it missing', () => {
    const { scimToken, ...rest } = scim;
    expect(problems({ ...rest, scimTokn: scimToken })).toEqual(['scimTokn unknown_key']);
    expect(problems({ ...rest, scimTokn: scimToken, workspaceIds: first })).toEqual([
      'complianceApiKey missing_compliance_api_key',
      'scimTokn unknown_key',
    ]);
  });

  it('demands the halves that the program requires', () => {
    expect(problems(scim, { require: ['scim', 'compliance'] })).toEqual([
      'complianceApiKey missing_compliance_api_key',
      'workspaceIds missing_workspace_ids',
    ]);
    expect(problems({ ...scim, ...compliance }, { require: ['scim', 'compliance'] })).toEqual([]);
  });
});

describe('options', () => {
  it.each([
    [{ requires: ['scim'] }, ['requires'], 'Write `require`.'],
    [{ require: ['skim'] }, ['require', 0], 'Write `scim`.'],
    [{ require: ['scim', 'logs'] }, ['require', 1], 'Use one of these: scim, compliance, admin, platform.'],
    [{ require: 'scim' }, ['require'], "Write it in brackets, also where it is one: ['scim']."],
    [{ dangerouslyAllowHttp: true }, ['dangerouslyAllowHttp'], 'Write `dangerouslyAllowHttpLoopback`.'],
    [null, [], 'Give an object, or leave them out.'],
  ])('that are %j are refused', (options, path, remedy) => {
    for (const read of [parseConnectionConfig, safeParseConnectionConfig, readConnectionConfigFromEnv]) {
      expect(() => read({}, options as never)).toThrow(
        expect.objectContaining({ code: 'invalid_input', path, remedy }),
      );
    }
  });
});

describe('remedies', () => {
  const remediesOf = (input: unknown, options = {}) => {
    const result = safeParseConnectionConfig(input, options);
    return result.success ? [] : result.issues.map(({ path, remedy }) => [path[0], remedy]);
  };

  it('name the menu where what is missing is found', () => {
    for (const [, remedy] of remediesOf({}, { require: ['scim'] })) {
      expect(remedy).toMatch(/Workspace settings → Identity & access \(.+\) → Directory Sync \(SCIM\) → Custom SCIM/);
    }
    expect(remediesOf({}, { require: ['compliance'] })).toEqual([
      ['complianceApiKey', expect.stringContaining('→ workspace → Credentials → Admin keys')],
      ['workspaceIds', expect.stringContaining('General → Workspace details')],
    ]);
  });

  it('do not advise to leave empty what the program requires', () => {
    expect(remediesOf({ workspaceIds: first })).toEqual([['complianceApiKey', expect.stringContaining('leave')]]);
    const required = remediesOf({ workspaceIds: first }, { require: ['compliance'] });
    expect(required).toEqual([['complianceApiKey', expect.not.stringContaining('leave')]]);
  });
});

describe('form strings', () => {
  it.each(['true', 'on', 'ON', '1', 'yes', 'Y', true, 1, ' true '])('ticks a box at %j', (value) => {
    expect(parseConnectionConfig({ ...scim, provisioning: value })).toMatchObject({ provisioning: true });
  });

  it.each(['false', 'off', '0', 'no', '', null, undefined, false, 0])('leaves a box empty at %j', (value) => {
    expect(parseConnectionConfig({ ...scim, deprovisioning: value })).toMatchObject({ deprovisioning: false });
  });

  it.each(['maybe', 'tru', 2, {}, ['true'], 'truefalse'])('refuses a box that says %j', (value) => {
    expect(problems({ ...scim, provisioning: value })).toEqual(['provisioning not_yes_or_no']);
  });
});

describe('all problems at once', () => {
  it('names every field that is wrong, each with a code, a message and a remedy', () => {
    const result = safeParseConnectionConfig({
      scimBaseUrl: 'http://scim.example/v2',
      scimToken: 5,
      provisioning: 'perhaps',
      complianceApiKey: 'sk-a…bc',
      workspaceIds: ['Acme', first],
      organisationId: 'org-1',
    });
    expect(result.success).toBe(false);
    if (result.success) return;
    expect(result.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['scimBaseUrl', 'insecure_url'],
      ['scimToken', 'not_text'],
      ['provisioning', 'not_yes_or_no'],
      ['complianceApiKey', 'secret_cut'],
      ['workspaceIds.0', 'workspace_name'],
      ['organisationId', 'unknown_key'],
    ]);
    for (const { message, remedy } of result.issues) {
      expect(message).toMatch(/^[A-Z].+\.$/);
      expect(remedy).toMatch(/^[A-Z].+\.$/);
    }
    expect(result.error).toBeInstanceOf(ConfigError);
    expect(result.error.issues).toEqual(result.issues);
  });

  it('throws the same as one error', () => {
    expect(() =>
      parseConnectionConfig({ scimToken: 'sk-123', workspaceIds: 'Acme' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ConfigError: The connection cannot be opened. scimBaseUrl: The SCIM URL is missing. scimToken: The SCIM token starts like an OpenAI key (sk-…). complianceApiKey: The Compliance API key is missing. workspaceIds: Entry 1 is a name, not an ID.]`,
    );
  });

  it.each([5, 'scim', null, undefined, [scim], new Map(), new FormData()])('refuses %o as no form', (input) => {
    expect(problems(input)).toContain('not_an_object');
  });
});

describe('unknown keys', () => {
  it.each([
    ['scimUrl', 'scimBaseUrl'],
    ['scimUrll', 'scimBaseUrl'],
    ['scim_urk', 'scimBaseUrl'],
    ['scim_token', 'scimToken'],
    ['token', 'scimToken'],
    ['workspaceId', 'workspaceIds'],
    ['workspaces', 'workspaceIds'],
    ['apiKey', 'complianceApiKey'],
    ['deprovisoning', 'deprovisioning'],
    ['PROVISIONING', 'provisioning'],
    ['orgId', 'organizationId'],
  ])('takes %s for %s', (key, suggestion) => {
    const result = safeParseConnectionConfig({ ...scim, [key]: 'x' });
    expect(result.success ? [] : result.issues).toMatchObject([{ code: 'unknown_key', path: [key], suggestion }]);
  });

  it('names no key where none is near', () => {
    const result = safeParseConnectionConfig({ ...scim, colour: 'x' });
    expect(result.success ? [] : result.issues).toEqual([
      { code: 'unknown_key', path: ['colour'], message: 'Unknown field.', remedy: 'Remove it.' },
    ]);
  });

  it.each(['scimUrll', 'scimTokn', 'workspaces'])('does not call a form empty that has no field but %s', (key) => {
    expect(problems({ [key]: 'x' })).toEqual([`${key} unknown_key`]);
    expect(() => parseConnectionConfig({ [key]: 'x' } as unknown)).toThrow(
      new RegExp(`opened\\. ${key}: Unknown field; the nearest is \\w+\\.$`),
    );
  });

  it('calls a form empty whose only field is near to none', () => {
    expect(problems({ colour: 'x' })).toEqual(['empty_connection', 'colour unknown_key']);
  });

  it('does not repeat a key that may be a secret', () => {
    expect(JSON.stringify(safeParseConnectionConfig({ ...scim, se_verysecret: '' }))).not.toContain('verysecret');
  });

  it('refuses a key that would reach the prototype', () => {
    expect(problems(JSON.parse('{"__proto__":{"scimToken":"se_1"}}'))).toContain('__proto__ unknown_key');
  });
});

describe('secrets as they are pasted', () => {
  it.each([
    ['Bearer se_0123456789abcdef', ['scimToken bearer_removed']],
    ['Authorization: Bearer se_0123456789abcdef', ['scimToken bearer_removed']],
    ['bearer:se_0123456789abcdef', ['scimToken bearer_removed']],
    ['"se_0123456789abcdef"', ['scimToken quotes_removed']],
    ['“se_0123456789abcdef”', ['scimToken quotes_removed']],
    ["'Bearer se_0123456789abcdef'", ['scimToken bearer_removed', 'scimToken quotes_removed']],
    [' se_0123456789abcdef\n', ['scimToken spaces_removed']],
    ['\u200bse_0123456789abcdef\ufeff', ['scimToken spaces_removed']],
    ['"se_0123456789abcdef",', ['scimToken punctuation_removed', 'scimToken quotes_removed']],
    ['se_0123456789abcdef,', ['scimToken punctuation_removed']],
    ['se_0123456789abcdef;', ['scimToken punctuation_removed']],
    ['token=se_0123456789abcdef', ['scimToken label_removed']],
    ['SCIM token: "se_0123456789abcdef"', ['scimToken label_removed', 'scimToken quotes_removed']],
    ['se_0123456789abcdef', []],
  ])('reads the token from %j', (scimToken, expected) => {
    expect(parseConnectionConfig({ ...scim, scimToken })).toMatchObject({ scimToken: 'se_0123456789abcdef' });
    expect(warnings({ ...scim, scimToken })).toEqual(expected);
  });

  it.each([
    ['se_0123\n4567', 'secret_cut'],
    ['se_0123 4567', 'secret_cut'],
    ['se_0123…', 'secret_cut'],
    ['se_...4567', 'secret_cut'],
    ['se_••••••••4567', 'secret_cut'],
    ['Bearer ', 'secret_cut'],
    ['key=', 'secret_cut'],
    ['my-key:', 'secret_cut'],
    ['"SCIM token": ', 'secret_cut'],
    ['CHATGPT_COMPLIANCE_API_KEY=', 'secret_cut'],
    ['apiKey = ', 'secret_cut'],
    ['Authorization:', 'secret_cut'],
    ['se_сyrillic', 'secret_unsendable'],
    ['[redacted]', 'redacted_secret'],
    ['Bearer [Redacted]', 'redacted_secret'],
    ['null', 'placeholder'],
    ['undefined', 'placeholder'],
    ['[object Object]', 'placeholder'],
    ['<token>', 'placeholder'],
    ['se_<token>', 'placeholder'],
    [`\${SCIM_TOKEN}`, 'placeholder'],
    ['$SCIM_TOKEN', 'placeholder'],
    ['%SCIM_TOKEN%', 'placeholder'],
    ['{{ scimToken }}', 'placeholder'],
    ['your-token-here', 'placeholder'],
    ['{}', 'placeholder'],
    ['sk-{API_KEY}', 'placeholder'],
    ['se_<id>', 'placeholder'],
    ['https://api.workos.com/scim/v2.0/AbCdEf0123456789', 'url_in_secret_field'],
  ])('refuses %j', (scimToken, code) => {
    expect(problems({ ...scim, scimToken })).toEqual([`scimToken ${code}`]);
  });

  it('does not refuse a prefix it does not know', () => {
    expect(problems({ ...scim, scimToken: 'eyJhbGciOi' })).toEqual([]);
    expect(problems({ ...compliance, complianceApiKey: 'sk-comp-1234' })).toEqual([]);
    expect(problems({ ...compliance, complianceApiKey: 'key_1234' })).toEqual([]);
    expect(problems({ ...scim, scimToken: 'se_a{b}c<9X>d' })).toEqual([]);
    expect(problems({ ...compliance, complianceApiKey: 'sk-a{b}c' })).toEqual([]);
    expect(problems({ ...scim, scimToken: 'c2VjcmV0dG9rZW4=' })).toEqual([]);
    expect(problems({ ...scim, scimToken: 'QWxsYWtleXtoken=' })).toEqual([]);
    expect(parseConnectionConfig({ ...scim, scimToken: 'QWxsYWtleXtoken==' })).toMatchObject({
      scimToken: 'QWxsYWtleXtoken==',
    });
  });

  it('tells the two secrets apart', () => {
    const both = { ...scim, ...compliance };
    expect(problems({ ...both, scimToken: 'sk-proj-1234' })).toEqual(['scimToken compliance_key_in_scim_field']);
    expect(problems({ ...both, complianceApiKey: 'Bearer se_1234' })).toEqual([
      'complianceApiKey scim_token_in_compliance_field',
    ]);
    expect(problems({ ...both, scimToken: 'sk-1', complianceApiKey: 'se_1' })).toEqual([
      'scimToken secrets_swapped',
      'complianceApiKey secrets_swapped',
    ]);
    expect(problems({ ...both, scimToken: 'abc', complianceApiKey: 'abc' })).toEqual([
      'complianceApiKey same_secret_twice',
    ]);
  });
});

describe('the SCIM base URL', () => {
  const at = (scimBaseUrl: string, options = {}) => safeParseConnectionConfig({ ...scim, scimBaseUrl }, options);

  it.each([
    ['https://api.workos.com/scim/v2.0/AbCd/', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['"https://api.workos.com/scim/v2.0/AbCd"', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['HTTPS://API.WORKOS.COM/scim/v2.0/AbCd#top', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['https://scim.example/scim/v2', 'https://scim.example/scim/v2'],
    ['https://scim.example', 'https://scim.example'],
    ['https://scim.example/v2?tenant=7', 'https://scim.example/v2?tenant=7'],
    ['<https://scim.example/v2>', 'https://scim.example/v2'],
    ['https://scim.example/v2,', 'https://scim.example/v2'],
    ['https://gitlab.example/api/scim/v2/groups/acme', 'https://gitlab.example/api/scim/v2/groups/acme'],
    ['https://scim.example/users/v2', 'https://scim.example/users/v2'],
    ['https://scim.example/groups', 'https://scim.example/groups'],
    ['https://your-company.example:8443/scim', 'https://your-company.example:8443/scim'],
    ['https://scim.example/undefined-behaviour/100%', 'https://scim.example/undefined-behaviour/100%'],
  ])('reads %s', (given, expected) => {
    expect(at(given)).toMatchObject({ success: true, config: { scimBaseUrl: expected } });
  });

  it.each([
    ['https://api.workos.com/scim/v2.0/AbCd/Users', 'resource_url', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['https://api.workos.com/scim/v2.0/AbCd/Groups/', 'resource_url', 'https://api.workos.com/scim/v2.0/AbCd'],
    [
      'https://api.workos.com/scim/v2.0/AbCd/Users/directory_user_1',
      'resource_url',
      'https://api.workos.com/scim/v2.0/AbCd',
    ],
    ['https://scim.example/v2/Groups/1/members', 'resource_url', 'https://scim.example/v2'],
    ['https://api.workos.com/scim/v2.0/AbCd/groups/1/members', 'resource_url', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['https://api.workos.com/scim/v2.0/AbCd/Users?count=1', 'resource_url', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['https://api.workos.com/scim/v2.0/…', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/AbCd?[redacted]', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/...', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/{directory_id}', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/<directory>', 'placeholder', undefined],
    [`\${SCIM_URL}`, 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/undefined', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/null/', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/$ID', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/:id', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/%ID%', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/your_directory', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/%7Bid%7D', 'placeholder', undefined],
    ['https://api.workos.com/scim/v2.0/%E2%80%A6?count=1', 'placeholder', undefined],
    ['https://scim.example/undefined/v2', 'placeholder', undefined],
    ['https://https://api.workos.com/scim/v2.0/AbCd', 'not_a_url', undefined],
    ['https://scim.example/v2/ServiceProviderConfig', 'resource_url', 'https://scim.example/v2'],
    ['http://api.workos.com/scim/v2.0/AbCd', 'insecure_url', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['api.workos.com/scim/v2.0/AbCd', 'insecure_url', 'https://api.workos.com/scim/v2.0/AbCd'],
    ['http://127.0.0.1:8080/scim', 'insecure_url', undefined],
    ['https://api.workos.com/scim/v2.0', 'directory_key_missing', undefined],
    ['https://api.workos.com/scim/v2.0/', 'directory_key_missing', undefined],
    ['https://api.workos.com', 'directory_key_missing', undefined],
    ['https://chatgpt.com/admin/identity', 'web_page_url', undefined],
    ['https://api.chatgpt.com/v1', 'other_service_url', undefined],
    ['https://api.chatgpt.com./v1', 'other_service_url', undefined],
    ['https://api.openai.com/v1', 'other_service_url', undefined],
    ['https://chatgpt.com.', 'web_page_url', undefined],
    ['https://api.workos.com./scim/v2.0', 'directory_key_missing', undefined],
    ['https://user:pass@scim.example/v2', 'credentials_in_url', undefined],
    ['se_0123456789abcdef', 'secret_in_url_field', undefined],
    ['ftp://scim.example/', 'not_a_url', undefined],
    ['https://scim example/v2', 'not_a_url', undefined],
    ['our directory', 'not_a_url', undefined],
  ])('refuses %s as %s', (given, code, suggestion) => {
    const result = at(given);
    expect(result.success ? [] : result.issues).toMatchObject([{ path: ['scimBaseUrl'], code }]);
    expect(result.success ? undefined : result.issues[0]?.suggestion).toBe(suggestion);
  });

  it('allows http on this machine only where the program says so', () => {
    const options = { dangerouslyAllowHttpLoopback: true };
    expect(at('http://127.0.0.1:8080/scim', options)).toMatchObject({ success: true });
    expect(at('http://scim.example/scim', options)).toMatchObject({ success: false });
    for (const host of ['127.0.0.1:4010', 'localhost', '[::1]:80']) {
      const result = at(`http://${host}/scim`);
      expect(result.success ? [] : result.issues).toMatchObject([
        {
          code: 'insecure_url',
          remedy: expect.stringMatching(/`dangerouslyAllowHttpLoopback: true` where the form is read, and .*connect/),
        },
      ]);
    }
  });
});

describe('the other fields', () => {
  it('refuses what is not an organization id', () => {
    expect(problems({ ...compliance, organizationId: first })).toEqual(['organizationId not_an_organization_id']);
  });

  it('reads another address of the Compliance API', () => {
    expect(
      parseConnectionConfig({ ...compliance, complianceBaseUrl: 'https://proxy.example/openai/v1/' }),
    ).toMatchObject({ complianceBaseUrl: 'https://proxy.example/openai/v1' });
    for (const complianceBaseUrl of ['https://proxy.corp/compliance', 'https://proxy.corp/workspaces/7/v1']) {
      expect(parseConnectionConfig({ ...compliance, complianceBaseUrl })).toMatchObject({ complianceBaseUrl });
    }
    for (const complianceBaseUrl of [
      'https://api.chatgpt.com/v1/compliance',
      `https://proxy.corp/v1/compliance/workspaces/${first}`,
    ]) {
      expect(problems({ ...compliance, complianceBaseUrl })).toEqual(['complianceBaseUrl resource_url']);
    }
    expect(
      problems({ ...compliance, complianceBaseUrl: `https://api.chatgpt.com/v1/compliance/workspaces/${first}/logs` }),
    ).toEqual(['complianceBaseUrl resource_url']);
    expect(problems({ ...compliance, complianceBaseUrl: 'https://chatgpt.com/admin/api-reference' })).toEqual([
      'complianceBaseUrl web_page_url',
    ]);
  });

  it.each(['https://api.chatgpt.com', 'https://api.chatgpt.com/', 'https://api.chatgpt.com/compliance/workspaces'])(
    'does not take %s for the Compliance API without its version',
    (complianceBaseUrl) => {
      const result = safeParseConnectionConfig({ ...compliance, complianceBaseUrl });
      expect(result.success ? [] : result.issues).toMatchObject([
        { path: ['complianceBaseUrl'], code: 'resource_url', suggestion: 'https://api.chatgpt.com/v1' },
      ]);
      expect(problems({ ...compliance, complianceBaseUrl: 'https://api.chatgpt.com/v1/' })).toEqual([]);
      expect(problems({ ...compliance, complianceBaseUrl: 'https://proxy.corp' })).toEqual([]);
    },
  );

  it('knows a host by its name with a dot at the end too', () => {
    for (const [complianceBaseUrl, code] of [
      ['https://api.workos.com./scim/v2.0/AbCd', 'other_service_url'],
      ['https://api.openai.com./v1', 'other_service_url'],
      ['https://api.chatgpt.com.', 'resource_url'],
    ]) {
      expect(problems({ ...compliance, complianceBaseUrl })).toEqual([`complianceBaseUrl ${code}`]);
    }
  });

  it('names the field of each warning, also where it is about an entry', () => {
    const ids = [first, second, first.toUpperCase()];
    const given = { ...scim, ...compliance, scimToken: ' se_0123456789abcdef', workspaceIds: ids };
    expect(safeParseConnectionConfig(given).warnings).toMatchObject([
      { code: 'spaces_removed', field: 'scimToken', path: ['scimToken'] },
      { code: 'duplicate_workspace_ids', field: 'workspaceIds', path: ['workspaceIds', 2] },
    ]);
  });

  it('tells each mended thing to onWarning', () => {
    const seen: string[] = [];
    parseConnectionConfig(
      { ...compliance, workspaceIds: [first, second, first.toUpperCase()] },
      { onWarning: ({ message }) => seen.push(message) },
    );
    expect(seen).toEqual(['Entry 3 repeats entry 1.']);
  });
});
