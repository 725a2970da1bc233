import { SdkError } from './sdk-error.js';

/**
 * The server accepted a write and has not carried it out yet (202): whether it will, nobody knows.
 *
 * @example
 * ```ts
 * import { PendingWriteError, type ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function add(client: ScimClient<'provisioning'>, userName: string): Promise<void> {
 *   try {
 *     await client.users.create({ userName });
 *   } catch (error) {
 *     if (!(error instanceof PendingWriteError)) throw error;
 *     console.warn(error.message, error.remedy);
 *   }
 * }
 * ```
 */
export class PendingWriteError extends SdkError<'write_pending'> {
  override readonly name = 'PendingWriteError';
  /** HTTP method of the write. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`. */
  readonly route: string;

  /** @hidden */
  constructor(facts: { readonly method: string; readonly route: string }) {
    super('write_pending', `${facts.method} ${facts.route} was accepted and is not carried out yet.`, {
      remedy: 'Read the resource later to see what became of it. Do not send the request again before that.',
    });
    this.method = facts.method;
    this.route = facts.route;
  }
}
