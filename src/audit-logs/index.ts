/**
 * The audit logs of ChatGPT Enterprise: list the log files of OpenAI's Compliance Logs Platform, download them, and read
 * their events, each once, from where the last run stopped. It only reads.
 *
 * Begin with {@link AuditLogClient}. {@link AuditLogEvent} is the union of all events, {@link EventOf} the one of a type.
 *
 * @module chatgpt-enterprise-sdk/audit-logs
 */

export { InputError } from '../errors/input-errors.js';
export { isSdkError, type SdkErrorClasses } from '../errors/is-sdk-error.js';
export { CheckpointError, type PrincipalRetentionRange, type RetentionRange } from '../errors/log-errors.js';
export {
  ConnectionError,
  IncompleteListError,
  type IncompleteListReason,
  type RequestDelivery,
  ResponseError,
  type ResponseIssue,
  ResponseValidationError,
} from '../errors/response-errors.js';
export {
  type AuditLogFileErrorCode,
  type CheckpointErrorCode,
  type ConnectionErrorCode,
  type IncompleteListErrorCode,
  type ResponseErrorCode,
  SdkError,
  type SdkErrorCode,
} from '../errors/sdk-error.js';
export { type ConsoleLoggerOptions, consoleLogger } from '../transport/console-logger.js';
export type { List, ToArrayOptions } from '../transport/list.js';
export type { ClientOptions, Credential, RequestOptions, TransportEvent } from '../transport/options.js';
export type { AuditLogPrincipal } from '../transport/principal.js';
export type { AuditLogKey, AuditLogKeys } from '../transport/principal-keys.js';
export { principalOf } from '../transport/principal-tag.js';
export { isPublicAddress, type PublicHostsOptions, publicHostsOnly } from '../transport/public-hosts.js';
export type { RateLimit } from '../transport/rate-limit.js';
export type { Throttle, ThrottledRequest } from '../transport/throttle.js';
export type { AuditLogRateLimits } from './api.js';
export type {
  AuditLogCheckpoint,
  AuditLogGap,
  PartitionCheckpoint,
  PartlyDeliveredFile,
} from './checkpoint.js';
export { AuditLogClient } from './client.js';
export { documentedShape } from './documented-shape.js';
export { AuditLogFileError } from './errors.js';
export type { AppAuthAction, AppAuthEvent, AppCallEvent, AppCallPart, AppType } from './events/app-log.js';
export type {
  AuditAction,
  AuditActionData,
  AuditActionResult,
  AuditEventBase,
  UndescribedAuditAction,
} from './events/audit-log.js';
export type { AuthAction, AuthEvent } from './events/auth-log.js';
export type {
  SpreadsheetDetails,
  SpreadsheetEventBase,
  SpreadsheetEventType,
} from './events/chatgpt-plugin-spreadsheet.js';
export type {
  CodexClientId,
  CodexDetails,
  CodexEventBase,
  CodexEventType,
  CodexTurnEvent,
} from './events/codex-log.js';
export type {
  CodexSecurityDetails,
  CodexSecurityEventBase,
  CodexSecurityEventType,
} from './events/codex-security-log.js';
export type { ConversationMessageEvent, MessageAnnotation, MessageClientType } from './events/conversation-message.js';
export type { Amount, CostsEvent } from './events/costs.js';
export type {
  AgentClientId,
  AgentDetails,
  AgentEventBase,
  AgentEventType,
  AgentFields,
} from './events/custom-agents-log.js';
export type {
  AccountUserActor,
  AgentActor,
  ApiKeyActor,
  EventActor,
  EventEnvelope,
  EventPrincipal,
  ExternalUserActor,
  OtherActor,
  SystemActor,
  UnknownEvent,
} from './events/envelope.js';
export {
  type AgentEvent,
  type AuditActionEvent,
  type AuditLogEvent,
  type ByAction,
  type ByEventType,
  type CodexEvent,
  type CodexSecurityEvent,
  type EventOf,
  type EventsByType,
  type KnownEventType,
  type NewEvent,
  type OrganizationEventType,
  type OrganizationOnlyEventType,
  organizationEventTypes,
  type SpreadsheetEvent,
  type WorkspaceEventType,
  type WorkspaceOnlyEventType,
  workspaceEventTypes,
} from './events/event-types.js';
export type { OtherName, RequestMetadata, TokenUsage } from './events/fields.js';
export {
  type PlatformEventName,
  type PlatformLogType,
  type PlatformTenantEventName,
  platformEventNames,
  platformTenantEventNames,
} from './events/platform-event-types.js';
export type {
  KnownPlatformEvent,
  PlatformActor,
  PlatformApiKeyActor,
  PlatformEvent,
  PlatformEventBase,
  PlatformEventOf,
  PlatformOtherActor,
  PlatformSessionActor,
  PlatformUser,
  UnknownPlatformEvent,
} from './events/platform-events.js';
export type { PlatformPayloads } from './events/platform-payloads.js';
export type { WorkspaceAnalyticsEvent } from './events/workspace-analytics.js';
export { type CheckpointStore, createFileCheckpointStore } from './file-checkpoint-store.js';
export type { AuditLogFileList, AuditLogFilePage } from './files/file-lists.js';
export type { AuditLogFile, LogFile } from './files/log-file.js';
export type { JsonLinesProblem } from './json-lines.js';
export type { AuditLogClientOptions, PlatformLogClientOptions } from './options.js';
export type { PlatformDataResidency, PlatformLogOptions } from './platform/options.js';
export type {
  AuditLogBatchesQuery,
  AuditLogEventsQuery,
  AuditLogFilesQuery,
  AuditLogFollowQuery,
  AuditLogProgress,
  AuditLogReadOptions,
  AuditLogWarning,
  FailedPrincipal,
  MaxEventTimes,
} from './query.js';
export type { EventTypeName } from './readable-types.js';
export { type AuditLogEventSource, issuesOf, sourceOf } from './reading/event-source.js';
export type { AuditLogStats, InvalidLine } from './reading/file-cursor.js';
export type {
  AuditLogBatch,
  AuditLogBatchStream,
  AuditLogEventStream,
  AuditLogEventWithCheckpoint,
  AuditLogFilledBatch,
} from './reading/stream.js';
export { checkEnvelope, type EventIssue, type EventValidator } from './validator.js';
