import { checkText, type OptionNames } from '../errors/check-options.js';
import { ownCopy } from '../internal/json.js';
import { checkCall, checkQuery, type RequestOptions } from '../transport/options.js';
import { checkPathPart } from '../transport/route.js';
import type { AdminRequest, Workspaces } from './api.js';
import { type QueryArguments, type WorkspaceQuery, workspaceNames } from './options.js';
import {
  type AdminIterateQuery,
  type AdminList,
  type AdminListQuery,
  type AdminPage,
  checkListCall,
  iterateNames,
  iteratePages,
  type LimitQuery,
  type ListSource,
  limitParameter,
  listNames,
  readPage,
} from './paging.js';
import { type AdminRow, anothers, readOne, readRow } from './rows.js';
import type {
  GroupUsageLimit,
  MonthlyUsage,
  UsageLimitRequest,
  UserUsageLimit,
  WorkspaceUsageLimit,
} from './schemas/usage-limit.js';

/** Which page of limits. */
export interface UsageLimitListQuery extends AdminListQuery {
  /** Rows asked for in one request, 1 to 100. @default 100 */
  readonly limit?: LimitQuery['limit'];
}

/** Which limits to walk through. */
export interface UsageLimitIterateQuery extends AdminIterateQuery, UsageLimitListQuery {}

/** Of those of people also by name. */
export interface UserLimitQuery {
  /**
   * A part of the name or address, in any case. It finds everybody who has it: compare `email` before you take a row for
   * somebody's.
   */
  readonly query?: string | undefined;
}

const limitListNames: OptionNames<UsageLimitListQuery> = { ...listNames, limit: true };
const limitIterateNames: OptionNames<UsageLimitIterateQuery> = { ...iterateNames, limit: true };
const userListNames: OptionNames<UsageLimitListQuery & UserLimitQuery> = { ...limitListNames, query: true };
const userIterateNames: OptionNames<UsageLimitIterateQuery & UserLimitQuery> = { ...limitIterateNames, query: true };
const route = '/manage/workspaces/{workspace_id}/usage_limits';
const mostLimits = 100;

/** A list of limits. */
export class AdminUsageLimitList<Row, Query extends UserLimitQuery, Several extends boolean = false> {
  readonly #workspaces: Workspaces;
  readonly #plan: LimitListPlan<Query>;

  /** @hidden */
  constructor(workspaces: Workspaces, plan: LimitListPlan<Query>) {
    this.#workspaces = workspaces;
    this.#plan = plan;
  }

  /** One page. */
  async list(...[query, options]: QueryArguments<UsageLimitListQuery & Query, Several>): Promise<AdminPage<Row>> {
    const { listOptions } = this.#plan;
    const call = checkListCall<UsageLimitListQuery & Query>('list()', query, options, listOptions);
    return readPage(this.#workspaces, this.#source(call.query), call);
  }

  /** All of them. @throws IncompleteListError where the service contradicts itself, in place of an end. */
  iterate(...[query, options]: QueryArguments<UsageLimitIterateQuery & Query, Several>): AdminList<Row> {
    const { iterateOptions } = this.#plan;
    const call = checkListCall<UsageLimitIterateQuery & Query>('iterate()', query, options, iterateOptions);
    return iteratePages(this.#workspaces, this.#source(call.query), call);
  }

  #source(given: LimitQuery & UserLimitQuery): ListSource<Row> {
    // Not all of these lists take a `query`: what is on a prototype is none.
    const { limit, query } = ownCopy(given, ['query']);
    if (query !== undefined) checkText('query', query);
    const parameters = [limitParameter(limit, mostLimits), ...(query === undefined ? [] : [['query', query] as const])];
    return {
      request: { route: `${route}/${this.#plan.name}`, query: parameters, personalQuery: ['query'] },
      dialect: 'cursor',
      // What the service sends is typed, and not validated: each row has an id.
      keyOf: (row) => (row as AdminRow).id,
      readRow: (row, index, answer) => readRow(row, ['data', index], answer) as Row,
    };
  }
}

interface LimitListPlan<Query> {
  /** The last part of the route, and the name of the method. */
  readonly name: 'groups' | 'users' | 'requests';
  readonly listOptions: OptionNames<UsageLimitListQuery & Query>;
  readonly iterateOptions: OptionNames<UsageLimitIterateQuery & Query>;
}
const plain = { listOptions: limitListNames, iterateOptions: limitIterateNames };

/** Monthly caps, what was used of them, and requests for more. Needs the permission to read Usage limits. */
export class AdminUsageLimits<Several extends boolean = false> {
  /** The caps of groups. */
  readonly groups: AdminUsageLimitList<GroupUsageLimit, object, Several>;
  /** The caps of people, and what they used. */
  readonly users: AdminUsageLimitList<UserUsageLimit, UserLimitQuery, Several>;
  /** Who asked for a higher cap, and what became of it. */
  readonly requests: AdminUsageLimitList<UsageLimitRequest, object, Several>;
  readonly #workspaces: Workspaces;

  /** @hidden */
  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
    this.groups = new AdminUsageLimitList(workspaces, { name: 'groups', ...plain });
    this.users = new AdminUsageLimitList(workspaces, {
      name: 'users',
      listOptions: userListNames,
      iterateOptions: userIterateNames,
    });
    this.requests = new AdminUsageLimitList(workspaces, { name: 'requests', ...plain });
  }

  /** The caps of the workspace, which hold for whoever has no other. */
  async workspace(...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<WorkspaceUsageLimit> {
    const own = checkQuery('workspace()', query, workspaceNames);
    const how = checkCall('workspace()', options, workspaceNames);
    return this.#workspaces.of(own.workspaceId).get({ route: `${route}/workspace` }, how, (answer) => {
      const limit = readRow(answer.body, [], answer);
      if (limit.id.toLowerCase() === answer.workspaceId.toLowerCase()) return limit;
      throw anothers(answer, ['id'], 'was answered with what is of another workspace.');
    });
  }

  /** The caps of one group. @throws ResponseError with code `not_found`. */
  async group(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<GroupUsageLimit> {
    const request = { route: `${route}/groups/{group_id}`, params: { group_id: checkPathPart('id', id) } };
    return this.#one<GroupUsageLimit>('group', request, id, query, options);
  }

  /** The caps of one person, and what was used. @throws ResponseError with code `not_found`. */
  async user(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<UserUsageLimit> {
    const request = { route: `${route}/users/{user_id}`, params: { user_id: checkPathPart('id', id) } };
    return this.#one<UserUsageLimit>('user', request, id, query, options);
  }

  /** What one person used this month, as it stands now. @throws ResponseError with code `not_found`. */
  async monthlyUsage(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<MonthlyUsage> {
    const request = { route: `${route}/users/{user_id}/monthly-usage`, params: { user_id: checkPathPart('id', id) } };
    return this.#one<MonthlyUsage>('monthlyUsage', request, id, query, options);
  }

  #one<Row extends AdminRow>(
    name: string,
    request: AdminRequest,
    id: string,
    query: WorkspaceQuery | undefined,
    options: RequestOptions | undefined,
  ): Promise<Row> {
    const own = checkQuery(`${name}()`, query, workspaceNames);
    const how = checkCall(`${name}()`, options, workspaceNames);
    return readOne<Row>(this.#workspaces.of(own.workspaceId), request, id, how);
  }
}
