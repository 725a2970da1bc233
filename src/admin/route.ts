import type { OptionNames } from '../errors/check-options.js';
import { meantBy, type RouteParameters, type RouteValues, readRoute } from '../transport/route.js';
import type { AdminRequest } from './api.js';
import type { WorkspaceQuery } from './options.js';

/** A route of the Admin API that reads, as its document spells it. `{workspace_id}` is filled in by the client. */
export type AdminRoute =
  | `/manage/workspaces/{workspace_id}/${string}`
  | `/analytics/workspaces/{workspace_id}/${string}`
  | `/analytics/codex/workspaces/{workspace_id}/${string}`;

/** What a route is asked with. */
export interface AdminRouteQuery extends WorkspaceQuery, RouteValues {}

/** The query of a route: with `params` where it has braces of its own. */
export type RouteQuery<Route extends string> = AdminRouteQuery & RouteParameters<Route>;

export const routeQueryNames: OptionNames<AdminRouteQuery> = { workspaceId: true, params: true, query: true };

const rule = {
  pattern: /^\/(?:manage|analytics(?:\/[\w-]+)?)\/workspaces\/\{workspace_id\}((?:\/(?:[\w-]+|\{\w+\}))+)$/,
  what: 'a route of the Admin API that reads a workspace',
  remedy:
    'Give the template, with braces for what differs: `/manage/workspaces/{workspace_id}/users/{user_id}`, or one below /analytics.',
};

/** A request for a route that this library has no method for. @throws InputError */
export function requestOf(
  route: string,
  values: AdminRouteQuery,
): { readonly request: AdminRequest; readonly workspaceId: string | undefined } {
  const { meant, ...request } = readRoute(route, values, rule);
  return { request, workspaceId: meantBy(values.workspaceId, meant) };
}
