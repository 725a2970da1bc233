import { SdkError } from './sdk-error.js';

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

/**
 * The emulator was used in a way no real service would be, or a test did not do what it declared.
 *
 * @example
 * ```ts
 * import { createEmulator, EmulatorError, fault } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator();
 * emulator.faults.add(fault.status(503), { route: 'GET /Users' });
 * try {
 *   await emulator.close(); // nobody has asked for the users
 * } catch (error) {
 *   if (!(error instanceof EmulatorError)) throw error;
 *   console.log(error.code); // unused_fault
 * }
 * ```
 */
export class EmulatorError extends SdkError<EmulatorErrorCode> {
  override readonly name = 'EmulatorError';

  /** @hidden */
  constructor(
    code: EmulatorErrorCode,
    message: string,
    facts: { readonly remedy?: string; readonly cause?: unknown } = {},
  ) {
    super(code, message, facts);
  }
}
