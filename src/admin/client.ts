import { checkCall, checkQuery, type RequestOptions } from '../transport/options.js';
import { Workspaces, withoutAdminKeyTag, workspaceApisTag } from './api.js';
import { AdminGroups } from './groups.js';
import { AdminInvites } from './invites.js';
import { AdminMembers } from './members.js';
import type { AdminClientOptions, NamesSeveral, WorkspaceNames } from './options.js';
import { type AdminRoute, type AdminRouteQuery, type RouteQuery, requestOf, routeQueryNames } from './route.js';
import { AdminServiceAccounts } from './service-accounts.js';
import { AdminUsage } from './usage.js';
import { AdminUsageLimits } from './usage-limits.js';

/**
 * Reads who is in a ChatGPT workspace, who was invited, what is used and what may be (OpenAI, Admin API). It cannot write: it
 * has no method that does, and nothing but GET on the routes that read leaves the process.
 *
 * Requests fail with ResponseError, ConnectionError, ResponseValidationError, IncompleteListError, or the signal's own
 * reason; `principalOf(error)` tells the workspace. A client of several workspaces has to be told which one is meant, in each
 * query: `{ workspaceId }`. The time of the newest event of a log is `AuditLogClient.maxEventTime`: the Compliance API has
 * it, and an Admin key with a permission for logs opens that too.
 *
 * @throws InputError for an id or a key in the wrong place, a key that cannot be sent, or a base URL that is not https.
 *
 * @example
 * ```ts
 * import { AdminClient } from 'chatgpt-enterprise-sdk/admin';
 *
 * const client = new AdminClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * for await (const { email, seat_type } of client.members.iterate()) console.log(email, seat_type);
 * ```
 */
export class AdminClient<const Options extends WorkspaceNames = WorkspaceNames> {
  /** Who holds a seat. */
  readonly members: AdminMembers<NamesSeveral<Options>>;
  /** Who was invited. */
  readonly invites: AdminInvites<NamesSeveral<Options>>;
  /** Groups, and who is in them. */
  readonly groups: AdminGroups<NamesSeveral<Options>>;
  /** Accounts of programs. */
  readonly serviceAccounts: AdminServiceAccounts<NamesSeveral<Options>>;
  /** Monthly caps, and requests for higher ones. */
  readonly usageLimits: AdminUsageLimits<NamesSeveral<Options>>;
  /** What was used, by day. */
  readonly usage: AdminUsage<NamesSeveral<Options>>;
  readonly #workspaces: Workspaces;

  constructor(
    options: AdminClientOptions & {
      readonly [Name in keyof Options & keyof WorkspaceNames]?: Options[Name] | WorkspaceNames[Name];
    },
  ) {
    const workspaces = new Workspaces(options);
    this.#workspaces = workspaces;
    this.members = new AdminMembers(workspaces);
    this.invites = new AdminInvites(workspaces);
    this.groups = new AdminGroups(workspaces);
    this.serviceAccounts = new AdminServiceAccounts(workspaces);
    this.usageLimits = new AdminUsageLimits(workspaces);
    this.usage = new AdminUsage(workspaces);
    withoutAdminKeyTag.set(this, (ids) => {
      workspaces.withoutAdminKey = ids;
    });
    workspaceApisTag.set(this, (workspaceId) => workspaces.of(workspaceId));
  }

  /** The workspaces that this client reads. */
  get workspaceIds(): readonly string[] {
    return [...this.#workspaces.ids];
  }

  /**
   * Asks a route that this library has no method for yet, with the same key, limits and errors; GET only. Returns the JSON of
   * the answer, unchecked: whether it is whole, and about what was asked for, is yours to see.
   *
   * @throws InputError for a route that is not below `/manage/workspaces/{workspace_id}` or `/analytics`, or a parameter that
   * could lead to another one.
   * @example
   * ```ts
   * import { AdminClient } from 'chatgpt-enterprise-sdk/admin';
   *
   * const client = new AdminClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
   * const route = '/analytics/codex/workspaces/{workspace_id}/usage';
   * const page = await client.get(route, { query: { group: 'workspace', limit: 100 } });
   * ```
   */
  async get<const Route extends AdminRoute>(
    route: Route,
    ...[query, options]: RouteArguments<Route, NamesSeveral<Options>>
  ): Promise<unknown> {
    const own = checkQuery<AdminRouteQuery>('get()', query, routeQueryNames);
    const how = checkCall('get()', options, routeQueryNames);
    const { request, workspaceId } = requestOf(route, own);
    return this.#workspaces.of(workspaceId).get(request, how, ({ body }) => body, 'other routes');
  }
}

/** What is asked of a route, and how: the query can be left out where nothing in it has to be given. */
export type RouteArguments<Route extends string, Several extends boolean> = Several extends true
  ? [query: RouteQuery<Route> & { readonly workspaceId: string }, options?: RequestOptions]
  : object extends RouteQuery<Route>
    ? [query?: RouteQuery<Route>, options?: RequestOptions]
    : [query: RouteQuery<Route>, options?: RequestOptions];
