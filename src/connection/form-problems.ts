import type { ConfigIssue, ConfigIssueCode, FormFieldName } from '../errors/input-errors.js';
import { adminKeys, copyWorkspaceId, customScim, directoryOfTenant, tokenShownOnce } from '../errors/menus.js';
import { connectionRemedies } from '../errors/remedies/connection.js';
import { ownCopy } from '../internal/json.js';
import { type GivenKeys, isOrganizationId, keysOf } from './compliance-keys.js';
import { secretKind } from './fields/secret.js';
import type { ConfigWarning, ConnectionPart } from './form.js';
import { fieldNames } from './form-fields.js';

/** What the fields were read as: a value, `undefined` where the field is empty, `null` where it holds something wrong. */
export type FormValues = { readonly [Field in FormFieldName]?: unknown };

/** Where the problems of the whole form go; `id` is that of an entry of a field. */
type Report = (
  field: FormFieldName | undefined,
  code: ConfigIssueCode,
  message: string,
  remedy: string,
  id?: string,
) => void;

/** What no field can know by itself: what is missing beside it, and what belongs elsewhere. */
export function problemsOfWhole(read: FormValues, required: readonly ConnectionPart[]): ConfigIssue[] {
  const values = ownCopy(read, fieldNames);
  const found: ConfigIssue[] = [];
  const problem: Report = (field, code, message, remedy, id) =>
    found.push({
      code,
      ...(field !== undefined && { field }),
      path: [field ?? [], id ?? []].flat(),
      message,
      remedy,
    });
  findMissing(values, required, problem);
  findWithoutKey(values, problem);
  findMisplaced(values, problem);
  return found;
}

function findMissing(values: FormValues, required: readonly ConnectionPart[], problem: Report): void {
  const copyItThere = `Copy it in ChatGPT under ${customScim}. ${directoryOfTenant}`;
  const whereTokenIs = `If nobody kept it, generate one in ChatGPT under ${customScim}. ${directoryOfTenant}`;
  const isGiven = (...fields: FormFieldName[]) => fields.some((field) => values[field] !== undefined);
  const hasScim = isGiven('scimBaseUrl', 'scimToken') || required.includes('scim');
  const hasKey = isGiven('complianceApiKey', 'complianceApiKeys');
  const hasCompliance = hasKey || isGiven('workspaceIds', 'organizationId') || required.includes('compliance');

  if (!hasScim && !hasCompliance) {
    const remedy = 'Enter the SCIM URL and token, or the Compliance API key and workspace IDs, or both.';
    problem(undefined, 'empty_connection', 'Nothing is filled in.', remedy);
  }
  if (hasScim && !isGiven('scimBaseUrl')) {
    problem('scimBaseUrl', 'missing_scim_base_url', 'The SCIM URL is missing.', copyItThere);
  }
  if (hasScim && !isGiven('scimToken')) {
    problem('scimToken', 'missing_scim_token', 'The SCIM token is missing.', `${tokenShownOnce} ${whereTokenIs}`);
  }
  for (const field of ['provisioning', 'deprovisioning'] as const) {
    if (values[field] !== true || hasScim) continue;
    const remedy = 'Enter the SCIM URL and token, or untick the box.';
    problem(field, 'permission_without_scim', 'This is ticked, but there is no directory to change.', remedy);
  }
  if (hasCompliance && !hasKey) {
    const remedy = required.includes('compliance')
      ? `Enter a key that may read the workspace: ${adminKeys}.`
      : 'Enter the key, or leave the workspace IDs empty too.';
    problem('complianceApiKey', 'missing_compliance_api_key', 'The Compliance API key is missing.', remedy);
  }
  if (hasCompliance && !isGiven('workspaceIds', 'organizationId', 'complianceApiKeys')) {
    problem('workspaceIds', 'missing_workspace_ids', 'The workspace IDs are missing.', copyWorkspaceId);
  }
}

/** Where workspaces have keys of their own, each workspace and the organization must have one, or there is one for all. */
function findWithoutKey(values: FormValues, problem: Report): void {
  const keys = ofWorkspaces(values);
  if (keys === undefined) return;
  const { complianceApiKey } = values;
  const keyOf = keysOf({
    complianceApiKeys: keys,
    complianceApiKey: isText(complianceApiKey) ? complianceApiKey : undefined,
  });
  // One that was refused may be right when it is mended: what is without a key is said then.
  const isKeyKnown = complianceApiKey !== null;
  const { workspaceIds, organizationIds } = principalsOf(values);
  for (const id of workspaceIds) {
    if (!isKeyKnown || keyOf({ type: 'workspace', id }) !== undefined) continue;
    const remedy =
      'Add a line for it (an Admin key opens one workspace), or enter a Compliance API key for all of them.';
    problem('complianceApiKeys', 'workspace_without_key', `Workspace ${id} has no key.`, remedy, id);
  }
  const [first, ...others] = organizationIds;
  for (const id of others) {
    const remedy = `A connection has one organization: remove the entry of ${id}, or correct the Organization ID.`;
    const message = `This is the key of another organization than ${first}.`;
    problem('complianceApiKeys', 'other_organization', message, remedy, id);
  }
  if (
    first === undefined ||
    others.length > 0 ||
    !isKeyKnown ||
    keyOf({ type: 'organization', id: first }) !== undefined
  )
    return;
  const message = 'The workspaces have different keys, and none is said to open the organization.';
  const remedy = `Add a line with the key that opens it: ${first} = key.`;
  problem('complianceApiKeys', 'organization_without_key', message, remedy, first);
}

