import { SdkError } from './sdk-error.js';

/** What the emulator complains about. */
export type EmulatorErrorCode =
  | 'unhandled_request'
  | 'unused_fault'
  | 'leaked_credential'
  | 'emulator_closed'
  | 'invalid_world';

/** The emulator was used in a way no real service would be, or a test did not do what it declared. */
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
