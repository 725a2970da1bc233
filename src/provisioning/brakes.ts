import {
  checkList,
  checkNumber,
  checkObject,
  checkOptions,
  checkText,
  type OptionNames,
  read,
} from '../errors/check-options.js';
import { brakeTexts } from './brake-texts.js';
import type { BrakeName, DirectoryPlan, PlanAction, PlanBrake, PlanTarget } from './plan.js';
import { checkShare, type PlanLimits, type ResolvedPolicy } from './policy.js';

/** Limits that a person has raised for one plan. */
export interface ApprovedLimits extends Omit<PlanLimits, 'shareFrom'> {
  /** The hash of that plan: for any other they count for nothing. */
  readonly plan: string;
}

/** What the limits are compared with. */
export interface BrakeFacts {
  readonly policy: ResolvedPolicy;
  readonly removals: number;
  readonly actions: readonly PlanAction[];
  readonly activeManaged: number;
  /** Desired, active people who have a managed account, or will have one: each once. */
  readonly desired: number;
  readonly isEmpty: boolean;
  readonly unreadLists: number;
}

/** The limits that a plan goes beyond. */
export function brakesOf({ policy, ...facts }: BrakeFacts): readonly PlanBrake[] {
  const { removals, activeManaged, desired } = facts;
  const { limits } = policy;
  const brakes: PlanBrake[] = [];
  const add = (name: BrakeName, limit: number, found: number, groups?: readonly PlanTarget[]) => {
    brakes.push({ name, limit, found, ...(groups && { groups }), ...brakeTexts[name] });
  };
  if (facts.unreadLists > 0) add('incomplete_list', 0, facts.unreadLists);
  if (facts.isEmpty) add('empty_desired', 1, 0);
  const desiredShare = activeManaged === 0 ? 1 : desired / activeManaged;
  if (policy.removal !== 'none' && desiredShare < limits.minDesiredShare) {
    add('desired_share', limits.minDesiredShare, desiredShare);
  }
  if (removals > limits.removals) add('removals', limits.removals, removals);
  const share = activeManaged === 0 ? 0 : removals / activeManaged;
  if (activeManaged >= limits.shareFrom && share > limits.removalShare) {
    add('removal_share', limits.removalShare, share);
  }
  const losing = groupsLosing(facts.actions, limits.membersPerGroup);
  const most = Math.max(...losing.map(({ count }) => count));
  if (losing.length > 0) {
    const groups = losing.map(({ target }) => target);
    add('members_per_group', limits.membersPerGroup, most, groups);
  }
  return brakes;
}

const approvalNames: OptionNames<ApprovedLimits> = {
  plan: true,
  removals: true,
  removalShare: true,
  membersPerGroup: true,
  minDesiredShare: true,
};

/**
 * The brakes of a plan that no approved limit releases. Limits that were approved for another plan release nothing, and none
 * releases `empty_desired` and `incomplete_list`: there the reading is wrong, and not the limit.
 *
 * @throws InputError for a limit that there is not, or that is no number.
 * @example
 * ```ts
 * import { brakesInForce, type DirectoryPlan } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * declare const plan: DirectoryPlan;
 * const left = brakesInForce(plan, { plan: '9f2c…', removals: 40 });
 * if (left.length > 0) process.exitCode = 3;
 * ```
 */
export function brakesInForce(plan: DirectoryPlan, approved?: ApprovedLimits): readonly PlanBrake[] {
  checkObject('plan', plan);
  checkList('brakes', plan.brakes);
  if (approved === undefined) return plan.brakes;
  const own = checkApproved(approved);
  if (own.plan !== plan.hash) return plan.brakes;
  const { removals, removalShare, membersPerGroup, minDesiredShare } = own;
  const most = { removals, removal_share: removalShare, members_per_group: membersPerGroup };
  const isInForce = ({ name, found }: PlanBrake) => {
    if (name === 'desired_share') return minDesiredShare === undefined || found < minDesiredShare;
    if (name === 'empty_desired' || name === 'incomplete_list') return true;
    const limit = most[name];
    return limit === undefined || found > limit;
  };
  return read('The plan', () => plan.brakes.filter(isInForce));
}

/** @throws InputError for a limit that there is not, or that is no number. */
export function checkApproved(approved: ApprovedLimits): ApprovedLimits {
  const own = checkOptions<ApprovedLimits>('the approved limits', approved, approvalNames);
  checkText('plan', own.plan);
  const { removals, removalShare, membersPerGroup, minDesiredShare } = own;
  if (removals !== undefined) checkNumber('removals', removals, 0);
  if (membersPerGroup !== undefined) checkNumber('membersPerGroup', membersPerGroup, 0);
  if (removalShare !== undefined) checkShare('removalShare', removalShare);
  if (minDesiredShare !== undefined) checkShare('minDesiredShare', minDesiredShare);
  return own;
}

function groupsLosing(actions: readonly PlanAction[], limit: number) {
  const losing = new Map<string, { readonly target: PlanTarget; count: number }>();
  for (const action of actions) {
    if (action.kind !== 'remove_members' || !action.permitted) continue;
    const { id = action.target.key } = action.target;
    const one = losing.get(id) ?? { target: action.target, count: 0 };
    one.count += action.members.length;
    losing.set(id, one);
  }
  return [...losing.values()].filter(({ count }) => count > limit);
}
