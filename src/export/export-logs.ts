import type { AuditLogCheckpoint, PartitionCheckpoint } from '../audit-logs/checkpoint.js';
import { type AuditLogClient, lineReaderTag } from '../audit-logs/client.js';
import type { AuditLogEventsQuery } from '../audit-logs/query.js';
import { checkChoice, checkNumber, checkObject, checkOptions, type OptionNames } from '../errors/check-options.js';
import { storeFailed } from '../errors/export-error.js';
import { InputError } from '../errors/input-errors.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { untilAnswered } from '../internal/callbacks.js';
import { type AuditLogPrincipal, samePrincipal } from '../transport/principal.js';
import { HeldLease } from './held-lease.js';
import { LineRow } from './line-row.js';
import type { LogSink } from './sink.js';

/** Which events are exported, and how they are read. Where to go on, the sink knows. */
export type ExportQuery<Type extends string = string> = Omit<
  AuditLogEventsQuery<Type>,
  'resumeFrom' | 'ordering' | 'onCaughtUp' | 'onProgress'
>;

/** How much is read before the work ends, of each workspace or organization. Whatever is reached first ends it. */
export interface ExportBudget {
  /** Events, and at most one batch more. */
  readonly maxEvents?: number | undefined;
  /** Bytes of events, and at most one batch more. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds from the first request on; a batch that comes before the time is up is written. */
  readonly maxMs?: number | undefined;
}

/** What one call has done. */
export interface ExportCounts {
  /** Events that the store did not have. */
  readonly written: number;
  /** Events that it had already. */
  readonly repeated: number;
  /** Log files that were read to their end. */
  readonly files: number;
  /** Bytes of the events. */
  readonly bytes: number;
  /** Lines left out because they are no records (`invalidLine`). */
  readonly invalidLines: number;
  /** Files left out for a later run (`onFailedFile`). */
  readonly gaps: number;
}

/** How far the store is behind. */
export interface ExportLag {
  /** Milliseconds, of the event type that is furthest behind; `undefined` where one of them was not read yet. */
  readonly ms: number | undefined;
  /** Up to when everything of each event type is in the store, as ISO 8601; where that is known. */
  readonly completeUntil: readonly (Pick<PartitionCheckpoint, 'principal' | 'eventType'> & {
    readonly time: string | undefined;
  })[];
}

/** Told after each batch that was written. */
export interface ExportProgress {
  readonly principal: AuditLogPrincipal;
  /** Of this call, all workspaces and organizations together. */
  readonly counts: ExportCounts;
}

/** What became of an export. */
export interface ExportResult {
  /** Whether everything that the service lists is in the store. */
  readonly done: boolean;
  /** Workspaces and organizations that another process is exporting at the moment: nothing was read of them. */
  readonly held: readonly AuditLogPrincipal[];
  /** What the store remembers now. It needs no care of yours: the next call finds it there. */
  readonly checkpoint: AuditLogCheckpoint;
  readonly lag: ExportLag;
  readonly counts: ExportCounts;
}
