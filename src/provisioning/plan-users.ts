import type { Permission } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { checkNames } from '../scim/misspelt.js';
import { keyText } from '../scim/natural-keys.js';
import type { ResourceContext } from '../scim/resource.js';
import { isServiceAccount } from '../scim/schemas/service-account.js';
import { permissionsRequiredBy } from '../scim/write/permissions.js';
import { checkResource } from '../scim/write/validate.js';
import type { WantedUser } from './desired.js';
import type { UserChange } from './diff-user.js';
import { type Draft, draft } from './draft.js';
import { heldRemedies } from './held.js';
import { LookAlikes } from './look-alikes.js';
import type { LiveUser } from './match-people.js';
import type { Owners } from './owners.js';
import type { HeldAction, HeldReason, PlanActionKind } from './plan.js';
import type { ResolvedPolicy } from './policy.js';
import { isNamedBy, protectionOf } from './protect.js';
import type { LivePeople } from './read-directory.js';

/** What becomes of a desired user: whose account it is, that one is created, or that nobody knows. */
export type Fate =
  | {
      readonly kind: 'stays';
      readonly live: LiveUser;
      /** Whether a new name is held: the account keeps the one that it has. */
      readonly isNameHeld?: boolean | undefined;
    }
  | { readonly kind: 'created' }
  | { readonly kind: 'inactive' }
  | { readonly kind: 'held' };

export interface UsersPlan {
  readonly drafts: readonly Draft[];
  readonly held: readonly HeldAction[];
  /** By the index of the desired user. */
  readonly fates: readonly Fate[];
  /** Ids of those who leave, or should: what becomes of them is decided here, and not by group. */
  readonly leaving: ReadonlySet<string>;
  readonly unchanged: number;
  /** Managed, active users who are not desired and stay, by the policy. */
  readonly leftAlone: number;
  /** Managed, active users on no list whom `protect` keeps: nobody has to look. */
  readonly meantToStay: number;
  readonly activeManaged: number;
  /** Desired people who have a managed account, or will have one: each once. */
  readonly desiredManaged: number;
}

/** Who may be removed, and why not. */
export type RemovalHold = (live: LiveUser) => HeldReason | undefined;

export interface PlanContext {
  readonly policy: ResolvedPolicy;
  readonly users: ResourceContext;
  readonly people: LivePeople;
  readonly owners: Owners;
}

/** What is protected comes before what is not known: it stays so when it is. */
export function removalHoldOf({ policy, people, owners }: PlanContext): RemovalHold {
  return (live) => {
    if (live.protectedBy !== undefined) return live.protectedBy;
    if (owners.isServiceAccount(live.id) && !policy.protect.unprotectedServiceAccounts.includes(live.id))
      return 'service_account';
    const reason = owners.reasonFor(live.id);
    const isAllowed = reason === 'owners_unknown' && policy.ownersUnknown === 'allow';
    if (reason !== undefined && !isAllowed) return reason;
    if (policy.protect.keyCreator !== null && !people.hasKeyCreator) return 'key_creator_unknown';
    return people.isIncomplete ? 'list_incomplete' : undefined;
  };
}

