/** @internal Marks every error of this library, also across copies of the package and realms. */
export const brand: unique symbol = Symbol.for('chatgpt-enterprise-sdk.error') as never;

interface Engine {
  readonly stackTraceLimit?: number;
  captureStackTrace?(target: object, above: unknown): void;
}

// What engines have beside the standard is in the types of platforms, and none of these is known here.
const engine = Error as ErrorConstructor & Engine;

export interface SdkErrorOptions {
  /** One or two sentences a person can act on. */
  readonly remedy?: string | undefined;
  /** The failure underneath. Never something that holds a request or response: those print the credential. */
  readonly cause?: unknown;
}

/**
 * The base of every error this library throws on purpose. Branch on {@link SdkError.code}, never on the text. What an error
 * prints or serialises holds no credential and no personal data.
 *
 * A cancelled call is not an `SdkError`: it rejects with the reason of the caller's own `AbortSignal`.
 */
export abstract class SdkError<Code extends SdkErrorCode = SdkErrorCode> extends Error {
  /** What went wrong, as a stable literal. */
  readonly code: Code;
  /** What a person can do about it. */
  declare readonly remedy?: string;

  protected constructor(code: Code, message: string, options: SdkErrorOptions = {}) {
    // The usual ten lines end inside the library. Whoever chose another number meant it.
    const isUsual = engine.stackTraceLimit === 10;
    if (isUsual) Reflect.set(Error, 'stackTraceLimit', 40);
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    if (isUsual) Reflect.set(Error, 'stackTraceLimit', 10);
    this.code = code;
    if (options.remedy !== undefined) this.remedy = options.remedy;
    Object.defineProperty(this, brand, { value: true });
  }

  /** The allow-listed facts of this error, for logs and for JSON. */
  toJSON(): Record<string, unknown> {
    const { name, message } = this;
    const facts: Record<string, unknown> = { name, message };
    return Object.assign(facts, this);
  }
}

/** Lets the stack of what failed in the background lead to whoever waits for it now. */
export function tracedFromHere(failure: unknown): unknown {
  if (failure instanceof SdkError) engine.captureStackTrace?.(failure, tracedFromHere);
  return failure;
}

/** As {@link tracedFromHere}, for what fails later: a stream of the platform leads to nobody who waits for it. */
export function traceFromHere(): (failure: unknown) => unknown {
  const here: { readonly stack?: string } = {};
  engine.captureStackTrace?.(here, traceFromHere);
  return (failure) => {
    if (failure instanceof SdkError && here.stack !== undefined)
      failure.stack = `${failure}${here.stack.slice(here.stack.indexOf('\n'))}`;
    return failure;
  };
}

/** Every code of an error. `isSdkError(error, 'ScimError')` narrows `error.code` to those of the class. */
export type SdkErrorCode =
  /** `InputError`, `AccessDeniedError`, `ConfigError`, `ResponseValidationError` and `PatchError`, in this order. */
  | 'invalid_input'
  | 'access_denied'
  | 'invalid_config'
  | 'invalid_response'
  | 'invalid_patch'
  | ConnectionErrorCode
  | ResponseErrorCode
  | IncompleteListErrorCode
  | ScimSyntaxErrorCode
  | WriteNotConfirmedErrorCode
  | CheckpointErrorCode
  | AuditLogFileErrorCode
  | PlanErrorCode
  | ExportErrorCode
  | EmulatorErrorCode;

/** Why no answer came back. */
export type ConnectionErrorCode =
  /** Unknown host, connection refused or reset: `reason` has the runtime's own code. */
  | 'network_error'
  /** `timeoutMs` or `deadlineMs` ran out. */
  | 'timeout'
  | 'response_too_large'
  /** The connection ended before the answer did, or the answer could not be unpacked. */
  | 'response_cut'
  /** The address of a download is not https. */
  | 'insecure_url'
  /** `allowHost` refused the host. Nothing was sent. */
  | 'host_not_allowed'
  /** `clientCredentials` got no token. Nothing was sent to the service. */
  | 'credential_unavailable'
  /** Too many calls wait for the rate limit (`maxQueued`). */
  | 'queue_full'
  | 'connection_closed';

