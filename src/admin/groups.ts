import { checkChoice, type OptionNames } from '../errors/check-options.js';
import { checkCall, checkQuery } from '../transport/options.js';
import { checkPathPart } from '../transport/route.js';
import type { Workspaces } from './api.js';
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
import { readOne, readRow } from './rows.js';
import type { AdminGroup } from './schemas/group.js';
import type { GroupMember } from './schemas/member.js';

/** Which page of groups, or of the members of one. */
export interface GroupListQuery extends AdminListQuery {
  /** Rows asked for in one request, 1 to 100. @default 100 */
  readonly limit?: LimitQuery['limit'];
  /** By creation, oldest or newest first. @default 'asc' */
  readonly order?: 'asc' | 'desc' | undefined;
}

/** Which groups, or members of one, to walk through. */
export interface GroupIterateQuery extends AdminIterateQuery, GroupListQuery {}

export const groupListNames: OptionNames<GroupListQuery> = { ...listNames, limit: true, order: true };
export const groupIterateNames: OptionNames<GroupIterateQuery> = { ...iterateNames, limit: true, order: true };
const route = '/manage/workspaces/{workspace_id}/groups';
const mostGroups = 100;

/** Groups of a workspace and who is in them. Needs the permission to read Group Management. */
export class AdminGroups<Several extends boolean = false> {
  readonly #workspaces: Workspaces;

  /** @hidden */
  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  /** One page of groups. */
  async list(...[query, options]: QueryArguments<GroupListQuery, Several>): Promise<AdminPage<AdminGroup>> {
    const call = checkListCall('list()', query, options, groupListNames);
    const source = groupSource(route, call.query);
    return readPage(this.#workspaces, source, call);
  }

  /** All groups. @throws IncompleteListError where the service contradicts itself, in place of an end. */
  iterate(...[query, options]: QueryArguments<GroupIterateQuery, Several>): AdminList<AdminGroup> {
    const call = checkListCall('iterate()', query, options, groupIterateNames);
    return iteratePages(this.#workspaces, groupSource(route, call.query), call);
  }

  /** The group with the id. @throws ResponseError with code `not_found`. */
  async get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<AdminGroup> {
    const own = checkQuery('get()', query, workspaceNames);
    const how = checkCall('get()', options, workspaceNames);
    const request = { route: `${route}/{group_id}`, params: { group_id: checkPathPart('id', id) } };
    return readOne<AdminGroup>(this.#workspaces.of(own.workspaceId), request, id, how);
  }

  /** One page of the members of a group, deactivated ones too. */
  async listMembers(
    id: string,
    ...[query, options]: QueryArguments<GroupListQuery, Several>
  ): Promise<AdminPage<GroupMember>> {
    const call = checkListCall('listMembers()', query, options, groupListNames);
    const source = groupMemberSource(id, call.query);
    return readPage(this.#workspaces, source, call);
  }

  /**
   * All members of a group, deactivated ones too. Where their number is not the `member_count` of the group, it changed while
   * it was read.
   */
  members(id: string, ...[query, options]: QueryArguments<GroupIterateQuery, Several>): AdminList<GroupMember> {
    const call = checkListCall('members()', query, options, groupIterateNames);
    const source = groupMemberSource(id, call.query);
    return iteratePages(this.#workspaces, source, call);
  }
}

/** Groups behind a route: all of a workspace, or those of one member. */
export function groupSource(
  groupRoute: string,
  query: GroupListQuery,
  params?: Readonly<Record<string, string>>,
): ListSource<AdminGroup> {
  return {
    request: { route: groupRoute, params, query: parameters(query) },
    dialect: 'cursor',
    keyOf: ({ id }) => id,
    readRow: (row, index, answer) => readRow(row, ['data', index], answer),
  };
}

function groupMemberSource(id: string, query: GroupListQuery): ListSource<GroupMember> {
  return {
    request: {
      route: `${route}/{group_id}/users`,
      params: { group_id: checkPathPart('id', id) },
      query: parameters(query),
    },
    dialect: 'cursor',
    keyOf: ({ id }) => id,
    readRow: (row, index, answer) => readRow(row, ['data', index], answer),
  };
}

function parameters({ limit, order }: GroupListQuery): (readonly [string, string])[] {
  if (order !== undefined) checkChoice('order', order, ['asc', 'desc']);
  return [limitParameter(limit, mostGroups), ...(order === undefined ? [] : [['order', order] as const])];
}
