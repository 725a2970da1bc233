import type { Clock } from '../../internal/clock.js';
import type { RequestOptions } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { LogSource } from '../api.js';
import type { PartitionCheckpoint } from '../checkpoint.js';
import type { PlatformLog } from '../platform/api.js';
import type { AuditLogFollowQuery } from '../query.js';
import type { EventValidator } from '../validator.js';
import type { PartitionMemory } from './partition.js';

/** One event type of one principal. */
export interface PartitionKey {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
}

/** How one iteration reads, every default filled in. */
export interface ReadingPlan
  extends Pick<
    AuditLogFollowQuery,
    | 'invalidLine'
    | 'onFailedPrincipal'
    | 'onFailedFile'
    | 'onRetentionGap'
    | 'onProgress'
    | 'onCaughtUp'
    | 'onOutage'
    | 'onWarning'
  > {
  readonly clock: Clock;
  /** What is read: from where a checkpoint stopped, or else from `after` on. */
  readonly startFrom: readonly (PartitionKey | PartitionCheckpoint)[];
  /** Partitions of the checkpoint that are not read: handed on as they are. */
  readonly untouched: readonly PartitionCheckpoint[];
  /** Absent for everything that the service still has when the iteration begins. */
  readonly after: string | undefined;
  readonly before: string | undefined;
  readonly memory: PartitionMemory;
  readonly logsOf: (principal: AuditLogPrincipal) => LogSource;
  /** The log of the API Platform, where there is one. */
  readonly platform?: PlatformLog | undefined;
  readonly ordering: 'file' | 'time';
  readonly concurrency: number;
  readonly maxBytesInFlight: number;
  readonly maxFileBytes: number;
  readonly validate: EventValidator | undefined;
  readonly reportsRepeatedKeys: boolean;
  readonly bigIntegers: 'number' | 'string';
  /** Absent to stop at the end of the list. */
  readonly intervalMs: number | undefined;
  readonly signals: readonly (AbortSignal | undefined)[];
  readonly requestOptions: RequestOptions;
}
