import type { AdminScope } from '../compliance/scopes.js';
import type { AdminRoute } from '../routes.js';

/** What a route needs. The groups of a member are about groups. */
export function scopeOf(route: AdminRoute): AdminScope {
  if (route === 'GET /analytics/usage') return 'enterprise.analytics.usage.read';
  if (route.startsWith('GET /manage/usage_limits')) return 'chatgpt.enterprise.usage_limit.read';
  if (route.startsWith('GET /manage/service-accounts')) return 'chatgpt.enterprise.service_account.read';
  if (route.startsWith('GET /manage/invites')) return 'invitations';
  const isAboutGroups = route.startsWith('GET /manage/groups') || route.endsWith('/groups');
  return isAboutGroups ? 'chatgpt.enterprise.directory.read' : 'chatgpt.enterprise.user.read';
}
