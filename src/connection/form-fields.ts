import type { FormFieldName } from '../errors/input-errors.js';
import {
  adminKeys,
  customScim,
  directoryOfTenant,
  platformAdminKeys,
  tokenShownOnce,
  workspaceDetails,
} from '../errors/menus.js';
import { readComplianceKey, readComplianceKeys } from './fields/compliance-keys.js';
import { readSecret } from './fields/secret.js';
import { readCheckbox, readOrganizationId, readPlatformOrganizationId } from './fields/text.js';
import { readComplianceBaseUrl, readPlatformBaseUrl, readScimBaseUrl } from './fields/url.js';
import { readWorkspaceIds } from './fields/workspace-ids.js';
import type { FieldReport, FormRules } from './form.js';

/** A field: what a person sees of it, and how it is read. */
interface FormField {
  readonly title: string;
  readonly description: string;
  /** What it holds, in the words of JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The environment variable that fills it. */
  readonly variable: `CHATGPT_${string}`;
  /** Characters at most, of all entries together: what is longer is looked at no further. */
  readonly maxLength: number;
  /** Call {@link readField}, which looks at the length first. */
  readonly read: (value: unknown, report: FieldReport, rules: FormRules) => unknown;
}

const longestUrl = 2_048;
// A header holds no more at most servers.
const longestSecret = 8_192;
const longestWord = 128;
// A thousand workspaces.
const longestList = 40_000;
// As many, each with a key of 160 letters.
const longestKeyList = 200_000;

/** The connection form: one entry for each field, in the order of the set-up page. */
export const formFields = /* @__PURE__ */ createFormFields();

