import type { AuditLogPrincipal } from '../principal.js';
import type { LogFile } from '../schemas/log-file.js';

/** A file that could not be read and was left out. A later run that resumes from the checkpoint takes it up first. */
export interface AuditLogGap {
  /** The file, as the service lists it. */
  readonly file: LogFile;
  /** Why it could not be read: the code of the error. */
  readonly code: string;
  /** Where to go on, when some of it had been delivered before. */
  readonly start?: { readonly line: number; readonly byteOffset: number } | undefined;
}

/** The file that was being delivered. */
export interface PartlyDeliveredFile {
  /** The file, as the service lists it. */
  readonly file: LogFile;
  /** The line on which reading goes on, from 1. */
  readonly line: number;
  /** Bytes from the beginning of the file to where reading goes on. */
  readonly byteOffset: number;
}

/** A file that is done with: delivered whole, or recorded as a gap. */
export interface PassedFile {
  /** Id of the file. */
  readonly id: string;
  /** Its `end_time`, as the server spelled it. */
  readonly endTime: string;
}

/** What has been delivered of one event type of one workspace or organization. */
export interface LaneCheckpoint {
  /** The workspace or organization. */
  readonly principal: AuditLogPrincipal;
  /** The event type, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** Where the list is taken up: a time as the server spelled it, or as the query gave it. */
  readonly after: string;
  /** Files later than `after` that are done with. */
  readonly passed: readonly PassedFile[];
  /** The file in the middle of which delivery stopped. */
  readonly current?: PartlyDeliveredFile | undefined;
  /** Files that were left out, to be taken up first. */
  readonly gaps: readonly AuditLogGap[];
  /**
   * The last time that the list was read to its end and everything on it was done with, as ISO 8601. Whether
   * something is gone after 30 days is judged from here on, so that a log without events leaves no gap.
   */
  readonly caughtUpAt?: string | undefined;
  /** The last event ids, as hashes of 64 bits in base64, for de-duplication. */
  readonly seen: readonly string[];
}

/**
 * Exactly what has been delivered, down to the line. Plain JSON: keep it wherever you like, and give it to `resumeFrom`.
 *
 * It holds ids of workspaces and of files, and no event.
 */
export interface AuditLogCheckpoint {
  /** Version of this form of checkpoints. */
  readonly version: 1;
  /** One for each event type of each workspace or organization. */
  readonly lanes: readonly LaneCheckpoint[];
}
