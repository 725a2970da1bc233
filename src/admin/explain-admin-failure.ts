import {
  codexUsagePermission,
  groupsPermission,
  invitationsPermission,
  serviceAccountsPermission,
  usageLimitsPermission,
  usagePermission,
  usersPermission,
} from '../errors/menus.js';
import { adminRemedies, adminRequestRemedies, mayNotRead, permissionMissing } from '../errors/remedies/admin.js';
import { forbiddenReason, keyKind } from '../errors/remedies/key-kind.js';
import { networkRemedies } from '../errors/remedies/network.js';
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
  [/\/users(?:\/|$)/, usersPermission],
];

/** The name of the permission that a route needs, as the console shows it. Of a route that nobody knows, in general. */
export function permissionOf(route: string): string {
  // It has groups and users of its own.
  if (/\/usage_limits(?:\/|$)/.test(route)) return usageLimitsPermission;
  return permissions.find(([pattern]) => pattern.test(route))?.[1] ?? 'for this route';
}

/** What a person can do about a refusal of the Admin API. */
export function explainAdminFailure(apiKey: Credential): Explain {
  // Its kind alone, and not the key. What a function gives is not known here.
  const kind = typeof apiKey === 'string' ? keyKind(apiKey) : undefined;
  return (failure, params) => {
    const remedy = remedyFor(failure, params, kind);
    return remedy === undefined ? undefined : { remedy };
  };
}

function remedyFor(
  { status, bodyKind, route, serverCode, serverMessage = '' }: Failure,
  params: Readonly<Record<string, string>> | undefined,
  kind: ReturnType<typeof keyKind>,
): string | undefined {
  if (bodyKind === 'html' && (status === 403 || status === 404)) return explain(networkRemedies.web_page_answered);
  if (serverCode === 'scim_managed_resource') return adminRequestRemedies.scim_managed_resource;
  switch (status) {
    case 400:
    case 422:
      return adminRequestRemedies.bad_request;
    case 401:
      return explain(kind === 'project_key' ? adminRemedies.not_an_admin_key : adminRemedies.admin_api_key_refused);
    case 403:
      return explainForbidden(route, serverMessage, kind);
    case 404:
      if (params?.user_id?.includes('@')) return adminRequestRemedies.address_as_id;
      // Of a workspace that is not there, nothing is.
      return Object.keys(params ?? {}).length > 1
        ? `${adminRequestRemedies.not_found} ${explain(adminRemedies.no_admin_api)}`
        : explain(adminRemedies.no_admin_api);
    case 409:
      return adminRequestRemedies.conflict;
    case 429:
      return adminRequestRemedies.rate_limited;
    default:
      return isRetryableStatus(status) ? adminRequestRemedies.outage : undefined;
  }
}

function explainForbidden(route: string, serverMessage: string, kind: ReturnType<typeof keyKind>): string {
  if (kind === 'project_key' || /not an admin/i.test(serverMessage)) return explain(adminRemedies.not_an_admin_key);
  switch (forbiddenReason(serverMessage)) {
    case 'ip_not_allowed':
      return explain(adminRemedies.admin_ip_not_allowed);
    case 'scope_missing':
      return permissionMissing(permissionOf(route));
    case undefined:
      return mayNotRead(permissionOf(route));
    default:
      return explain(adminRemedies.admin_key_of_another_workspace);
  }
}
