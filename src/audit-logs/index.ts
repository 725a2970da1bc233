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
export type { RateLimit } from '../transport/throttle.js';
export type { ClientOptions, Credential, RequestOptions, Throttle } from '../transport/transport.js';
export type { TransportEvent } from '../transport/transport-event.js';
export { AuditLogClient, type AuditLogClientOptions, type MaxEventTimes } from './audit-log-client.js';
export { AuditLogFileError, type JsonLinesProblem } from './audit-log-file-error.js';
export type {
  AuditLogCheckpoint,
  AuditLogGap,
  LaneCheckpoint,
  PartlyDeliveredFile,
  PassedFile,
} from './checkpoints/checkpoint.js';
export type { CheckpointStore } from './checkpoints/checkpoint-store.js';
export { createFileCheckpointStore } from './checkpoints/file-checkpoint-store.js';
export { type AuditLogEventSource, issuesOf, sourceOf } from './events/event-origin.js';
export type { AuditLogBatch, AuditLogBatchStream, AuditLogEventStream } from './events/event-stream.js';
export type { InvalidLine } from './events/file-cursor.js';
export type { AuditLogStats } from './events/reading-stats.js';
export type { AuditLogFile } from './files/audit-log-file.js';
export type { AuditLogFileList, AuditLogFilePage } from './files/file-list.js';
export type { AuditLogPrincipal } from './principal.js';
export type { AuditLogRateLimits } from './principal-logs.js';
export { principalOf } from './principal-of.js';
export type {
  AuditLogBatchesQuery,
  AuditLogEventsQuery,
  AuditLogFilesQuery,
  AuditLogFollowQuery,
  AuditLogProgress,
  AuditLogReadOptions,
  RetentionGap,
} from './query/audit-log-query.js';
export type { EventTypeName } from './query/event-type-for.js';
export type {
  AccountUserActor,
  AgentActor,
  ApiKeyActor,
  EventActor,
  ExternalUserActor,
  OtherActor,
  SystemActor,
} from './schemas/actor.js';
export type { AgentDetails } from './schemas/agent-details.js';
export type { AgentFields } from './schemas/agent-fields.js';
export type { AppAuthEvent } from './schemas/app-auth-log.js';
export type { AppCallEvent } from './schemas/app-log.js';
export type { AuditAction, AuditActionData, UndescribedAuditAction } from './schemas/audit-actions.js';
export type { AuditFrame } from './schemas/audit-log.js';
export type { AuthEvent } from './schemas/auth-log.js';
export type { SpreadsheetDetails, SpreadsheetFrame } from './schemas/chatgpt-plugin-spreadsheet.js';
export type { CodexDetails } from './schemas/codex-details.js';
export type { CodexFrame } from './schemas/codex-log.js';
export type { CodexSecurityDetails, CodexSecurityFrame } from './schemas/codex-security-log.js';
export type { CodexTurnEvent } from './schemas/codex-turn.js';
export type { ConversationMessageEvent, MessageAnnotation } from './schemas/conversation-message.js';
export type { Amount, CostsEvent } from './schemas/costs.js';
export type { AgentFrame } from './schemas/custom-agents-log.js';
export type { EventEnvelope, EventPrincipal } from './schemas/event-envelope.js';
export type {
  LogRoute,
  OrganizationEventType,
  OrganizationOnlyEventType,
  WorkspaceEventType,
  WorkspaceOnlyEventType,
} from './schemas/event-routes.js';
export type {
  AgentEvent,
  AuditActionEvent,
  AuditLogEvent,
  ByAction,
  ByEventType,
  CodexEvent,
  CodexSecurityEvent,
  EventOf,
  EventsByType,
  KnownEventType,
  SpreadsheetEvent,
} from './schemas/event-types.js';
export type { LogFile } from './schemas/log-file.js';
export type { OtherName } from './schemas/open-enum.js';
export type { RequestMetadata } from './schemas/request-metadata.js';
export type { TokenUsage } from './schemas/token-usage.js';
export type { UnknownEvent } from './schemas/unknown-event.js';
export type { WorkspaceAnalyticsEvent } from './schemas/workspace-analytics.js';
export { checkEnvelope } from './validation/check-envelope.js';
export type { EventIssue, EventValidator } from './validation/event-validator.js';
