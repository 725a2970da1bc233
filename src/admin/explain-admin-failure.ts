import {
  codexUsagePermission,
  groupsPermission,
  invitationsPermission,
  rolesPermission,
  serviceAccountsPermission,
  usageLimitsPermission,
  usagePermission,
  usersPermission,
} from '../errors/menus.js';
import {
  adminRemedies,
  adminRequestRemedies,
  mayNotRead,
  permissionMissing,
  projectKeyRefused,
  unknownKeyRefused,
} from '../errors/remedies/admin.js';
import { credentialKind, forbiddenReason, type KeyKind } from '../errors/remedies/key-kind.js';
import { networkRemedies } from '../errors/remedies/network.js';
import { type OtherKeys, withOthers } from '../errors/remedies/other-keys.js';
import { explain } from '../errors/remedies/remedy.js';
import type { Credential } from '../transport/options.js';
import type { Explain, Failure } from '../transport/response-failure.js';
import { isRetryableStatus } from '../transport/retry.js';

/** Which checkbox of an Admin key a route needs (OpenAI Help Center, "Managing Admin keys"); the first that fits. */
const permissions: readonly (readonly [route: RegExp, permission: string])[] = [
  [/^\/analytics\/codex\//, codexUsagePermission],
  [/^\/analytics\//, usagePermission],
  [/\/groups(?:\/\{group_id\}(?:\/users)?)?$|\/groups\//, groupsPermission],
  [/\/invites(?:\/|$)/, invitationsPermission],
  [/\/service-accounts(?:\/|$)/, serviceAccountsPermission],
  [/\/roles(?:\/|$)/, rolesPermission],
  [/\/users(?:\/|$)/, usersPermission],
];

/** The name of the permission that a route needs, as the console shows it. Of a route that nobody knows, in general. */
export function permissionOf(route: string): string {
  // It has groups and users of its own.
  if (/\/usage_limits(?:\/|$)/.test(route)) return usageLimitsPermission;
  return permissions.find(([pattern]) => pattern.test(route))?.[1] ?? 'for this route';
}

/** What a person can do about a refusal of the Admin API. */
export function explainAdminFailure(apiKey: Credential, others?: OtherKeys): Explain {
  // Its kind alone, and not the key. What a function gives is not known here.
  const kind = typeof apiKey === 'string' ? credentialKind(apiKey) : undefined;
  return (failure, params) => {
    const remedy = remedyFor(failure, params, kind);
    if (remedy === undefined) return undefined;
    const known = mayBeAnothers(failure, params) ? others : undefined;
    // What it starts like explains the refusal of any other.
    if (kind !== undefined && kind !== 'admin_key') return { remedy };
    return { remedy: withOthers(remedy, known, { status: failure.status, kind }) };
  };
}

/** Whether a refusal may mean that the key is that of another workspace. */
function mayBeAnothers(
  { status, bodyKind, serverMessage = '' }: Failure,
  params: Readonly<Record<string, string>> = {},
): boolean {
  if (bodyKind === 'html') return false;
  const refusal = adminRefusal(status, serverMessage, undefined);
  // Of a workspace that is not there, nothing is.
  if (refusal === 'no_admin_api') return Object.keys(params).length < 2;
  const those: readonly (typeof refusal)[] = [
    'admin_api_key_refused',
    'admin_key_of_another_workspace',
    'admin_key_not_allowed',
  ];
  return those.includes(refusal);
}

function remedyFor(
  { status, bodyKind, route, serverCode, serverMessage = '' }: Failure,
  params: Readonly<Record<string, string>> | undefined,
  kind: ReturnType<typeof credentialKind> | undefined,
): string | undefined {
  if (bodyKind === 'html' && (status === 403 || status === 404)) return explain(networkRemedies.web_page_answered);
  if (serverCode === 'scim_managed_resource') return adminRequestRemedies.scim_managed_resource;
  switch (status) {
    case 400:
    case 422:
      return adminRequestRemedies.bad_request;
    case 401:
    case 403:
    case 404:
      return (
        ofOtherKey(status, kind) ??
        remedyOf(adminRefusal(status, serverMessage, kind === 'project_key' ? kind : undefined), route, params)
      );
    case 409:
      return adminRequestRemedies.conflict;
    case 429:
      return adminRequestRemedies.rate_limited;
    default:
      return isRetryableStatus(status) ? adminRequestRemedies.outage : undefined;
  }
}

/** What is said of a key that does not begin like an Admin key. A 404 looks past the key. */
function ofOtherKey(status: number, kind: ReturnType<typeof credentialKind> | undefined): string | undefined {
  if (kind === 'project_key' && status !== 404) return projectKeyRefused();
  const isOther = kind === 'openai_key' || kind === 'unknown';
  return isOther && status === 401 ? unknownKeyRefused(kind === 'openai_key') : undefined;
}

type AdminRefusal = keyof typeof adminRemedies | 'admin_permission_missing' | 'admin_key_not_allowed';

/** What a refusal may mean, by its status, by the server's words, and by what the key starts like. */
export function adminRefusal(
  status: number,
  serverMessage: string,
  kind: KeyKind | undefined,
): AdminRefusal | undefined {
  if (status === 404) return 'no_admin_api';
  if (status !== 401 && status !== 403) return undefined;
  if (kind === 'project_key') return 'not_an_admin_key';
  if (status === 401) return 'admin_api_key_refused';
  if (/not an admin/i.test(serverMessage)) return 'not_an_admin_key';
  switch (forbiddenReason(serverMessage)) {
    case 'ip_not_allowed':
      return 'admin_ip_not_allowed';
    case 'scope_missing':
      return 'admin_permission_missing';
    case undefined:
      return 'admin_key_not_allowed';
    default:
      return 'admin_key_of_another_workspace';
  }
}

function remedyOf(
  refusal: AdminRefusal | undefined,
  route: string,
  params: Readonly<Record<string, string>> = {},
): string | undefined {
  switch (refusal) {
    case undefined:
      return undefined;
    case 'admin_permission_missing':
      return permissionMissing(permissionOf(route));
    case 'admin_key_not_allowed':
      return mayNotRead(permissionOf(route));
    case 'no_admin_api':
      if (params.user_id?.includes('@')) return adminRequestRemedies.address_as_id;
      // Of a workspace that is not there, nothing is.
      return Object.keys(params).length > 1 ? adminRequestRemedies.not_found : explain(adminRemedies.no_admin_api);
    default:
      return explain(adminRemedies[refusal]);
  }
}
