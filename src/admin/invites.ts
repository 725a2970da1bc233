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
  type ListSource,
  listNames,
  readPage,
} from './paging.js';
import type { Invite } from './schemas/invites-and-service-accounts.js';
import { readUndescribed, undescribedSource } from './undescribed.js';

const route = '/manage/workspaces/{workspace_id}/invites';

/**
 * Invitations to a workspace. Needs the permission to read Invitations. OpenAI has described neither their fields nor how they
 * are paged: any way that its other lists have is followed, and fields are typed as unknown.
 */
export class AdminInvites<Several extends boolean = false> {
  readonly #workspaces: Workspaces;

  /** @hidden */
  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  /** One page of invitations: all of them, where the service does not page them. */
  async list(...[query, options]: QueryArguments<AdminListQuery, Several>): Promise<AdminPage<Invite>> {
    const call = checkListCall('list()', query, options, listNames);
    return readPage(this.#workspaces, inviteSource, call);
  }

  /** All invitations. @throws IncompleteListError where the service contradicts itself, in place of an end. */
  iterate(...[query, options]: QueryArguments<AdminIterateQuery, Several>): AdminList<Invite> {
    const call = checkListCall('iterate()', query, options, iterateNames);
    return iteratePages(this.#workspaces, inviteSource, call);
  }

  /** The invitation with the id. @throws ResponseError with code `not_found`. */
  async get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<Invite> {
    const own = checkQuery('get()', query, workspaceNames);
    const how = checkCall('get()', options, workspaceNames);
    const request = { route: `${route}/{invite_id}`, params: { invite_id: checkPathPart('id', id) } };
    return this.#workspaces.of(own.workspaceId).get(request, how, (answer) => readUndescribed(answer, id));
  }
}

const inviteSource: ListSource<Invite> = undescribedSource(route);
