import type { ConfigIssue, ConfigIssueCode, FormFieldName } from '../errors/input-errors.js';
import {
  adminKeys,
  copyWorkspaceId,
  customScim,
  directoryOfTenant,
  platformAdminKeys,
  tokenShownOnce,
} from '../errors/menus.js';
import { connectionRemedies, moveKeyOutOfScim, moveTokenToScim } from '../errors/remedies/connection.js';
import { keyKind, secretKind } from '../errors/remedies/key-kind.js';
import { ownCopy } from '../internal/json.js';
import { type GivenKeys, isOrganizationId, keysOf } from './compliance-keys.js';
import { copyPlatformOrganizationId } from './fields/text.js';
import type { ConfigWarning, ConnectionPart, NameOfField } from './form.js';
import { fieldNames } from './form-fields.js';
import { nameThem } from './name-them.js';

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

/** What is known of a form beside its values. */
interface FormAround {
  readonly required: readonly ConnectionPart[];
  /** Fields that are filled in under another name: they begin no half of the form, and are not missing from one either. */
  readonly misspelt: ReadonlySet<FormFieldName>;
  readonly nameOf: NameOfField;
}

/** What no field can know by itself: what is missing beside it, and what belongs elsewhere. */
export function problemsOfWhole(read: FormValues, around: FormAround): ConfigIssue[] {
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
  findMissing(values, around, problem);
  findWithoutKey(values, around.misspelt, problem);
  findMisplaced(values, around.nameOf, problem);
  findPlatform(values, around, problem);
  if (around.required.includes('admin')) findWithoutAdminKey(values, around.nameOf, problem);
  return found;
}

function findMissing(values: FormValues, { required, misspelt }: FormAround, problem: Report): void {
  const copyItThere = `Copy it in ChatGPT under ${customScim}. ${directoryOfTenant}`;
  const whereTokenIs = `If nobody kept it, generate one in ChatGPT under ${customScim}. ${directoryOfTenant}`;
  const isGiven = (...fields: FormFieldName[]) => fields.some((field) => values[field] !== undefined);
  const isThere = (...fields: FormFieldName[]) => isGiven(...fields) || fields.some((field) => misspelt.has(field));
  const needsKey = required.includes('compliance') || required.includes('admin');
  const hasScim = isGiven('scimBaseUrl', 'scimToken') || required.includes('scim');
  const hasCompliance = isGiven('complianceApiKey', 'complianceApiKeys', 'workspaceIds', 'organizationId') || needsKey;

  const hasPlatform =
    platformFields.some((field) => values[field] || values[field] === null) || required.includes('platform');
  if (!hasScim && !hasCompliance && !hasPlatform && misspelt.size === 0) {
    const remedy =
      'Enter the SCIM URL and token, or the Compliance API key and workspace IDs, or keys by workspace, or both halves; or an API Platform key.';
    problem(undefined, 'empty_connection', 'Nothing is filled in.', remedy);
  }
  if (hasScim && !isThere('scimBaseUrl')) {
    problem('scimBaseUrl', 'missing_scim_base_url', 'The SCIM URL is missing.', copyItThere);
  }
  if (hasScim && !isThere('scimToken')) {
    problem('scimToken', 'missing_scim_token', 'The SCIM token is missing.', `${tokenShownOnce} ${whereTokenIs}`);
  }
  for (const field of ['provisioning', 'deprovisioning'] as const) {
    if (values[field] !== true || hasScim || isThere('scimBaseUrl', 'scimToken')) continue;
    const remedy = 'Enter the SCIM URL and token, or untick the box.';
    problem(field, 'permission_without_scim', 'This is ticked, but there is no directory to change.', remedy);
  }
  if (hasCompliance && !isThere('complianceApiKey', 'complianceApiKeys')) {
    const remedy = needsKey
      ? `Enter ${required.includes('admin') ? 'an Admin key' : 'a key'} that may read the workspace: ${adminKeys}.`
      : isGiven('platformApiKey')
        ? `Enter the key of the workspace, which is another one than that of the API Platform: ${adminKeys}. Or leave the workspace IDs empty too.`
        : 'Enter the key, or leave the workspace IDs empty too.';
    problem('complianceApiKey', 'missing_compliance_api_key', 'The Compliance API key is missing.', remedy);
  }
  if (hasCompliance && !isThere('workspaceIds', 'organizationId', 'complianceApiKeys')) {
    problem('workspaceIds', 'missing_workspace_ids', 'The workspace IDs are missing.', copyWorkspaceId);
  }
}

