import { AccessDeniedError } from '../../errors/input-errors.js';
import { isRecord } from '../../internal/json.js';
import type { TransportRequest } from '../../transport/options.js';
import type { Access } from '../options.js';
import type { RequiredPermission } from './value-permissions.js';

/** Says which permissions a request needs. */
export type RequestJudge = (request: TransportRequest) => readonly RequiredPermission[];

/**
 * Stops every request that could do more than the access allows, whatever part of the library built it.
 *
 * Without Provisioning nothing can be created or changed. Without Deprovisioning nobody can be switched off (as far as
 * `active` says so), deleted or taken out of a group, and no PATCH takes a value out of a list; contact data may be set to
 * other values. A PUT may then replace no group, must say `active: true` of a user and may give no list empty but one of
 * contact data: that a list is missing or shorter than it was, nobody can tell from a PUT. What cannot be judged needs
 * both. Where no judge was loaded, as in a client that can only read, nothing but reads can leave.
 *
 * @throws AccessDeniedError
 */
export function guardAccess(access: Access, judge: RequestJudge | undefined, request: TransportRequest): void {
  for (const { permission, because } of (judge ?? onlyReads)(request)) {
    if (access[permission] === true && judge !== undefined) continue;
    throw new AccessDeniedError({ permission, method: request.method, route: request.route, because });
  }
}

// `X-HTTP-Method-Override` and `X-Original-URL` in their many spellings.
const disguise = /method|(?:original|rewrite)[-_]?ur[il]/i;

/**
 * Whether a server may take the request for another one: by a header that names another method or path, or by `_method`,
 * which some frameworks read from the query and from the body.
 */
export function isDisguised({
  headers = {},
  query = [],
  body,
}: Pick<TransportRequest, 'headers' | 'query' | 'body'>): boolean {
  const names = [...query.map(([name]) => name), ...(isRecord(body) ? Object.keys(body) : [])];
  return Object.keys(headers).some((name) => disguise.test(name)) || names.some((name) => /^_method$/i.test(name));
}

function onlyReads(request: TransportRequest): readonly RequiredPermission[] {
  const { method, route } = request;
  const isRead = method === 'GET' || (method === 'POST' && route.endsWith('/.search'));
  if (isRead && !isDisguised(request)) return [];
  return [{ permission: method === 'DELETE' ? 'deprovisioning' : 'provisioning', because: 'is no read' }];
}