function findMisplaced(values: FormValues, problem: Report): void {
  const { scimToken, complianceApiKey } = values;
  const kindOf = (value: unknown) => (isText(value) ? secretKind(value) : undefined);
  const places: readonly Place[] = [
    { field: 'complianceApiKey', key: complianceApiKey },
    ...Object.entries(ofWorkspaces(values) ?? {}).map(
      ([id, key]) => ({ field: 'complianceApiKeys', id, key }) as const,
    ),
  ];
  const isKeyInScimField = kindOf(scimToken) === 'openai_key';
  const tokens = places.filter(({ key }) => kindOf(key) === 'scim_token');
  if (isKeyInScimField && tokens.length > 0) {
    const remedy = 'Swap the SCIM token (se_…) and the Compliance API key (sk-…).';
    for (const { field, id } of [{ field: 'scimToken', id: undefined } as const, ...tokens]) {
      problem(field, 'secrets_swapped', "The two secrets are in each other's field.", remedy, id);
    }
    return;
  }
  if (isKeyInScimField) {
    const { message, remedy } = connectionRemedies.compliance_key_in_scim_field;
    problem('scimToken', 'compliance_key_in_scim_field', message, remedy);
    return;
  }
  for (const { field, id } of tokens) {
    const { message, remedy } = connectionRemedies.scim_token_in_compliance_field;
    const ofEntry = `The key of ${id} starts like a SCIM token (se_…).`;
    problem(field, 'scim_token_in_compliance_field', id === undefined ? message : ofEntry, remedy, id);
  }
  for (const { field, id, key } of places) {
    if (!isText(scimToken) || key !== scimToken || kindOf(key) === 'scim_token') continue;
    const remedy = 'Enter the key that an owner or admin of the workspace created for the Compliance API.';
    problem(field, 'same_secret_twice', 'This is the SCIM token again.', remedy, id);
  }
}

interface Place {
  readonly field: 'complianceApiKey' | 'complianceApiKeys';
  readonly id?: string;
  readonly key: unknown;
}

/** What is not wrong and cannot work. The beginning of a key does not prove its kind: nothing is refused. */
export function doubtsOfWhole(read: FormValues): ConfigWarning[] {
  const values = ownCopy(read, fieldNames);
  // Nothing was refused: each holds what its field is to hold.
  const keyOf = keysOf(values as GivenKeys);
  const opened = new Map<string, number>();
  for (const id of principalsOf(values).workspaceIds) {
    const key = keyOf({ type: 'workspace', id });
    if (isText(key) && /^sk-admin-/i.test(key)) opened.set(key, (opened.get(key) ?? 0) + 1);
  }
  return [...opened.values()].flatMap((count) => {
    if (count < 2) return [];
    const field = 'complianceApiKeys';
    const message = `An Admin key (sk-admin-…) opens one workspace only, and here one is given for ${count} workspaces. Give each workspace its own key in the field Compliance API keys by workspace.`;
    return [{ code: 'one_admin_key_for_several_workspaces', field, path: [field], message } as const];
  });
}

/** Everyone that is named: where ids are asked for, or by having a key. */
export function principalsOf(values: FormValues): {
  readonly workspaceIds: readonly string[];
  readonly organizationIds: readonly string[];
} {
  const { workspaceIds, organizationId } = values;
  const named = Object.keys(ofWorkspaces(values) ?? {});
  const listed = Array.isArray(workspaceIds) ? (workspaceIds as readonly string[]) : [];
  return {
    workspaceIds: [...new Set([...listed, ...named.filter((id) => !isOrganizationId(id))])],
    organizationIds: [
      ...new Set([...(isText(organizationId) ? [organizationId] : []), ...named.filter(isOrganizationId)]),
    ],
  };
}

/** The field was read by its reader: where there is something, it is this. */
function ofWorkspaces({ complianceApiKeys }: FormValues): Readonly<Record<string, string>> | undefined {
  return (complianceApiKeys ?? undefined) as Readonly<Record<string, string>> | undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
