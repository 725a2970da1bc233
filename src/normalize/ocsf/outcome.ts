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

const words: ReadonlyMap<string, Status> = new Map([
  ['SUCCESS', 1],
  ['success', 1],
  ['completed', 1],
  ['ERROR', 2],
  ['BLOCKED', 2],
  ['error', 2],
  ['failed', 2],
]);

/** What the record says of how it ended, then what its action says by its name. A word that is not known is neither. */
export function outcomeOf(finds: Finds, plan: RulePlan): Outcome {
  const word = finds.first(plan.result) ?? finds.first(plan.status);
  const id = plan.outcome ?? (word === undefined ? 0 : (words.get(word) ?? 99));
  return { id, code: word ?? finds.first(plan.errorCode), detail: finds.first(plan.errorMessage) };
}
