import { PlanError } from '../errors/plan-error.js';
import { isRecord } from '../internal/json.js';
import { type BrakeFacts, brakesOf } from './brakes.js';
import { canonicalJson } from './canonical-json.js';
import { kindOrder } from './draft.js';
import type { ChangeAction, DirectoryPlan, PlanAction, PlanBrake } from './plan.js';
import { neededFor } from './plan-users.js';

/**
 * Refuses actions that no plan has, whatever its hash: a hash is no secret, and whoever edits a plan can make it anew. What
 * an action takes away is told by what it sends, and not by what it says of itself.
 *
 * @throws PlanError with code `plan_changed`.
 */
export function checkActions({ actions }: DirectoryPlan): void {
  const ids = new Set<string>();
  for (const [index, action] of actions.entries()) {
    const isOne = isAction(action) && !ids.has(action.id);
    const isHonest = isOne && permissionsOf(action).every((one) => action.permission.includes(one));
    if (!isHonest || ('operations' in action && !isAsShown(action))) {
      const what = !isOne ? 'is none' : isHonest ? 'sends other than it shows' : 'takes more than it says';
      throw new PlanError('plan_changed', `Action ${index + 1} of the plan ${what}: no plan was made like this.`);
    }
    ids.add(action.id);
  }
}

/** The brakes of a plan: those that its actions show, whatever it says, and what only the reading could tell. */
export function brakesShownBy(plan: DirectoryPlan): readonly PlanBrake[] {
  const { actions, policy, totals } = plan;
  const removed = new Set(actions.filter(({ permitted }) => permitted).flatMap(removedBy));
  const { activeManaged } = totals;
  const known: Omit<BrakeFacts, 'policy' | 'removals' | 'actions'> = {
    activeManaged,
    desired: activeManaged,
    isEmpty: false,
    unreadLists: 0,
  };
  const shown = brakesOf({ ...known, policy, actions, removals: removed.size });
  const names = new Set(shown.map(({ name }) => name));
  return [...plan.brakes.filter(({ name }) => !names.has(name)), ...shown];
}

/** Whether a change takes away that somebody can sign in. */
export function takesAccess(operations: ChangeAction['operations']): boolean {
  return neededFor('PATCH', operations).includes('deprovisioning');
}

function removedBy(action: PlanAction): readonly string[] {
  switch (action.kind) {
    case 'deactivate':
    case 'delete':
      return [action.target.id];
    case 'remove_members':
      return action.members.flatMap(({ id }) => (id === undefined ? [] : [id]));
    case 'reactivate':
    case 'change':
    case 'rename':
      return takesAccess(action.operations) ? [action.target.id] : [];
    default:
      return [];
  }
}

function permissionsOf(action: PlanAction): PlanAction['permission'] {
  switch (action.kind) {
    case 'create':
      return neededFor('POST', action.after);
    case 'create_group':
      return ['provisioning'];
    case 'reactivate':
    case 'change':
    case 'rename':
      return neededFor('PATCH', action.operations);
    case 'add_members':
      return action.swap ? ['provisioning', 'deprovisioning'] : ['provisioning'];
    case 'remove_members':
      return action.swap ? ['provisioning', 'deprovisioning'] : ['deprovisioning'];
    case 'deactivate':
    case 'delete':
      return ['deprovisioning'];
  }
}

/** Whether the operations do what `after` shows to whoever reviews the plan: each path once, with its value. */
function isAsShown({ operations, after }: ChangeAction): boolean {
  const sent = new Map<string, unknown>();
  for (const { op, path, value } of operations) {
    if (path === undefined || sent.has(path)) return false;
    sent.set(path, op === 'remove' ? null : (value ?? null));
  }
  return canonicalJson(Object.fromEntries(sent)) === canonicalJson(after);
}

/** Whether it has the parts that its kind has; what is in them, is looked at where they are used. */
function isAction(action: unknown): action is PlanAction {
  if (!isRecord(action) || !isRecord(action.target) || !Array.isArray(action.permission)) return false;
  const { id, kind, target, permitted, baseline } = action;
  if (typeof id !== 'string' || typeof target.key !== 'string' || typeof permitted !== 'boolean') return false;
  const hasId = typeof target.id === 'string' && target.id !== '';
  const hasBaseline = typeof baseline === 'string';
  switch (kindOrder.find((one) => one === kind)) {
    case 'create':
    case 'create_group':
      return isRecord(action.after) && target.id === undefined;
    case 'reactivate':
    case 'change':
    case 'rename': {
      const { operations, before, after } = action;
      return hasId && hasBaseline && isRecord(before) && isRecord(after) && isListOf(operations, isRecord);
    }
    case 'add_members':
    case 'remove_members':
      // A group that is there is compared with what was read of it.
      return typeof action.swap === 'boolean' && isListOf(action.members, isMember) && hasId === hasBaseline;
    case 'deactivate':
    case 'delete':
      return hasId && hasBaseline;
    case undefined:
      return false;
  }
}

function isMember(member: unknown): boolean {
  return isRecord(member) && typeof member.key === 'string' && ['string', 'undefined'].includes(typeof member.id);
}

function isListOf(list: unknown, isOne: (entry: unknown) => boolean): boolean {
  return Array.isArray(list) && list.every(isOne);
}
