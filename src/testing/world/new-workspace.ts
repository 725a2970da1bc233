import { checkList, checkObject, checkOptions, checkText } from '../../errors/check-options.js';
import { type ComplianceKeys, checkNewKey, type NewComplianceKey } from '../compliance/keys.js';
import type { Workspaces, WorkspaceUser } from '../compliance/workspaces.js';
import type { Random } from '../random.js';

/** A key that a workspace begins with: the workspace is its own. */
export type NewWorkspaceKey = Omit<NewComplianceKey, 'workspaceId' | 'principalIds'>;

/** A workspace that the emulator begins with. */
export interface NewWorkspace {
  /** UUID. @default one by the seed */
  readonly id?: string | undefined;
  /** What it is called. @default 'Workspace' and its number */
  readonly name?: string | undefined;
  /** `org-…`, the API organization it belongs to. @default the emulator's */
  readonly organizationId?: string | undefined;
  /** Whether its plan has the Admin API; without it, that answers 404. @default true */
  readonly hasAdminApi?: boolean | undefined;
  /** Its members. @default nobody */
  readonly users?: readonly WorkspaceUser[] | undefined;
  /** Its keys; the first one is what `emulator.compliance.apiKeys` has. @default one that may read everything */
  readonly keys?: readonly NewWorkspaceKey[] | undefined;
}

interface World {
  readonly workspaces: Workspaces;
  readonly keys: ComplianceKeys;
  readonly random: Random;
  readonly organizationId: string;
}

/** Adds the workspaces, and gives what {@link keysFor} is to make for them. */
export function addWorkspaces(
  { workspaces, random, organizationId }: Omit<World, 'keys'>,
  given: readonly NewWorkspace[],
): ReadonlyMap<string, NewWorkspace['keys']> {
  const keysOf = new Map<string, NewWorkspace['keys']>();
  for (const { id = random.uuid(), name, organizationId: ownId = organizationId, hasAdminApi, users, keys } of given) {
    const number = [...workspaces].length + 1;
    workspaces.add({ id, name: name ?? `Workspace ${number}`, organizationId: ownId, hasAdminApi }, users);
    keysOf.set(id, keys);
  }
  return keysOf;
}

/** Makes the keys of every workspace there is, and gives the first one of each by its id. */
export function createKeys(
  { workspaces, keys }: Pick<World, 'workspaces' | 'keys'>,
  keysOf: ReadonlyMap<string, NewWorkspace['keys']>,
): Readonly<Record<string, string>> {
  const first: Record<string, string> = {};
  for (const { id } of workspaces) {
    const [secret] = (keysOf.get(id) ?? [{}]).map((key) => keys.create(forWorkspace(key, id)));
    if (secret !== undefined) first[id] = secret;
  }
  return first;
}

function forWorkspace(key: NewWorkspaceKey, id: string): NewComplianceKey {
  const { keyClass = 'workspace_admin' } = key;
  if (keyClass === 'workspace_admin') return { ...key, workspaceId: id };
  return keyClass === 'legacy_compliance' ? { ...key, principalIds: [id] } : key;
}

/** @throws InputError for what is misspelt. */
export function checkWorkspaces(given: readonly NewWorkspace[] | undefined): readonly NewWorkspace[] {
  if (given === undefined) return [];
  checkList('workspaces', given);
  return given.map((workspace: NewWorkspace) => {
    const own = checkOptions('createEmulator({ workspaces })', workspace, {
      id: true,
      name: true,
      organizationId: true,
      hasAdminApi: true,
      users: true,
      keys: true,
    });
    for (const name of ['id', 'name'] as const) if (own[name] !== undefined) checkText(name, own[name]);
    if (own.users !== undefined) checkList('users', own.users);
    for (const user of own.users ?? []) checkObject('users', user);
    if (own.keys === undefined) return own;
    checkList('keys', own.keys);
    return { ...own, keys: own.keys.map((key: NewWorkspaceKey) => checkNewKey(key)) };
  });
}
