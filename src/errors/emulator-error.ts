import { type EmulatorErrorCode, SdkError, type SdkErrorOptions } from './sdk-error.js';

/** The emulator was used in a way no real service would be, or a test did not do what it declared. */
export class EmulatorError extends SdkError<EmulatorErrorCode> {
  override readonly name = 'EmulatorError';

  /** @hidden */
  constructor(code: EmulatorErrorCode, message: string, options?: SdkErrorOptions) {
    super(code, message, options);
  }
}
