// Written by scripts/write-form-schema.ts from the schema in form-schema.ts.

/** A JSON Schema (2020-12) of an object with one property for each field of the form. */
export interface ConnectionConfigJsonSchema {
  readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
  readonly title: string;
  readonly description: string;
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly additionalProperties: false;
}

/**
 * The connection form as JSON Schema, so that a product can render it: titles, descriptions, defaults, and `writeOnly`
 * with `format: 'password'` on the two secrets. It describes the form as a program fills it in; what people paste is
 * wider, and {@link safeParseConnectionConfig} reads it.
 */
export function connectionConfigJsonSchema(): ConnectionConfigJsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      scimBaseUrl: {
        title: 'SCIM URL',
        description:
          'Copy it whole from ChatGPT: Workspace settings → Identity & Provisioning → Directory Sync (SCIM) → Custom SCIM.',
        type: 'string',
        format: 'uri',
      },
      scimToken: {
        title: 'SCIM token',
        description: 'Shown once, beside the SCIM URL. Generating a new token invalidates the old one.',
        type: 'string',
        format: 'password',
        writeOnly: true,
      },
      provisioning: {
        title: 'Provisioning',
        description: 'Allow creating and changing people and groups. Without it the connection only reads.',
        type: 'boolean',
        default: false,
      },
      deprovisioning: {
        title: 'Deprovisioning',
        description: 'Allow deactivating and deleting people and groups, and taking members out of groups.',
        type: 'boolean',
        default: false,
      },
      complianceApiKey: {
        title: 'Compliance API key',
        description: 'Created by a workspace owner. It is not the SCIM token, and OpenAI may have to enable it first.',
        type: 'string',
        format: 'password',
        writeOnly: true,
      },
      workspaceIds: {
        title: 'Workspace IDs',
        description: 'Separated by commas. Copy them from ChatGPT: Settings → General → Workspace details.',
        type: 'string',
      },
      organizationId: {
        title: 'Organization ID',
        description: 'Optional: org-…, for what OpenAI logs by organization, such as costs.',
        type: 'string',
        pattern: '^org-[A-Za-z0-9]+$',
      },
      complianceBaseUrl: {
        title: 'Compliance API base URL',
        description: "Optional: only if the Compliance API is not at OpenAI's own address.",
        type: 'string',
        format: 'uri',
        default: 'https://api.chatgpt.com/v1',
      },
    },
    additionalProperties: false,
    title: 'Connection to ChatGPT Enterprise',
    description: 'SCIM for people and groups, the Compliance API for logs, or both. Read-only unless a box is ticked.',
  };
}
