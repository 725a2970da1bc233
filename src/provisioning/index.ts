/**
 * Changes a whole directory without an accident: {@link planDirectory} compares it with how it should be, and what it returns
 * is data that a person or a rule reviews ({@link formatPlan}) before anything is done.
 *
 * @module chatgpt-enterprise-sdk/provisioning
 */

export { type ApprovedLimits, brakesInForce } from './brakes.js';
export type { DesiredDirectory, DesiredGroup, DesiredUser } from './desired.js';
export { type FormatPlanOptions, formatPlan } from './format-plan.js';
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
  PlanNote,
  PlanNoteCode,
  PlannedMember,
  PlanTarget,
  PlanTotals,
  RemovalAction,
  UnmanagedMembers,
} from './plan.js';
export { type PlanOptions, planDirectory } from './plan-directory.js';
export { baselineOf, hashOfPlan } from './plan-hash.js';
export type { PersonKey, PlanLimits, PlanPolicy, PlanProtection, ResolvedPolicy } from './policy.js';
export { redactPlan } from './redact-plan.js';
export type { RosterPerson } from './roster-person.js';
