import { checkPrincipal, checkRate, keyOf, scopeMissing, secretOf } from '../compliance/access.js';
import { ComplianceRefusal, complianceAnswer, complianceError, refusal } from '../compliance/log-query.js';
import {
  type AdminRoute,
  type Answer,
  adminRoutes,
  decodeSegment,
  type EmulatorRequest,
  type EmulatorRoute,
  type RouteMatch,
  type Service,
} from '../routes.js';
import { adminActionOf } from './audit-actions.js';
import { listGroupMembers, listGroups, listGroupsOfMember, readGroup } from './directory-groups.js';
import {
  listGroupLimits,
  listLimitRequests,
  listUserLimits,
  readGroupLimit,
  readMonthlyUsage,
  readUserLimit,
  readWorkspaceLimit,
} from './limit-rows.js';
import { listInvites, listMembers, readInvite, readMember } from './members.js';
import type { AdminCall, AdminParts } from './parts.js';
import { scopeOf } from './scopes.js';
import { listCredentials, listServiceAccounts, readServiceAccount } from './service-accounts.js';
import { listUsage } from './usage.js';

/** What each route answers with. */
const answers: Readonly<Record<AdminRoute, (call: AdminCall) => unknown>> = {
  'GET /manage/users': listMembers,
  'GET /manage/users/{id}': readMember,
  'GET /manage/users/{id}/groups': listGroupsOfMember,
  'GET /manage/invites': listInvites,
  'GET /manage/invites/{id}': readInvite,
  'GET /manage/groups': listGroups,
  'GET /manage/groups/{id}': readGroup,
  'GET /manage/groups/{id}/users': listGroupMembers,
  'GET /manage/service-accounts': listServiceAccounts,
  'GET /manage/service-accounts/{id}': readServiceAccount,
  'GET /manage/service-accounts/{id}/credentials': listCredentials,
  'GET /manage/usage_limits/workspace': readWorkspaceLimit,
  'GET /manage/usage_limits/groups': listGroupLimits,
  'GET /manage/usage_limits/groups/{id}': readGroupLimit,
  'GET /manage/usage_limits/users': listUserLimits,
  'GET /manage/usage_limits/users/{id}': readUserLimit,
  'GET /manage/usage_limits/users/{id}/monthly-usage': readMonthlyUsage,
  'GET /manage/usage_limits/requests': listLimitRequests,
  'GET /analytics/usage': listUsage,
};

/** `/v1/manage/workspaces/{workspace_id}/…` and `/v1/analytics/workspaces/{workspace_id}/usage` of api.chatgpt.com. */
export class AdminService implements Service {
  readonly #parts: AdminParts;

  constructor(parts: AdminParts) {
    this.#parts = parts;
  }

  match(request: EmulatorRequest): RouteMatch {
    const [, version, area, kind, workspaceId, ...rest] = request.url.pathname.split('/');
    if (version !== 'v1' || kind !== 'workspaces' || workspaceId === undefined) return undefined;
    const asked = [`${request.method} `, area ?? '', ...rest];
    for (const route of adminRoutes) {
      const ids = idsIn(asked, route);
      if (ids !== undefined) return { route, params: [decodeSegment(workspaceId), ...ids.map(decodeSegment)] };
    }
    return undefined;
  }

  handle(request: EmulatorRequest, route: EmulatorRoute, [id = '', ...ids]: readonly string[]): Answer {
    try {
      return this.#answer(request, route as AdminRoute, id, ids);
    } catch (error) {
      if (error instanceof ComplianceRefusal) return error.answer;
      throw error;
    }
  }

  error(status: number, detail: string): Answer {
    return complianceError(status, detail);
  }

  #answer(request: EmulatorRequest, route: AdminRoute, id: string, ids: readonly string[]): Answer {
    const { access, audit } = this.#parts;
    const key = keyOf(access, request);
    if (key.keyClass !== 'workspace_admin') throw refusal(403, 'The API key is not an Admin API key.');
    checkPrincipal(access, { key, kind: 'workspace', id });
    const workspace = access.workspaces.get(id);
    if (workspace === undefined || workspace.hasAdminApi === false) throw refusal(404, 'Workspace not found.');
    checkRate(access, { request, id }, route);
    if (!key.scopes.has(scopeOf(route))) throw scopeMissing();
    const { searchParams: parameters, pathname: list } = request.url;
    const body = answers[route]({ parts: this.#parts, workspace, ids, parameters, list });
    // Not before: what is refused is no success in anybody's log.
    const named = adminActionOf(route);
    const inPath = Object.fromEntries((named?.ids ?? []).map((name, index) => [name, ids[index] ?? '']));
    const admin = named && { action: named.action, ids: { workspace_id: id, ...inPath } };
    audit?.(request, route, { kind: 'workspace', id, fileId: '', secret: secretOf(request), admin });
    return complianceAnswer(200, body);
  }
}

/** The ids of a path, where it is one of this route. */
function idsIn(asked: readonly string[], route: AdminRoute): readonly string[] | undefined {
  const wanted = route.split('/');
  if (wanted.length !== asked.length) return undefined;
  const ids: string[] = [];
  for (const [index, segment] of wanted.entries()) {
    const given = asked[index] ?? '';
    if (segment === '{id}' && given !== '') ids.push(given);
    else if (segment !== given) return undefined;
  }
  return ids;
}
