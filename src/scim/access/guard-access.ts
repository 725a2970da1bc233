import { AccessDeniedError } from '../../errors/access-denied-error.js';
import type { TransportRequest } from '../../transport/transport.js';
import type { Access } from './access.js';
import type { AccessDemand } from './access-demand.js';

/** Says which permissions a request needs. */
export type RequestJudge = (request: TransportRequest) => readonly AccessDemand[];

/**
 * Stops every request that could do more than the access allows, whatever part of the library built it.
 *
 * Without Provisioning nothing can be created or changed; without Deprovisioning nobody can be switched off, deleted or
 * taken out of a group, and no list can lose a value. What cannot be judged needs both. Where no judge was loaded, as in
 * a client that can only read, nothing but reads can leave.
 *
 * @throws AccessDeniedError
 */
export function guardAccess(access: Access, judge: RequestJudge | undefined, request: TransportRequest): void {
  for (const { permission, because } of (judge ?? onlyReads)(request)) {
    if (access[permission] === true && judge !== undefined) continue;
    throw new AccessDeniedError({ permission, method: request.method, route: request.route, because });
  }
}

/** Whether a header may make a server take the request for another, such as `X-HTTP-Method-Override`. */
export function mayChangeMethod(headers: TransportRequest['headers'] = {}): boolean {
  return Object.keys(headers).some((name) => /method/i.test(name));
}

function onlyReads({ method, route, headers }: TransportRequest): readonly AccessDemand[] {
  const isRead = method === 'GET' || (method === 'POST' && route.endsWith('/.search'));
  if (isRead && !mayChangeMethod(headers)) return [];
  return [{ permission: method === 'DELETE' ? 'deprovisioning' : 'provisioning', because: 'is no read' }];
}
