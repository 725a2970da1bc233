import { type PlanErrorCode, SdkError, type SdkErrorOptions } from './sdk-error.js';

const remedies: Readonly<Record<PlanErrorCode, string>> = {
  plan_redacted: 'Give the plan that `planDirectory` returned: `redactPlan` leaves nothing that could be applied.',
  plan_version: 'Make a new plan with this version of the library.',
  plan_changed: 'Make a new plan, and change the policy or the desired state instead of the plan.',
  not_approved: 'Look at the plan (`formatPlan`), and give its own `hash` as `approve`.',
  plan_too_old: 'Make a new plan, look at it, and apply it soon; or raise `maxAgeMinutes`.',
  other_directory: 'Give the client of the SCIM URL that the plan was made with.',
  other_policy: 'Make a new plan by this policy, or leave out `policy`: the plan has its own.',
  brake_holds:
    "Find out why the plan goes beyond the limit. If that is right, approve a higher one for its hash (`limits`), or set `onBrake: 'additions-only'` in the policy and plan again.",
  other_journal: 'Give each plan a journal of its own, such as a file named by its hash.',
  journal_unreadable:
    'Do not mend it: keep it for later, look at the directory, make a new plan, and give it a new journal.',
  journal_locked: 'Wait until the other one is done, or until its lock has expired if it died, and start again.',
  lock_lost: 'Another process has taken over. Wait until it is done; look at its result and not at this one.',
};

/** Why a plan is not applied, or no further. */
interface PlanErrorFacts extends Pick<SdkErrorOptions, 'cause' | 'remedy'> {
  readonly brakes?: readonly string[] | undefined;
  readonly expiresAt?: string | undefined;
}

/**
 * A plan cannot be applied, or its journal cannot be used. Nothing was read and nothing sent; but with `plan_too_old` or
 * `lock_lost` during the work something may have been read, and with `lock_lost` sent before.
 */
export class PlanError extends SdkError<PlanErrorCode> {
  override readonly name = 'PlanError';
  /** With `brake_holds`, the names of the brakes, such as `removals`; otherwise empty. */
  readonly brakes: readonly string[];
  /** With `journal_locked`, when the lock of the other one expires unless it is renewed, as ISO 8601. */
  declare readonly expiresAt?: string;

  /** @hidden */
  constructor(
    code: PlanErrorCode,
    message: string,
    { brakes = [], expiresAt, cause, remedy = remedies[code] }: PlanErrorFacts = {},
  ) {
    super(code, message, { remedy, cause });
    this.brakes = brakes;
    if (expiresAt !== undefined) this.expiresAt = expiresAt;
  }
}
