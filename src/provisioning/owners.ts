import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { isRecord } from '../internal/json.js';
import { ownershipOf } from '../internal/ownership.js';
import { forEach } from './for-each.js';
import type { UnmanagedMembers } from './plan.js';
import type { PlanNote } from './plan-note.js';
import type { RosterPerson } from './roster-person.js';

/** Who owns the workspaces, as far as it is known: SCIM has no roles. */
export interface Owners {
  /** `undefined` for a user of whom it is known that the person owns nothing. */
  readonly reasonFor: (id: string) => 'owner' | 'owners_unknown' | undefined;
  /** Whether the roster knows it for a program, whatever the directory says. */
  readonly isServiceAccount: (id: string) => boolean;
  readonly unmanaged: UnmanagedMembers | undefined;
  /** Of the workspaces that it shows; `undefined` for none. */
  readonly workspaceIds: readonly string[] | undefined;
  /** Accounts of the directory that are not active there, and are in a workspace. */
  readonly stillMembers: ReadonlySet<string>;
  readonly notes: readonly PlanNote[];
}

/** Reads the roster to its end, where there is one. One that fails leaves the owners unknown, and is no reason to stop. */
export async function readOwners(
  people: Iterable<RosterPerson> | AsyncIterable<RosterPerson> | undefined,
  signal: AbortSignal | undefined,
): Promise<Owners> {
  const roles = new Roles();
  if (people === undefined) return roles.toOwners('no roster was given (`people`)');
  try {
    await forEach(people, (person) => {
      signal?.throwIfAborted();
      roles.add(person);
    });
  } catch (error) {
    signal?.throwIfAborted();
    // A wrong argument is no roster that cannot be read.
    if (isSdkError(error, 'InputError')) throw error;
    return roles.toOwners(`the roster could not be read (${isSdkError(error) ? error.code : 'the iterable failed'})`);
  }
  return roles.toOwners(roles.whyNotWhole());
}

/** Of nothing that is masked is it known whose it is. */
const wholeAddress = /^[^\s@*…•]+@[^\s@*…•]+$/u;

class Roles {
  readonly #owners = new Set<string>();
  readonly #programs = new Set<string>();
  /** Accounts of the directory of whose roles it is known whether they are those of owners. */
  readonly #known = new Set<string>();
  readonly #unmanaged = new Set<string>();
  /** Workspaces, and whether an owner was seen there: each has at least one. */
  readonly #hasOwner = new Map<string, boolean>();
  readonly #stillMembers = new Set<string>();
  /** Entries of the directory that may be one person: an owner among them could be each. */
  readonly #alike = new LinkedIds();
  #isIncomplete = false;
  #ownersElsewhere = 0;
  #mayOwnWithoutAddress = false;

  add(person: RosterPerson): void {
    if (!isRecord(person) || !Array.isArray(person.workspaces)) {
      throw new InputError('`people` must give the people of a roster.', {
        path: ['people'],
        remedy: 'Give `connection.roster()`, or objects with `directory` and `workspaces`.',
      });
    }
    // `Array.isArray` takes the type of its entries away.
    const workspaces = person.workspaces as RosterPerson['workspaces'];
    const id = person.directory?.id;
    this.#isIncomplete ||= person.workspacesIncomplete === true;
    let owns = false;
    let isKnown = true;
    for (const { workspaceId, role } of workspaces) {
      const ownership = ownershipOf(role);
      isKnown &&= ownership !== undefined;
      // What a newer service may call an owner.
      const isOwner = ownership ?? /owner/i.test(role ?? '');
      owns ||= isOwner;
      if (isOwner || !this.#hasOwner.has(workspaceId)) this.#hasOwner.set(workspaceId, isOwner);
    }
    if (person.conflicts !== undefined) this.#noteAlike(person);
    if (id === undefined) {
      if ((owns || !isKnown) && !wholeAddress.test(person.email ?? '')) this.#mayOwnWithoutAddress = true;
      for (const { userId } of workspaces) this.#unmanaged.add(userId);
      if (owns) this.#ownersElsewhere += 1;
      return;
    }
    if (person.kind === 'service_account') this.#programs.add(id);
    if (owns) this.#owners.add(id);
    if (isKnown) this.#known.add(id);
  }

  #noteAlike({ directory, conflicts = [] }: RosterPerson): void {
    for (const { code, directoryIds } of Array.isArray(conflicts) ? conflicts : []) {
      if (code === 'inactive_but_active_in_workspace' && directory !== undefined) this.#stillMembers.add(directory.id);
      if (!Array.isArray(directoryIds)) continue;
      this.#alike.link(directory === undefined ? directoryIds : [directory.id, ...directoryIds]);
    }
  }

  /** What is known of one of those that may be one person is known of all, and what is not, of none. */
  #share(): void {
    for (const ids of this.#alike.groups()) {
      if (ids.some((id) => this.#owners.has(id))) for (const id of ids) this.#owners.add(id);
      if (ids.some((id) => !this.#known.has(id))) for (const id of ids) this.#known.delete(id);
    }
  }

  whyNotWhole(): string | undefined {
    if (this.#isIncomplete) return 'the members of a workspace could not all be read';
    if (this.#hasOwner.size === 0) return 'the roster shows no workspace';
    if (this.#mayOwnWithoutAddress) return 'an account that may be an owner has no address that tells whose it is';
    const isOwned = [...this.#hasOwner.values()].every(Boolean);
    return isOwned ? undefined : 'a workspace shows no owner, and each has one';
  }

  toOwners(whyNot: string | undefined): Owners {
    this.#share();
    const elsewhere = this.#ownersElsewhere;
    const userIds = [...this.#unmanaged].sort();
    return {
      reasonFor: (id) => {
        if (this.#owners.has(id)) return 'owner';
        return whyNot === undefined && this.#known.has(id) ? undefined : 'owners_unknown';
      },
      isServiceAccount: (id) => this.#programs.has(id),
      unmanaged: this.#hasOwner.size === 0 ? undefined : { count: userIds.length, userIds },
      workspaceIds: this.#hasOwner.size === 0 ? undefined : [...this.#hasOwner.keys()].sort(),
      stillMembers: this.#stillMembers,
      notes: [
        ...(whyNot === undefined
          ? []
          : [{ code: 'owners_unknown' as const, message: `Who owns the workspace is not known: ${whyNot}.` }]),
        ...(elsewhere === 0
          ? []
          : [
              {
                code: 'owner_not_in_directory' as const,
                message: `${elsewhere} of the owners joined under an address that the directory does not have. If such a person has another account in the directory, protect it by its id.`,
              },
            ]),
      ],
    };
  }
}

/** Ids of which some are linked, be it by way of others. */
class LinkedIds {
  readonly #next = new Map<string, string>();

  link(ids: readonly string[]): void {
    const [first] = ids;
    if (first === undefined) return;
    const root = this.#rootOf(first);
    for (const id of ids) {
      const other = this.#rootOf(id);
      if (other !== root) this.#next.set(other, root);
    }
  }

  groups(): Iterable<readonly string[]> {
    const groups = new Map<string, string[]>();
    for (const id of this.#next.keys()) {
      const root = this.#rootOf(id);
      const group = groups.get(root) ?? [root];
      group.push(id);
      groups.set(root, group);
    }
    return groups.values();
  }

  #rootOf(id: string): string {
    let root = id;
    for (let next = this.#next.get(root); next !== undefined; next = this.#next.get(root)) {
      // Each second step is left out the next time.
      const beyond = this.#next.get(next);
      if (beyond !== undefined) this.#next.set(root, beyond);
      root = next;
    }
    return root;
  }
}
