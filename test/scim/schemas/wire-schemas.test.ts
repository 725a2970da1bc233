import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { patchRequestSchema } from '../../../src/scim/schemas/common.js';
import {
  resourceTypeSchema,
  schemaDefinitionSchema,
  serviceProviderConfigSchema,
} from '../../../src/scim/schemas/discovery.js';
import { errorResponseSchema } from '../../../src/scim/schemas/error-response.js';
import { groupSchema } from '../../../src/scim/schemas/group.js';
import { listResponseSchema } from '../../../src/scim/schemas/list-response.js';
import { userSchema } from '../../../src/scim/schemas/user.js';
import group from '../../fixtures/rfc7643/group.json' with { type: 'json' };
import resourceTypes from '../../fixtures/rfc7643/resource-types.json' with { type: 'json' };
import groupDefinition from '../../fixtures/rfc7643/schema-group.json' with { type: 'json' };
import config from '../../fixtures/rfc7643/service-provider-config.json' with { type: 'json' };
import enterprise from '../../fixtures/rfc7643/user-enterprise.json' with { type: 'json' };
import full from '../../fixtures/rfc7643/user-full.json' with { type: 'json' };
import minimal from '../../fixtures/rfc7643/user-minimal.json' with { type: 'json' };

describe('what RFC 7643 prints is read, and nothing of it is lost', () => {
  it.each([
    ['a minimal user', userSchema, minimal],
    ['a full user', userSchema, full],
    ['an enterprise user', userSchema, enterprise],
    ['a group', groupSchema, group],
    ['a service provider configuration', serviceProviderConfigSchema, config],
    ['a resource type', resourceTypeSchema, resourceTypes[0]],
    ['a schema', schemaDefinitionSchema, groupDefinition],
  ] as [string, z.ZodMiniType, unknown][])('%s', (_name, schema, document) => {
    expect(z.parse(schema, document)).toEqual(document);
  });
});

describe('what servers send besides', () => {
  it.each([
    ['null for no value', userSchema, { id: '1', userName: 'a', emails: null, name: null, active: null, meta: null }],
    ['a schema that is one text', userSchema, { schemas: 'urn:x', id: '1', userName: 'a' }],
    ['unknown attributes', userSchema, { id: '1', userName: 'a', 'urn:x:y': { b: 1 }, emails: [{ z: 1 }], extra: [1] }],
    ['a group without members', groupSchema, { id: '1', displayName: 'a' }],
    ['a page without resources', listResponseSchema, { totalResults: 0 }],
    ['a page with a cursor', listResponseSchema, { Resources: [{ id: '1' }], nextCursor: 'x' }],
    ['a numeric status', errorResponseSchema, { status: 409, detail: ['a', 'b'], exceptionRequestId: 'x' }],
    [
      'pagination and events',
      serviceProviderConfigSchema,
      {
        pagination: { cursor: true, index: false, cursorTimeout: 60 },
        securityEvents: { asyncRequest: 'none', eventUris: [] },
      },
    ],
    ['a configuration with holes', serviceProviderConfigSchema, { patch: {}, bulk: { supported: false } }],
  ] as [string, z.ZodMiniType, unknown][])('%s', (_name, schema, document) => {
    expect(z.parse(schema, document)).toEqual(document);
  });

  it.each([
    ['a user without an id', userSchema, { userName: 'a' }],
    ['a user that is a list', userSchema, []],
    ['e-mails that are a text', userSchema, { id: '1', userName: 'a', emails: 'a@example.com' }],
    ['resources that are an object', listResponseSchema, { Resources: {} }],
  ] as [string, z.ZodMiniType, unknown][])('is not %s', (_name, schema, document) => {
    expect(z.safeParse(schema, document).success).toBe(false);
  });
});

describe('what clients send', () => {
  it.each([
    [
      'a patch',
      patchRequestSchema,
      {
        schemas: ['x'],
        Operations: [
          { op: 'Add', path: 'a', value: 1 },
          { op: 'remove', path: 'b' },
        ],
      },
    ],
  ] as [string, z.ZodMiniType, unknown][])('%s is read', (_name, schema, document) => {
    expect(z.parse(schema, document)).toEqual(document);
  });
});
