import { type ApplyOptions, applyPlan } from '../../../src/provisioning/apply-plan.js';
import { memoryJournal } from '../../../src/provisioning/journal.js';
import type { DirectoryPlan } from '../../../src/provisioning/plan.js';
import type { PlanResult } from '../../../src/provisioning/result.js';
import type { ScimClient } from '../../../src/scim/client.js';
import type { KnownAccess } from '../../../src/scim/options.js';

/** Applies a plan that somebody approved, with a journal of its own. */
export function apply<P extends KnownAccess>(
  client: ScimClient<P>,
  plan: DirectoryPlan,
  options: Partial<ApplyOptions> = {},
): Promise<PlanResult> {
  return applyPlan(client, plan, { approve: plan.hash, journal: memoryJournal(), ...options });
}

/** What became of each action, one line each: `deactivate e-1 drifted (changed_since)`. */
export function resultLinesOf({ outcomes }: Pick<PlanResult, 'outcomes'>): string[] {
  return outcomes.map(({ kind, target, outcome, code, members }) => {
    const who = members?.map((one) => `${one.key} ${one.outcome}`).join(', ');
    const why = code === undefined ? '' : ` (${code})`;
    return `${kind} ${target.key} ${outcome}${why}${who === undefined ? '' : `: ${who}`}`;
  });
}
