import type { AccessParts } from '../compliance/access.js';
import type { Audit } from '../compliance/service.js';
import type { Workspace, WorkspaceUser } from '../compliance/workspaces.js';
import type { Directory } from '../scim/directory.js';
import type { ActivityLedger } from './activity.js';
import type { AdminBehaviour } from './behaviour.js';
import type { ManualGroups } from './groups.js';
import type { UsageLimits } from './limits.js';
import type { ListQuery } from './paging.js';

/** What the Admin side is made of. Keys, workspaces and people are those of the other two sides. */
export interface AdminParts {
  readonly access: AccessParts;
  readonly audit: Audit | undefined;
  readonly directory: Directory;
  /** Whether the directory is that of the first workspace, or of all. */
  readonly sync: 'tenant' | 'workspace';
  readonly groups: ManualGroups;
  readonly limits: UsageLimits;
  readonly activity: ActivityLedger;
  readonly quirks: AdminBehaviour;
  readonly now: () => number;
}

/** What a route is asked for, by a key that may. */
export interface AdminCall extends ListQuery {
  readonly parts: AdminParts;
  readonly workspace: Workspace;
  /** The ids in the path, in their order. */
  readonly ids: readonly string[];
}

/** The account of the directory with this address. */
export function accountOf({ users }: Directory, email: string) {
  return users.find('email', email)[0] ?? users.find('name', email)[0];
}

/** Whether the directory is in charge of a member: as the world says, or else by the address. */
export function isScimManaged({ directory }: AdminParts, { email, is_scim_managed }: WorkspaceUser): boolean {
  return is_scim_managed ?? accountOf(directory, email) !== undefined;
}

/** Whether the directory says anything of a workspace: one that belongs to a workspace is that of the first. */
export function hasDirectory({ sync, access }: AdminParts, workspaceId: string): boolean {
  const [first] = access.workspaces;
  return sync === 'tenant' || first?.id === workspaceId;
}
