import type { SdkError } from '../errors/sdk-error.js';
import type { BrakeName, PlanActionKind, PlannedMember, PlanTarget } from './plan.js';

/** What became of an action, or of one member of it. */
export type OutcomeName =
  /** It was sent, and the directory shows it. */
  | 'done'
  /** The directory was so before: nothing was sent. */
  | 'already'
  /** The directory shows some of it, and not the rest, which `code` and `members` tell. */
  | 'partial'
  /** The target is not as it was planned for: nothing was sent. */
  | 'drifted'
  /** It was refused, or the directory shows that it was not done. */
  | 'failed'
  /** It was sent, and the directory does not tell what became of it. */
  | 'unknown'
  /** The connection form does not allow it. */
  | 'not_permitted'
  /** Somebody is protected, a brake holds, or something that it depends on was not done. */
  | 'held_back'
  /** Work was stopped before. */
  | 'not_reached';

/** What became of a member of a group. */
export interface MemberOutcome extends PlannedMember {
  readonly outcome: OutcomeName;
  /** Why, as that of the action. */
  readonly code?: string | undefined;
}

/** What became of an action. */
export interface ActionOutcome {
  /** That of the action. */
  readonly id: string;
  readonly kind: PlanActionKind;
  /** That of the action; with the id of what was created. */
  readonly target: PlanTarget;
  readonly outcome: OutcomeName;
  /** Why: the code of the error, such as `conflict`, or a word such as `owner` or `other_account`. */
  readonly code?: string | undefined;
  /** Why, for people. It names nobody. */
  readonly message?: string | undefined;
  /** What to do. It names nobody. */
  readonly remedy?: string | undefined;
  /** Of members of a group: what became of each. */
  readonly members?: readonly MemberOutcome[] | undefined;
}

/** Why work ended before the end of the plan. */
export interface StopReason {
  /** The code of the error, or `too_many_failures`, `lock_lost` or `members_lost`. */
  readonly code: string;
  /** For people. It names nobody. */
  readonly message: string;
  readonly remedy: string;
}

/** What became of a plan: plain data. Of personal data it has the keys of the plan. */
export interface PlanResult {
  readonly version: 1;
  /** The hash of the plan. */
  readonly plan: string;
  /** When this run began, as ISO 8601. */
  readonly startedAt: string;
  /** When it ended, as ISO 8601. */
  readonly endedAt: string;
  /** Every action of the plan, in its order. Those that an earlier run had done are as that one left them. */
  readonly outcomes: readonly ActionOutcome[];
  /** How many actions had which outcome. */
  readonly totals: Readonly<Record<OutcomeName, number>>;
  /** The brakes that held, so that only what takes nothing away was done. */
  readonly brakes: readonly BrakeName[];
  /** What the plan itself had held. */
  readonly held: number;
  /** Whether every action is `done` or `already`. */
  readonly finished: boolean;
  /** Why work ended before the end of the plan: start again with the same journal to go on. */
  readonly stopped?: StopReason | undefined;
  /**
   * Ids of actions that may have been sent twice: an earlier run sent them, and has no answer by which to know what they did.
   * What they did was looked up; a request that was under way then may have arrived since.
   */
  readonly possibleDoubleSends: readonly string[];
}

/** What `onProgress` is told after each action. */
export interface ApplyProgress {
  readonly outcome: ActionOutcome;
  /**
   * What was thrown, where the action was not done for that. Its `serverMessage()`, if it has one, tells what the server
   * said: that may name people, so that it is not in the result.
   */
  readonly error?: SdkError | undefined;
  /** Actions that are settled, this one among them. */
  readonly settled: number;
  /** Actions of the plan. */
  readonly total: number;
}

const outcomeNames: readonly OutcomeName[] = [
  'done',
  'already',
  'partial',
  'drifted',
  'failed',
  'unknown',
  'not_permitted',
  'held_back',
  'not_reached',
];

/** How many actions had which outcome. */
export function totalsOf(outcomes: readonly ActionOutcome[]): Readonly<Record<OutcomeName, number>> {
  const counts = new Map<OutcomeName, number>(outcomeNames.map((name) => [name, 0]));
  for (const { outcome } of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  // Each name has its count.
  return Object.fromEntries(counts) as Record<OutcomeName, number>;
}

/** Whether nothing is left to do. */
export function isSettledWell({ outcome }: { readonly outcome: OutcomeName }): boolean {
  return outcome === 'done' || outcome === 'already';
}
