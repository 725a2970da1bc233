import type { PrincipalRetentionRange } from '../errors/log-errors.js';
import type { ConnectionError, ResponseError, ResponseValidationError } from '../errors/response-errors.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import type { AuditLogCheckpoint, AuditLogGap } from './checkpoint.js';
import type { AuditLogFileError } from './errors.js';
import type { organizationEventTypes, workspaceEventTypes } from './events/event-types.js';
import type { AuditLogFile } from './files/log-file.js';
import type { AuditLogStats, InvalidLine } from './reading/file-cursor.js';
import type { EventValidator } from './validator.js';

/** Which log files. */
export interface AuditLogFilesQuery<Type extends string = string> {
  /**
   * One or more event types; new ones that this version does not know are sent as they are. Or `'all'`: everything in
   * {@link workspaceEventTypes} of each workspace, and in {@link organizationEventTypes} of the organization; of the API Platform
   * `PLATFORM_AUDIT_LOG`, and with `includeTenant` also `PLATFORM_TENANT_LOG`. A type that
   * the key may not read, or that the service does not offer, is not left out: the request fails, and the error names it.
   */
  readonly eventTypes: readonly Type[] | 'all';
  /**
   * Files closed later than this (their `end_time`; their events may be older). A string is sent as it is. Of the API Platform:
   * events of this second or later.
   * @default everything the service still has
   */
  readonly after?: Date | string | undefined;
  /** Files closed earlier than this; of the API Platform, events before it. A string is sent as it is. */
  readonly before?: Date | string | undefined;
  /**
   * A workspace or an organization that fails for good: its key is refused (401, 403), wrong or cannot be had, its id is unknown
   * (404), it refuses an event type, its list cannot be believed; without `follow` also one that is out of reach, after
   * retries. `throw` ends the reading of all. A function is told, and waited for, and the others are read on; the checkpoint
   * keeps where the failed one was, so that a run with a mended key goes on there. Each event type fails by itself: those
   * that fail alike from the beginning are told together, what fails later is told by itself, each once. If everything that
   * was asked for failed, all is told and then the first error thrown. The signal ends the waiting for it too.
   *
   * With `follow` it is asked again after every interval, and goes on when it answers. It is told once of each way in which it
   * fails, and again after it had recovered; an outage stays with `onOutage`.
   *
   * Not told here is what ends the reading of all in any case: the signal, a wrong query, a retention gap, what a function of
   * yours throws. And a single file: that is `onFailedFile`, unless its download is refused (401, 403) where no file may be
   * left out, or after nine others in a row.
   * @default 'throw'
   */
  readonly onFailedPrincipal?: 'throw' | ((failed: FailedPrincipal) => unknown) | undefined;
  /** Told of what the list says that may cost events, or that was left out. @default it is only counted, in `stats` */
  readonly onWarning?: ((warning: AuditLogWarning) => void) | undefined;
}

/** A workspace or an organization of which something could not be read. */
export interface FailedPrincipal {
  /** Which one. The error does not name it: it may be logged. */
  readonly principal: AuditLogPrincipal;
  /** The event types of it that failed so. Absent where what failed has none, such as the list of its members. */
  readonly eventTypes?: readonly string[] | undefined;
  /**
   * What happened and what to do about it (`remedy`), as it would have been thrown: of several event types, the first. What a
   * function for the key throws comes as it is.
   */
  readonly error: Error;
}

