import { parseConnectionConfig, redactConnectionConfig, safeParseConnectionConfig } from 'chatgpt-enterprise-sdk';
import fc from 'fast-check';
import { expect } from 'vitest';
import { attempt, canary, expectNoSecret, expectPlain, type FuzzTarget } from '../fuzz-target.js';
import { hostileValue, textOf } from '../hostile-values.js';

const text = textOf(
  `se_${canary}`,
  `sk-admin-${canary}`,
  'Bearer ',
  'https://',
  'http://me:pw@',
  'api.workos.com/scim/v2.0/',
  'AbCd',
  '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b',
  'org-7Hq2',
  'on',
  'true',
  '"',
  '“',
  '/',
  '.',
  '-',
  ',',
  '\n',
  ' ',
  '\u200b',
  '%2e',
  '?',
  '#',
);

const fields = [
  'scimBaseUrl',
  'scimToken',
  'provisioning',
  'deprovisioning',
  'complianceApiKey',
  'workspaceIds',
  'organizationId',
  'complianceBaseUrl',
  '__proto__',
  'constructor',
];
const input = fc
  .array(fc.tuple(fc.constantFrom(...fields), fc.oneof(text, hostileValue)), { maxLength: 10 })
  // An own property even where the name is __proto__, as JSON.parse makes it.
  .map((entries) =>
    JSON.parse(`{${entries.map((entry) => entry.map((one) => JSON.stringify(one)).join(':')).join()}}`),
  );

async function withstands(given: Record<string, unknown>): Promise<void> {
  const { value: result } = await attempt(() => safeParseConnectionConfig(given));
  const { value: redacted } = await attempt(() => redactConnectionConfig(given));
  const { error } = await attempt(() => parseConnectionConfig(given));
  if (result === undefined) throw new Error('safeParseConnectionConfig has thrown.');
  expectNoSecret([result.warnings, redacted]);
  expect(error === undefined).toBe(result.success);
  if (!result.success) {
    expect(result.issues.length).toBeGreaterThan(0);
    expectNoSecret(result.issues);
    return;
  }
  const { config } = result;
  expectPlain(config);
  expectNoSecret([config]);
  expect(JSON.parse(JSON.stringify(structuredClone(config)))).toEqual(config);
  for (const box of ['provisioning', 'deprovisioning'] as const) {
    if (!('scimToken' in config) || !config[box]) continue;
    expect(Object.hasOwn(given, box) && given[box]).toBeTruthy();
  }
}

/** What a tenant types: it ticks no box that was not ticked, and is repeated nowhere. */
export const form: FuzzTarget = {
  name: 'form',
  runs: 200,
  property: fc.asyncProperty(input, withstands),
};

const keysText = textOf(
  `sk-admin-${canary}`,
  `se_${canary}`,
  'Bearer ',
  '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b',
  '91c2d3e4-f506-4718-892a-b3c4d5e6f708',
  'org-7Hq2',
  'Northwind',
  'urn:uuid:',
  ' = ',
  '=',
  ':',
  '=>',
  '"',
  '{',
  '}',
  ',',
  ';',
  '\n',
  '\t',
  ' ',
  '\u200b',
  '\u2011',
);
const keysInput = fc.record(
  {
    complianceApiKeys: fc.oneof(keysText, fc.dictionary(keysText, fc.oneof(keysText, hostileValue)), hostileValue),
    workspaceIds: keysText,
    complianceApiKey: keysText,
    organizationId: fc.constantFrom('org-7Hq2', 'org-Other'),
    scimToken: keysText,
  },
  { requiredKeys: ['complianceApiKeys'] },
);

/** Keys by workspace, as text and as an object, beside the fields that they have to fit to. */
export const keys: FuzzTarget = {
  name: 'keys',
  runs: 200,
  property: fc.asyncProperty(keysInput, withstands),
};
