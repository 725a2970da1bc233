import type { ConfigIssueCode } from '../../errors/input-errors.js';
import { adminKeys, directorySync, workspaceDetails } from '../menu-paths.js';
import type { FormFieldName } from './form-fields.js';
import { secretKind } from './secret-kind.js';

const copyItThere = `Copy it in ChatGPT under ${directorySync} → Custom SCIM.`;

/** A half of the connection: the directory, or logs and lists of people. */
export type ConnectionPart = 'scim' | 'compliance';

/** What the fields were read as: a value, `undefined` where the field is empty, `null` where it holds something wrong. */
export type FormValues = { readonly [Field in FormFieldName]?: unknown };

type Problem = (
  path: readonly [] | readonly [FormFieldName],
  code: ConfigIssueCode,
  message: string,
  remedy: string,
) => void;

/** Looks at what no field can know by itself: what is missing beside it, and what belongs elsewhere. */
export function checkParts(values: FormValues, required: readonly ConnectionPart[], problem: Problem): void {
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
