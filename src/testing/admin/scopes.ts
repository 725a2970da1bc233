import type { AdminRoute } from '../routes.js';

/**
 * What a key may read of the Admin API. The names are OpenAI's; that of *Invitations* is not published: it is `invitations`
 * here.
 */
export type AdminScope =
  | 'chatgpt.enterprise.user.read'
  | 'chatgpt.enterprise.directory.read'
  | 'chatgpt.enterprise.service_account.read'
  | 'chatgpt.enterprise.usage_limit.read'
  | 'enterprise.analytics.usage.read'
  | 'invitations';

/** All of them: each a category of the console. */
export const adminScopes: readonly AdminScope[] = [
  'chatgpt.enterprise.user.read',
  'chatgpt.enterprise.directory.read',
  'chatgpt.enterprise.service_account.read',
  'chatgpt.enterprise.usage_limit.read',
  'enterprise.analytics.usage.read',
  'invitations',
];

/** What a route needs. The groups of a member are about groups. */
export function scopeOf(route: AdminRoute): AdminScope {
  if (route === 'GET /analytics/usage') return 'enterprise.analytics.usage.read';
  if (route.startsWith('GET /manage/usage_limits')) return 'chatgpt.enterprise.usage_limit.read';
  if (route.startsWith('GET /manage/service-accounts')) return 'chatgpt.enterprise.service_account.read';
  if (route.startsWith('GET /manage/invites')) return 'invitations';
  const isAboutGroups = route.startsWith('GET /manage/groups') || route.endsWith('/groups');
  return isAboutGroups ? 'chatgpt.enterprise.directory.read' : 'chatgpt.enterprise.user.read';
}
