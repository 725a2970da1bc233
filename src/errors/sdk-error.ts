import type { SdkErrorCode } from './sdk-error-code.js';

/**
 * Marks every error of this library, across copies of the package and across realms, where `instanceof` fails.
 */
const brand: unique symbol = Symbol.for('chatgpt-enterprise-sdk.error') as never;

type Inspect = (value: unknown, options: object) => string;

/** What an error was built from, besides its own facts. */
export interface SdkErrorOptions {
  /** One or two sentences a person can act on. */
  readonly remedy?: string | undefined;
  /** The failure underneath. Never a request, a response or an error that holds one: those print the credential. */
  readonly cause?: unknown;
}

/** Members of a group that were sent to the server. */
export interface MembersSent {
  /** Ids of members that the server was asked to add. */
  readonly added: readonly string[];
  /** Ids of members that the server was asked to take out. */
  readonly removed: readonly string[];
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

  /**
   * For a change of group members in several requests: ids of those that were sent before it failed. To repeat the call
   * is safe all the same. Not among the facts that are printed.
   */
  declare readonly membersSent?: MembersSent;

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
 * Tells whether a value is an error of this library, also when it comes from another copy of the package.
 *
 * @example
 * ```ts
 * import { isSdkError, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
 *
 * try {
 *   parseConnectionConfig({});
 * } catch (error) {
 *   if (!isSdkError(error)) throw error;
 *   console.error(error.code, error.remedy);
 * }
 * ```
 */
export function isSdkError(value: unknown): value is SdkError {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true;
}
