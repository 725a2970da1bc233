import { describe, expect, it } from 'vitest';
import { readConnectionConfigFromEnv } from '../../../src/connection/env.js';
import { parseConnectionConfig, safeParseConnectionConfig } from '../../../src/connection/parse-form.js';
import { cpuMs } from '../../support/cpu-ms.js';

const scim = { scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCdEf0123456789', scimToken: 'se_0123456789abcdef' };
const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const second = '91c2d3e4-f506-4718-892a-b3c4d5e6f708';
const third = 'a0b1c2d3-e4f5-4061-b728-394a5b6c7d8e';
const one = 'sk-admin-0123456789abcdef';
const two = 'sk-admin-fedcba9876543210';
const both = { [first]: one, [second]: two };

const read = (complianceApiKeys: unknown, more: object = {}) =>
  safeParseConnectionConfig({ complianceApiKeys, ...more });

/** What is wrong, by place; nothing that is said holds a key. */
function problems(complianceApiKeys: unknown, more: object = {}): string[] {
  const result = read(complianceApiKeys, more);
  const said = JSON.stringify(
    result.success ? result.warnings : [result.issues, result.error.message, result.warnings],
  );
  expect(said).not.toMatch(/0123456789abcdef|fedcba9876543210|hunter22/);
  return result.success ? [] : result.issues.map(({ code, path }) => [...path, code].join(' '));
}

const warnings = (complianceApiKeys: unknown, more: object = {}) =>
  read(complianceApiKeys, more).warnings.map(({ code, path }) => [...path, code].join(' '));

describe('keys as they are typed', () => {
  it.each([
    ['an object', both],
    ['lines', `${first} = ${one}\n${second} = ${two}`],
    ['Windows lines, and empty ones', `\r\n${first}=${one}\r\n\r\n${second}=${two}\r\n`],
    ['commas', `${first}=${one},${second}=${two}`],
    ['semicolons', `${first}=${one}; ${second}=${two};`],
    ['colons', `${first}: ${one}\n${second}:${two}`],
    ['arrows', `${first} => ${one}\n${second} => ${two}`],
    ['columns of a table', `${first}\t${one}\n${second}   ${two}`],
    ['one line of an environment file', `${first}=${one} ${second}=${two}`],
    ['a list', `- ${first} = ${one}\n2. ${second} = ${two}`],
    ['capitals and zero-width spaces', `\u200b${first.toUpperCase()} = ${one}\u200b, ${second} = ${two}`],
    ['other hyphens in an id', `${first.replaceAll('-', '\u2011')} = ${one}, ${second} = ${two}`],
    ['the columns of an object with empty rows', { ...both, '': '' }],
  ])('reads %s, and says nothing of it', (_, value) => {
    expect(read(value)).toEqual({
      success: true,
      config: { complianceApiKeys: both, workspaceIds: [first, second] },
      warnings: [],
    });
  });

  it.each([
    ['quotes', `"${first}" = "${one}", '${second}' = ${two}`, ['0 quotes_removed']],
    ['JSON', JSON.stringify(both), ['0 quotes_removed', '1 quotes_removed']],
    ['Bearer', `${first} = Bearer ${one}\n${second} = ${two}`, ['0 bearer_removed']],
    ['a label', `${first} = ${one}\n${second}: key=${two}`, ['1 label_removed']],
    ['ids without hyphens', `${first.replaceAll('-', '')} = ${one}\n${second} = ${two}`, ['0 workspace_id_normalized']],
    ['urn:uuid:', `${first} = ${one}\nurn:uuid:${second} = ${two}`, ['1 workspace_id_normalized']],
    ['an entry twice', `${first} = ${one}\n${second} = ${two}\n${first}=${one}`, ['2 duplicate_workspace_ids']],
    ['a key before its id', `${one} = ${first}, ${second} = ${two}`, ['0 workspace_key_swapped']],
    [
      'a key before its id, with quotes',
      `"Bearer ${one}": "${first}"\n${second} = ${two}`,
      ['0 workspace_key_swapped', '0 bearer_removed', '0 quotes_removed'],
    ],
  ])('mends %s, with a warning', (_, value, expected) => {
    expect(parseConnectionConfig({ complianceApiKeys: value })).toMatchObject({ complianceApiKeys: both });
    expect(warnings(value)).toEqual(expected.map((warning) => `complianceApiKeys ${warning}`));
  });

  it('mends an object in the same way, and names the entry by its id', () => {
    const value = { [first]: `Bearer ${one}`, [second.replaceAll('-', '')]: ` ${two}` };
    expect(parseConnectionConfig({ complianceApiKeys: value })).toMatchObject({ complianceApiKeys: both });
    expect(warnings(value)).toEqual([
      `complianceApiKeys ${first} bearer_removed`,
      `complianceApiKeys ${second.replaceAll('-', '')} workspace_id_normalized`,
      `complianceApiKeys ${second.replaceAll('-', '')} spaces_removed`,
    ]);
    expect(warnings({ [one]: first })).toEqual(['complianceApiKeys 0 workspace_key_swapped']);
  });

  it.each([undefined, null, '', ' ,\n; ', {}, { '': '' }, { ' ': null }])('takes %j for no keys', (value) => {
    expect(problems(value)).toEqual(['empty_connection']);
    expect(parseConnectionConfig({ ...scim, complianceApiKeys: value })).not.toHaveProperty('complianceApiKeys');
  });

  it('keeps an equals sign at the end of a key', () => {
    const complianceApiKeys = `${first}=QWxsYWtleXM==`;
    expect(parseConnectionConfig({ complianceApiKeys })).toMatchObject({
      complianceApiKeys: { [first]: 'QWxsYWtleXM==' },
    });
  });

  it('takes ids of other forms where the program allows them', () => {
    const options = { allowUnknownWorkspaceIdForms: true };
    const config = parseConnectionConfig(
      { complianceApiKeys: `workspace_01HX2 = ${one}, __proto__ = ${two}` },
      options,
    );
    expect(config.workspaceIds).toEqual(['workspace_01HX2', '__proto__']);
    expect(Object.entries(config.complianceApiKeys ?? {})).toEqual([
      ['workspace_01HX2', one],
      ['__proto__', two],
    ]);
  });
});

describe('entries that are wrong', () => {
  it.each([
    ['a name', `Northwind Traders = ${one}`, 'workspace_name'],
    ['a name with a colon', `Northwind: ${one}`, 'workspace_name'],
    ['a name alone', 'Northwind', 'workspace_name'],
    ['a URL', `https://chatgpt.com/admin/${third} = ${one}`, 'workspace_id_in_url'],
    ['an id that is cut', `8f5d1a2b-0c3d = ${one}`, 'workspace_id_cut'],
    ['an id that is too long', `${third}5 = ${one}`, 'workspace_id_cut'],
    ['the id of a person', `user-9kQm2ZpTr4VxLw7NdYb1HcGs__${third} = ${one}`, 'user_id'],
    ['two keys', `${one} = ${two}`, 'key_without_workspace'],
    ['a key alone', one, 'key_without_workspace'],
    ['an id alone', third, 'workspace_without_key'],
    ['an id and a sign', `${third} =`, 'workspace_without_key'],
    ['two ids', `${third} = ${second}`, 'workspace_without_key'],
    ['a name in front of an id', `Northwind = ${third}`, 'workspace_without_key'],
    ['a secret of a form of its own before an id', `hunter22 = ${third}`, 'workspace_without_key'],
    ['a name behind the id', `${third} (Labs) = sk-admin-01`, 'workspace_name'],
    ['a key that is cut', `${third} = sk-admin-0123…cdef`, 'secret_cut'],
    ['a key with a space', `${third} = sk-admin-01 23`, 'secret_cut'],
    ['a placeholder', `${third} = <key>`, 'placeholder'],
    ['a URL for a key', `${third} = https://chatgpt.com/admin`, 'url_in_secret_field'],
    ['a redacted key', `${third} = [redacted]`, 'redacted_secret'],
    ['a redacted text', '[redacted]', 'redacted_secret'],
    ['a key with a letter that no key has', `${third} = sk-admin-кey`, 'secret_unsendable'],
    ['a key that is too long', `${third} = sk-${'a'.repeat(8_192)}`, 'too_long'],
    ['an entry that is commented out with #', `# ${third} = sk-3`, 'commented_out'],
    ['an entry that is commented out with //', `//${third}: sk-3`, 'commented_out'],
    ['an entry that is commented out with --', `--${third}=sk-3`, 'commented_out'],
    ['a comment', '# production', 'commented_out'],
    ['another key of a workspace', `${first} = ${two}`, 'two_keys_for_workspace'],
  ])('names %s by its place', (_, entry, code) => {
    expect(problems(`${first} = ${one}\n${entry}`)).toEqual([`complianceApiKeys 1 ${code}`]);
  });

  it.each([
    ['nothing', `${first}=${one}${second}=${two}`],
    ['a slash', `${first}=${one}/${second}=${two}`],
    ['an ampersand', `${first}=${one}&${second}=${two}`],
    ['braces', `${first}=${one}{}${second}=${two}`],
    ['a quotation mark', `${first}=${one}"${second}=${two}`],
    ['a space that nobody sees', `${first}=${one}\u200b${second}=${two}`],
    ['nothing, and each key is first', `${one}=${first}${two}=${second}`],
    ['nothing, and the second is of an organization', `${first}=${one}org-Abc=${two}`],
    ['nothing, and the second has no key', `${first}=${one}org-Abc=`],
    ['an ampersand and no second id', `${first}=${one}&${two}`],
    ['nothing, and the keys are of another form', `${first}=hunter22${second}=hunter22`],
  ])('names entries that ran into one, with %s between them', (_, text) => {
    expect(problems(text)).toEqual(['complianceApiKeys 0 more_than_one_secret']);
    const [, key = ''] = /^[^=]+=(.*)$/s.exec(text) ?? [];
    expect(problems({ [third]: key })).toEqual([`complianceApiKeys ${third} more_than_one_secret`]);
  });

  it.each([
    ['bars', `${first}=${one}|${second}=${two}`],
    ['line breaks that were written out', `${first}=${one}\\n${second}=${two}\\r\\n`],
    ['bars behind ids', `${one}:${first}|${two}:${second}`],
  ])('tells entries apart at %s', (_, text) => {
    expect(parseConnectionConfig({ complianceApiKeys: text })).toMatchObject({ complianceApiKeys: both });
  });

  it.each([
    ['complianceApiKey', `${first}|${one}`, 'keys_in_key_field'],
    ['complianceApiKey', `${one}=${first}`, 'more_than_one_secret'],
    ['complianceApiKey', `${one}|${two}`, 'more_than_one_secret'],
    ['complianceApiKey', `${one}${two}`, 'more_than_one_secret'],
    ['complianceApiKey', `org-7Hq2|${one}`, 'more_than_one_secret'],
    ['complianceApiKey', first, 'id_in_key_field'],
    ['scimToken', `se_0123456789abcdef|${one}`, 'more_than_one_secret'],
    ['scimToken', `se_0123456789abcdef/${first}`, 'more_than_one_secret'],
  ])('refuses more than one secret in the field %s: %s', (field, value, code) => {
    const more = field === 'scimToken' ? scim : { workspaceIds: first };
    expect(problems('', { ...more, [field]: value })).toEqual([`${field} ${code}`]);
  });

  it('names an entry of an object that is commented out', () => {
    expect(problems({ [first]: one, [`#${second}`]: two })).toEqual([`complianceApiKeys #${second} commented_out`]);
  });

  it('names what holds more entries than there are workspaces, and no more than a hundred problems', () => {
    expect(problems('x\n'.repeat(50_000))).toEqual(['complianceApiKeys too_long']);
    expect(problems('x\n'.repeat(1_000))).toHaveLength(100);
    const many = Object.fromEntries(Array.from({ length: 1_001 }, (_, index) => [`x${index}`, 'x']));
    expect(problems(many)).toEqual(['complianceApiKeys too_long']);
    const startMs = cpuMs();
    problems('\n'.repeat(100_000));
    problems('x\n'.repeat(100_000));
    expect(cpuMs() - startMs).toBeLessThan(500);
  });

  it('names an entry of an object by its id where it has one, and else by its number', () => {
    expect(problems({ [first]: one, [second]: '', [third]: 5 })).toEqual([
      `complianceApiKeys ${second} workspace_without_key`,
      `complianceApiKeys ${third} not_text`,
    ]);
    expect(problems({ [first]: one, Northwind: two, [one]: two, hunter22: first })).toEqual([
      'complianceApiKeys 1 workspace_name',
      'complianceApiKeys 2 secret_in_workspace_ids',
      'complianceApiKeys 3 workspace_without_key',
    ]);
  });

  it.each([undefined, null, ''])(
    'says of an entry of an object whose key is %j whose it is, and how to mend it',
    (key) => {
      for (const id of [second, second.toUpperCase().replaceAll('-', '')]) {
        const result = read({ [first]: one, [id]: key });
        expect(!result.success && result.issues).toEqual([
          {
            code: 'workspace_without_key',
            field: 'complianceApiKeys',
            path: ['complianceApiKeys', id],
            message: `The entry of ${second} has no key.`,
            remedy:
              'Give the key as text, or leave the entry out. Where the key is taken from a variable, see that it is set.',
          },
        ]);
      }
    },
  );

  it('explains an object as an object, and a text as a text', () => {
    const remedyOf = (value: unknown) => {
      const result = read(value);
      return result.success ? '' : result.issues[0]?.remedy;
    };
    expect(remedyOf({ [first]: second })).toContain("{ 'workspace-id': 'key' }");
    expect(remedyOf({ [one]: two })).toContain("{ 'workspace-id': 'key' }");
    expect(remedyOf(`${first} = ${second}`)).toContain('on one line: workspace-id = key');
    expect(remedyOf(`${first} =`)).toContain('on one line: workspace-id = key');
  });

  it('says of a key that an unset variable printed what it is', () => {
    expect(problems(`${first} = undefined`)).toEqual(['complianceApiKeys 0 placeholder']);
    const result = read({ [first]: 'undefined' });
    expect(!result.success && result.issues[0]).toMatchObject({
      message: `The entry of ${first}: This is the word \`undefined\`, as a variable that is not set prints.`,
      remedy: 'Set what the value is taken from, or leave it out.',
    });
  });

  it.each([[[first, one]], [new Map([[first, one]])], [5], [true]])('refuses %o as no keys', (value) => {
    expect(problems(value)).toEqual(['complianceApiKeys not_text']);
  });

  it('leads a name, as of a workspace that was renamed, to the place of the Workspace ID', () => {
    const result = read(`Northwind Traders = ${one}`);
    expect(result.success ? [] : result.issues).toMatchObject([
      {
        message: 'In entry 1, what stands before the key is a name, not an ID.',
        remedy: expect.stringMatching(/General → Workspace details.+admin\.openai\.com → workspace → General/),
      },
    ]);
  });

  it('suggests the id that a URL contains', () => {
    const result = read(`https://chatgpt.com/admin/${third} = ${one}`);
    expect(result.success ? [] : result.issues).toMatchObject([{ suggestion: third }]);
  });

  it('joins a key that stands on the line below its sign, and takes an arrow for a sign', () => {
    expect(parseConnectionConfig({ complianceApiKeys: `${first} =\n${one}\n${second} -> ${two}` })).toMatchObject({
      complianceApiKeys: both,
    });
  });

  it('says what stands between the id and the sign', () => {
    const result = read(`${first} (Labs) = ${one}`);
    expect(!result.success && result.issues).toMatchObject([
      { message: expect.stringMatching(/^Entry 1 has something else between the ID and the equals sign/) },
    ]);
  });

  it.each([first, 'org-7Hq2'])('tells an ID in the field of the one key: %s', (complianceApiKey) => {
    const result = safeParseConnectionConfig({ complianceApiKey, workspaceIds: one });
    expect(!result.success && result.issues.map(({ code, field }) => [code, field])).toEqual([
      ['id_in_key_field', 'complianceApiKey'],
      ['secret_in_workspace_ids', 'workspaceIds'],
    ]);
  });

  it('names the workspace whose key is a SCIM token', () => {
    const result = read({ [first]: one, [second]: 'se_1' });
    expect(!result.success && result.issues.map(({ message }) => message)).toEqual([
      `The key of ${second} starts like a SCIM token (se_…).`,
    ]);
  });

  it('names keys by workspace that stand in the field of the one key', () => {
    for (const complianceApiKey of [`${first}=${one}`, `${first}: ${one}\n${second}: ${two}`, JSON.stringify(both)]) {
      expect(problems('', { complianceApiKey })).toContain('complianceApiKey keys_in_key_field');
    }
  });
});

describe('which key is for whom', () => {
  it('adds the workspaces that have a key to those that are listed', () => {
    const config = parseConnectionConfig({ complianceApiKey: 'sk-1', workspaceIds: third, complianceApiKeys: both });
    expect(config).toEqual({
      complianceApiKey: 'sk-1',
      complianceApiKeys: both,
      workspaceIds: [third, first, second],
    });
  });

  it('asks for the key of a workspace that has none, neither of its own nor one for all', () => {
    expect(problems(both, { workspaceIds: `${first}, ${third}` })).toEqual([
      `complianceApiKeys ${third} workspace_without_key`,
    ]);
    const result = read(both, { workspaceIds: third });
    expect(result.success ? '' : result.issues[0]?.message).toBe(`Workspace ${third} has no key.`);
    expect(problems(both, { workspaceIds: third, complianceApiKey: 'sk-1' })).toEqual([]);
  });

  it('does not say so while the key for all is only mistyped', () => {
    expect(problems(both, { workspaceIds: third, complianceApiKey: 'sk-…' })).toEqual(['complianceApiKey secret_cut']);
  });

  it('opens an organization by its own key, by the key for all, or by the only key of the workspaces', () => {
    const organizationId = 'org-7Hq2';
    expect(problems({ ...both, [organizationId]: 'sk-3' }, { organizationId })).toEqual([]);
    expect(problems(both, { organizationId, complianceApiKey: 'sk-1' })).toEqual([]);
    expect(problems({ [first]: one }, { organizationId })).toEqual([]);
    expect(problems(both, { organizationId })).toEqual([
      `complianceApiKeys ${organizationId} organization_without_key`,
    ]);
    const result = read(both, { organizationId });
    expect(result.success ? '' : result.issues[0]?.remedy).toContain(`${organizationId} = key`);
  });

  it('takes the organization of an entry for the organization, and not two of them', () => {
    expect(parseConnectionConfig({ complianceApiKeys: `${first}=${one}, org-7Hq2 = sk-3` })).toEqual({
      complianceApiKeys: { [first]: one, 'org-7Hq2': 'sk-3' },
      workspaceIds: [first],
      organizationId: 'org-7Hq2',
    });
    expect(problems({ [first]: one, 'org-7Hq2': two }, { organizationId: 'org-Other' })).toEqual([
      'complianceApiKeys org-7Hq2 other_organization',
    ]);
  });

  it('opens an organization alone by its own entry', () => {
    expect(parseConnectionConfig({ complianceApiKeys: { 'org-7Hq2': one } })).toEqual({
      complianceApiKeys: { 'org-7Hq2': one },
      workspaceIds: [],
      organizationId: 'org-7Hq2',
    });
  });

  it('leaves a form with one key as it was', () => {
    expect(parseConnectionConfig({ complianceApiKey: 'sk-1', workspaceIds: [first, second] })).toEqual({
      complianceApiKey: 'sk-1',
      workspaceIds: [first, second],
    });
  });
});

describe('secrets in the wrong place', () => {
  it('tells a SCIM token among the keys, and the two secrets swapped', () => {
    expect(problems({ [first]: one, [second]: 'se_1234' }, scim)).toEqual([
      `complianceApiKeys ${second} scim_token_in_compliance_field`,
    ]);
    expect(problems(`${first} = se_1234`, { ...scim, scimToken: one })).toEqual([
      'scimToken secrets_swapped',
      `complianceApiKeys ${first} secrets_swapped`,
    ]);
    expect(problems({ [first]: 'abc' }, { ...scim, scimToken: 'abc' })).toEqual([
      `complianceApiKeys ${first} same_secret_twice`,
    ]);
    expect(problems(both, { ...scim, scimToken: one })).toEqual(['scimToken compliance_key_in_scim_field']);
  });
});

describe('one Admin key for several workspaces', () => {
  const doubt = 'one_admin_key_for_several_workspaces';
  const saidOf = (form: object) => safeParseConnectionConfig(form).warnings.map(({ message }) => message);

  it('is not refused, and said not to work, at the field that it was typed into', () => {
    const form = { complianceApiKey: one, workspaceIds: [first, second] };
    expect(safeParseConnectionConfig(form)).toMatchObject({ success: true, warnings: [{ field: 'complianceApiKey' }] });
    expect(warnings('', form)).toEqual([`complianceApiKey ${doubt}`]);
    expect(warnings({ [first]: one, [second]: one })).toEqual([`complianceApiKeys ${doubt}`]);
    const mixed = { complianceApiKey: one, workspaceIds: [second, third] };
    expect(warnings({ [first]: two }, mixed)).toEqual([`complianceApiKey ${doubt}`]);
    expect(warnings({ [first]: one }, { ...mixed, workspaceIds: second })).toEqual([`complianceApiKey ${doubt}`]);
  });

  it('names the workspaces that have it, up to five, and the field where each has its own', () => {
    expect(saidOf({ complianceApiKeys: { [first]: one, [second]: one, [third]: two } })).toEqual([
      `An Admin key (sk-admin-…) opens one workspace only, and here one is entered for 2: ${first}, ${second}. Give each workspace its own key in the field Compliance API keys by workspace.`,
    ]);
    const many = Array.from({ length: 7 }, (_, index) => first.replace(/.$/, String(index)));
    expect(saidOf({ complianceApiKey: one, workspaceIds: many })).toEqual([
      expect.stringContaining(`is entered for 7: ${many.slice(0, 5).join(', ')} and 2 more. `),
    ]);
  });

  it('is told of each such key by itself, and with the variables of an environment', () => {
    const fourth = first.replace(/.$/, '0');
    expect(saidOf({ complianceApiKeys: { [first]: one, [second]: one, [third]: two, [fourth]: two } })).toEqual([
      expect.stringContaining(`for 2: ${first}, ${second}. `),
      expect.stringContaining(`for 2: ${third}, ${fourth}. `),
    ]);
    const told: string[] = [];
    readConnectionConfigFromEnv(
      { CHATGPT_COMPLIANCE_API_KEY: one, CHATGPT_WORKSPACE_IDS: `${first},${second}` },
      { onWarning: ({ path, message }) => told.push(`${path}: ${message}`) },
    );
    expect(told).toEqual([
      expect.stringMatching(/^CHATGPT_COMPLIANCE_API_KEY: .+ its own key in CHATGPT_COMPLIANCE_API_KEYS\.$/),
    ]);
  });

  it.each([
    ['one workspace', { complianceApiKey: one, workspaceIds: first }],
    ['a key of another kind', { complianceApiKey: 'sk-proj-1', workspaceIds: [first, second] }],
    ['a key each', { complianceApiKeys: both }],
    [
      'a key of its own for all but one',
      { complianceApiKey: one, complianceApiKeys: { [first]: two }, workspaceIds: second },
    ],
    ['one workspace and an organization', { complianceApiKey: one, workspaceIds: first, organizationId: 'org-7Hq2' }],
  ])('is not said of %s', (_, form) => {
    expect(safeParseConnectionConfig(form).warnings).toEqual([]);
  });
});

describe('environments', () => {
  it('reads the keys from CHATGPT_COMPLIANCE_API_KEYS, and names it where something is wrong', () => {
    const variables = { CHATGPT_COMPLIANCE_API_KEYS: `${first}=${one},${second}=${two}` };
    expect(readConnectionConfigFromEnv(variables)).toEqual({ complianceApiKeys: both, workspaceIds: [first, second] });
    expect(() => readConnectionConfigFromEnv({ CHATGPT_COMPLIANCE_API_KEYS: `Northwind=${one}` })).toThrow(
      'CHATGPT_COMPLIANCE_API_KEYS: In entry 1, what stands before the key is a name, not an ID.',
    );
    expect(() => readConnectionConfigFromEnv({ ...variables, CHATGPT_WORKSPACE_IDS: third })).toThrow(
      `CHATGPT_COMPLIANCE_API_KEYS.${third}: Workspace ${third} has no key.`,
    );
  });

  it('notices the variable misspelt', () => {
    expect(() => readConnectionConfigFromEnv({ CHATGPT_COMPLIANCE_KEYS: `${first}=${one}` })).toThrow(
      'the nearest is CHATGPT_COMPLIANCE_API_KEYS',
    );
  });
});

it('reads as much nonsense as the field takes in under a second', () => {
  const length = 199_000;
  const parts = [
    ' ',
    '"',
    '=',
    ':',
    `${first} `,
    `${first}=`,
    'sk-',
    'bearer ',
    'a',
    '-',
    '{',
    '\u2011',
    `\n${first}`,
    'org-',
    '= "',
  ];
  for (const part of parts) {
    const typed = part.repeat(length / part.length);
    const startMs = cpuMs();
    read(typed);
    read(`x${typed}x`);
    expect(cpuMs() - startMs, part).toBeLessThan(1_000);
  }
});
