import { $ZodTransform } from 'zod/v4/core';
import type { ConfigIssue, ConfigIssueCode } from '../errors/input-errors.js';
import { adminKeys, directorySync, workspaceDetails } from '../errors/remedies.js';
import type { Schema } from '../internal/schema.js';
import { nearestKey } from './check-options.js';
import { readSecret, secretKind } from './fields/secret.js';
import { type FieldReport, readCheckbox, readOrganizationId } from './fields/text.js';
import { readComplianceBaseUrl, readScimBaseUrl } from './fields/url.js';
import { readWorkspaceIds } from './fields/workspace-ids.js';
import type {
  ComplianceSettings,
  ConfigWarning,
  ConnectionConfig,
  ConnectionConfigInput,
  FormFieldName,
  ScimSettings,
} from './form.js';
import { connectionConfigJsonSchema } from './form-json-schema.js';

// The core, and not mini: what mini adds to a schema cannot be reached through Standard Schema, and costs 1 kB.

/**
 * The connection form as a zod schema: takes what was filled in, gives a {@link ConnectionConfig}. Declared as a Standard
 * Schema, which form libraries and API frameworks accept; as a part of a larger zod schema it works too.
 *
 * It reads as {@link safeParseConnectionConfig} does, which tells warnings besides. Each issue's `params` hold its code,
 * its remedy and what was probably meant.
 *
 * @example
 * ```ts
 * import { connectionConfigSchema } from 'chatgpt-enterprise-sdk';
 *
 * const form = { scimBaseUrl: 'https://scim.example/v2', scimToken: 'se_1234567890' };
 * const result = await connectionConfigSchema['~standard'].validate(form);
 * console.log(result.issues ?? 'the form is right');
 * ```
 */
export const connectionConfigSchema: Schema<ConnectionConfig, ConnectionConfigInput> =
  /* @__PURE__ */ createSchema() as unknown as Schema<ConnectionConfig, ConnectionConfigInput>;

/** zod knows the input of a transformation as unknown, and its output as absent where there are issues. */
function createSchema() {
  const schema = new $ZodTransform({
    type: 'transform',
    transform: (input, { issues: found }) => {
      const { config, issues } = readConnectionForm(input);
      for (const { path, message, ...params } of issues) {
        found.push({ code: 'custom', path: [...path], message, input: undefined, params });
      }
      return config;
    },
  });
  // What zod asks when it writes JSON Schema: nothing is described before that.
  schema._zod.toJSONSchema = connectionConfigJsonSchema;
  return schema;
}

/** How strictly a form is read. */
interface ConnectionFormRules {
  readonly require?: readonly ConnectionPart[] | undefined;
  readonly allowUnknownWorkspaceIdForms?: boolean | undefined;
  readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
}

/** What became of a form. */
interface FormReading {
  /** Absent where there are issues. */
  readonly config?: ConnectionConfig;
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigWarning[];
}

type ReadField = (value: unknown, report: FieldReport, rules: ConnectionFormRules) => unknown;

/** How each field is read, in the order of the form. */
export const fieldReaders: Readonly<Record<FormFieldName, ReadField>> = {
  scimBaseUrl: (value, report, rules) => readScimBaseUrl(value, report, rules.dangerouslyAllowHttpLoopback),
  scimToken: readSecret,
  provisioning: readCheckbox,
  deprovisioning: readCheckbox,
  complianceApiKey: readSecret,
  workspaceIds: (value, report, rules) => readWorkspaceIds(value, report, rules.allowUnknownWorkspaceIdForms),
  organizationId: readOrganizationId,
  complianceBaseUrl: (value, report, rules) => readComplianceBaseUrl(value, report, rules.dangerouslyAllowHttpLoopback),
};

