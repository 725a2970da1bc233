import { isRecord } from '../../internal/is-record.js';
import { USER_URN } from '../schemas/urns.js';
import { type AccessDemand, bothFor, deprovisioningFor, provisioningFor } from './access-demand.js';
import { valuesOf } from './read-keys.js';
import { attributeDemands } from './value-demands.js';

/**
 * What it takes to put a resource in the place of another.
 *
 * What a PUT leaves out is unset. Of a group that may be members, whatever the body shows; of a user it may be `active`,
 * which a server may set to false then. So the type of the resource must be known.
 */
export function putDemands(segments: readonly string[], body: unknown): readonly AccessDemand[] {
  if (!isRecord(body)) return bothFor('has a body that cannot be judged');
  const urns = valuesOf(body, 'schemas').flat().map(String);
  if (segments.includes('groups') || urns.some((urn) => /:group$/i.test(urn))) {
    return bothFor('replaces a group, which may remove members');
  }
  const isUser =
    segments.some((segment) => segment === 'users' || segment === 'me') ||
    urns.some((urn) => urn.toLowerCase() === USER_URN.toLowerCase()) ||
    valuesOf(body, 'username').length > 0;
  if (!isUser && urns.length === 0) return bothFor('replaces a resource whose type cannot be told');
  return [
    ...provisioningFor('replaces a resource'),
    ...(isUser && valuesOf(body, 'active').length === 0 ? deprovisioningFor('leaves out active') : []),
    ...attributeDemands(body, 'put'),
  ];
}
