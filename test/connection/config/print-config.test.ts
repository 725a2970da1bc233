import { deepStrictEqual } from 'node:assert';
import { connect, connectionConfigSchema } from 'chatgpt-enterprise-sdk';
import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
import { expect, test } from 'vitest';
import { readConnectionConfigFromEnv } from '../../../src/connection/env.js';
import type { FullConfig } from '../../../src/connection/form.js';
import { parseConnectionConfig, safeParseConnectionConfig } from '../../../src/connection/parse-form.js';
import { redactConnectionConfig } from '../../../src/connection/redact.js';
import { printedByAll } from '../../support/printed-by-all.js';

const form = {
  scimBaseUrl: 'https://scim.example/v2',
  scimToken: 'se_9f8e7d6c5b4a',
  provisioning: true,
  deprovisioning: false,
  complianceApiKey: 'sk-admin-0123456789',
  complianceApiKeys: { '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b': 'sk-admin-9876543210' },
  workspaceIds: ['8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
};
const secrets = [form.scimToken, form.complianceApiKey, ...Object.values(form.complianceApiKeys)];
const parse = () => parseConnectionConfig(form, { require: ['scim', 'compliance'] }) as FullConfig;

/** What asks no object how it is printed, and reads each property as a program does. */
const readers =
  /^(?:console\.table|console\.dir with getters|walked|entries|structuredClone|inspect .*"customInspect":false)/;

const sources: Record<string, () => unknown> = {
  parseConnectionConfig: parse,
  'parseConnectionConfig, one half': () =>
    parseConnectionConfig({ ...form, scimToken: '', scimBaseUrl: '', provisioning: '' }),
  safeParseConnectionConfig: () => safeParseConnectionConfig(form),
  readConnectionConfigFromEnv: () =>
    readConnectionConfigFromEnv({ CHATGPT_SCIM_BASE_URL: form.scimBaseUrl, CHATGPT_SCIM_TOKEN: form.scimToken }),
  connectionConfigSchema: () => connectionConfigSchema['~standard'].validate(form),
};

test.each(Object.entries(sources))('what %s gives prints no secret', (_name, make) => {
  const ways = Object.entries(printedByAll(make())).filter(([way]) => !readers.test(way));
  expect(ways.length).toBeGreaterThan(10);
  for (const [way, text] of ways) for (const secret of secrets) expect(text, way).not.toContain(secret);
});

test('the keys by workspace, taken out of a config, print none either, nor does their JSON', () => {
  const { complianceApiKeys } = parse();
  for (const [way, text] of Object.entries(printedByAll(complianceApiKeys))) {
    if (/^(?:console\.log|%o|inspect .*"customInspect":true)/.test(way)) expect(text, way).not.toContain('9876543210');
  }
  const shown = redactConnectionConfig(parse()).complianceApiKeys;
  expect(JSON.parse(JSON.stringify({ complianceApiKeys }))).toEqual({ complianceApiKeys: shown });
  expect(JSON.parse(JSON.stringify({ ...parse() }))).toMatchObject({ complianceApiKeys: shown });
  expect({ ...complianceApiKeys }).toStrictEqual(form.complianceApiKeys);
});

test('shows everything but the secrets, to Deno too', () => {
  const config = parse();
  const shown = redactConnectionConfig(config);
  expect(JSON.parse(JSON.stringify({ config }))).toEqual({ config: shown });
  for (const [way, text] of Object.entries(printedByAll(config))) {
    if (/^(?:console\.log|console\.error|%o|inspect .*"customInspect":true)/.test(way)) {
      expect(text, way).toContain('"scimToken": "[redacted]"');
      expect(text, way).toContain(form.workspaceIds[0]);
    }
  }
  const print = Reflect.get(config, Symbol.for('Deno.customInspect')) as () => string;
  expect(JSON.parse(print())).toEqual(shown);
});

test('to a program it is the plain object that it looks like', () => {
  const config = parse();
  expect(config).toStrictEqual(form);
  deepStrictEqual(config, form);
  expect([config.scimToken, config.complianceApiKey, ...Object.values(config.complianceApiKeys ?? {})]).toEqual(
    secrets,
  );
  expect(Reflect.ownKeys({ ...config })).toEqual(Object.keys(form));
  for (const copy of [{ ...config }, structuredClone(config), Object.fromEntries(Object.entries(config))]) {
    expect(copy).toStrictEqual(form);
    expect(parseConnectionConfig(copy)).toEqual(form);
  }
  expect(JSON.parse(JSON.stringify(structuredClone(config)))).toEqual(form);
});

test('its JSON is refused when it is read back, by name and with the way to store it', () => {
  const config = parse();
  const copy = JSON.parse(JSON.stringify(config));
  const { issues } = safeParseConnectionConfig(copy) as { issues: unknown };
  expect(issues).toMatchObject([
    { code: 'redacted_secret', path: ['scimToken'], remedy: expect.stringContaining('`structuredClone(config)`') },
    { code: 'redacted_secret', path: ['complianceApiKey'] },
    { code: 'redacted_secret', path: ['complianceApiKeys', form.workspaceIds[0]] },
  ]);
  expect(() => connect(copy)).toThrow('`token` is a redacted secret.');
  const compliance = { ...copy, scimToken: undefined };
  expect(() => connect(compliance)).toThrow(`\`apiKey['${form.workspaceIds[0]}']\` is a redacted secret.`);
  expect(() => connect({ ...compliance, complianceApiKeys: undefined })).toThrow('`apiKey` is a redacted secret.');
});

test('a token that a function brings is refused where it is redacted, and nothing is sent', async () => {
  const fetch = () => Promise.reject(new Error('It was sent.'));
  const client = new ScimClient({ baseUrl: form.scimBaseUrl, token: async () => '[redacted]', fetch });
  await expect(client.users.list()).rejects.toMatchObject({ code: 'invalid_input', path: ['token'] });
});

test('a connection, and every client of it, prints no secret, however it is printed', () => {
  const hidden = 'x-hidden-4711';
  const headers = { 'x-proxy-key': hidden };
  const connection = connect(parse(), { headers, auditLogs: { headers }, scim: { headers } });
  for (const value of [connection, connection.scim, connection.auditLogs, connection.scim.users, connection.roster()]) {
    for (const [way, text] of Object.entries(printedByAll(value))) {
      for (const secret of [...secrets, hidden]) expect(text, way).not.toContain(secret);
    }
  }
});