/** Where workspaces have keys of their own, each workspace and the organization must have one, or there is one for all. */
function findWithoutKey(values: FormValues, misspelt: ReadonlySet<FormFieldName>, problem: Report): void {
  const keys = ofWorkspaces(values);
  if (keys === undefined) return;
  const { complianceApiKey } = values;
  const keyOf = keysOf({
    complianceApiKeys: keys,
    complianceApiKey: isText(complianceApiKey) ? complianceApiKey : undefined,
  });
  // One that was refused may be right when it is mended: what is without a key is said then.
  const isKeyKnown = complianceApiKey !== null && !misspelt.has('complianceApiKey');
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

function findMisplaced(values: FormValues, nameOf: NameOfField, problem: Report): void {
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
    const remedy = `Move the SCIM token (se_…) to ${nameOf('scimToken')}, and the Compliance API key (sk-…) to where that token is now.`;
    for (const { field, id } of [{ field: 'scimToken', id: undefined } as const, ...tokens]) {
      problem(field, 'secrets_swapped', "The two secrets are in each other's field.", remedy, id);
    }
    return;
  }
  if (isKeyInScimField) {
    const { message } = connectionRemedies.compliance_key_in_scim_field;
    problem('scimToken', 'compliance_key_in_scim_field', message, moveKeyOutOfScim(nameOf('complianceApiKey')));
    return;
  }
  for (const { field, id } of tokens) {
    const { message } = connectionRemedies.scim_token_in_compliance_field;
    const remedy = moveTokenToScim(nameOf('scimToken'));
    const ofEntry = `The key of ${id} starts like a SCIM token (se_…).`;
    problem(field, 'scim_token_in_compliance_field', id === undefined ? message : ofEntry, remedy, id);
  }
  for (const { field, id, key } of places) {
    if (!isText(scimToken) || key !== scimToken || kindOf(key) === 'scim_token') continue;
    const remedy = 'Enter the key that an owner or admin of the workspace created for the Compliance API.';
    problem(field, 'same_secret_twice', 'This is the SCIM token again.', remedy, id);
  }
}

/** What begins the part of the API Platform; beside the key, each is of no use without it. */
const platformFields = [
  'platformApiKey',
  'platformOrganizationId',
  'platformIncludeTenant',
  'platformBaseUrl',
] as const;

/** The key of the API Platform is of another console: nobody has to have one, and none is also that of a workspace. */
function findPlatform(values: FormValues, { required, misspelt, nameOf }: FormAround, problem: Report): void {
  const { platformApiKey: key, platformOrganizationId, scimToken, complianceApiKey } = values;
  const enterIt = `Enter an Admin key of the API Platform, which an owner of the organization makes under ${platformAdminKeys}.`;
  if (key === undefined && !misspelt.has('platformApiKey')) {
    const isWanted = required.includes('platform');
    // A box that is not ticked is `false`.
    const [begun] = platformFields.filter((field) => values[field] !== undefined && values[field] !== false);
    if (!isWanted && begun === undefined) return;
    const remedy =
      isWanted || begun === undefined
        ? `${enterIt} It is another one than the key of a workspace.`
        : `Enter it, or ${begun === 'platformIncludeTenant' ? `untick ${nameOf(begun)}` : `leave ${nameOf(begun)} empty too`}.`;
    problem('platformApiKey', 'missing_platform_api_key', 'The API Platform key is missing.', remedy);
  }
  if (key !== undefined && platformOrganizationId === undefined && !misspelt.has('platformOrganizationId')) {
    const message = 'It is not said of which organization the API Platform key opens the log.';
    const remedy = `${copyPlatformOrganizationId} Stores and checkpoints tell the logs of organizations by it, so that none hides another; it stays when the key is replaced.`;
    problem('platformOrganizationId', 'missing_platform_organization_id', message, remedy);
  }
  if (!isText(key)) return;
  if (secretKind(key) === 'scim_token') {
    const message = 'The API Platform key starts like a SCIM token (se_…).';
    const remedy = `Move it to ${nameOf('scimToken')}. ${enterIt}`;
    problem('platformApiKey', 'scim_token_in_platform_field', message, remedy);
    return;
  }
  if (![scimToken, complianceApiKey, ...Object.values(ofWorkspaces(values) ?? {})].includes(key)) return;
  const message = 'This key is in another field too, and no key opens both services.';
  problem('platformApiKey', 'same_secret_twice', message, enterIt);
}

