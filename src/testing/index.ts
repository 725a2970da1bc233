/**
 * An emulator of both services, ChatGPT Enterprise's SCIM endpoint and its Compliance API, to test against offline: it runs
 * in your process, with people, groups and audit logs made up, and makes things go wrong on demand.
 *
 * Begin with {@link createEmulator}, and hand its `fetch` to the code under test.
 *
 * @module chatgpt-enterprise-sdk/testing
 */

export { EmulatorError } from '../errors/emulator-error.js';
export type { EmulatorErrorCode } from '../errors/sdk-error.js';
export type {
  ComplianceKeyClass,
  ComplianceKeys,
  ComplianceScope,
  NewComplianceKey,
} from './compliance/compliance-keys.js';
export type { LogEvent } from './compliance/event-types.js';
export type { EmulatorLogFile, LogFileSource } from './compliance/log-file.js';
export type { LogStore, LogStoreOptions } from './compliance/log-store.js';
export type { NewLogFile } from './compliance/new-log-file.js';
export type { RateLimits } from './compliance/rate-limiter.js';
export type { Workspace, Workspaces, WorkspaceUser } from './compliance/workspaces.js';
export { createTestClock, type EmulatorClock, type TestClockOptions } from './core/emulator-clock.js';
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
  EmulatorServer,
  EmulatorSnapshot,
  ListenOptions,
  ScimOptions,
} from './emulator.js';
export type { EventOwner } from './events/event-context.js';
export {
  type GenerateEventsOptions,
  type GenerateEveryKindOptions,
  generateEvents,
  generateEveryKind,
} from './events/generate-events.js';
export { type Fault, fault } from './faults/fault.js';
export type { FaultPlan, FaultTarget, PlannedFault } from './faults/fault-plan.js';
export type { MswHttp } from './msw-handlers.js';
export type { ScimBehaviour } from './scim/behaviour.js';
export type { HeldUser } from './scim/held-users.js';
export { scimQuirks } from './scim/scim-quirks.js';
export type { EmulatorStore, NewGroup, NewUser, StoredResources } from './store.js';
export { type Person, personOf } from './world/people.js';
export { seedGroups, seedUsers } from './world/seed-directory.js';
export { type SeedEventsOptions, seedEvents } from './world/seed-events.js';
export { type SeedLogFilesOptions, seedLogFiles } from './world/seed-log-files.js';
