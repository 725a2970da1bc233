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
// Every class of errors. The other entries export those that they throw.
export { AuditLogFileError, type JsonLinesProblem } from './audit-logs/audit-log-file-error.js';
export type { AuditLogCheckpoint } from './audit-logs/checkpoints/checkpoint.js';
export { type AuditLogEventSource, issuesOf, sourceOf } from './audit-logs/events/event-origin.js';
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
export { EmulatorError } from './errors/emulator-error.js';
export {
  AccessDeniedError,
  ConfigError,
  type ConfigIssue,
  type ConfigIssueCode,
  InputError,
  type Permission,
} from './errors/input-errors.js';
export { isSdkError, type SdkErrorClasses } from './errors/is-sdk-error.js';
export { CheckpointError, type PrincipalRetentionRange, type RetentionRange } from './errors/log-errors.js';
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
  type IncompleteListErrorCode,
  type ResponseErrorCode,
  type ScimSyntaxErrorCode,
  SdkError,
  type SdkErrorCode,
  type SdkErrorOptions,
  type WriteNotConfirmedErrorCode,
} from './errors/sdk-error.js';
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
