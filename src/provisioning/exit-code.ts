import { read } from '../errors/check-options.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { isRecord } from '../internal/json.js';
import type { DirectoryPlan } from './plan.js';
import { isSettledWell, type PlanResult } from './result.js';

/**
 * How a program ends that makes or applies a plan: `0` where nothing is to do, or all was done; `1` where a person has to
 * look: a plan has actions or holds something, or something was not done; `2` where it could not be made, or applied to its
 * end, as after any error; `3` where a brake holds.
 *
 * @param outcome a plan, the result of `applyPlan`, or what was thrown, whatever it is.
 * @example
 * ```ts
 * import { applyPlan, exitCodeOf } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * declare const [client, plan, options]: Parameters<typeof applyPlan>;
 * process.exitCode = await applyPlan(client, plan, options).then(exitCodeOf, exitCodeOf);
 * ```
 */
export function exitCodeOf(outcome: unknown): 0 | 1 | 2 | 3 {
  if (isSdkError(outcome, 'PlanError')) return outcome.code === 'brake_holds' ? 3 : 2;
  return read('What became of the plan', () => {
    // What it is, is told by what only it has. Whatever else was thrown, nothing was made or applied.
    if (isRecord(outcome) && Array.isArray(outcome.outcomes)) return codeOfResult(outcome as unknown as PlanResult);
    if (isRecord(outcome) && Array.isArray(outcome.actions)) return codeOfPlan(outcome as unknown as DirectoryPlan);
    return 2;
  });
}

function codeOfPlan({ brakes, held, actions }: DirectoryPlan): 0 | 1 | 3 {
  if (brakes.length > 0) return 3;
  return held.length > 0 || actions.length > 0 ? 1 : 0;
}

function codeOfResult({ outcomes, held, stopped, brakes }: PlanResult): 0 | 1 | 2 | 3 {
  if (stopped !== undefined) return 2;
  if (brakes.length > 0) return 3;
  return held > 0 || !outcomes.every(isSettledWell) ? 1 : 0;
}
