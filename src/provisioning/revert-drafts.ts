import { readIfThere } from '../scim/read.js';
import { readMembers, shownIn } from '../scim/read-members.js';
import type { ResourceContext } from '../scim/resource.js';
import type { PatchOperation, Resource } from '../scim/schemas/common.js';
import { unappliedAttributes } from '../scim/write/verify.js';
import type { RequestOptions } from '../transport/options.js';
import { valueAt } from './diff-user.js';
import { type Draft, draft } from './draft.js';
import { heldRemedies } from './held.js';
import { type Membership, MembershipPlan } from './memberships.js';
import type { Owners } from './owners.js';
import type { HeldAction, HeldReason, PlanActionKind, PlanTarget } from './plan.js';
import { baselineOf } from './plan-hash.js';
import { neededFor, removal } from './plan-users.js';
import type { ResolvedPolicy } from './policy.js';
import type { Protection } from './protect.js';
import type { Deed } from './revert-deeds.js';

interface RevertContext {
  readonly policy: ResolvedPolicy;
  readonly users: ResourceContext;
  readonly groups: ResourceContext;
  readonly owners: Owners;
  readonly protection: Protection;
  readonly request: () => RequestOptions;
}

/** What undoes a deed, of each kind. */
const inverseOf: Readonly<Record<PlanActionKind, PlanActionKind>> = {
  create: 'deactivate',
  reactivate: 'deactivate',
  change: 'change',
  rename: 'rename',
  create_group: 'create_group',
  add_members: 'remove_members',
  remove_members: 'add_members',
  deactivate: 'reactivate',
  delete: 'create',
};

/** Looks at what was done, and drafts what undoes it. */
export class RevertDrafts {
  readonly #context: RevertContext;
  readonly #drafts: Draft[] = [];
  readonly #held: HeldAction[] = [];
  /** By group: who is to be added and removed. */
  readonly #groups = new Map<string, GroupChange>();
  readonly #users = new Map<string, Promise<Resource | undefined>>();

  constructor(context: RevertContext) {
    this.#context = context;
  }

  async add(deed: Deed): Promise<void> {
    const { kind, target, isDone, members } = deed;
    if (!isDone) return this.#hold(inverseOf[kind], target, 'outcome_unknown', members);
    if (kind === 'delete' || kind === 'create_group') return this.#hold(inverseOf[kind], target, 'no_inverse');
    if (kind === 'add_members' || kind === 'remove_members') return this.#undoMembers(deed);
    const { id = '', key } = target;
    const row = await this.#readUser(id);
    if (row === undefined) return this.#hold(inverseOf[kind], target, 'changed_since');
    const found = { id, key };
    if (kind === 'create' || kind === 'reactivate') return this.#undoActivation(deed, found, row);
    return this.#undoChange(deed, found, row);
  }

