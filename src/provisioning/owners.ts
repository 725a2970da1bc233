import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { isRecord } from '../internal/json.js';
import { ownershipOf } from '../internal/ownership.js';
import type { PlanNote, UnmanagedMembers } from './plan.js';
import type { RosterPerson } from './roster-person.js';

/** Who owns the workspaces, as far as it is known: SCIM has no roles. */
export interface Owners {
  /** `undefined` for a user of whom it is known that the person owns nothing. */
  readonly reasonFor: (id: string) => 'owner' | 'owners_unknown' | undefined;
  readonly unmanaged: UnmanagedMembers | undefined;
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
    for await (const person of people) {
      signal?.throwIfAborted();
      roles.add(person);
    }
  } catch (error) {
    signal?.throwIfAborted();
    // A wrong argument is no roster that cannot be read.
    if (isSdkError(error, 'InputError')) throw error;
    return roles.toOwners(`the roster could not be read (${isSdkError(error) ? error.code : 'the iterable failed'})`);
  }
  return roles.toOwners(roles.whyNotWhole());
}

class Roles {
  readonly #owners = new Set<string>();
  /** Accounts of the directory of whose roles it is known whether they are those of owners. */
  readonly #known = new Set<string>();
  readonly #unmanaged = new Set<string>();
  /** Workspaces, and whether an owner was seen there: each has at least one. */
  readonly #hasOwner = new Map<string, boolean>();
  #isIncomplete = false;
  #ownersElsewhere = 0;

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
    const ownerships = workspaces.filter(({ role }) => isOwner(role));
    for (const { workspaceId } of workspaces) {
      if (!this.#hasOwner.has(workspaceId)) this.#hasOwner.set(workspaceId, false);
    }
    for (const { workspaceId } of ownerships) this.#hasOwner.set(workspaceId, true);
    if (id === undefined) {
      for (const { userId } of workspaces) this.#unmanaged.add(userId);
      if (ownerships.length > 0) this.#ownersElsewhere += 1;
      return;
    }
    if (ownerships.length > 0) this.#owners.add(id);
    if (workspaces.every(({ role }) => ownershipOf(role) !== undefined)) this.#known.add(id);
  }

  whyNotWhole(): string | undefined {
    if (this.#isIncomplete) return 'the members of a workspace could not all be read';
    if (this.#hasOwner.size === 0) return 'the roster shows no workspace';
    const isOwned = [...this.#hasOwner.values()].every(Boolean);
    return isOwned ? undefined : 'a workspace shows no owner, and each has one';
  }

  toOwners(whyNot: string | undefined): Owners {
    const elsewhere = this.#ownersElsewhere;
    const userIds = [...this.#unmanaged].sort();
    return {
      reasonFor: (id) => {
        if (this.#owners.has(id)) return 'owner';
        return whyNot === undefined && this.#known.has(id) ? undefined : 'owners_unknown';
      },
      unmanaged: this.#hasOwner.size === 0 ? undefined : { count: userIds.length, userIds },
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

/** `account-owner`, or what a newer service may call one. */
function isOwner(role: string | undefined): boolean {
  return ownershipOf(role) ?? /owner/i.test(role ?? '');
}
