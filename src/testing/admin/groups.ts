import { checkList, checkOptions, checkText } from '../../errors/check-options.js';
import { EmulatorError } from '../../errors/emulator-error.js';
import type { Workspaces } from '../compliance/workspaces.js';
import { createRandom, seedOf } from '../random.js';

/** A group that was made by hand in ChatGPT, and that SCIM knows nothing of. */
export interface ManualGroup {
  /** `group-` and 24 letters and digits, unless it was added under another id. */
  readonly id: string;
  /** What it is called. */
  readonly name: string;
  /** Unix seconds. */
  readonly created_at: number;
  /** Ids of its members, in the order in which they came. */
  readonly memberIds: readonly string[];
}

/** A group to be made by hand: at least a `name`. */
export interface NewManualGroup {
  /** What it is called. */
  readonly name: string;
  /** Ids or addresses of members of the workspace. @default nobody */
  readonly members?: readonly string[] | undefined;
  /** @default a made-up one */
  readonly id?: string | undefined;
}

/** The groups that were made by hand in each workspace. Those of the directory stand in `store.groups`. */
export class ManualGroups {
  // Replaced, never changed.
  #groups: ReadonlyMap<string, readonly ManualGroup[]> = new Map();
  readonly #workspaces: Workspaces;
  readonly #now: () => number;

  /** @internal */
  constructor(workspaces: Workspaces, now: () => number) {
    this.#workspaces = workspaces;
    this.#now = now;
  }

  /**
   * Makes a group, and gives its id.
   *
   * @throws InputError for an option that there is not, EmulatorError for a workspace or a member that there is not.
   *
   * @example
   * import { createEmulator, personOf } from 'chatgpt-enterprise-sdk/testing';
   *
   * await using emulator = createEmulator();
   * const [first = ''] = emulator.compliance.workspaceIds;
   * emulator.store.admin.groups.add(first, { name: 'Night shift', members: [personOf(3).email] });
   */
  add(workspaceId: string, group: NewManualGroup): string {
    const own = checkOptions<NewManualGroup>('admin.groups.add()', group, { name: true, members: true, id: true });
    checkText('name', own.name);
    if (own.id !== undefined) checkText('id', own.id);
    const groups = this.list(workspaceId);
    const made = createRandom(seedOf(`group ${workspaceId} ${own.name} ${groups.length}`)).text(24);
    const { id = `group-${made}`, name } = own;
    const memberIds = this.#idsOf(workspaceId, own.members ?? []);
    this.#set(workspaceId, [...groups, { id, name, created_at: Math.floor(this.#now() / 1000), memberIds }]);
    return id;
  }

  /**
   * Replaces the members of a group.
   *
   * @throws EmulatorError for a group or a member that there is not.
   */
  setMembers(workspaceId: string, groupId: string, members: readonly string[]): void {
    const groups = this.list(workspaceId);
    if (!groups.some(({ id }) => id === groupId)) throw invalid('There is no such group.');
    const memberIds = this.#idsOf(workspaceId, members);
    this.#set(
      workspaceId,
      groups.map((group) => (group.id === groupId ? { ...group, memberIds } : group)),
    );
  }

  /** Takes a group away. Nothing happens where there is none. */
  delete(workspaceId: string, groupId: string): void {
    this.#set(
      workspaceId,
      this.list(workspaceId).filter(({ id }) => id !== groupId),
    );
  }

  /** The groups of a workspace that were made by hand, oldest first. */
  list(workspaceId: string): readonly ManualGroup[] {
    return this.#groups.get(workspaceId) ?? [];
  }

  /** @internal */
  snapshot() {
    return this.#groups;
  }

  /** @internal */
  restore(snapshot: ReturnType<ManualGroups['snapshot']>): void {
    this.#groups = snapshot;
  }

  #idsOf(workspaceId: string, members: readonly string[]): readonly string[] {
    if (this.#workspaces.get(workspaceId) === undefined) throw invalid('There is no such workspace.');
    checkList('members', members);
    return members.map((idOrEmail: string) => {
      const member = this.#workspaces.member(workspaceId, idOrEmail);
      if (member === undefined) throw invalid('There is no such member.');
      return member.id;
    });
  }

  #set(workspaceId: string, groups: readonly ManualGroup[]): void {
    this.#groups = new Map(this.#groups).set(workspaceId, groups);
  }
}

function invalid(message: string): EmulatorError {
  return new EmulatorError('invalid_world', message);
}
