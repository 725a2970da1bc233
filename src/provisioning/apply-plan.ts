import type { ScimClient } from '../scim/client.js';
import type { KnownAccess } from '../scim/options.js';
import type { RequestOptions } from '../transport/options.js';
import type { ApprovedLimits } from './brakes.js';
import type { PlanJournal } from './journal.js';
import type { DirectoryPlan } from './plan.js';
import type { PlanPolicy } from './policy.js';
import type { ApplyProgress, PlanResult } from './result.js';
import type { RosterPerson } from './roster-person.js';

/** How a plan is applied. Limits of time are for each action. */
export interface ApplyOptions extends RequestOptions {
  /** The hash of the plan, by whoever has looked at it. */
  readonly approve: string;
  /** Where what is sent is written down beforehand: `fileJournal(path)`, or a store of your own. One for each plan. */
  readonly journal: PlanJournal;
  /** Limits that were raised for this plan. */
  readonly limits?: ApprovedLimits | undefined;
  /** The policy that must be that of the plan. @default that of the plan, whatever it is */
  readonly policy?: PlanPolicy | undefined;
  /** The people of `connection.roster()` as they are now: owners are looked up again before removals. */
  readonly people?: Iterable<RosterPerson> | AsyncIterable<RosterPerson> | undefined;
  /** How old a plan may be at the first write, counted from the start of its reading. @default 15 */
  readonly maxAgeMinutes?: number | undefined;
  /** Actions under way at once. @default 4 */
  readonly concurrency?: number | undefined;
  /** Told of each action when it is settled. One that throws, or rejects, ends the work. */
  readonly onProgress?: ((progress: ApplyProgress) => unknown) | undefined;
}

export async function applyPlan<P extends KnownAccess>(
  _client: ScimClient<P>,
  _plan: DirectoryPlan,
  _options: ApplyOptions,
): Promise<PlanResult> {
  throw new Error('not yet');
}