/** What is to be done with the users, one after the other. */
export async function planUsers(wanted: readonly WantedUser[], context: PlanContext): Promise<UsersPlan> {
  const { policy, people } = context;
  const holdOf = removalHoldOf(context);
  const drafts: Draft[] = [];
  const held: HeldAction[] = [];
  const fates: Fate[] = [];
  const leaving = new Set<string>();
  const toCreate: number[] = [];
  /** Accounts whose address somebody else should have. */
  const ousted = new Set<LiveUser>();
  let unchanged = 0;
  /** Managed accounts of which the desired state says that somebody should have them. */
  const desiredAccounts = new Set<LiveUser>();

  const hold = (
    kind: PlanActionKind,
    target: HeldAction['target'],
    reason: HeldReason,
    more: Partial<HeldAction> = {},
  ) => {
    held.push({ kind, target, reason, remedy: heldRemedies[reason], ...more });
    return { kind: 'held' } as const;
  };

  /** Of most nothing is to be done: for them it takes no promise. */
  function matched(user: WantedUser, live: LiveUser, index: number): Fate | Promise<Fate> {
    const change = people.changes.get(live.id);
    if (isServiceAccount({ userType: user.attributes.userType }) !== live.isServiceAccount) {
      return hold(change?.kind ?? 'change', targetOf(live, people.index.keyOf(user)), 'service_account');
    }
    if (change !== undefined) return changed(user, live, change, index);
    unchanged += 1;
    return user.isActive ? { kind: 'stays', live } : { kind: 'inactive' };
  }

  async function changed(user: WantedUser, live: LiveUser, change: UserChange, index: number): Promise<Fate> {
    const target = targetOf(live, people.index.keyOf(user));
    if (!live.isManaged) {
      hold(change.kind, target, 'not_managed');
      return { kind: 'stays', live };
    }
    if (change.kind === 'deactivate') {
      leaving.add(live.id);
      const reason = holdOf(live);
      if (reason !== undefined) return hold('deactivate', target, reason);
      drafts.push(removal('deactivate', live, target.key, 'The desired state says `active: false`.'));
      return { kind: 'inactive' };
    }
    const { kind, operations } = change;
    const problem = await problemOf(context.users, user, index);
    // Who it is, is certain: only this change waits, but of one who stays inactive the memberships too.
    const fate = live.isActive
      ? ({ kind: 'stays', live, isNameHeld: kind === 'rename' } as const)
      : ({ kind: 'held' } as const);
    if (live.isServiceAccount && kind === 'rename') {
      hold(kind, target, 'service_account');
      return fate;
    }
    if (problem !== undefined) {
      hold(kind, target, 'invalid', { remedy: problem });
      return fate;
    }
    if (losesItsName(policy.protect.keyCreator, live, change)) {
      hold(kind, target, 'key_creator', { remedy: nameById });
      return fate;
    }
    const content = { ...change, kind, target, why: whyOf(kind) };
    drafts.push(draft(content, neededFor('PATCH', operations), { baselineOf: live.row, operations }));
    return { kind: 'stays', live };
  }

  for (const [index, user] of wanted.entries()) {
    const match = people.index.matchOf(index);
    const key = people.index.keyOf(user);
    if (match.kind === 'held') {
      for (const live of match.lives) {
        live.isSettled = true;
        if (user.isActive && match.leavers?.includes(live) !== true) desiredAccounts.add(live);
      }
    }
    if (match.kind === 'account') {
      match.live.isSettled = true;
      const matching = matched(user, match.live, index);
      const fate = matching instanceof Promise ? await matching : matching;
      if (fate.kind === 'stays') fate.live.isStaying = true;
      if (user.isActive) desiredAccounts.add(match.live);
      fates.push(fate);
    } else if (match.kind === 'held') {
      const ids = match.lives.map(({ id }) => id).sort();
      fates.push(hold('change', { key }, match.reason, ids.length === 0 ? {} : { ids }));
      for (const live of match.leavers ?? []) ousted.add(live);
    } else if (!user.isActive) {
      fates.push({ kind: 'inactive' });
    } else {
      toCreate.push(index);
      fates.push({ kind: 'created' });
    }
  }

  const removalKind = policy.removal === 'delete' ? 'delete' : 'deactivate';
  const lookAlikes = new LookAlikes();
  for (const index of toCreate) {
    const user = wanted[index];
    if (user !== undefined) lookAlikes.addNew(index, user.attributes);
  }
  let activeManaged = 0;
  let leftAlone = 0;
  let meantToStay = 0;
  const removable: LiveUser[] = [];
  for (const live of people.byId.values()) {
    if (live.isActive && live.isManaged && !live.isServiceAccount) activeManaged += 1;
    const isLeaver = live.isActive && live.isManaged;
    if (live.isClaimed) {
      // A second account of somebody whose first one is certain: whether it may go, nobody knows.
      if (isLeaver && policy.removal !== 'none' && !live.isSettled) {
        hold(removalKind, targetOf(live), live.protectedBy ?? 'several_accounts');
      }
      if (isLeaver && policy.removal !== 'none' && ousted.has(live)) {
        leaving.add(live.id);
        hold(removalKind, targetOf(live), live.protectedBy ?? 'address_moved', {
          ...(live.protectedBy === undefined && { remedy: stillActive }),
        });
      }
      continue;
    }
    if (isLeaver && policy.removal === 'none' && live.protectedBy !== 'service_account') leftAlone += 1;
    const mayGo = isLeaver && policy.removal !== 'none';
    if (live.row !== undefined) lookAlikes.addLive(live.id, live.row, mayGo && live.protectedBy === undefined);
    if (mayGo) removable.push(live);
  }
  for (const live of removable) {
    leaving.add(live.id);
    if (live.protectedBy === 'protected' || live.protectedBy === 'service_account') {
      meantToStay += 1;
      continue;
    }
    const target = targetOf(live);
    const reason = holdOf(live) ?? (lookAlikes.isLiveAlike(live.id) ? 'looks_like_rename' : undefined);
    if (reason !== undefined) hold(removalKind, target, reason);
    else drafts.push(removal(removalKind, live, live.key, 'The person is not in the desired state.'));
  }
  let joining = 0;
  const { isManaged } = protectionOf(policy, context.users.schema);
  for (const index of toCreate) {
    const user = wanted[index];
    if (user === undefined) continue;
    const target = { key: people.index.keyOf(user) };
    const alike = lookAlikes.livesLike(index);
    const problem = await problemOf(context.users, user, index);
    const isPerson = !isServiceAccount({ userType: user.attributes.userType });
    if (isPerson && problem === undefined && isManaged({ ...user.attributes, id: '' })) joining += 1;
    if (alike.length > 0) fates[index] = hold('create', target, 'looks_like_rename', { ids: alike });
    else if (people.isIncomplete) fates[index] = hold('create', target, 'list_incomplete');
    else if (problem !== undefined) fates[index] = hold('create', target, 'invalid', { remedy: problem });
    else {
      // Servers differ in what they make of a new account that does not say it.
      const after = { ...withoutNulls(user.attributes), active: true };
      const why = 'The person has no account in the directory.';
      drafts.push(draft({ kind: 'create', target, after, why }, neededFor('POST', after), { sendsMail: isPerson }));
    }
  }
  const staying = [...desiredAccounts].filter((live) => live.isManaged && !live.isServiceAccount).length;
  const desiredManaged = staying + joining;
  return { drafts, held, fates, leaving, unchanged, leftAlone, meantToStay, activeManaged, desiredManaged };
}

