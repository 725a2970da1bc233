import type { Permission } from '../errors/input-errors.js';
import type { GrantedAccess } from '../scim/options.js';
import { type BrakeFacts, brakesOf } from './brakes.js';
import { digestOf } from './canonical-json.js';
import { type Draft, inOrder, kindOrder } from './draft.js';
import type { DirectoryPlan, HeldAction, NotPermitted, PlanAction, PlanActionKind, PlanTotals } from './plan.js';
import { hashOfPlan } from './plan-hash.js';
import type { ResolvedPolicy } from './policy.js';
import { personalData } from './redact-plan.js';

/** What a plan is made of, before it is counted, braked and hashed. */
export interface PlanParts extends Pick<DirectoryPlan, 'connection' | 'desiredDigest' | 'unmanaged' | 'notes'> {
  /** Milliseconds since the epoch, as `readTo`. */
  readonly readFrom: number;
  readonly readTo: number;
  readonly policy: ResolvedPolicy;
  readonly access: GrantedAccess;
  readonly drafts: readonly Draft[];
  /** The same, written down. */
  readonly actions: readonly PlanAction[];
  readonly held: readonly HeldAction[];
  readonly brakes: Omit<BrakeFacts, 'policy' | 'removals' | 'actions'>;
  readonly totals: Omit<PlanTotals, 'actions' | 'removals' | 'held' | 'mails'>;
}

const dayMs = 24 * 60 * 60 * 1_000;

/** Writes a plan down. */
export async function assemblePlan(parts: PlanParts): Promise<DirectoryPlan> {
  const { connection, readFrom, readTo, policy, desiredDigest, access, drafts, actions, unmanaged, notes } = parts;
  const held = inOrder(parts.held, ({ reason, ids = [] }) => [reason, ...ids].join(' '));
  const { count, isPermitted } = permissionsOf(drafts, access);
  const removed = new Set(drafts.filter(isPermitted).flatMap(({ removes }) => removes));
  const plan = {
    version: 1 as const,
    connection,
    readFrom: new Date(readFrom).toISOString(),
    readTo: new Date(readTo).toISOString(),
    deleteAfter: new Date(readTo + policy.keepDays * dayMs).toISOString(),
    policy,
    policyDigest: await digestOf(policy),
    desiredDigest,
    actions,
    held,
    notPermitted: count,
    brakes: brakesOf({ ...parts.brakes, policy, removals: removed.size, actions }),
    ...(unmanaged === undefined ? {} : { unmanaged }),
    totals: {
      ...parts.totals,
      actions: countsOf(actions),
      removals: removed.size,
      held: held.length,
      mails: drafts.filter((one) => one.sendsMail && isPermitted(one)).length,
    },
    notes,
    personalData,
    salt: crypto.randomUUID(),
  };
  return { ...plan, hash: await hashOfPlan({ ...plan, hash: '' }) };
}

function permissionsOf(drafts: readonly Draft[], access: Readonly<Record<Permission, boolean>>) {
  const isPermitted = ({ permission }: Draft) => permission.every((one) => access[one]);
  const refused = drafts.filter((one) => !isPermitted(one));
  const missing = (['provisioning', 'deprovisioning'] as const).filter(
    (one) => !access[one] && refused.some(({ permission }) => permission.includes(one)),
  );
  const count: NotPermitted = { count: refused.length, missing };
  return { count, isPermitted };
}

function countsOf(actions: readonly PlanAction[]): Readonly<Record<PlanActionKind, number>> {
  const counts = new Map<PlanActionKind, number>(kindOrder.map((kind) => [kind, 0]));
  for (const { kind } of actions) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  // Each kind has its count: the order names all of them.
  return Object.fromEntries(counts) as Record<PlanActionKind, number>;
}
