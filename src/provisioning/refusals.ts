import { checkChoice, checkList, checkObject, checkText, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { PlanError } from '../errors/plan-error.js';
import { brakeText, releaseText } from './brake-texts.js';
import { type ApprovedLimits, brakesInForce, checkApproved } from './brakes.js';
import { digestOf } from './canonical-json.js';
import { brakesShownBy, checkActions } from './check-actions.js';
import { connectionOf } from './connection.js';
import type { DirectoryPlan, PlanBrake } from './plan.js';
import { hashOfPlan } from './plan-hash.js';
import { type PlanPolicy, resolvePolicy } from './policy.js';

/** What is compared with a plan before anything is read or sent. */
export interface Approval {
  readonly approve: string;
  readonly limits: ApprovedLimits | undefined;
  readonly policy: PlanPolicy | undefined;
}

/**
 * Refuses a plan that was not approved, or is not for this directory.
 *
 * @returns the brakes that hold, where the policy lets through what takes nothing away.
 * @throws PlanError, with a code for each reason.
 */
export async function checkPlan(
  client: unknown,
  plan: DirectoryPlan,
  { approve, limits, policy }: Approval,
): Promise<readonly PlanBrake[]> {
  checkText('approve', approve);
  const own = limits === undefined ? undefined : checkApproved(limits);
  const resolved = policy === undefined ? undefined : resolvePolicy(policy);
  checkObject('plan', plan);
  if (plan.redacted === true) throw new PlanError('plan_redacted', 'The plan was redacted, and cannot be applied.');
  if (plan.version !== 1)
    throw new PlanError('plan_version', 'The plan is of a format that this version does not know.');
  checkText('hash', plan.hash);
  checkList('actions', plan.actions);
  if ((await hashOfPlan(plan)) !== plan.hash) {
    throw new PlanError('plan_changed', 'The plan was changed after it was made: it does not have its hash.');
  }
  if (approve !== plan.hash) throw new PlanError('not_approved', 'The hash that was approved is not that of the plan.');
  const { host, directory } = await connectionOf(client);
  if (host !== plan.connection.host || directory !== plan.connection.directory) {
    throw new PlanError('other_directory', 'The plan was made for another directory.');
  }
  const isOtherPolicy = resolved !== undefined && (await digestOf(resolved)) !== plan.policyDigest;
  if (isOtherPolicy || (await digestOf(plan.policy)) !== plan.policyDigest) {
    throw new PlanError('other_policy', 'The plan was made by another policy.');
  }
  checkActions(plan);
  const brakes = brakesInForce({ ...plan, brakes: brakesShownBy(plan) }, own);
  if (brakes.length > 0 && plan.policy.onBrake === 'refuse') {
    const names = brakes.map(({ name }) => name);
    const message = `The plan goes beyond a limit: ${brakes.map(brakeText).join('; ')}.`;
    throw new PlanError('brake_holds', message, { brakes: names, remedy: releaseText(plan.brakes) });
  }
  return brakes;
}

/** Refuses a plan at the first write, where the directory was read too long ago. @throws PlanError */
export function checkAge({ readFrom }: DirectoryPlan, now: number, maxAgeMinutes: number): void {
  const ageMs = now - Date.parse(readFrom);
  const maxMs = maxAgeMinutes * 60_000;
  // A plan of the future was made by a clock that nobody can compare with.
  if (Math.abs(ageMs) <= maxMs) return;
  const minutes = Number.isFinite(ageMs) ? `${Math.floor(ageMs / 60_000)} minutes` : 'an unknown time';
  throw new PlanError(
    'plan_too_old',
    `The directory was read ${minutes} ago, and nothing is written after more than ${maxAgeMinutes}.`,
  );
}

/** @throws InputError for what is no journal. */
export function checkJournal(journal: unknown): void {
  if (typeof journal === 'string') {
    throw new InputError('`journal` must be a journal, not a path.', {
      path: ['journal'],
      remedy: 'Give `fileJournal(path)`.',
    });
  }
  checkObject('journal', journal);
  read('The journal', () => {
    for (const method of ['read', 'append', 'acquire', 'renew', 'release']) {
      checkChoice(`journal.${method}`, Reflect.get(journal, method), [], true);
    }
  });
}
