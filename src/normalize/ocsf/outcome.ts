import { type Ended, endedBy } from '../outcome.js';
import type { Finds } from './finds.js';
import type { RulePlan } from './plan.js';
import type { Status } from './rule.js';

/** How an action ended. */
export interface Outcome {
  readonly id: Status;
  /** As the record has it. */
  readonly code: string | undefined;
  readonly detail: string | undefined;
}

const ids = { success: 1, failure: 2, unknown: 99 } as const;

/**
 * What the record says of how it ended, then what its action says by its name. A word that is not known is neither, and what the
 * record calls a failure is no success by its name.
 */
export function outcomeOf(finds: Finds, plan: RulePlan, shown: Ended | undefined): Outcome {
  const code = finds.first(plan.result) ?? finds.first(plan.status);
  const said = endedBy(code);
  const detail = finds.first(plan.errorMessage);
  const byShown = shown === undefined || shown === 'unknown' ? 0 : ids[shown];
  const id = said === 'failure' ? 2 : (plan.outcome ?? (said === undefined ? byShown : ids[said]));
  return { id, code: code ?? finds.first(plan.errorCode), detail };
}
