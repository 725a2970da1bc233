import type { Person } from '../people.js';
import type { EmulatorStore } from '../store.js';

/**
 * A group by hand, and limits of every kind, in the first workspace: one for all, more for engineers, less and none for two
 * of the people, and two wishes. The second workspace has no limit at all.
 */
export function fillLimits({ workspaces, groups, admin }: EmulatorStore, people: readonly Person[]): void {
  const [first] = workspaces;
  if (first === undefined) return;
  const emails = people.map(({ email }) => email);
  const [owner = '', , free = '', asking = '', asked = ''] = emails;
  admin.groups.add(first.id, { name: 'Pilot', members: [owner, asking, asked] });
  admin.limits.setWorkspace(first.id, 1000);
  const engineering = groups.getByName('Engineering');
  if (engineering?.id !== undefined) admin.limits.setGroup(first.id, engineering.id, 2000);
  admin.limits.setUser(first.id, free, 'unlimited');
  admin.limits.setUser(first.id, asking, 300);
  admin.limits.request(first.id, { user: asking, recommended: 800 });
  admin.limits.request(first.id, { user: asked, recommended: 2500, status: 'denied', resolvedBy: owner });
}
