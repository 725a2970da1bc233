/**
 * The front door: read the form of a connection with {@link parseConnectionConfig}, open both clients with
 * {@link connect}, and find out whether everything is right with `check`. Read-only unless the form allows
 * more.
 *
 * Filters, paths and patches are in `chatgpt-enterprise-sdk/scim`, the types of events and what keeps checkpoints in
 * `chatgpt-enterprise-sdk/audit-logs`, the emulator in `chatgpt-enterprise-sdk/testing`.
 *
 * @module chatgpt-enterprise-sdk
 */

export {
  AuditLogClient,
  type AuditLogClientOptions,
  type MaxEventTimes,
} from './audit-logs/audit-log-client.js';
export type { AuditLogFileError, AuditLogFileErrorCode } from './audit-logs/audit-log-file-error.js';
export type { AuditLogCheckpoint } from './audit-logs/checkpoints/checkpoint.js';
export { type AuditLogEventSource, issuesOf, sourceOf } from './audit-logs/events/event-origin.js';
export { isAuditLogFileError } from './audit-logs/is-audit-log-file-error.js';
export type { AuditLogPrincipal } from './audit-logs/principal.js';
export type { AuditLogEvent } from './audit-logs/schemas/event-types.js';
export type { CheckCode, ObservedCode } from './connection/check/check-code.js';
export type {
  CheckEvidence,
  CheckFinding,
  CheckOptions,
  CheckReport,
  CredentialVerdict,
  EventTypeVerdict,
  PermissionVerdict,
  Verdict,
  WorkspaceVerdict,
} from './connection/check/check-report.js';
export { type FormatCheckReportOptions, formatCheckReport } from './connection/check/format-check-report.js';
export type { ConnectionPart } from './connection/config/check-parts.js';
export type { ConfigWarning, ConfigWarningCode } from './connection/config/config-warning.js';
export {
  type ConnectionConfigJsonSchema,
  connectionConfigJsonSchema,
} from './connection/config/connection-config-json-schema.js';
export type { FormFieldName } from './connection/config/form-fields.js';
export {
  type ConfigWith,
  type ParseConnectionConfigOptions,
  parseConnectionConfig,
  type SafeParseConnectionConfigResult,
  safeParseConnectionConfig,
} from './connection/config/parse-connection-config.js';
export { readConnectionConfigFromEnv } from './connection/config/read-connection-config-from-env.js';
export { type RedactedConnectionConfig, redactConnectionConfig } from './connection/config/redact-connection-config.js';
export { connect } from './connection/connect.js';
export type { ConnectOptions } from './connection/connect-options.js';
export type { AuditLogsOf, Connection, ConnectionBase, ScimOf } from './connection/connection.js';
export type {
  CheckboxInput,
  ComplianceOnlyConfig,
  ComplianceSettings,
  ConnectionAccess,
  ConnectionConfig,
  ConnectionConfigInput,
  FullConfig,
  ScimOnlyConfig,
  ScimSettings,
} from './connection/connection-config.js';
export type {
  DirectoryEntry,
  LastActivity,
  Person,
  PersonConflict,
  WorkspaceMembership,
} from './connection/roster/person.js';
export type { RosterProgress, RosterQuery } from './connection/roster/read-roster.js';
export { connectionConfigSchema } from './connection/schemas/connection-config-schema.js';
export { AccessDeniedError, type Permission } from './errors/access-denied-error.js';
export type { CheckpointError, CheckpointErrorCode } from './errors/checkpoint-error.js';
export { ConfigError, type ConfigIssue, type ConfigIssueCode } from './errors/config-error.js';
export { ConnectionClosedError } from './errors/connection-closed-error.js';
export { ConnectionError, type ConnectionErrorCode, type RequestDelivery } from './errors/connection-error.js';
export type { FilterSyntaxError } from './errors/filter-syntax-error.js';
export {
  isAccessDeniedError,
  isCheckpointError,
  isConfigError,
  isConnectionClosedError,
  isConnectionError,
  isFilterSyntaxError,
  isIncompleteListError,
  isInputError,
  isJsonLinesError,
  isNotAppliedError,
  isPaginationError,
  isPatchError,
  isPathSyntaxError,
  isPendingWriteError,
  isResponseError,
  isResponseValidationError,
  isRetentionGapError,
  isScimError,
} from './errors/guards.js';
export { IncompleteListError, type IncompleteListReason } from './errors/incomplete-list-error.js';
export { InputError } from './errors/input-error.js';
export type { JsonLinesError, JsonLinesProblem } from './errors/json-lines-error.js';
export type { NotAppliedError } from './errors/not-applied-error.js';
export type { PaginationError, PaginationErrorReason } from './errors/pagination-error.js';
export type { PatchError, PatchScimType } from './errors/patch-error.js';
export type { PathSyntaxError } from './errors/path-syntax-error.js';
export type { PendingWriteError } from './errors/pending-write-error.js';
export { ResponseError, type ResponseErrorCode } from './errors/response-error.js';
export { type ResponseIssue, ResponseValidationError } from './errors/response-validation-error.js';
export type { PrincipalRetentionRange, RetentionGapError, RetentionRange } from './errors/retention-gap-error.js';
export { ScimError, type ScimType } from './errors/scim-error.js';
export { isSdkError, type MembersSent, SdkError, type SdkErrorOptions } from './errors/sdk-error.js';
export type { SdkErrorCode } from './errors/sdk-error-code.js';
export type { Clock } from './internal/clock.js';
export type { Schema, SchemaIssue, SchemaResult } from './internal/schema.js';
export type { Group, GroupMember } from './scim/schemas/group.js';
export type { User } from './scim/schemas/user.js';
export { canDeprovision, canProvision, ScimClient, type ScimClientOptions } from './scim/scim-client.js';
export type { ClientOptions, Credential, RequestOptions, Throttle } from './transport/transport.js';
export type {
  RequestEvent,
  ResponseEvent,
  RetryEvent,
  ThrottledEvent,
  TransportEvent,
} from './transport/transport-event.js';