/** Something odd about a list of log files. */
export type AuditLogWarning =
  | {
      /** A file was listed so late that the overlap only just reached it: raise `overlapMs`. */
      readonly code: 'late_file';
      /** The file. */
      readonly file: AuditLogFile;
      /** How much later than this file the newest one ended that had been listed before, in milliseconds. */
      readonly lateByMs: number;
      /** How far back the list is searched for late files. */
      readonly overlapMs: number;
    }
  | {
      /** The list showed a file of another type than was asked for. It was left out: ask for its type to read it. */
      readonly code: 'other_event_type';
      /** The file. */
      readonly file: AuditLogFile;
      /** The type that was asked for. */
      readonly eventType: string;
    }
  | {
      /**
       * The list showed a file again with another time or size, although files are never to change. It is read again, whole:
       * `deduplicate` leaves out what was delivered.
       */
      readonly code: 'changed_file';
      /** The file, as it is listed now. */
      readonly file: AuditLogFile;
      /** The type that was asked for. */
      readonly eventType: string;
    }
  | {
      /**
       * The list showed a file that ends at or before the time it was asked from, or not before `before`. Such files are left
       * out, and the first of a workspace and event type is told: a cache may have answered, or the service takes no range.
       */
      readonly code: 'outside_range';
      /** The file. */
      readonly file: AuditLogFile;
      /** The type that was asked for. */
      readonly eventType: string;
    }
  | {
      /**
       * The audit log of the API Platform was not newest first, as it always was seen to be. Its events are put in order, and none is
       * left out; those of one second may not be as they happened. Told once of each of its two parts.
       */
      readonly code: 'not_newest_first';
      /** Whose log. */
      readonly principal: AuditLogPrincipal;
      /** The type that was asked for. */
      readonly eventType: string;
    };

/** How far an iteration has come. */
export interface AuditLogProgress extends AuditLogStats {
  /** How long ago the file just done with was closed. */
  readonly lagMs: number;
}

/** How log files are read. */
export interface AuditLogReadOptions {
  /** Goes on exactly behind what this says was delivered. `after` then counts only for what it does not mention. */
  readonly resumeFrom?: AuditLogCheckpoint | undefined;
  /** Files of one workspace or organization that are downloaded at a time. @default 8 */
  readonly concurrency?: number | undefined;
  /**
   * Bytes of files that are downloaded or wait to be delivered. One file of each workspace or organization is always
   * allowed (in `time` order: of each of its event types). @default 16_777_216 (16 MiB)
   */
  readonly maxBytesInFlight?: number | undefined;
  /** Refuses a larger file. The service's own cap is 15 MB. @default 33_554_432 (32 MiB) */
  readonly maxFileBytes?: number | undefined;
  /**
   * Leaves out events whose `event_id` was delivered before, within so many events of one type of one workspace. The
   * checkpoint carries them along, 11 characters each. An event of the API Platform is known by its `id`, also with `false`, as
   * far back as its list is read again (`overlapMs`).
   *
   * `'store'` is for a store in which `event_id` is unique, and which leaves out what comes twice: the checkpoint then holds
   * no ids, and is 2 KB an event type at most, files aside that were left out. After a resumption events may come again: what
   * the service wrote twice, and files for which the checkpoint had no room, the oldest of about 100 within `overlapMs`.
   * @default true, which is 10_000
   */
  readonly deduplicate?: boolean | number | 'store' | undefined;
  /**
   * How far back the list is searched again for late files, on resuming and on polling. A file that is listed later than
   * this behind the newest is never read, and nobody says how late one may be: `stats.lateFiles` and `onWarning` tell how
   * late they are. At a file in ten minutes, it costs 3 known rows in each answer to a poll, for `COSTS` 30. Of the API Platform it is
   * events that are searched for, and the checkpoint has 13 to 18 characters for each that happened within it.
   * @default 1_800_000 (30 minutes); for `COSTS` 18_000_000 (5 hours)
   */
  readonly overlapMs?: number | undefined;
  /**
   * What of each record is checked. `envelope`: that `event_id`, `type` and `timestamp` are there, and that nothing was lost
   * in reading the line: an integer beyond 2^53, a number such as `1e400`, bytes that are not UTF-8. {@link documentedShape}:
   * everything that is documented, which takes more than twice as long as reading. Or a function of your own; with a function,
   * a key that an object has twice is reported too. `false` for nothing. Whatever is found, the record is delivered, and
   * {@link issuesOf} tells. @default 'envelope'
   */
  readonly validate?: 'envelope' | EventValidator | false | undefined;
  /**
   * How integers beyond 2^53 are given, which a JavaScript number cannot hold. `string`: as they are written, such as
   * `'12345678901234567890'`. `number`: rounded, and `issuesOf` tells. @default 'number'
   */
  readonly bigIntegers?: 'number' | 'string' | undefined;
  /** A line that is not a record: `throw` stops before it, a function is told of it, `skip` only counts it. @default 'throw' */
  readonly invalidLine?: 'throw' | 'skip' | ((line: InvalidLine) => void) | undefined;
  /**
   * A file that cannot be read after retries. `throw` stops before it; a function is told once, and waited for, and reading
   * goes on: the checkpoint then holds the file as a gap, which is read first on resuming, and which `follow` takes up again
   * and again, at longer and longer intervals. Its `error` says what happened and what to do about it, the answer of the
   * server being its `cause`; it holds no secret.
   * @default 'throw'; with `follow`, a file that cannot be downloaded, or is not the one that was listed, becomes a gap, and
   * `onOutage` is told
   */
  readonly onFailedFile?:
    | 'throw'
    | ((gap: AuditLogGap & { readonly file: AuditLogFile; readonly error: AuditLogFileError }) => unknown)
    | undefined;
  /**
   * What is older than the service keeps it (30 days), by the service's own time. `throw` stops before anything is downloaded;
   * a function is told of each range once, and reading goes on with what is left. While following, it is also what came and
   * went while the program was suspended, and a file left out that has become too old. @default 'throw'
   */
  readonly onRetentionGap?: 'throw' | ((gap: PrincipalRetentionRange) => void) | undefined;
  /** Told after each file. */
  readonly onProgress?: ((progress: AuditLogProgress) => void) | undefined;
  /**
   * Told when the list of an event type of one workspace was read to its end, and the caller is done with all of it: for
   * each of them on its own. Keep this checkpoint:
   * it also says that a quiet log was read, where that of its last event would look like a gap after 30 days. It is waited
   * for, also when the signal aborts: return the promise of what saves it, with a time limit of its own. One that rejects ends
   * the iteration, as with every function here.
   */
  readonly onCaughtUp?: ((checkpoint: AuditLogCheckpoint) => unknown) | undefined;
}