function createFormFields(): Readonly<Record<FormFieldName, FormField>> {
  const secret = { type: 'string', format: 'password', writeOnly: true, maxLength: longestSecret };
  const url = { type: 'string', format: 'uri', maxLength: longestUrl };
  const checkbox = { type: 'boolean', default: false };
  return {
    scimBaseUrl: {
      title: 'SCIM URL',
      description: `Copy it whole from ChatGPT: ${customScim}. ${directoryOfTenant}`,
      schema: url,
      variable: 'CHATGPT_SCIM_BASE_URL',
      maxLength: longestUrl,
      read: (value, report, rules) => readScimBaseUrl(value, report, rules.dangerouslyAllowHttpLoopback),
    },
    scimToken: {
      title: 'SCIM token',
      description: `Shown beside the SCIM URL. ${tokenShownOnce}`,
      schema: secret,
      variable: 'CHATGPT_SCIM_TOKEN',
      maxLength: longestSecret,
      read: readSecret,
    },
    provisioning: {
      title: 'Provisioning',
      description: 'Allow creating and changing people and groups. Without it the connection only reads.',
      schema: checkbox,
      variable: 'CHATGPT_PROVISIONING',
      maxLength: longestWord,
      read: readCheckbox,
    },
    deprovisioning: {
      title: 'Deprovisioning',
      description: 'Allow deactivating and deleting people and groups, and taking members out of groups.',
      schema: checkbox,
      variable: 'CHATGPT_DEPROVISIONING',
      maxLength: longestWord,
      read: readCheckbox,
    },
    complianceApiKey: {
      title: 'Compliance API key',
      description:
        'For every workspace without a key of its own, created by an owner or admin of it. It is not the SCIM token, and OpenAI has to enable an older key first.',
      schema: secret,
      variable: 'CHATGPT_COMPLIANCE_API_KEY',
      maxLength: longestSecret,
      read: readComplianceKey,
    },
    complianceApiKeys: {
      title: 'Compliance API keys by workspace',
      description: `Admin keys, each of which opens one workspace: workspace-id = key, one a line. They are made under ${adminKeys}.`,
      // As it is typed, or a key by id.
      schema: { type: ['string', 'object'], maxLength: longestKeyList, additionalProperties: secret, writeOnly: true },
      variable: 'CHATGPT_COMPLIANCE_API_KEYS',
      maxLength: longestKeyList,
      read: (value, report, rules) => readComplianceKeys(value, report, rules.allowUnknownWorkspaceIdForms),
    },
    workspaceIds: {
      title: 'Workspace IDs',
      description: `Separated by commas; those that have a key of their own may be left out. Copy them from ChatGPT: ${workspaceDetails}.`,
      schema: { type: 'string', maxLength: longestList },
      variable: 'CHATGPT_WORKSPACE_IDS',
      maxLength: longestList,
      read: (value, report, rules) => readWorkspaceIds(value, report, rules.allowUnknownWorkspaceIdForms),
    },
    organizationId: {
      title: 'Organization ID',
      description: 'Optional: org-…, for what OpenAI logs by organization, such as costs.',
      schema: { type: 'string', pattern: '^org-[A-Za-z0-9]+$', maxLength: longestWord },
      variable: 'CHATGPT_ORGANIZATION_ID',
      maxLength: longestWord,
      read: readOrganizationId,
    },
    complianceBaseUrl: {
      title: 'Compliance API base URL',
      description: "Optional: only if the Compliance API is not at OpenAI's own address.",
      schema: { ...url, default: 'https://api.chatgpt.com/v1' },
      variable: 'CHATGPT_COMPLIANCE_BASE_URL',
      maxLength: longestUrl,
      read: (value, report, rules) => readComplianceBaseUrl(value, report, rules.dangerouslyAllowHttpLoopback),
    },
    platformApiKey: {
      title: 'API Platform key',
      description: `Optional: for the audit log of your organization on the API Platform, if you use it. An owner of the organization makes it under ${platformAdminKeys}. It is not the key of a workspace.`,
      schema: secret,
      variable: 'CHATGPT_PLATFORM_API_KEY',
      maxLength: longestSecret,
      read: readSecret,
    },
    platformOrganizationId: {
      title: 'API Platform organization ID',
      description:
        'Required with the API Platform key: org-…, the organization of which it opens the log, as its settings on platform.openai.com show it. By this its events are told from those of other organizations.',
      schema: { type: 'string', pattern: '^org-[A-Za-z0-9]+$', maxLength: longestWord },
      variable: 'CHATGPT_PLATFORM_ORGANIZATION_ID',
      maxLength: longestWord,
      read: readPlatformOrganizationId,
    },
    platformIncludeTenant: {
      title: 'API Platform: whole tenant',
      description:
        'Read administration of the whole tenant too, such as changes of roles, with the API Platform key: PLATFORM_TENANT_LOG.',
      schema: checkbox,
      variable: 'CHATGPT_PLATFORM_INCLUDE_TENANT',
      maxLength: longestWord,
      read: readCheckbox,
    },
    platformBaseUrl: {
      title: 'API Platform base URL',
      description:
        'Optional: only if the organization keeps its data in a region, such as https://eu.api.openai.com/v1, or the API Platform is reached by another address.',
      schema: { ...url, default: 'https://api.openai.com/v1' },
      variable: 'CHATGPT_PLATFORM_BASE_URL',
      maxLength: longestUrl,
      read: (value, report, rules) => readPlatformBaseUrl(value, report, rules.dangerouslyAllowHttpLoopback),
    },
  };
}

/** Reads one field. The only way to: a value that is too long reaches no reader, since a tenant may type anything. */
export function readField(name: FormFieldName, value: unknown, report: FieldReport, rules: FormRules): unknown {
  const { title, maxLength, read } = formFields[name];
  if (!isTooLong(name, value)) return read(value, report, rules);
  const message = `${title} holds more than ${maxLength.toLocaleString('en')} characters.`;
  return report.problem('too_long', message, 'Copy the value alone, without what stands around it.');
}

export function isTooLong(name: FormFieldName, value: unknown): boolean {
  return lengthOf(value) > formFields[name].maxLength;
}

// Entries count too: a list of many empty ones is long.
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value) && value.length > longestList) return value.length;
  if (!Array.isArray(value) && Symbol.iterator in value) return 0;
  const entries: readonly unknown[] = Array.isArray(value) ? value : Object.entries(value).flat();
  return entries.reduce<number>((sum, entry) => sum + (typeof entry === 'string' ? entry.length : 0), entries.length);
}

/** The form as a whole, as a person sees it. */
export const formWords = {
  title: 'Connection to ChatGPT Enterprise',
  description:
    'SCIM for people and groups, the Compliance API for logs, or both; and the audit log of the API Platform. Read-only unless a box is ticked.',
};

/** The fields by name, in the order of the form. */
export const fieldNames = /* @__PURE__ */ Object.keys(formFields) as FormFieldName[];
