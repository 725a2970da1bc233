import type { ScimClient } from '../scim/client.js';
import type { KnownAccess } from '../scim/options.js';
import type { RequestOptions } from '../transport/options.js';
import type { PlanJournal } from './journal.js';
import type { DirectoryPlan } from './plan.js';
import type { PlanPolicy } from './policy.js';
import type { RosterPerson } from './roster-person.js';

/** How a plan is made that undoes another. */
export interface RevertOptions extends RequestOptions {
  /** As of `planDirectory`: who owns the workspace. Without it every removal is held. */
  readonly people?: Iterable<RosterPerson> | AsyncIterable<RosterPerson> | undefined;
}

export async function revertPlan<P extends KnownAccess>(
  _client: ScimClient<P>,
  _journal: PlanJournal | string,
  _policy?: PlanPolicy,
  _options?: RevertOptions,
): Promise<DirectoryPlan> {
  throw new Error('not yet');
}
