import { checkText, type OptionNames } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { NaturalKeyConflictError } from '../errors/scim-errors.js';

import { checkCall, checkQuery } from '../transport/options.js';
import { checkPathPart } from '../transport/route.js';
import type { Workspaces } from './api.js';
import { foldAddress } from './fold-address.js';
import {
  type GroupIterateQuery,
  type GroupListQuery,
  groupIterateNames,
  groupListNames,
  groupSource,
} from './groups.js';
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
import { anothers, readOne, readRow } from './rows.js';
import type { AdminGroup } from './schemas/group.js';
import type { Member } from './schemas/member.js';

/** Which page of members. */
export interface MemberListQuery extends AdminListQuery {
  /** Members asked for in one request, 1 to 1000. @default 1000 */
  readonly limit?: LimitQuery['limit'];
}

/** Which members to walk through. */
export interface MemberIterateQuery extends AdminIterateQuery, MemberListQuery {}

/** Who is looked for. */
export interface MemberFindQuery extends WorkspaceQuery {
  /** The whole address; capital letters make no other one. */
  readonly email: string;
}

const memberListNames: OptionNames<MemberListQuery> = { ...listNames, limit: true };
const memberIterateNames: OptionNames<MemberIterateQuery> = { ...iterateNames, limit: true };
const findNames: OptionNames<MemberFindQuery> = { workspaceId: true, email: true };
const route = '/manage/workspaces/{workspace_id}/users';
const mostMembers = 1_000;
const giveAddress =
  'Call `members.find({ email })` with the whole address. To find a member by id, call `members.get(id)`; to read all of them, `members.iterate()`.';

/**
 * Active members of a workspace. Needs the permission to read Users. The service reads from an index that is eventually
 * consistent: who was added or removed a moment ago may be missing, or still be there.
 */
export class AdminMembers<Several extends boolean = false> {
  readonly #workspaces: Workspaces;

  /** @hidden */
  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  /** One page of members, by id. */
  async list(...[query, options]: QueryArguments<MemberListQuery, Several>): Promise<AdminPage<Member>> {
    const call = checkListCall('list()', query, options, memberListNames);
    const source = memberSource(call.query);
    return readPage(this.#workspaces, source, call);
  }

  /** All members, by id. @throws IncompleteListError where the service contradicts itself, in place of an end. */
  iterate(...[query, options]: QueryArguments<MemberIterateQuery, Several>): AdminList<Member> {
    const call = checkListCall('iterate()', query, options, memberIterateNames);
    return iteratePages(this.#workspaces, memberSource(call.query), call);
  }

  /**
   * The member with the id (`user-…`). It proves that somebody accepted, and not that the member is active: that is what the
   * list tells.
   *
   * @throws ResponseError with code `not_found`.
   */
  async get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<Member> {
    const own = checkQuery('get()', query, workspaceNames);
    const how = checkCall('get()', options, workspaceNames);
    const request = { route: `${route}/{user_id}`, params: { user_id: checkPathPart('id', id) } };
    return readOne<Member>(this.#workspaces.of(own.workspaceId), request, id, how);
  }

  /**
   * The active member with the address; `undefined` where there is none. The service is asked for exactly this address, and
   * what it answers is compared again.
   *
   * @throws NaturalKeyConflictError (`shared_address`) where several have it; ResponseValidationError where the service
   * answers with another address.
   */
  async find(
    query: FindQuery<Several>,
    options?: QueryArguments<WorkspaceQuery, false>[1],
  ): Promise<Member | undefined> {
    // In JavaScript anything may come.
    if (typeof query === 'string') {
      throw new InputError('The query of find() is text: it must be an object with the address.', {
        path: ['email'],
        remedy: giveAddress,
      });
    }
    const { email, workspaceId } = checkQuery<MemberFindQuery>('find()', query, findNames);
    const how = checkCall('find()', options, findNames);
    if (email === undefined) throw new InputError('`email` is missing.', { path: ['email'], remedy: giveAddress });
    checkText('email', email);
    const wanted = email.trim();
    if (!/^[^\s@]+@[^\s@]+$/.test(wanted)) {
      throw new InputError('`email` must be a whole e-mail address.', {
        path: ['email'],
        remedy: 'Give the address. To look for a part of one, read the list and compare.',
      });
    }
    const found: Member[] = [];
    for await (const { items } of iteratePages(this.#workspaces, memberSource({}, wanted), {
      query: { workspaceId },
      options: how,
    }).pages()) {
      found.push(...items.filter((row) => goneWord(row) === undefined));
      // Two settle it, however many more there are.
      if (found.length > 1) break;
    }
    if (found.length < 2) return found[0];
    throw new NaturalKeyConflictError('shared_address', { route, ids: found.map(({ id }) => id), externalIds: [] });
  }

  /** One page of the groups that a member is in. Needs the permission to read Group Management. */
  async listGroups(
    id: string,
    ...[query, options]: QueryArguments<GroupListQuery, Several>
  ): Promise<AdminPage<AdminGroup>> {
    const call = checkListCall('listGroups()', query, options, groupListNames);
    const source = groupSource(`${route}/{user_id}/groups`, call.query, { user_id: checkPathPart('id', id) });
    return readPage(this.#workspaces, source, call);
  }

  /** All groups that a member is in. Needs the permission to read Group Management. */
  groups(id: string, ...[query, options]: QueryArguments<GroupIterateQuery, Several>): AdminList<AdminGroup> {
    const call = checkListCall('groups()', query, options, groupIterateNames);
    const source = groupSource(`${route}/{user_id}/groups`, call.query, { user_id: checkPathPart('id', id) });
    return iteratePages(this.#workspaces, source, call);
  }
}

/** Whom to look for, with the workspace where there are several. */
export type FindQuery<Several extends boolean> = MemberFindQuery &
  (Several extends true ? { readonly workspaceId: string } : unknown);

/** What a row says of itself where it is no member, or none any more. The service is to list active ones only. */
export function goneWord(row: {
  readonly id: string;
  readonly object?: unknown;
  readonly deleted?: unknown;
}): 'deleted' | 'invited' | undefined {
  const kind = Object.hasOwn(row, 'object') ? row.object : undefined;
  if ((Object.hasOwn(row, 'deleted') && row.deleted === true) || (typeof kind === 'string' && /\.deleted$/.test(kind)))
    return 'deleted';
  return typeof kind === 'string' && /\binvite$/.test(kind) ? 'invited' : undefined;
}

function memberSource({ limit }: LimitQuery, email?: string): ListSource<Member> {
  return {
    request: {
      route,
      query: [...(email === undefined ? [] : [['email', email] as const]), limitParameter(limit, mostMembers)],
      personalQuery: ['email'],
    },
    dialect: 'after',
    keyOf: ({ id }) => id,
    readRow: (row, index, answer) => {
      const path = ['data', index];
      // What the service sends is typed, and not validated.
      const member = readRow(row, path, answer) as Member;
      if (email === undefined) return member;
      const found: unknown = Object.hasOwn(member, 'email') ? member.email : undefined;
      if (typeof found === 'string' && foldAddress(found) === foldAddress(email)) return member;
      // Who it is then is not known, and that nobody has the address is not either.
      throw anothers(answer, [...path, 'email'], 'was answered with another address than was asked for.');
    },
  };
}
