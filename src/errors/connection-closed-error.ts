import { SdkError } from './sdk-error.js';

/** The connection was closed while this was under way, or before it began. */
export class ConnectionClosedError extends SdkError<'connection_closed'> {
  override readonly name = 'ConnectionClosedError';

  /** @hidden */
  constructor() {
    super('connection_closed', 'The connection was closed: whatever it had under way was cancelled.', {
      remedy: 'Open a new connection, or close this one only after the work is done.',
    });
  }
}
