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
import { anothers } from './rows.js';
import type { ServiceAccount, ServiceAccountCredential } from './schemas/invites-and-service-accounts.js';
import { readUndescribed, undescribedSource } from './undescribed.js';

const route = '/manage/workspaces/{workspace_id}/service-accounts';

/**
 * Accounts of programs, which plans that are paid by use have. Needs the permission to read Service accounts. OpenAI has not
 * described how they are paged: any way that its other lists have is followed.
 */
export class AdminServiceAccounts<Several extends boolean = false> {
  readonly #workspaces: Workspaces;

  /** @hidden */
  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  /** One page of accounts: all of them, where the service does not page them. */
  async list(...[query, options]: QueryArguments<AdminListQuery, Several>): Promise<AdminPage<ServiceAccount>> {
    const call = checkListCall('list()', query, options, listNames);
    return readPage(this.#workspaces, accountSource, call);
  }

  /** All accounts. @throws IncompleteListError where the service contradicts itself, in place of an end. */
  iterate(...[query, options]: QueryArguments<AdminIterateQuery, Several>): AdminList<ServiceAccount> {
    const call = checkListCall('iterate()', query, options, iterateNames);
    return iteratePages(this.#workspaces, accountSource, call);
  }

  /** The account with the id. @throws ResponseError with code `not_found`. */
  async get(id: string, ...[query, options]: QueryArguments<WorkspaceQuery, Several>): Promise<ServiceAccount> {
    const own = checkQuery('get()', query, workspaceNames);
    const how = checkCall('get()', options, workspaceNames);
    const request = { route: `${route}/{service_account_id}`, params: idOf(id) };
    return this.#workspaces.of(own.workspaceId).get(request, how, (answer) => readUndescribed(answer, id));
  }

  /** One page of what is known of an account's tokens: all of them, where the service does not page them. */
  async listCredentials(
    id: string,
    ...[query, options]: QueryArguments<AdminListQuery, Several>
  ): Promise<AdminPage<ServiceAccountCredential>> {
    const call = checkListCall('listCredentials()', query, options, listNames);
    return readPage(this.#workspaces, credentialSource(id), call);
  }

  /** What is known of an account's tokens: names and times, never a token. */
  credentials(
    id: string,
    ...[query, options]: QueryArguments<AdminIterateQuery, Several>
  ): AdminList<ServiceAccountCredential> {
    const call = checkListCall('credentials()', query, options, iterateNames);
    return iteratePages(this.#workspaces, credentialSource(id), call);
  }
}

const accountSource: ListSource<ServiceAccount> = undescribedSource(route);

function credentialSource(id: string): ListSource<ServiceAccountCredential> {
  const source = undescribedSource<ServiceAccountCredential>(`${route}/{service_account_id}/credentials`, idOf(id));
  return {
    ...source,
    readRow: (row, index, answer) => {
      const credential = source.readRow(row, index, answer);
      const { service_account_id: account } = credential;
      if (typeof account !== 'string' || account === id) return credential;
      throw anothers(answer, ['data', index, 'service_account_id'], 'was answered with what is of another account.');
    },
  };
}

function idOf(id: string): { readonly service_account_id: string } {
  return { service_account_id: checkPathPart('id', id) };
}
