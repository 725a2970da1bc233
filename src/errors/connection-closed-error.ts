import { SdkError } from './sdk-error.js';

/**
 * The connection was closed while this was under way, or before it began.
 *
 * @example
 * ```ts
 * import { connect, isConnectionClosedError, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * const connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
 * process.once('SIGTERM', () => connection.close());
 * try {
 *   for await (const user of connection.scim.users.iterate()) console.log(user.userName);
 * } catch (error) {
 *   if (!isConnectionClosedError(error)) throw error;
 *   console.log('Stopped before the end.');
 * }
 * ```
 */
export class ConnectionClosedError extends SdkError<'connection_closed'> {
  override readonly name = 'ConnectionClosedError';

  /** @hidden */
  constructor() {
    super('connection_closed', 'The connection was closed: whatever it had under way was cancelled.', {
      remedy: 'Open a new connection, or close this one only after the work is done.',
    });
  }
}
