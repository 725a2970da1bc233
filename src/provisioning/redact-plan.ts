import { checkObject, read } from '../errors/check-options.js';
import type { DirectoryPlan, HeldAction, PlanAction, PlannedMember, PlanTarget } from './plan.js';

/** Where a plan holds personal data. Messages, reasons and remedies name nobody. */
export const personalData: readonly string[] = [
  'policy.managed',
  'policy.protect.filter',
  'policy.protect.keyCreator',
  // Digests of values that can be guessed, one after the other from a list of addresses; and what keeps the hash from it.
  'policyDigest',
  'desiredDigest',
  'salt',
  'actions[].id',
  'actions[].baseline',
  'actions[].target.key',
  'actions[].target.name',
  'actions[].before',
  'actions[].after',
  'actions[].operations[].value',
  'actions[].members[].key',
  'held[].target.key',
  'held[].target.name',
  'held[].members[].key',
  'brakes[].groups[].key',
];

const left = '(redacted)';

/**
 * The plan with SCIM ids and counts only: for a ticket, a log, a colleague who need not know the names. Its actions are
 * numbered, and digests from which a name could be guessed are left out. Its hash is that of the whole plan, to compare the
 * two: nothing can be guessed from that, as the plan is salted. It cannot be applied.
 *
 * @example
 * ```ts
 * import { type DirectoryPlan, redactPlan } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * declare const plan: DirectoryPlan;
 * console.log(JSON.stringify(redactPlan(plan)));
 * ```
 */
export function redactPlan(plan: DirectoryPlan): DirectoryPlan {
  checkObject('plan', plan);
  return read('The plan', () => redacted(plan));
}

function redacted(plan: DirectoryPlan): DirectoryPlan {
  const { policy } = plan;
  return {
    ...plan,
    policy: {
      ...policy,
      managed: policy.managed === null ? null : left,
      protect: {
        ...policy.protect,
        filter: policy.protect.filter === null ? null : left,
        keyCreator: policy.protect.keyCreator === null ? null : left,
      },
    },
    actions: plan.actions.map((action, index) => {
      const nameless = { ...redactAction(action), id: String(index + 1) };
      return 'baseline' in nameless ? { ...nameless, baseline: left } : nameless;
    }),
    held: plan.held.map(redactHeld),
    brakes: plan.brakes.map(({ groups, ...brake }) => ({
      ...brake,
      ...(groups && { groups: groups.map(redactTarget) }),
    })),
    policyDigest: left,
    desiredDigest: left,
    ...(plan.salt !== undefined && { salt: left }),
    // By the hash of a plan without one its names could be guessed.
    ...(plan.salt === undefined && { hash: left }),
    redacted: true,
  };
}

function redactAction(action: PlanAction): PlanAction {
  const target = redactTarget(action.target);
  switch (action.kind) {
    case 'create':
    case 'create_group':
      return { ...action, target, after: {} };
    case 'reactivate':
    case 'change':
    case 'rename':
      return {
        ...action,
        // Who is changed has an id.
        target: { ...target, id: action.target.id },
        before: {},
        after: {},
        operations: action.operations.map(({ op, path }) => ({ op, path: withoutValues(path) })),
      };
    case 'add_members':
    case 'remove_members':
      return { ...action, target, members: action.members.map(redactMember) };
    case 'deactivate':
    case 'delete':
      return { ...action, target: { ...target, id: action.target.id } };
  }
}

function redactHeld({ target, members, ...held }: HeldAction): HeldAction {
  return { ...held, target: redactTarget(target), ...(members && { members: members.map(redactMember) }) };
}

function redactTarget({ id }: PlanTarget): PlanTarget {
  return { ...(id === undefined ? {} : { id }), key: left };
}

function redactMember({ id }: PlannedMember): PlannedMember {
  return { ...(id === undefined ? {} : { id }), key: left };
}

/** A path may quote a value, in brackets. */
function withoutValues(path: string | undefined): string | undefined {
  return path?.replace(/\[.*\]/s, '[…]');
}
