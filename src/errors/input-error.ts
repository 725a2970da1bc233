import { SdkError } from './sdk-error.js';

/**
 * The caller gave something that cannot be sent as it is: an empty id, `..` in a path, a body the server would refuse.
 * Nothing was sent.
 *
 * @example
 * ```ts
 * import { InputError, type ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function add(client: ScimClient<'provisioning'>, userName: string): Promise<void> {
 *   try {
 *     await client.users.upsert({ userName });
 *   } catch (error) {
 *     if (!(error instanceof InputError)) throw error;
 *     console.error(error.path.join('.'), error.message);
 *   }
 * }
 * ```
 */
export class InputError extends SdkError<'invalid_input'> {
  override readonly name = 'InputError';
  /** Where in the input, such as `['emails', 0, 'value']` or `['id']`. */
  readonly path: readonly (string | number)[];

  /** @hidden */
  constructor(
    message: string,
    facts: { readonly path?: readonly (string | number)[]; readonly remedy?: string; readonly cause?: unknown } = {},
  ) {
    super('invalid_input', message, facts);
    this.path = facts.path ?? [];
  }
}
