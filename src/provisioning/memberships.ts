import type { Resource } from '../scim/schemas/common.js';
import { type Draft, draft } from './draft.js';
import { heldRemedies } from './held.js';
import type { HeldAction, HeldReason, PlannedMember, PlanTarget } from './plan.js';

/** A membership to add or to remove, and why not. */
export interface Membership extends PlannedMember {
  readonly reason?: HeldReason | undefined;
}

interface GroupChange {
  readonly target: PlanTarget;
  /** The group as it was read. */
  readonly row: Resource | undefined;
  readonly shown: ReadonlySet<string> | undefined;
  readonly add: readonly Membership[];
  readonly remove: readonly Membership[];
  /** Why nothing of it can be done. */
  readonly isHeld?: HeldReason | undefined;
}

/** What of one person's memberships is to be done. */
interface Moves {
  adds: boolean;
  removes: boolean;
  isHeld: boolean;
}

/**
 * The memberships of all groups, looked at by person: whoever leaves one group and joins another swaps them, and then both
 * halves are done, or none.
 */
export class MembershipPlan {
  readonly #groups: GroupChange[] = [];
  readonly #moves = new Map<string, Moves>();

  group(change: GroupChange): void {
    this.#groups.push(change);
  }

  /** Once all groups were added. */
  settle(): void {
    for (const { add, remove, isHeld } of this.#groups) {
      for (const [list, isAdded] of [[add, true] as const, [remove, false] as const]) {
        for (const member of list) {
          const moves = this.#moves.get(personOf(member)) ?? { adds: false, removes: false, isHeld: false };
          if (isAdded) moves.adds = true;
          else moves.removes = true;
          moves.isHeld ||= isHeld !== undefined || member.reason !== undefined;
          this.#moves.set(personOf(member), moves);
        }
      }
    }
  }

  drafts(): readonly Draft[] {
    return this.#groups.flatMap((change) => [
      ...this.#draftsOf(change, 'add_members', change.add),
      ...this.#draftsOf(change, 'remove_members', change.remove),
    ]);
  }

  held(): readonly HeldAction[] {
    return this.#groups.flatMap((change) => [
      ...this.#heldOf(change, 'add_members', change.add),
      ...this.#heldOf(change, 'remove_members', change.remove),
    ]);
  }

  #isSwap(member: Membership): boolean {
    const moves = this.#moves.get(personOf(member));
    return moves?.adds === true && moves.removes;
  }

  #reasonFor(change: GroupChange, member: Membership): HeldReason | undefined {
    const own = member.reason ?? change.isHeld;
    if (own !== undefined) return own;
    return this.#isSwap(member) && this.#moves.get(personOf(member))?.isHeld ? 'swap_held' : undefined;
  }

  #draftsOf(change: GroupChange, kind: 'add_members' | 'remove_members', all: readonly Membership[]): readonly Draft[] {
    const { target, row, shown } = change;
    const free = all.filter((member) => this.#reasonFor(change, member) === undefined);
    const before = row === undefined || shown === undefined ? {} : { before: { members: shown.size } };
    return [false, true].flatMap((swap) => {
      const members = inOrder(free.filter((member) => this.#isSwap(member) === swap));
      if (members.length === 0) return [];
      const isAdded = kind === 'add_members';
      const why = whyOf(isAdded, swap);
      const permission = swap
        ? (['provisioning', 'deprovisioning'] as const)
        : ([isAdded ? 'provisioning' : 'deprovisioning'] as const);
      const removes = isAdded ? [] : members.flatMap(({ id }) => (id === undefined ? [] : [id]));
      return [draft({ kind, target, members, swap, ...before, why }, permission, { baselineOf: row, removes })];
    });
  }

  #heldOf(change: GroupChange, kind: 'add_members' | 'remove_members', all: readonly Membership[]): HeldAction[] {
    const byReason = new Map<HeldReason, Membership[]>();
    for (const member of all) {
      const reason = this.#reasonFor(change, member);
      if (reason === undefined) continue;
      const known = byReason.get(reason);
      if (known === undefined) byReason.set(reason, [member]);
      else known.push(member);
    }
    return [...byReason].map(([reason, members]) => ({
      kind,
      target: change.target,
      members: inOrder(members),
      reason,
      remedy: heldRemedies[reason],
    }));
  }
}

function personOf({ id, key }: PlannedMember): string {
  return id === undefined ? `new ${key}` : `id ${id}`;
}

function inOrder(members: readonly Membership[]): readonly PlannedMember[] {
  return members
    .map(({ id, key }) => (id === undefined ? { key } : { id, key }))
    .sort((one, other) => (personOf(one) < personOf(other) ? -1 : 1));
}

function whyOf(isAdded: boolean, swap: boolean): string {
  if (swap) return 'These people change from one group to another.';
  return isAdded ? 'They should be in the group, and are not.' : 'They are in the group, and should not be.';
}
