import { checkOptions, checkText, type OptionNames, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import type { AdminRequest } from './api.js';
import type { WorkspaceQuery } from './options.js';
import { checkPathPart } from './rows.js';

/** A route of the Admin API that reads, as its document spells it. `{workspace_id}` is filled in by the client. */
export type AdminRoute =
  | `/manage/workspaces/{workspace_id}/${string}`
  | `/analytics/workspaces/{workspace_id}/${string}`
  | `/analytics/codex/workspaces/{workspace_id}/${string}`;

/** The names in the braces of a route, but that of the workspace. */
export type RouteParameter<Route extends string> = Route extends `${string}{${infer Name}}${infer Rest}`
  ? Exclude<Name, 'workspace_id'> | RouteParameter<Rest>
  : never;

/** What a route is asked with. */
export interface AdminRouteQuery extends WorkspaceQuery {
  /** What stands in the braces of the route. Dots alone, slashes, `%`, `?` and `#` are refused; the rest is encoded. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** What stands behind the `?`. A list is sent as the same name several times. Absent values are left out. */
  readonly query?:
    | Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[] | undefined>>
    | undefined;
}

/** The query of a route: with `params` where it has braces of its own. */
export type RouteQuery<Route extends string> = AdminRouteQuery &
  ([RouteParameter<Route>] extends [never]
    ? unknown
    : { readonly params: Readonly<Record<RouteParameter<Route>, string>> });

export const routeQueryNames: OptionNames<AdminRouteQuery> = { workspaceId: true, params: true, query: true };

const route = /^\/(?:manage|analytics(?:\/[\w-]+)?)\/workspaces\/\{workspace_id\}((?:\/(?:[\w-]+|\{\w+\}))+)$/;

/** A request for a route that this library has no method for. @throws InputError */
export function requestOf(given: string, { params = {}, query = {} }: AdminRouteQuery): AdminRequest {
  checkText('route', given);
  const rest = route.exec(given)?.[1];
  if (rest === undefined) {
    throw new InputError('`route` must be a route of the Admin API that reads a workspace.', {
      path: ['route'],
      remedy:
        'Give the template, with braces for what differs: `/manage/workspaces/{workspace_id}/users/{user_id}`, or one below /analytics.',
    });
  }
  const names = [...rest.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const values = checkOptions<Record<string, string>>(
    '`params`',
    params,
    Object.fromEntries(names.map((name) => [name, true as const])),
  );
  const parameters = read('`query`', () => parametersOf(query));
  return {
    route: given,
    params: Object.fromEntries(names.map((name) => [name, checkPathPart(name, values[name])])),
    query: parameters,
    personalQuery: parameters.map(([name]) => name),
  };
}

function parametersOf(query: NonNullable<AdminRouteQuery['query']>): (readonly [string, string])[] {
  if (!isRecord(query)) throw new InputError('`query` must be an object.', { path: ['query'] });
  return Object.entries(query).flatMap(([name, value]) =>
    [value].flat().flatMap((one): (readonly [string, string])[] => {
      if (one === undefined) return [];
      if (['string', 'number', 'boolean'].includes(typeof one)) return [[name, String(one)]];
      throw new InputError('`query` has a value that is no text, number or boolean.', { path: ['query'] });
    }),
  );
}
