import { ResponseError, type ResponseErrorCode, type ResponseErrorFacts } from './response-error.js';

/**
 * `scimType` of RFC 7644 §3.12 and RFC 9865 §2.1. Open: servers send others, and they are kept.
 */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'
  | (string & {});

/** Facts of a SCIM error answer. */
export interface ScimErrorFacts extends ResponseErrorFacts {
  readonly scimType?: ScimType | undefined;
  readonly detail?: string | undefined;
}

/**
 * A SCIM server answered with an error (RFC 7644 §3.12), in whatever shape it came.
 *
 * @example
 * ```ts
 * import { type ScimClient, ScimError } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function add(client: ScimClient<'provisioning'>, userName: string): Promise<void> {
 *   try {
 *     await client.users.create({ userName });
 *   } catch (error) {
 *     if (!(error instanceof ScimError)) throw error;
 *     if (error.code !== 'conflict' && error.code !== 'uniqueness') throw error;
 *     console.log('There is such a user already.');
 *   }
 * }
 * ```
 */
export class ScimError extends ResponseError {
  override readonly name = 'ScimError';
  /** The server's keyword for the failure, such as `uniqueness` or `invalidFilter`, where it gives one. */
  declare readonly scimType?: ScimType;
  readonly #detail: string | undefined;

  /** @hidden */
  constructor(code: ResponseErrorCode, message: string, facts: ScimErrorFacts) {
    super(code, message, facts);
    if (facts.scimType !== undefined) this.scimType = facts.scimType;
    this.#detail = facts.detail;
  }

  /** The server's `detail` as it came. It may name a person: it is never printed with the error. */
  get detail(): string | undefined {
    return this.#detail;
  }
}