/** Which events, and how they are read. */
export interface AuditLogEventsQuery<Type extends string = string>
  extends AuditLogFilesQuery<Type>,
    AuditLogReadOptions {
  /**
   * `file`: file after file, in order for each event type of each workspace, and whichever is there first across them.
   * `time`: merged by `timestamp` across event types and workspaces, each keeping its own order; the slowest sets the pace.
   * @default 'file'
   */
  readonly ordering?: 'file' | 'time' | undefined;
}

/** Which events to wait for. */
export interface AuditLogFollowQuery<Type extends string = string>
  extends Omit<AuditLogFilesQuery<Type>, 'before'>,
    AuditLogReadOptions {
  /** How long to wait between looking for new files. A new one comes about every ten minutes. @default 60_000 */
  readonly intervalMs?: number | undefined;
  /**
   * Told when the service is down or out of reach, or does not answer as it should, after retries. It is tried again after
   * the interval, and told again if it is still so, once for each workspace. While the list answers, a file that fails is no outage: it is tried three times and then left out
   * (`onFailedFile`; without it, this is told of each file that is left out, once, with an AuditLogFileError). What a retry cannot mend, such as a refused key, ends the iteration, or is told to `onFailedPrincipal`.
   */
  readonly onOutage?:
    | ((error: ResponseError | ConnectionError | ResponseValidationError | AuditLogFileError) => void)
    | undefined;
}

/** Which events, in arrays. */
export interface AuditLogBatchesQuery<Type extends string = string, Fill extends boolean = boolean>
  extends AuditLogEventsQuery<Type> {
  /** At most so many events in one array. @default 500 */
  readonly batchSize?: number | undefined;
  /**
   * Whether an array fills up to `batchSize` across files, event types and workspaces, and says `files`. Otherwise it ends
   * where its file does, and many files hold a few events only.
   * @default false
   */
  readonly fill?: Fill | undefined;
  /**
   * With `fill`: events wait no longer than this many milliseconds for others, then what is there is delivered. It matters
   * where files are slow to come: what is left at the end is delivered at once.
   * @default 1_000
   */
  readonly maxWaitMs?: number | undefined;
}

/** The newest event time of each type of one workspace or organization. */
export interface MaxEventTimes {
  /** Whose log. */
  readonly principal: AuditLogPrincipal;
  /** The time as the service spells it; null when it has no file of this type, or the API Platform no event. */
  readonly maxEventTime: Readonly<Record<string, string | null>>;
}
