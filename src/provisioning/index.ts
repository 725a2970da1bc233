/**
 * Changes a whole directory without an accident: {@link planDirectory} compares it with how it should be, and what it returns
 * is data that a person or a rule reviews ({@link formatPlan}) before {@link applyPlan} does it, and {@link revertPlan} undoes it.
 *
 * @module chatgpt-enterprise-sdk/provisioning
 */

export { isSdkError, type SdkErrorClasses } from '../errors/is-sdk-error.js';
export { PlanError } from '../errors/plan-error.js';
export type { PlanErrorCode } from '../errors/sdk-error.js';
export { type ApplyOptions, applyPlan } from './apply-plan.js';
export { type ApprovedLimits, brakesInForce } from './brakes.js';
export type { DesiredDirectory, DesiredGroup, DesiredUser } from './desired.js';
export { exitCodeOf } from './exit-code.js';
export { type FileJournalOptions, fileJournal } from './file-journal.js';
export { type FormatPlanOptions, formatPlan } from './format-plan.js';
export {
  type JournalDoubt,
  type JournalEnd,
  type JournalEntry,
  type JournalFailure,
  type JournalIntent,
  type JournalLease,
  type JournalReceipt,
  type JournalStart,
  memoryJournal,
  type PlanJournal,
} from './journal.js';
export type {
  BrakeName,
  ChangeAction,
  CreateAction,
  CreateGroupAction,
  DirectoryPlan,
  HeldAction,
  HeldReason,
  MembersAction,
  NotPermitted,
  PlanAction,
  PlanActionBase,
  PlanActionKind,
  PlanBrake,
  PlanConnection,
  PlannedMember,
  PlanTarget,
  PlanTotals,
  RemovalAction,
  StayingAccount,
  UnmanagedMembers,
} from './plan.js';
export { type PlanOptions, planDirectory } from './plan-directory.js';
export { baselineOf, hashOfPlan } from './plan-hash.js';
export type { PlanNote, PlanNoteCode } from './plan-note.js';
export type { PersonKey, PlanLimits, PlanPolicy, PlanProtection, ResolvedPolicy } from './policy.js';
export { redactPlan } from './redact-plan.js';
export type {
  ActionOutcome,
  ApplyProgress,
  MemberOutcome,
  OutcomeName,
  PlanResult,
  StopReason,
} from './result.js';
export { type RevertOptions, revertPlan } from './revert-plan.js';
export type { RosterPerson } from './roster-person.js';
