import type { ConnectionConfigInput } from '../connection-config.js';
import { directorySync, workspaceDetails } from '../menu-paths.js';

/** A field of the connection form. */
export type FormFieldName = keyof ConnectionConfigInput;

/** What a person sees of a field. */
export interface FormField {
  readonly title: string;
  readonly description: string;
  /** What it holds, in the words of JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The environment variable that fills it. */
  readonly variable: `CHATGPT_${string}`;
}

const secret = { type: 'string', format: 'password', writeOnly: true };
const url = { type: 'string', format: 'uri' };
const checkbox = { type: 'boolean', default: false };

/** The connection form: one entry for each field, in the order of the set-up page. */
export const formFields: Readonly<Record<FormFieldName, FormField>> = {
  scimBaseUrl: {
    title: 'SCIM URL',
    description: `Copied whole from ChatGPT: ${directorySync} → Custom SCIM.`,
    schema: url,
    variable: 'CHATGPT_SCIM_BASE_URL',
  },
  scimToken: {
    title: 'SCIM token',
    description: 'Shown once, beside the SCIM URL. A new token puts the old one out of use.',
    schema: secret,
    variable: 'CHATGPT_SCIM_TOKEN',
  },
  provisioning: {
    title: 'Provisioning',
    description: 'Allow creating and changing people and groups. Without it the connection only reads.',
    schema: checkbox,
    variable: 'CHATGPT_PROVISIONING',
  },
  deprovisioning: {
    title: 'Deprovisioning',
    description: 'Allow deactivating and deleting people and groups, and taking members out of groups.',
    schema: checkbox,
    variable: 'CHATGPT_DEPROVISIONING',
  },
  complianceApiKey: {
    title: 'Compliance API key',
    description: 'Made by a workspace owner. It is not the SCIM token, and OpenAI may have to enable it first.',
    schema: secret,
    variable: 'CHATGPT_COMPLIANCE_API_KEY',
  },
  workspaceIds: {
    title: 'Workspace IDs',
    description: `Separated by commas, copied from ChatGPT: ${workspaceDetails}.`,
    schema: { type: 'string' },
    variable: 'CHATGPT_WORKSPACE_IDS',
  },
  organizationId: {
    title: 'Organization ID',
    description: 'Optional: org-…, for what OpenAI logs by organization, such as costs.',
    schema: { type: 'string', pattern: '^org-[A-Za-z0-9]+$' },
    variable: 'CHATGPT_ORGANIZATION_ID',
  },
  complianceBaseUrl: {
    title: 'Compliance API base URL',
    description: "Optional: where the Compliance API is not at OpenAI's own address.",
    schema: { ...url, default: 'https://api.chatgpt.com/v1' },
    variable: 'CHATGPT_COMPLIANCE_BASE_URL',
  },
};
