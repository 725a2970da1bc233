/**
 * @internal Marks every error of this library, across copies of the package and across realms, where `instanceof` fails.
 */
export const brand: unique symbol = Symbol.for('chatgpt-enterprise-sdk.error') as never;

type Inspect = (value: unknown, options: object) => string;

/** What an error was built from, besides its own facts. */
export interface SdkErrorOptions {
  /** One or two sentences a person can act on. */
  readonly remedy?: string | undefined;
  /** The failure underneath. Never a request, a response or an error that holds one: those print the credential. */
  readonly cause?: unknown;
}

/**
 * The base of every error this library throws on purpose.
 *
 * Branch on {@link SdkError.code}, never on the text. Nothing reachable from the error holds a credential or personal
 * data: it is safe to log, to serialise and to send to an error tracker.
 *
 * A cancelled call is not an `SdkError`: it rejects with the reason of the caller's own `AbortSignal`.
 *
 * @example
 * ```ts
 * import { connect, readConnectionConfigFromEnv, SdkError } from 'chatgpt-enterprise-sdk';
 *
 * try {
 *   await using connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 *   await connection.scim.users.list();
 * } catch (error) {
 *   if (!(error instanceof SdkError)) throw error;
 *   console.error(error.code, error.message, error.remedy);
 * }
 * ```
 */
export abstract class SdkError<Code extends SdkErrorCode = SdkErrorCode> extends Error {
  /** What went wrong, as a stable literal. */
  readonly code: Code;
  /** What a person can do about it, where there is something to do. */
  declare readonly remedy?: string;

  protected constructor(code: Code, message: string, options: SdkErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.remedy !== undefined) this.remedy = options.remedy;
    Object.defineProperty(this, brand, { value: true });
  }

  // Getters hold what must not be printed, and `util.inspect` can be told to call them.
  protected [Symbol.for('nodejs.util.inspect.custom')](_depth: number, options: object, inspect: Inspect): string {
    return inspect(this, { ...options, getters: false, customInspect: false });
  }

  /** The allow-listed facts of this error, for logs and for JSON. */
  toJSON(): Record<string, unknown> {
    const { name, message } = this;
    const facts: Record<string, unknown> = { name, message };
    return Object.assign(facts, this);
  }
}

/**
 * Every code that an error of this library can have. `isSdkError(error)` narrows `error.code` to it, so that a misspelt
 * one does not compile; `isSdkError(error, 'ScimError')` narrows it further.
 */
export type SdkErrorCode =
  /** `InputError`: an argument cannot be used; nothing was sent. */
  | 'invalid_input'
  /** `AccessDeniedError`: the connection form does not allow the change; nothing was sent. */
  | 'access_denied'
  /** `ConfigError`: the values of the connection form cannot make a connection. */
  | 'invalid_config'
  /** `ResponseValidationError`: the answer is not what it should be. */
  | 'invalid_response'
  /** `PatchError`: a PATCH operation that cannot be applied. */
  | 'invalid_patch'
  | ConnectionErrorCode
  | ResponseErrorCode
  | IncompleteListErrorCode
  | ScimSyntaxErrorCode
  | WriteNotConfirmedErrorCode
  | CheckpointErrorCode
  | AuditLogFileErrorCode
  | EmulatorErrorCode;

/** Why no answer came back. */
export type ConnectionErrorCode =
  /** The network failed before an answer: no such host, refused, reset. `reason` has the runtime's own code. */
  | 'network_error'
  /** `timeoutMs` or `deadlineMs` ran out. */
  | 'timeout'
  /** The answer is larger than is read. */
  | 'response_too_large'
  /** The connection ended in the middle of the answer. */
  | 'response_cut'
  /** The address to download from is not https: nothing is fetched from there. */
  | 'insecure_url'
  /** The caller closed the connection while this was under way, or before it began. */
  | 'connection_closed';

/** What the server's status means to the caller. */
export type ResponseErrorCode =
  /** The request was not understood, or something in it was not allowed (400). */
  | 'bad_request'
  /** The credential was not accepted (401). */
  | 'unauthorized'
  /** The credential is valid and may not do this (403). */
  | 'forbidden'
  /** It does not exist, or the credential may not know of it (404). */
  | 'not_found'
  /** The server does not take this method here (405). */
  | 'method_not_allowed'
  /** It does not fit with what the server holds (409). */
  | 'conflict'
  /** Another resource holds one of the values: `scimType` is `uniqueness`, whatever the status. */
  | 'uniqueness'
  /** It was there, and is gone for good (410). */
  | 'gone'
  /** The resource was changed since it was read (412). */
  | 'precondition_failed'
  /** What was sent is larger than the server takes (413). */
  | 'payload_too_large'
  /** The request was understood, and its values were refused (422). */
  | 'unprocessable'
  /** The server wants `ifMatch` (428). */
  | 'precondition_required'
  /** Too many requests (429); `retryAfterMs` says how long to wait, where the server said it. */
  | 'rate_limited'
  /** The server failed (500 to 599, but for 501). */
  | 'server_error'
  /** The server does not offer that (501). */
  | 'not_implemented'
  /** A redirect, which is not followed with the credential. */
  | 'unexpected_redirect'
  /** Any other status. */
  | 'unexpected_status';

/** Why a list is not known to be complete. */
export type IncompleteListErrorCode =
  /** It was read to its end, and something may be missing. */
  | 'incomplete_list'
  /** It was not read to its end: going on would repeat for ever, or leave something out. */
  | 'pagination_stuck';

/** What cannot be parsed. */
export type ScimSyntaxErrorCode =
  /** A filter that no server could read, or that compares what cannot be compared. */
  | 'invalid_filter'
  /** A path that no server could read. */
  | 'invalid_path';

/** Why a write is not known to have taken effect. */
export type WriteNotConfirmedErrorCode =
  /** The server answered with success, and shows something else. */
  | 'not_applied'
  /** The server accepted the write (202) and has not carried it out yet. */
  | 'write_pending';

/** Why a checkpoint cannot be used. */
export type CheckpointErrorCode =
  /** It is not a checkpoint any more: changed, cut, or something else. */
  | 'invalid_checkpoint'
  /** It was written by a later version of the library. */
  | 'unknown_checkpoint_version'
  /** Files that should be read next are older than the service keeps them. `gaps` says which. */
  | 'retention_gap';

/** What is wrong with a log file. */
export type AuditLogFileErrorCode =
  /** The bytes are not those the list announced. */
  | 'hash_mismatch'
  /** There are more or fewer bytes than the list announced. */
  | 'size_mismatch'
  /** It is larger than `maxFileBytes`. */
  | 'file_too_large'
  /** It could not be downloaded; the `cause` says why. */
  | 'download_failed'
  /** A line of it is not a record; `line` says which. */
  | 'invalid_line';

/** What the emulator complains about. */
export type EmulatorErrorCode =
  /** A request came that no route answers. */
  | 'unhandled_request'
  /** A fault was planned, and met fewer requests than it should have. */
  | 'unused_fault'
  /** A token or key was sent to the host of the signed download URLs. */
  | 'leaked_credential'
  /** A request came after `close()`. */
  | 'emulator_closed'
  /** The world was to be changed in a way that makes no sense, such as an update of a user who is not there. */
  | 'invalid_world';
