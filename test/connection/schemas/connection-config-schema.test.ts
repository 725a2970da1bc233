import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { connectionConfigJsonSchema } from '../../../src/connection/config/connection-config-json-schema.js';
import { safeParseConnectionConfig } from '../../../src/connection/config/parse-connection-config.js';
import { connectionConfigSchema } from '../../../src/connection/schemas/connection-config-schema.js';

const form = {
  scimBaseUrl: 'https://scim.example/v2/',
  scimToken: 'Bearer se_0123',
  complianceApiKey: 'sk-1',
  workspaceIds: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b,',
};

it('is a Standard Schema that reads the form as the functions do', async () => {
  const result = await connectionConfigSchema['~standard'].validate(form);
  expect(result).toEqual({ value: (safeParseConnectionConfig(form) as { config: unknown }).config });
});

it('carries the code and the remedy of each issue', async () => {
  const result = await connectionConfigSchema['~standard'].validate({
    ...form,
    workspaceIds: 'Acme',
    scimToken: 'sk-1',
  });
  expect(result.issues).toMatchObject([
    { path: ['workspaceIds', 0], message: 'Entry 1 is a name, not an ID.', params: { code: 'workspace_name' } },
    { path: ['scimToken'], params: { code: 'compliance_key_in_scim_field', remedy: expect.any(String) } },
  ]);
});

it('describes the form in JSON Schema: titles, descriptions, defaults, and which fields are secret', () => {
  const schema = connectionConfigJsonSchema();
  expect(Object.keys(schema.properties)).toEqual([
    'scimBaseUrl',
    'scimToken',
    'provisioning',
    'deprovisioning',
    'complianceApiKey',
    'workspaceIds',
    'organizationId',
    'complianceBaseUrl',
  ]);
  for (const property of Object.values(schema.properties)) {
    expect(property).toMatchObject({
      title: expect.any(String),
      description: expect.any(String),
      type: expect.any(String),
    });
  }
  const secrets = Object.entries(schema.properties).filter(([, { writeOnly }]) => writeOnly === true);
  expect(secrets.map(([name, { format }]) => [name, format])).toEqual([
    ['scimToken', 'password'],
    ['complianceApiKey', 'password'],
  ]);
  expect(schema.properties.provisioning).toMatchObject({ type: 'boolean', default: false });
});

it('says the same of itself to zod, which cannot give the defaults of a schema that mends', () => {
  const own = connectionConfigJsonSchema();
  const byZod = z.toJSONSchema(connectionConfigSchema as never, { io: 'input', unrepresentable: 'any' });
  const inner = z.toJSONSchema((connectionConfigSchema as unknown as { def: { out: never } }).def.out, {
    io: 'input',
    unrepresentable: 'any',
  });
  expect(byZod).toBeTypeOf('object');
  const withoutDefaults = Object.fromEntries(
    Object.entries(own.properties).map(([name, { default: _default, ...rest }]) => [name, rest]),
  );
  expect(inner.properties).toEqual(withoutDefaults);
  expect(inner.additionalProperties).toBe(false);
});
