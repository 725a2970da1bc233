import { SdkError } from './sdk-error.js';

/**
 * The server said yes to a write, and reading the resource back shows something else. Only with `verify: true`.
 *
 * @example
 * ```ts
 * import { NotAppliedError, type ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function promote(client: ScimClient<'provisioning'>, id: string): Promise<void> {
 *   try {
 *     await client.users.patch(id, [{ op: 'replace', path: 'title', value: 'Lead' }], { verify: true });
 *   } catch (error) {
 *     if (!(error instanceof NotAppliedError)) throw error;
 *     console.error('Not as written:', error.attributes);
 *   }
 * }
 * ```
 */
export class NotAppliedError extends SdkError<'not_applied'> {
  override readonly name = 'NotAppliedError';
  /** HTTP method of the write. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`. */
  readonly route: string;
  /** Attributes that do not have the value written. */
  readonly attributes: readonly string[];

  /** @hidden */
  constructor(facts: { readonly method: string; readonly route: string; readonly attributes: readonly string[] }) {
    const { method, route, attributes } = facts;
    super(
      'not_applied',
      `${method} ${route} was answered with success, but did not take effect on ${attributes.join(', ')}.`,
      {
        remedy:
          'The server may ignore or change these attributes, or need time. Read the resource before writing again.',
      },
    );
    this.method = method;
    this.route = route;
    this.attributes = attributes;
  }
}
