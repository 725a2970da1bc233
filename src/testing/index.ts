export { EmulatorError, type EmulatorErrorCode } from '../errors/emulator-error.js';
export type {
  ComplianceKeyClass,
  ComplianceScope,
  NewComplianceKey,
} from './compliance/compliance-keys.js';
export type { LogEvent } from './compliance/event-types.js';
export type { LogStore, LogStoreOptions } from './compliance/log-store.js';
export type { RateLimits } from './compliance/rate-limiter.js';
export type { Workspace, Workspaces, WorkspaceUser } from './compliance/workspaces.js';
export { createTestClock, type EmulatorClock } from './core/emulator-clock.js';
export type { EmulatorRequest, Origins } from './core/emulator-request.js';
export type { RecordedRequest, RequestLog } from './core/request-log.js';
export type {
  ComplianceRoute,
  EmulatorRoute,
  EmulatorService,
  ScimRoute,
  StorageRoute,
} from './core/routes.js';
export { createEmulator } from './create-emulator.js';
export type {
  ComplianceOptions,
  Emulator,
  EmulatorCompliance,
  EmulatorConnectionConfig,
  EmulatorOptions,
  EmulatorScim,
  EmulatorSnapshot,
  ScimOptions,
} from './emulator.js';
export { type Fault, fault } from './faults/fault.js';
export type { FaultPlan, FaultTarget, PlannedFault } from './faults/fault-plan.js';
export type { ScimBehaviour } from './scim/behaviour.js';
export type { EmulatorStore, NewGroup, NewUser, StoredResources } from './store.js';
