import { SdkError } from './sdk-error.js';

/**
 * The path of a PATCH operation that no server could read (RFC 7644 §3.5.2).
 *
 * @example
 * ```ts
 * import { parsePath, PathSyntaxError } from 'chatgpt-enterprise-sdk/scim';
 *
 * try {
 *   parsePath('name..familyName');
 * } catch (error) {
 *   if (!(error instanceof PathSyntaxError)) throw error;
 *   console.error(error.message, error.position);
 * }
 * ```
 */
export class PathSyntaxError extends SdkError<'invalid_path'> {
  override readonly name = 'PathSyntaxError';
  /** What a SCIM server answers to such a path. */
  readonly scimType = 'invalidPath';
  /** Where in the text, in UTF-16 units from 0. */
  readonly position: number;

  /** @hidden */
  constructor(message: string, facts: { readonly position: number; readonly remedy?: string | undefined }) {
    super('invalid_path', message, facts);
    this.position = facts.position;
  }
}
