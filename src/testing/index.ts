/**
 * An emulator of ChatGPT Enterprise's SCIM endpoint, its Compliance API and its Admin API, and of the API Platform's audit log, to
 * test against offline: it runs in your process, with people, groups and audit logs made up, and makes things go wrong on demand.
 *
 * Begin with {@link createEmulator}, and hand its `fetch` to the code under test.
 *
 * @module chatgpt-enterprise-sdk/testing
 */

export { EmulatorError } from '../errors/emulator-error.js';
export type { EmulatorErrorCode } from '../errors/sdk-error.js';
export type { AdminBehaviour } from './admin/behaviour.js';
export type { ManualGroup, ManualGroups, NewManualGroup } from './admin/groups.js';
export type { NewUsageLimitRequest, UsageLimit, UsageLimitRequest, UsageLimits } from './admin/limits.js';
export { createTestClock, type EmulatorClock, type TestClockOptions } from './clock.js';
export type { ComplianceBehaviour } from './compliance/behaviour.js';
export type {
  ComplianceKey,
  ComplianceKeyClass,
  ComplianceKeyStatus,
  ComplianceKeys,
  NewComplianceKey,
} from './compliance/keys.js';
export type { EmulatorLogFile, LogEvent, LogFileSource, NewLogFile } from './compliance/log-file.js';
export type { LogStore, LogStoreOptions } from './compliance/log-store.js';
export type { RateLimits } from './compliance/rate-limits.js';
export type { AdminScope, ComplianceScope } from './compliance/scopes.js';
export type { Workspace, WorkspaceInvitation, Workspaces, WorkspaceUser } from './compliance/workspaces.js';
export { createEmulator } from './create-emulator.js';
export type {
  AdminOptions,
  ComplianceOptions,
  Emulator,
  EmulatorAdmin,
  EmulatorClientOptions,
  EmulatorCompliance,
  EmulatorConnectionConfig,
  EmulatorOAuth,
  EmulatorOptions,
  EmulatorScim,
  EmulatorServer,
  EmulatorSnapshot,
  ListenOptions,
  ScimOptions,
} from './emulator.js';
export {
  type GenerateEventsOptions,
  type GenerateEveryKindOptions,
  generateEvents,
  generateEveryKind,
} from './events/generate-events.js';
export type { PlatformLogEvent } from './events/platform-event.js';
export { type GeneratePlatformEventsOptions, generatePlatformEvents } from './events/platform-events.js';
export type { EventOwner } from './events/template.js';
export type { FaultPlan, FaultTarget, PlannedFault } from './fault-plan.js';
export { type Fault, fault, type StatusOptions } from './faults.js';
export type { MswHttp } from './fetch-in-process.js';

export { type Person, personOf } from './people.js';
export type { PlatformBehaviour, PlatformOptions } from './platform/behaviour.js';
export type { NewPlatformEvent, PlatformLog } from './platform/log.js';
export type { EmulatorPlatform } from './platform/side.js';
export type { RecordedRequest, RequestLog } from './request-log.js';
export type {
  AdminRoute,
  ComplianceRoute,
  EmulatorRequest,
  EmulatorRoute,
  EmulatorService,
  Origins,
  PlatformRoute,
  ScimRoute,
  StorageRoute,
  TokenRoute,
} from './routes.js';
export type { ScimBehaviour } from './scim/behaviour.js';
export type { OAuthOptions } from './scim/oauth.js';
export { scimQuirks } from './scim/quirks.js';
export type { HeldUser } from './scim/workos-rules.js';
export type { EmulatorStore, NewGroup, NewUser, StoredResources } from './store.js';
export type { NewWorkspace, NewWorkspaceKey } from './world/new-workspace.js';
export {
  type SeedEventsOptions,
  type SeedLogFilesOptions,
  seedEvents,
  seedGroups,
  seedLogFiles,
  seedUsers,
} from './world/seed.js';
