import { foldCase } from '../scim/filter/compare.js';
import { keyText } from '../scim/natural-keys.js';
import type { WantedUser } from './desired.js';
import type { LiveUser } from './match-people.js';
import type { HeldReason, PlannedMember } from './plan.js';
import type { Fate, PlanContext, RemovalHold, UsersPlan } from './plan-users.js';

/** Keys of members, and the people they mean. */
export interface ResolvedMembers {
  /** Accounts of the people meant, by id, and the key of each. */
  readonly known: ReadonlyMap<string, string>;
  /** People who have no account yet. */
  readonly created: readonly PlannedMember[];
  readonly unknown: readonly PlannedMember[];
  readonly waiting: readonly (readonly [HeldReason, readonly PlannedMember[]])[];
}

/** Who is meant by a key, and who may lose a membership. */
export class PersonRefs {
  /** Why nobody may take a membership from this account; `undefined` where nothing speaks against it. */
  readonly holdOf: RemovalHold;
  readonly #wanted: readonly WantedUser[];
  readonly #plan: UsersPlan;
  readonly #context: PlanContext;
  #byLowerId: Map<string, LiveUser> | undefined;
  #unclaimed: Map<string, LiveUser[]> | undefined;

  constructor(wanted: readonly WantedUser[], plan: UsersPlan, context: PlanContext, holdOf: RemovalHold) {
    this.#wanted = wanted;
    this.#plan = plan;
    this.#context = context;
    this.holdOf = holdOf;
  }

  /** Whether the people meant are these accounts, each of them certain, and nobody else: so it is for most groups, most nights. */
  areExactly(ids: ReadonlySet<string>, keys: readonly string[]): boolean {
    const met = new Set<LiveUser>();
    for (const key of keys) {
      const index = this.#context.people.index.find(key);
      const fate = typeof index === 'number' ? this.#plan.fates[index] : undefined;
      if (fate?.kind !== 'stays' || !fate.live.isManaged || !ids.has(fate.live.id)) return false;
      met.add(fate.live);
    }
    return met.size === ids.size;
  }

  resolve(keys: readonly string[]): ResolvedMembers {
    const known = new Map<string, string>();
    const created = new Map<string, PlannedMember>();
    const unknown: PlannedMember[] = [];
    const held: PlannedMember[] = [];
    const unmanaged = new Map<string, PlannedMember>();
    for (const given of new Set(keys)) {
      const index = this.#context.people.index.find(given);
      if (index === undefined || index === 'several') {
        const live = index === undefined ? this.#unclaimedBy(given) : undefined;
        if (live === undefined) unknown.push({ key: given });
        else known.set(live.id, live.key);
        continue;
      }
      const fate: Fate = this.#plan.fates[index] ?? { kind: 'held' };
      const wanted = this.#wanted[index];
      const key = wanted === undefined ? given : this.#context.people.index.keyOf(wanted);
      if (fate.kind === 'held') held.push({ key: given });
      else if (fate.kind === 'created') created.set(key, { key });
      else if (fate.kind === 'stays') {
        const { id, isManaged, key: present } = fate.live;
        // Before somebody joins, it is looked whether the account still has the key.
        const shown = fate.isNameHeld ? present : key;
        if (isManaged) known.set(id, shown);
        else unmanaged.set(id, { id, key: shown });
      }
    }
    return {
      known,
      created: [...created.values()],
      unknown: sorted(unknown),
      waiting: [
        ['member_held', sorted(held)],
        ['not_managed', sorted([...unmanaged.values()])],
      ],
    };
  }

  /** The account with the id of a member: some servers show it in another case. */
  liveOf(id: string): LiveUser | undefined {
    const { byId } = this.#context.people;
    const exact = byId.get(id);
    if (exact !== undefined) return exact;
    this.#byLowerId ??= new Map([...byId].map(([key, live]) => [key.toLowerCase(), live]));
    return this.#byLowerId.get(id.toLowerCase());
  }

  /** Whether the plan decides about the memberships of an account: it stays active, and it is certain whose it is. */
  isGoverned(live: LiveUser): boolean {
    if (!live.isManaged || this.#plan.leaving.has(live.id)) return false;
    return live.isStaying || (!live.isClaimed && live.isActive);
  }

  /** An account that no desired user has, and that stays. */
  #unclaimedBy(key: string): LiveUser | undefined {
    this.#unclaimed ??= this.#indexUnclaimed();
    const found = new Set([
      ...(this.#unclaimed.get(`i ${key}`) ?? []),
      ...(this.#unclaimed.get(`n ${foldCase(key)}`) ?? []),
    ]);
    const [one, ...others] = found;
    return others.length === 0 ? one : undefined;
  }

  #indexUnclaimed(): Map<string, LiveUser[]> {
    const index = new Map<string, LiveUser[]>();
    for (const live of this.#context.people.byId.values()) {
      const { row } = live;
      const isOut = live.isClaimed || !live.isActive || !live.isManaged || this.#plan.leaving.has(live.id);
      if (isOut || row === undefined) continue;
      const [externalId, userName] = [keyText(row, 'externalId'), keyText(row, 'userName')];
      for (const key of [externalId && `i ${externalId}`, userName && `n ${foldCase(userName)}`]) {
        if (key !== '') index.set(key, [...(index.get(key) ?? []), live]);
      }
    }
    return index;
  }
}

function sorted(members: readonly PlannedMember[]): readonly PlannedMember[] {
  return [...members].sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0));
}