  /** Once all were added. */
  settle() {
    const memberships = new MembershipPlan();
    for (const change of this.#groups.values()) memberships.group(change);
    memberships.settle();
    return {
      drafts: [...this.#drafts, ...memberships.drafts()],
      held: [...this.#held, ...memberships.held()],
      usersRead: this.#users.size,
      groupsRead: this.#groups.size,
    };
  }

  async #undoActivation(deed: Deed, target: PlanTarget & { readonly id: string }, row: Resource): Promise<void> {
    if (row.active === false) return;
    // Of whoever was reactivated the digest is of more than who it is.
    const paths = deed.kind === 'create' ? [] : Object.keys(deed.before);
    const isSame = deed.seen === (await baselineOf(row, replacing(paths, row)));
    const reason = isSame ? this.#removalHoldOf(row) : 'changed_since';
    if (reason !== undefined) return this.#hold('deactivate', target, reason);
    this.#drafts.push(removal('deactivate', { id: target.id, row }, target.key, why));
  }

  async #undoChange(deed: Deed, target: PlanTarget & { readonly id: string }, row: Resource): Promise<void> {
    const { users } = this.#context;
    const { kind, before, seen } = deed;
    const isRemoval = kind === 'deactivate';
    const operations: readonly PatchOperation[] = Object.entries(before).map(([path, value]) =>
      value === null ? { op: 'remove', path } : { op: 'replace', path, value },
    );
    if (unappliedAttributes(users, operations, row, row).length === 0) return;
    const inverse = isRemoval ? 'reactivate' : kind === 'rename' ? 'rename' : 'change';
    if (seen !== (await baselineOf(row, isRemoval ? [] : operations))) {
      return this.#hold(inverse, target, 'changed_since');
    }
    if (!this.#context.protection.isManaged(row)) return this.#hold(inverse, target, 'not_managed');
    const held = Object.fromEntries(Object.keys(before).map((path) => [path, valueAt(row, path) ?? null]));
    const content = { kind: inverse, target, before: held, after: before, operations, why } as const;
    this.#drafts.push(draft(content, neededFor('PATCH', operations), { baselineOf: row, operations }));
  }

  async #undoMembers({ kind, target, members, seen }: Deed): Promise<void> {
    const { groups, request } = this.#context;
    const isAddition = kind === 'add_members';
    const inverse = inverseOf[kind];
    const { id = '' } = target;
    const row = await readIfThere(groups, id, request());
    if (row === undefined || seen !== (await baselineOf(row)))
      return this.#hold(inverse, target, 'changed_since', members);
    const listed = await readMembers(groups, row, request());
    const shown = listed && shownIn(listed);
    if (shown === undefined) return this.#hold(inverse, target, 'members_hidden', members);
    const { has } = shown.finder(new Set(members.map((member) => member.id ?? '')));
    const change = this.#changeOf(id, target, row, new Set(shown.all.map(({ value }) => value)));
    for (const { id: member = '', key } of members) {
      if (has({ value: member }) !== isAddition) continue;
      const person = await this.#readUser(member);
      const hold = person === undefined ? 'changed_since' : isAddition ? this.#removalHoldOf(person) : undefined;
      const isOff = !isAddition && person?.active === false;
      const reason = hold ?? (isOff ? 'changed_since' : undefined);
      (isAddition ? change.remove : change.add).push({ id: member, key, ...(reason && { reason }) });
    }
  }

  #changeOf(id: string, { key }: PlanTarget, row: Resource, shown: ReadonlySet<string>): GroupChange {
    const known = this.#groups.get(id);
    if (known !== undefined) return known;
    const change = { target: { id, key }, row, shown, add: [], remove: [] };
    this.#groups.set(id, change);
    return change;
  }

  #removalHoldOf(row: Resource): HeldReason | undefined {
    const { protection, owners, policy } = this.#context;
    const protectedBy = protection.reasonFor(row);
    if (protectedBy !== undefined) return protectedBy;
    if (!protection.isManaged(row)) return 'not_managed';
    const reason = owners.reasonFor(row.id);
    return reason === 'owners_unknown' && policy.ownersUnknown === 'allow' ? undefined : reason;
  }

  /** Each once, however many groups it is about. */
  #readUser(id: string): Promise<Resource | undefined> {
    const { users, request } = this.#context;
    const reading = this.#users.get(id) ?? readIfThere(users, id, request());
    this.#users.set(id, reading);
    return reading;
  }

  #hold(kind: PlanActionKind, target: PlanTarget, reason: HeldReason, members: HeldAction['members'] = []): void {
    const who = members.length === 0 ? {} : { members };
    this.#held.push({ kind, target, ...who, reason, remedy: heldRemedies[reason] });
  }
}

interface GroupChange {
  readonly target: PlanTarget;
  readonly row: Resource;
  readonly shown: ReadonlySet<string>;
  readonly add: Membership[];
  readonly remove: Membership[];
}

const why = 'The plan is undone.';

/** Operations that name these paths: a digest is made by no more of them. */
function replacing(paths: readonly string[], row: Resource): readonly PatchOperation[] {
  return paths.map((path) => ({ op: 'replace', path, value: valueAt(row, path) ?? null }));
}
