import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromJSONSchema } from 'zod';
import * as z from 'zod/mini';
import { connectionConfigJsonSchema } from '../../../src/connection/form-json-schema.js';
import { connectionConfigSchema } from '../../../src/connection/form-schema.js';
import { safeParseConnectionConfig } from '../../../src/connection/parse-form.js';

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
    { path: ['scimToken'], params: { code: 'compliance_key_in_scim_field', remedy: expect.any(String) } },
    { path: ['workspaceIds', 0], message: 'Entry 1 is a name, not an ID.', params: { code: 'workspace_name' } },
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
    'complianceApiKeys',
    'workspaceIds',
    'organizationId',
    'complianceBaseUrl',
    'platformApiKey',
    'platformOrganizationId',
    'platformIncludeTenant',
    'platformBaseUrl',
  ]);
  for (const property of Object.values(schema.properties)) {
    expect(property).toMatchObject({
      title: expect.any(String),
      description: expect.any(String),
      type: expect.anything(),
    });
  }
  const secrets = Object.entries(schema.properties).filter(([, { writeOnly }]) => writeOnly === true);
  expect(secrets.map(([name, { format }]) => [name, format])).toEqual([
    ['scimToken', 'password'],
    ['complianceApiKey', 'password'],
    ['complianceApiKeys', undefined],
    ['platformApiKey', 'password'],
  ]);
  expect(schema.properties.complianceApiKeys).toMatchObject({
    type: ['string', 'object'],
    additionalProperties: { format: 'password', writeOnly: true },
  });
  expect(schema.properties.provisioning).toMatchObject({ type: 'boolean', default: false });
});

it('takes keys by workspace as the description asks for them, and by ID, and nothing else', () => {
  const schema = fromJSONSchema(connectionConfigJsonSchema() as never);
  const id = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
  for (const complianceApiKeys of [`${id} = sk-admin-0123456789`, { [id]: 'sk-admin-0123456789' }]) {
    expect(schema.safeParse({ complianceApiKeys }).success).toBe(true);
    expect(safeParseConnectionConfig({ complianceApiKeys }).success).toBe(true);
  }
  for (const complianceApiKeys of [5, { [id]: 5 }]) expect(schema.safeParse({ complianceApiKeys }).success).toBe(false);
});

it('says the same of itself to zod', () => {
  const schema = z.toJSONSchema(connectionConfigSchema as never, { io: 'input' });
  expect(schema).toEqual(connectionConfigJsonSchema());
});

it('is a part of a larger zod schema where one is wanted', () => {
  const schema = z.object({ customer: z.string(), connection: connectionConfigSchema as unknown as z.ZodMiniType });
  expect(z.safeParse(schema, { customer: 'Northwind', connection: form }).data).toMatchObject({
    connection: { scimToken: 'se_0123' },
  });
  expect(z.safeParse(schema, { customer: 'Northwind', connection: { scimToken: 5 } }).error?.issues).toMatchObject([
    { path: ['connection', 'scimBaseUrl'], params: { code: 'missing_scim_base_url' } },
    { path: ['connection', 'scimToken'], params: { code: 'not_text' } },
  ]);
});

it('reads any form as the functions do', async () => {
  const fields = fc.constantFrom(
    'scimBaseUrl',
    'scimToken',
    'provisioning',
    'complianceApiKey',
    'complianceApiKeys',
    'workspaceIds',
    'x',
  );
  const values = fc.oneof(
    fc.constantFrom(
      ...Object.values(form),
      'on',
      'Acme',
      'sk-1',
      '',
      'Acme = sk-1',
      '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b = sk-1',
    ),
    fc.anything(),
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.dictionary(fields, values), fc.anything()), async (input) => {
      const read = safeParseConnectionConfig(input);
      const { value, issues } = (await connectionConfigSchema['~standard'].validate(input)) as {
        value?: unknown;
        issues?: readonly { path: unknown; message: string; params: object }[];
      };
      expect(value).toEqual(read.success ? read.config : undefined);
      expect(issues?.map(({ path, message, params }) => ({ path, message, ...params }))).toEqual(
        read.success ? undefined : read.issues,
      );
    }),
  );
});