interface Place {
  readonly field: 'complianceApiKey' | 'complianceApiKeys';
  readonly id?: string;
  readonly key: unknown;
}

/** A program that asks for the Admin API has no use for another key, and every workspace is opened by its own. */
function findWithoutAdminKey(values: FormValues, nameOf: NameOfField, problem: Report): void {
  const { complianceApiKey } = values;
  const own = ofWorkspaces(values);
  // What was refused is told, and may be an Admin key when it is mended.
  if (complianceApiKey === null || values.complianceApiKeys === null) return;
  const keyOf = keysOf({
    complianceApiKeys: own,
    complianceApiKey: isText(complianceApiKey) ? complianceApiKey : undefined,
  });
  const ownIds = new Set(Object.keys(own ?? {}));
  const others = principalsOf(values).workspaceIds.filter((id) => {
    const key = keyOf({ type: 'workspace', id });
    // A SCIM token is told of as such.
    return key !== undefined && keyKind(key) !== 'admin_key' && secretKind(key) !== 'scim_token';
  });
  const remedy = `Create an Admin key (sk-admin-…) in the workspace under ${adminKeys}, and enter it here.`;
  const what = 'is no Admin key (sk-admin-…), which this program needs.';
  const shared = principalsOf(values).workspaceIds.filter((id) => !ownIds.has(id));
  if (others.some((id) => !ownIds.has(id))) {
    const ofEach = `Create an Admin key (sk-admin-…) in each of the workspaces ${nameThem(shared)} under ${adminKeys}, and enter each with its workspace ID in ${nameOf('complianceApiKeys')}: such a key opens one workspace only.`;
    problem('complianceApiKey', 'not_an_admin_key', `This ${what}`, shared.length > 1 ? ofEach : remedy);
  }
  for (const id of others.filter((one) => ownIds.has(one))) {
    problem('complianceApiKeys', 'not_an_admin_key', `The key of ${id} ${what}`, remedy, id);
  }
}

/** What is not wrong and cannot work. The beginning of a key does not prove its kind: nothing is refused. */
export function doubtsOfWhole(read: FormValues, nameOf: NameOfField): ConfigWarning[] {
  const values = ownCopy(read, fieldNames);
  // Nothing was refused: each holds what its field is to hold.
  const keyOf = keysOf(values as GivenKeys);
  const opened = new Map<string, string[]>();
  for (const id of principalsOf(values).workspaceIds) {
    const key = keyOf({ type: 'workspace', id });
    if (!isText(key) || keyKind(key) !== 'admin_key') continue;
    opened.set(key, [...(opened.get(key) ?? []), id]);
  }
  const own = ofWorkspaces(values) ?? {};
  return [...opened.values()].flatMap((ids) => {
    if (ids.length < 2) return [];
    const isOfAll = ids.some((id) => !Object.hasOwn(own, id));
    const field = isOfAll ? 'complianceApiKey' : 'complianceApiKeys';
    const message = `An Admin key (sk-admin-…) opens one workspace only, and here one is entered for ${ids.length}: ${nameThem(ids)}. Give each workspace its own key in ${nameOf('complianceApiKeys')}.`;
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
