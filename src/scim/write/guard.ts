import { AccessDeniedError, type Permission } from '../../errors/input-errors.js';
import type { TransportRequest } from '../../transport/options.js';
import type { GrantedAccess } from '../options.js';
import { permissionsRequiredBy } from './permissions.js';

/**
 * Stops every request that could do more than the access allows, whatever part of the library built it: the transport
 * calls this with the very body that would go out.
 *
 * Without Provisioning nothing can be created or changed. Without Deprovisioning nobody can be deactivated (as far as
 * `active` says so), deleted or taken out of a group, no PATCH takes a value out of a list, and a PUT may replace no group,
 * must say `active: true` of a user and may empty no list but one of contact data (that a list is missing or shorter than
 * before does not show in a PUT). What cannot be classified requires both.
 */
export function guardAccess(access: GrantedAccess, request: TransportRequest): void {
  const { method, route } = request;
  const missing = permissionsRequiredBy(request).filter(({ permission }) => !access[permission]);
  const [first] = missing;
  if (first !== undefined) {
    const permissions = [...new Set(missing.map(({ permission }) => permission))];
    throw new AccessDeniedError({ ...first, permissions, method, route });
  }
  // Without a permission nothing but reads can leave, whatever was made of the body.
  const isRead = method === 'GET' || (method === 'POST' && route.endsWith('/.search'));
  if (isRead || access.provisioning || access.deprovisioning) return;
  throw new AccessDeniedError({ permissions: ['provisioning'], method, route, because: 'is not a read' });
}

/** Stops a method for which a permission is missing, before anything is read or sent. */
export function requirePermission(
  { server: { access }, route }: { readonly server: { readonly access: GrantedAccess }; readonly route: string },
  required: Permission | readonly Permission[],
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
): void {
  const permissions = [required].flat().filter((permission) => !access[permission]);
  if (permissions.length === 0) return;
  throw new AccessDeniedError({ permissions, method, route: method === 'POST' ? route : `${route}/{id}` });
}
