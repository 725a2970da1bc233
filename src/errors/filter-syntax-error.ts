import { SdkError } from './sdk-error.js';

/**
 * A filter that no server could read, or that compares what cannot be compared (RFC 7644 §3.4.2.2).
 *
 * @example
 * ```ts
 * import { FilterSyntaxError, parseFilter } from 'chatgpt-enterprise-sdk/scim';
 *
 * try {
 *   parseFilter('userName = "bjensen"');
 * } catch (error) {
 *   if (!(error instanceof FilterSyntaxError)) throw error;
 *   console.error(error.message, error.position);
 * }
 * ```
 */
export class FilterSyntaxError extends SdkError<'invalid_filter'> {
  override readonly name = 'FilterSyntaxError';
  /** What a SCIM server answers to such a filter. */
  readonly scimType = 'invalidFilter';
  /** Where in the text, in UTF-16 units from 0. Missing where the filter was not text. */
  declare readonly position?: number;

  /** @hidden */
  constructor(
    message: string,
    facts: { readonly position?: number | undefined; readonly remedy?: string | undefined } = {},
  ) {
    super('invalid_filter', message, facts);
    if (facts.position !== undefined) this.position = facts.position;
  }
}
