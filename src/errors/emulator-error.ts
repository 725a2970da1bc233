import { type EmulatorErrorCode, SdkError } from './sdk-error.js';

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
