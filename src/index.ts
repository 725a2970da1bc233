/**
 * Read the form of a connection with {@link parseConnectionConfig}, open the clients with {@link connect}, and see with
 * `check` whether everything is right. Filters, paths and patches are in `chatgpt-enterprise-sdk/scim`, event types and
 * checkpoint stores in `chatgpt-enterprise-sdk/audit-logs`, all of the Admin API in `chatgpt-enterprise-sdk/admin`,
 * plans of a whole directory in `chatgpt-enterprise-sdk/provisioning`, the emulator in `chatgpt-enterprise-sdk/testing`.
 *
 * @module chatgpt-enterprise-sdk
 */

export { AdminClient } from './admin/client.js';
export type { AdminClientOptions } from './admin/options.js';
export type { AdminList, AdminPage } from './admin/paging.js';
export type { AdminGroup } from './admin/schemas/group.js';
export type { Invite, ServiceAccount } from './admin/schemas/invites-and-service-accounts.js';
export type { Member } from './admin/schemas/member.js';
export type { DailyUsage } from './admin/schemas/usage.js';
export type { UserUsageLimit, WorkspaceUsageLimit } from './admin/schemas/usage-limit.js';
export type { AuditLogCheckpoint } from './audit-logs/checkpoint.js';
export { AuditLogClient } from './audit-logs/client.js';
export { AuditLogFileError } from './audit-logs/errors.js';
export type { AuditLogEvent } from './audit-logs/events/event-types.js';
export type { JsonLinesProblem } from './audit-logs/json-lines.js';
export type { AuditLogClientOptions } from './audit-logs/options.js';
export type { FailedPrincipal, MaxEventTimes } from './audit-logs/query.js';
export { type AuditLogEventSource, issuesOf, sourceOf } from './audit-logs/reading/event-source.js';
export { type FormatCheckReportOptions, formatCheckReport } from './connection/check/format.js';
export type {
  AdminCategory,
  AdminVerdict,
  CheckCode,
  CheckEvidence,
  CheckFinding,
  CheckQuery,
  CheckReport,
  CredentialVerdict,
  EventTypeVerdict,
  ObservedCode,
  PermissionVerdict,
  Verdict,
  WorkspaceVerdict,
} from './connection/check/report.js';
export type {
  ComplianceRoute,
  ComplianceRouteArguments,
  ComplianceRouteQuery,
  ComplianceRoutes,
} from './connection/compliance-routes.js';
export { connect } from './connection/connect.js';
export type { ConnectOptions } from './connection/connect-options.js';
export type { Connection, OpenConnection } from './connection/connection.js';
export type { AuditLogsOf, ComplianceOf, ScimOf } from './connection/connection-type.js';
export { readConnectionConfigFromEnv } from './connection/env.js';
export type {
  CheckboxInput,
  ComplianceOnlyConfig,
  ComplianceSettings,
  ConfigWarning,
  ConfigWarningCode,
  ConnectionAccess,
  ConnectionConfig,
  ConnectionConfigInput,
  ConnectionPart,
  FormInput,
  FullConfig,
  PlatformOnlyConfig,
  PlatformSettings,
  ScimOnlyConfig,
  ScimSettings,
} from './connection/form.js';
export {
  type ConnectionConfigJsonSchema,
  connectionConfigJsonSchema,
} from './connection/form-json-schema.js';
export { connectionConfigSchema } from './connection/form-schema.js';
export {
  type ConfigWith,
  type ParseConnectionConfigOptions,
  parseConnectionConfig,
  type RequiredPart,
  type SafeParseConnectionConfigResult,
  safeParseConnectionConfig,
} from './connection/parse-form.js';
export { type RedactedConnectionConfig, redactConnectionConfig } from './connection/redact.js';
export type {
  ConflictFacts,
  ConflictText,
  DirectoryEntry,
  Invitation,
  LastActivity,
  ListedServiceAccount,
  Person,
  PersonConflict,
  WorkspaceMembership,
} from './connection/roster/person.js';
export type {
  CostAmount,
  DailyUsageSum,
  PersonCost,
  PersonUsage,
  RosterUsageTotals,
  UsageDays,
  UsageSource,
  UsageStatus,
  UsageSum,
  WorkspaceUsage,
} from './connection/roster/person-usage.js';
export type { RosterProgress, RosterQuery, RosterUsageQuery } from './connection/roster/query.js';
export { EmulatorError } from './errors/emulator-error.js';
export { ExportError } from './errors/export-error.js';
export {
  AccessDeniedError,
  ConfigError,
  type ConfigIssue,
  type ConfigIssueCode,
  type FormFieldName,
  InputError,
  type Permission,
} from './errors/input-errors.js';
export { isSdkError, type SdkErrorClasses } from './errors/is-sdk-error.js';
export { CheckpointError, type PrincipalRetentionRange, type RetentionRange } from './errors/log-errors.js';
export { PlanError } from './errors/plan-error.js';
export {
  ConnectionError,
  IncompleteListError,
  type IncompleteListReason,
  type RequestDelivery,
  ResponseError,
  type ResponseIssue,
  ResponseValidationError,
} from './errors/response-errors.js';
export {
  NaturalKeyConflictError,
  type NaturalKeyConflictReason,
  PatchError,
  type PatchScimType,
  ScimError,
  ScimSyntaxError,
  type ScimType,
  WriteNotConfirmedError,
} from './errors/scim-errors.js';
export {
  type AuditLogFileErrorCode,
  type CheckpointErrorCode,
  type ConnectionErrorCode,
  type EmulatorErrorCode,
  type ExportErrorCode,
  type IncompleteListErrorCode,
  type PlanErrorCode,
  type ResponseErrorCode,
  type ScimSyntaxErrorCode,
  SdkError,
  type SdkErrorCode,
  type SdkErrorOptions,
  type WriteNotConfirmedErrorCode,
} from './errors/sdk-error.js';
export type { Clock } from './internal/clock.js';
export type { Schema, SchemaIssue, SchemaResult } from './internal/schema.js';
export { canDeprovision, canProvision, ScimClient } from './scim/client.js';
export type { ScimClientOptions } from './scim/options.js';
export type { Group, GroupMember } from './scim/schemas/group.js';
export { isServiceAccount } from './scim/schemas/service-account.js';
export type { User } from './scim/schemas/user.js';
export { type ClientCredentialsOptions, clientCredentials } from './transport/client-credentials.js';
export { type ConsoleLoggerOptions, consoleLogger } from './transport/console-logger.js';
export type { List, ToArrayOptions } from './transport/list.js';
export type {
  CallEvent,
  ClientOptions,
  CooldownEvent,
  Credential,
  RequestEvent,
  RequestOptions,
  ResponseEvent,
  RetryEvent,
  ThrottledEvent,
  TransportEvent,
} from './transport/options.js';
export type { AuditLogPrincipal } from './transport/principal.js';
export type { AuditLogKey, AuditLogKeys } from './transport/principal-keys.js';
export { principalOf } from './transport/principal-tag.js';
export { isPublicAddress, type PublicHostsOptions, publicHostsOnly } from './transport/public-hosts.js';
export type { RouteParameter, RouteParameters, RouteValues } from './transport/route.js';
export type { Throttle, ThrottledRequest } from './transport/throttle.js';
