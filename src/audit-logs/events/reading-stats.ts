/** What an iteration has done so far. */
export interface AuditLogStats {
  /** Files done with. */
  readonly files: number;
  /** Bytes of the files done with. */
  readonly bytes: number;
  /** Events delivered. */
  readonly events: number;
  /** Events left out because they had been delivered before. */
  readonly duplicates: number;
  /** Events delivered although something about them is not as documented: see `issuesOf`. */
  readonly eventsWithIssues: number;
  /** Lines left out because they are not records. */
  readonly invalidLines: number;
  /** Files left out for a later run. */
  readonly gaps: number;
}

/** The stats, as they are counted. */
export type RunningStats = { -readonly [Key in keyof AuditLogStats]: AuditLogStats[Key] };

export function newStats(): RunningStats {
  return { files: 0, bytes: 0, events: 0, duplicates: 0, eventsWithIssues: 0, invalidLines: 0, gaps: 0 };
}
