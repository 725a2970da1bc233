export { CheckpointError, type CheckpointErrorCode } from '../errors/checkpoint-error.js';
export { ConnectionError, type ConnectionErrorCode } from '../errors/connection-error.js';
export {
  isCheckpointError,
  isConnectionError,
  isInputError,
  isJsonLinesError,
  isPaginationError,
  isResponseError,
  isResponseValidationError,
  isRetentionGapError,
} from '../errors/guards.js';
export { InputError } from '../errors/input-error.js';
export { JsonLinesError, type JsonLinesProblem } from '../errors/json-lines-error.js';
export { PaginationError, type PaginationErrorReason } from '../errors/pagination-error.js';
export { ResponseError, type ResponseErrorCode } from '../errors/response-error.js';
export { type ResponseIssue, ResponseValidationError } from '../errors/response-validation-error.js';
export { RetentionGapError, type RetentionRange } from '../errors/retention-gap-error.js';
export { isSdkError, SdkError } from '../errors/sdk-error.js';
export type { SdkErrorCode } from '../errors/sdk-error-code.js';
export type { ClientOptions, Credential, RequestOptions, Throttle } from '../transport/transport.js';
export type { TransportEvent } from '../transport/transport-event.js';
export { AuditLogClient, type AuditLogClientOptions, type MaxEventTimes } from './audit-log-client.js';
export { AuditLogFileError, type AuditLogFileErrorCode } from './audit-log-file-error.js';
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
export { isAuditLogFileError } from './is-audit-log-file-error.js';
export type { AuditLogPrincipal } from './principal.js';
export type { AuditLogRateLimits } from './principal-logs.js';
export type {
  AuditLogBatchesQuery,
  AuditLogEventsQuery,
  AuditLogFilesQuery,
  AuditLogFollowQuery,
  AuditLogProgress,
  AuditLogReadOptions,
  RetentionGap,
} from './query/audit-log-query.js';
export type {
  AccountUserActor,
  AgentActor,
  ApiKeyActor,
  EventActor,
  ExternalUserActor,
  OtherActor,
  SystemActor,
} from './schemas/actor.js';
export type { AppAuthEvent } from './schemas/app-auth-log.js';
export type { AppCallEvent } from './schemas/app-log.js';
export type { AuditAction, AuditActionData } from './schemas/audit-actions.js';
export type { AuthEvent } from './schemas/auth-log.js';
export type { CodexTurnEvent } from './schemas/codex-turn.js';
export type { ConversationMessageEvent } from './schemas/conversation-message.js';
export type { CostsEvent } from './schemas/costs.js';
export type { EventEnvelope, EventPrincipal } from './schemas/event-envelope.js';
export type { LogRoute, OrganizationEventType, WorkspaceEventType } from './schemas/event-routes.js';
export type {
  AgentEvent,
  AuditActionEvent,
  AuditLogEvent,
  CodexEvent,
  CodexSecurityEvent,
  EventOf,
  EventsByType,
  KnownEventType,
  SpreadsheetEvent,
} from './schemas/event-types.js';
export type { LogFile } from './schemas/log-file.js';
export type { UnknownEvent } from './schemas/unknown-event.js';
export type { WorkspaceAnalyticsEvent } from './schemas/workspace-analytics.js';
export { checkEnvelope } from './validation/check-envelope.js';
export type { EventIssue, EventValidator } from './validation/event-validator.js';
