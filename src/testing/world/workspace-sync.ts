import type { Workspaces } from '../compliance/workspaces.js';
import { emailOf, type OnChange } from '../scim/directory.js';
import type { Row } from '../scim/resource-table.js';
import { serviceAccount } from '../scim/workos-rules.js';

/**
 * What a directory that belongs to one workspace does there: whoever is created is invited, whoever is switched off or deleted
 * is no longer a member. A service account is an identity of the workspace and no member of it.
 */
export function syncedTo(workspaces: Workspaces): OnChange {
  return (before, after) => {
    const [workspace] = workspaces;
    if (workspace === undefined) return;
    const [was, is] = [accessOf(before), accessOf(after)];
    if (was !== undefined && is === undefined) workspaces.removeUser(workspace.id, was.email);
    if (was === undefined && is !== undefined) workspaces.invite(workspace.id, is.email, is.name);
  };
}

/** Who has access by a resource of the directory: an active user that is a person. */
function accessOf(row: Row | undefined): { readonly email: string; readonly name: string } | undefined {
  if (row?.kind.name !== 'User') return undefined;
  const { active, userType, displayName } = row.attributes;
  const email = emailOf(row.attributes);
  if (active === false || userType === serviceAccount || email === undefined) return undefined;
  return { email, name: typeof displayName === 'string' ? displayName : '' };
}
