import { ConnectionError } from '../errors/response-errors.js';
import { type AuditLogFileErrorCode, SdkError } from '../errors/sdk-error.js';
import { tagPrincipal } from '../transport/principal-tag.js';
import type { AuditLogCheckpoint } from './checkpoint.js';
import type { AuditLogFile } from './files/log-file.js';
import type { JsonLinesProblem } from './json-lines.js';

const whatHappened: Record<AuditLogFileErrorCode, string> = {
  hash_mismatch: 'its SHA-256 is not the one the list gives',
  size_mismatch: 'its size is not the one the list gives',
  file_too_large: 'it is larger than allowed',
  download_failed: 'it could not be downloaded',
  invalid_row: 'its row in the list has no id that is text, or no time in ISO 8601',
  invalid_line: 'a line of it is not a record',
};

const transferRemedy =
  'Resume from the checkpoint later. If it happens again, look for a proxy that changes what passes through it, or report the file to OpenAI.';

/** Of a file that was listed or downloaded by itself, where there is no checkpoint and no `onFailedFile`. */
const remediesAlone: Partial<Record<AuditLogFileErrorCode, string>> = {
  hash_mismatch:
    'Try again later. If it happens again, look for a proxy that changes what passes through it, or report the file to OpenAI.',
  download_failed: 'Try again later.',
  invalid_row: 'All other files were listed. Report the list to OpenAI.',
};

const remedies: Partial<Record<AuditLogFileErrorCode, string>> = {
  hash_mismatch: transferRemedy,
  size_mismatch: transferRemedy,
  file_too_large: 'Raise `maxFileBytes` if there is memory for it.',
  download_failed: 'Resume from the checkpoint later, or set `onFailedFile` to continue without the file.',
  invalid_row: 'Set `onFailedFile` to continue with the other files, and report the list to OpenAI.',
  invalid_line: 'Resume with another `invalidLine` to continue after the line, and report the file to OpenAI.',
};

/** A log file could not be read. Everything before it was delivered, and resuming from the checkpoint tries it again. */
export class AuditLogFileError extends SdkError<AuditLogFileErrorCode> {
  override readonly name = 'AuditLogFileError';
  /** The type of event in the file, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** How often it was tried. */
  readonly attempts: number;
  /** With `invalid_line`: what is wrong with the line. What it says is not in the error: it may name people. */
  declare readonly problem?: JsonLinesProblem;
  /** With `invalid_line`: the number of the line, from 1. */
  declare readonly line?: number;
  /** With `invalid_line`: bytes from the beginning of the file to what could not be read. */
  declare readonly byteOffset?: number;
  // Private: they hold the ids of workspaces and files, which a printed error must not.
  readonly #file: AuditLogFile;
  readonly #checkpoint: AuditLogCheckpoint | undefined;

  /** @hidden */
  constructor(
    code: AuditLogFileErrorCode,
    facts: {
      readonly file: AuditLogFile;
      readonly attempts: number;
      readonly problem?: JsonLinesProblem | undefined;
      readonly line?: number | undefined;
      readonly byteOffset?: number | undefined;
      readonly checkpoint?: AuditLogCheckpoint | undefined;
      readonly cause?: unknown;
    },
  ) {
    const { file, attempts, problem, line, byteOffset, cause } = facts;
    // A word of the server, which is printed only where it is like a type: a token is one word too.
    const eventType = /^[A-Z][A-Z\d_]{0,63}$/.test(file.event_type) ? file.event_type : 'another type';
    const what = problem === 'too_long' ? 'is longer than allowed' : 'is not a JSON object';
    const where = problem === undefined ? '' : ` Line ${line} ${what} (at byte ${byteOffset}).`;
    const why = cause instanceof Error ? ` ${cause.message}` : where;
    const tries = attempts > 1 ? ` (tried ${attempts} times)` : '';
    super(code, `A file of ${eventType} was not read: ${whatHappened[code]}${tries}.${why}`, {
      // Which option was too tight, and what to do about a proxy or a certificate, is told by the cause.
      remedy: (cause instanceof ConnectionError ? cause.remedy : undefined) ?? remedyOf(code, facts.checkpoint),
      cause,
    });
    this.eventType = eventType;
    this.attempts = attempts;
    if (problem !== undefined) this.problem = problem;
    if (line !== undefined) this.line = line;
    if (byteOffset !== undefined) this.byteOffset = byteOffset;
    this.#file = file;
    this.#checkpoint = facts.checkpoint;
    tagPrincipal(this, file.principal);
  }

  /**
   * The file; with `invalid_row` what the list says of it, which lacks `id` or `end_time`. It is never printed with the
   * error, since it holds the id of the workspace.
   */
  file(): AuditLogFile {
    return this.#file;
  }

  /** What had been delivered before; `undefined` when the file was downloaded by itself. Never printed, either. */
  checkpoint(): AuditLogCheckpoint | undefined {
    return this.#checkpoint;
  }
}

function remedyOf(code: AuditLogFileErrorCode, checkpoint: AuditLogCheckpoint | undefined): string | undefined {
  if (checkpoint !== undefined) return remedies[code];
  const transfer = code === 'size_mismatch' ? 'hash_mismatch' : code;
  return remediesAlone[transfer] ?? remedies[code];
}

declare module '../errors/is-sdk-error.js' {
  interface SdkErrorClasses {
    AuditLogFileError: AuditLogFileError;
  }
}