/** Reads a form field by field, then as a whole. Every problem is told, in the order of the form. */
export function readConnectionForm(input: unknown, rules: ConnectionFormRules = {}): FormReading {
  const issues: ConfigIssue[] = [];
  const warnings: ConfigWarning[] = [];
  if (!isForm(input)) {
    const message = 'This is no object with fields.';
    const remedy = 'Give an object, such as Object.fromEntries(formData).';
    return { issues: [{ code: 'not_an_object', path: [], message, remedy }], warnings };
  }
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(fieldReaders)) {
    const pathTo = (index: number | undefined) => (index === undefined ? [name] : [name, index]);
    const problemsBefore = issues.length;
    const value = read(
      input[name],
      {
        problem: (code, message, remedy, { index, suggestion } = {}) =>
          issues.push({
            code,
            path: pathTo(index),
            message,
            remedy,
            ...(suggestion !== undefined && { suggestion }),
          }),
        warning: (code, message, index) => warnings.push({ code, path: pathTo(index), message }),
      },
      rules,
    );
    // Given, and wrong: not to be called missing.
    values[name] = issues.length > problemsBefore ? null : value;
  }
  checkParts(values, rules.require ?? [], (path, code, message, remedy) =>
    issues.push({ code, path, message, remedy }),
  );
  const order = Object.keys(fieldReaders);
  issues.sort((one, other) => order.indexOf(String(one.path[0])) - order.indexOf(String(other.path[0])));
  issues.push(...Object.keys(input).flatMap((key) => (order.includes(key) ? [] : [unknownKey(key, order)])));
  // A field that was refused is null; then there is an issue too.
  return issues.length > 0 ? { issues, warnings } : { config: assembleConfig(values as ReadFields), issues, warnings };
}

/** An object with fields. A `FormData` or a `Map` would look like one without any. */
function isForm(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value);
}

function unknownKey(key: string, known: readonly string[]): ConfigIssue {
  const nearest = nearestKey(key, known);
  // A key may be a value that slipped.
  const shown = /^[A-Za-z_]\w{0,30}$/.test(key) && secretKind(key) === 'unknown' ? key : '[…]';
  return {
    code: 'unknown_key',
    path: [shown],
    message: `There is no such field${nearest === undefined ? '' : `; the nearest is ${nearest}`}.`,
    remedy: nearest === undefined ? 'Remove it.' : `Rename it to ${nearest}, or remove it.`,
    ...(nearest !== undefined && { suggestion: nearest }),
  };
}

const copyItThere = `Copy it in ChatGPT under ${directorySync} → Custom SCIM.`;

/** A half of the connection: the directory, or logs and lists of people. */
export type ConnectionPart = 'scim' | 'compliance';

/** What the fields were read as: a value, `undefined` where the field is empty, `null` where it holds something wrong. */
type FormValues = { readonly [Field in FormFieldName]?: unknown };

type Problem = (
  path: readonly [] | readonly [FormFieldName],
  code: ConfigIssueCode,
  message: string,
  remedy: string,
) => void;

/** Looks at what no field can know by itself: what is missing beside it, and what belongs elsewhere. */
function checkParts(values: FormValues, required: readonly ConnectionPart[], problem: Problem): void {
  const isGiven = (...fields: FormFieldName[]) => fields.some((field) => values[field] !== undefined);
  const hasScim = isGiven('scimBaseUrl', 'scimToken') || required.includes('scim');
  const hasCompliance =
    isGiven('complianceApiKey', 'workspaceIds', 'organizationId') || required.includes('compliance');

  if (!hasScim && !hasCompliance) {
    problem(
      [],
      'empty_connection',
      'Nothing is filled in.',
      'Give the SCIM URL and token, or the Compliance API key and workspace IDs, or both.',
    );
  }
  if (hasScim && !isGiven('scimBaseUrl')) {
    problem(['scimBaseUrl'], 'missing_scim_base_url', 'The SCIM URL is missing.', copyItThere);
  }
  if (hasScim && !isGiven('scimToken')) {
    problem(['scimToken'], 'missing_scim_token', 'The SCIM token is missing.', copyItThere);
  }
  for (const field of ['provisioning', 'deprovisioning'] as const) {
    if (values[field] !== true || hasScim) continue;
    problem(
      [field],
      'permission_without_scim',
      'This is allowed, but there is no directory to change.',
      'Give the SCIM URL and token, or untick the box.',
    );
  }
  if (hasCompliance && !isGiven('complianceApiKey')) {
    problem(
      ['complianceApiKey'],
      'missing_compliance_api_key',
      'The Compliance API key is missing.',
      required.includes('compliance')
        ? `Give a key that may read the workspace: ${adminKeys}.`
        : 'Give the key, or leave the workspaces empty too.',
    );
  }
  if (hasCompliance && !isGiven('workspaceIds', 'organizationId')) {
    problem(
      ['workspaceIds'],
      'missing_workspace_ids',
      'No workspace is named.',
      `Copy the workspace ID in ChatGPT under ${workspaceDetails}.`,
    );
  }
  checkSecrets(values, problem);
}

