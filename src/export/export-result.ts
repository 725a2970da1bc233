import type { AuditLogCheckpoint, PartitionCheckpoint } from '../audit-logs/checkpoint.js';
import type { AuditLogPrincipal } from '../transport/principal.js';

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
  /** Milliseconds, of the event type that is furthest behind; `undefined` where one of them was not read: not yet, or by another process. */
  readonly ms: number | undefined;
  /**
   * Up to when everything of each event type is in the store, as ISO 8601; where that is known. Where a file was left out, it
   * is no later than the end of that file.
   */
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
  /**
   * Whether everything that the service lists is in the store. It is not where another process exports a log (`held`), where
   * the budget was spent, where a file was left out (`onFailedFile`), and where something failed (`onFailedPrincipal`).
   */
  readonly done: boolean;
  /** Whether the budget ended it: a call at once goes on. What else is not done is for a later one. */
  readonly budgetSpent: boolean;
  /** Workspaces and organizations that another process is exporting at the moment: nothing was read of them. */
  readonly held: readonly AuditLogPrincipal[];
  /** What the store remembers now. It needs no care of yours: the next call finds it there. */
  readonly checkpoint: AuditLogCheckpoint;
  readonly lag: ExportLag;
  readonly counts: ExportCounts;
}
