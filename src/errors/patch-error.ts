import { SdkError } from './sdk-error.js';

/** Why a change cannot be made (RFC 7644 §3.5.2, §3.12). */
export type PatchScimType =
  | 'invalidFilter'
  | 'invalidPath'
  | 'invalidSyntax'
  | 'invalidValue'
  | 'mutability'
  | 'noTarget';

/**
 * A PATCH operation that cannot be applied. Nothing was changed.
 *
 * @example
 * ```ts
 * import { applyPatch, PatchError } from 'chatgpt-enterprise-sdk/scim';
 *
 * try {
 *   applyPatch({ userName: 'bjensen' }, [{ op: 'remove', path: 'userName' }]);
 * } catch (error) {
 *   if (!(error instanceof PatchError)) throw error;
 *   console.error(`Operation ${error.operation}: ${error.scimType}`);
 * }
 * ```
 */
export class PatchError extends SdkError<'invalid_patch'> {
  override readonly name = 'PatchError';
  /** What a SCIM server answers to such an operation. */
  readonly scimType: PatchScimType;
  /** Index of the operation, from 0. */
  readonly operation: number;
  /** Path of the operation with its literals masked. Missing where the operation has none. */
  declare readonly path?: string;

  /** @hidden */
  constructor(
    scimType: PatchScimType,
    message: string,
    facts: { readonly operation: number; readonly path?: string | undefined; readonly remedy?: string | undefined },
  ) {
    super('invalid_patch', message, facts);
    this.scimType = scimType;
    this.operation = facts.operation;
    if (facts.path !== undefined) this.path = facts.path;
  }
}
