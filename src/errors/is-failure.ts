import { isSdkError, type SdkError } from './sdk-error.js';

/**
 * Whether an error says that something failed. That a connection was closed is an error of this library, too, but says
 * that the caller wants no more: nothing may be tried in its place, and nothing be concluded from it.
 */
export function isFailure(error: unknown): error is SdkError {
  return isSdkError(error) && error.code !== 'connection_closed';
}