/**
 * What the server's status means to the caller. By status alone: 400 `bad_request`, 405 `method_not_allowed`, 410 `gone`,
 * 413 `payload_too_large`, 422 `unprocessable`, 501 `not_implemented`, other 5xx `server_error`.
 */
export type ResponseErrorCode =
  | 'bad_request'
  /** The credential was not accepted (401). */
  | 'unauthorized'
  /** The credential is valid and may not do this (403). */
  | 'forbidden'
  /** It does not exist, or the credential may not see it (404). */
  | 'not_found'
  | 'method_not_allowed'
  /** It conflicts with what the server holds (409). */
  | 'conflict'
  /** Another resource has one of the values: `scimType` is `uniqueness`, whatever the status. */
  | 'uniqueness'
  | 'gone'
  /** The resource has changed since it was read (412). */
  | 'precondition_failed'
  | 'payload_too_large'
  | 'unprocessable'
  /** The server wants `ifMatch` (428). */
  | 'precondition_required'
  /** 429; `retryAfterMs` is the wait that the server asked for. */
  | 'rate_limited'
  | 'server_error'
  | 'not_implemented'
  /** A redirect: it is not followed with the credential. */
  | 'unexpected_redirect'
  /** Any other status. */
  | 'unexpected_status';

/** Why a list is not known to be complete. */
export type IncompleteListErrorCode =
  /** It was read to its end, and something may be missing. */
  | 'incomplete_list'
  /** It was not read to its end: continuing would repeat for ever or leave something out. */
  | 'pagination_stuck';

/** What cannot be parsed. */
export type ScimSyntaxErrorCode = 'invalid_filter' | 'invalid_path';

/** Why a write is not known to have taken effect. */
export type WriteNotConfirmedErrorCode =
  /** The server answered with success, and shows something else. */
  | 'not_applied'
  /** The server accepted the write (202) and has not carried it out yet. */
  | 'write_pending';

/** Why a checkpoint cannot be used. */
export type CheckpointErrorCode =
  /** Changed, cut short, or not a checkpoint. */
  | 'invalid_checkpoint'
  | 'unknown_checkpoint_version'
  /** The files to be read next are no longer kept: `gaps()` says which. */
  | 'retention_gap';

/** What is wrong with a log file. */
export type AuditLogFileErrorCode =
  | 'hash_mismatch'
  | 'size_mismatch'
  /** It is larger than `maxFileBytes`. */
  | 'file_too_large'
  /** `cause` says why. */
  | 'download_failed'
  /** The list names it without an id or a time, so that it cannot be asked for. */
  | 'invalid_row'
  /** A line is not a record: `line` says which. */
  | 'invalid_line';

/** Why events are not written to a store. */
export type ExportErrorCode =
  /** Another process has the lease of this principal now: the store has refused what came from this one. */
  | 'lease_lost'
  /** The tables or files were made by a later version. */
  | 'unknown_schema'
  /** What the store holds contradicts its own record. */
  | 'store_damaged'
  /** The driver or the file system failed: `storeCode` says how. */
  | 'store_failed';

/** Why a plan is not applied. */
export type PlanErrorCode =
  /** It is what `redactPlan` returned. */
  | 'plan_redacted'
  /** Of a format that this version does not know. */
  | 'plan_version'
  /** Its content does not have its hash. */
  | 'plan_changed'
  /** `approve` is not its hash. */
  | 'not_approved'
  | 'plan_too_old'
  /** It was made for another directory than the client's. */
  | 'other_directory'
  | 'other_policy'
  /** It goes beyond a limit: `brakes` names which. */
  | 'brake_holds'
  /** The journal is that of another plan. */
  | 'other_journal'
  | 'journal_unreadable'
  /** Somebody else applies the plan now. */
  | 'journal_locked'
  /** Somebody else has taken over: nothing more is sent. */
  | 'lock_lost';

/** What the emulator complains about. */
export type EmulatorErrorCode =
  /** No route answers the request. */
  | 'unhandled_request'
  /** A planned fault met fewer requests than it should have. */
  | 'unused_fault'
  /** A token or key was sent to the host of the signed download URLs. */
  | 'leaked_credential'
  | 'emulator_closed'
  /** An impossible change, such as an update of a user who does not exist. */
  | 'invalid_world';