/** Who an account is, for those who read the plan. */
function targetOf({ id, row, ...live }: Pick<LiveUser, 'id' | 'key' | 'row'>, key = live.key) {
  const name = row === undefined ? '' : keyText(row, 'userName');
  return { id, key, ...(name === '' || name === key ? {} : { name }) };
}

const nameById =
  'By the new name nobody would know any more whose account made the key. Name it by its SCIM id in `protect.keyCreator`, which stays, and plan again.';

/** Whether it is by this change that `protect.keyCreator` no longer names the account. */
function losesItsName(keyCreator: string | null, { row }: LiveUser, { after }: UserChange): boolean {
  return row !== undefined && isNamedBy(keyCreator, row) && !isNamedBy(keyCreator, { ...row, ...after });
}

const stillActive =
  'Nobody desired has the `externalId` of this account, and it is still active: an entry with another one has its address. Find out whose it is. If its owner has left, deactivate it by hand, then plan again.';

export function removal(
  kind: 'deactivate' | 'delete',
  live: Pick<LiveUser, 'id' | 'row'>,
  key: string,
  why: string,
): Draft {
  const target = targetOf({ ...live, key });
  return draft({ kind, target, why }, ['deprovisioning'], { baselineOf: live.row, removes: [live.id] });
}

function whyOf(kind: 'reactivate' | 'change' | 'rename'): string {
  if (kind === 'rename') return 'The person has another `userName` by now; the `externalId` is the same.';
  if (kind === 'reactivate') return 'The person has an account that is not active.';
  return 'Attributes differ from the desired state.';
}

/** The checkboxes that a request needs, judged as the client will judge it when it is sent. */
export function neededFor(method: 'POST' | 'PATCH', content: unknown): readonly Permission[] {
  const request =
    method === 'POST'
      ? { method, route: '/Users', body: content }
      : { method, route: '/Users/{id}', params: { id: 'id' }, body: { Operations: content } };
  const needed = new Set(permissionsRequiredBy(request).map(({ permission }) => permission));
  return (['provisioning', 'deprovisioning'] as const).filter((permission) => needed.has(permission));
}

/** What of an entry the server would refuse or misread. @throws InputError for a misspelt name: that is in all of them. */
async function problemOf(context: ResourceContext, user: WantedUser, index: number): Promise<string | undefined> {
  const attributes = withoutNulls(user.attributes);
  if (!user.isFromServer) checkNames(context, attributes, ['desired', 'users', index]);
  try {
    await checkResource(context, attributes);
    return undefined;
  } catch (error) {
    if (!isSdkError(error, 'InputError')) throw error;
    return [error.message, error.remedy].filter(Boolean).join(' ');
  }
}

/** A new account has nothing that could be taken away. */
function withoutNulls(attributes: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null));
}