function checkSecrets({ scimToken, complianceApiKey }: FormValues, problem: Problem): void {
  const kindOf = (value: unknown) => (typeof value === 'string' ? secretKind(value) : undefined);
  const isKeyInScimField = kindOf(scimToken) === 'openai_key';
  const isTokenInKeyField = kindOf(complianceApiKey) === 'scim_token';
  if (isKeyInScimField && isTokenInKeyField) {
    for (const field of ['scimToken', 'complianceApiKey'] as const) {
      problem(
        [field],
        'secrets_swapped',
        "The two secrets stand in each other's field.",
        'Swap the SCIM token (se_…) and the Compliance API key (sk-…).',
      );
    }
  } else if (isKeyInScimField) {
    problem(
      ['scimToken'],
      'compliance_key_in_scim_field',
      'This starts like an OpenAI key (sk-…), not like a SCIM token.',
      `${copyItThere} This one goes into the field of the Compliance API key.`,
    );
  } else if (isTokenInKeyField) {
    problem(
      ['complianceApiKey'],
      'scim_token_in_compliance_field',
      'This starts like a SCIM token (se_…), not like a Compliance API key.',
      'Give the key that a workspace owner made. This one goes into the field of the SCIM token.',
    );
  } else if (typeof scimToken === 'string' && scimToken === complianceApiKey) {
    problem(
      ['complianceApiKey'],
      'same_secret_twice',
      'This is the SCIM token once more.',
      'Give the key that a workspace owner made for the Compliance API.',
    );
  }
}

/** The fields, read and found right. */
interface ReadFields {
  readonly scimBaseUrl?: string | undefined;
  readonly scimToken?: string | undefined;
  readonly provisioning?: boolean | undefined;
  readonly deprovisioning?: boolean | undefined;
  readonly complianceApiKey?: string | undefined;
  readonly workspaceIds?: readonly string[] | undefined;
  readonly organizationId?: string | undefined;
  readonly complianceBaseUrl?: string | undefined;
}

/** Makes the config of fields that fit together: no key is there without a value. */
function assembleConfig(fields: ReadFields): ConnectionConfig {
  const { scimBaseUrl, scimToken, provisioning = false, deprovisioning = false } = fields;
  const { complianceApiKey, workspaceIds = [], organizationId, complianceBaseUrl } = fields;
  const scim: ScimSettings | undefined =
    scimBaseUrl !== undefined && scimToken !== undefined
      ? { scimBaseUrl, scimToken, provisioning, deprovisioning }
      : undefined;
  const compliance: ComplianceSettings | undefined =
    complianceApiKey !== undefined
      ? {
          complianceApiKey,
          workspaceIds,
          ...(organizationId !== undefined && { organizationId }),
          ...(complianceBaseUrl !== undefined && { complianceBaseUrl }),
        }
      : undefined;
  // One of them is there: a form with neither was refused before.
  return { ...scim, ...compliance } as ConnectionConfig;
}
