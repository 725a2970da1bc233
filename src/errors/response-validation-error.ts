import { SdkError } from './sdk-error.js';

/** One thing about an answer that does not fit the protocol. */
export interface ResponseIssue {
  /** Where in the answer, such as `['Resources', 3, 'id']`. */
  readonly path: readonly (string | number)[];
  /** What was expected there. Never quotes the answer. */
  readonly message: string;
}

/**
 * The server answered yes, but not in the agreed shape: an HTML page, a list without rows, a resource without an id.
 *
 * @example
 * ```ts
 * import { ResponseValidationError, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
 * try {
 *   await client.users.list();
 * } catch (error) {
 *   if (!(error instanceof ResponseValidationError)) throw error;
 *   for (const { path, message } of error.issues) console.error(path.join('.'), message);
 * }
 * ```
 */
export class ResponseValidationError extends SdkError<'invalid_response'> {
  override readonly name = 'ResponseValidationError';
  /** HTTP method, such as `GET`. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`: never the URL, which holds ids and filters. */
  readonly route: string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** What does not fit, each with its place in the answer. */
  readonly issues: readonly ResponseIssue[];

  /** @hidden */
  constructor(
    message: string,
    facts: {
      readonly method: string;
      readonly route: string;
      readonly status: number;
      readonly issues: readonly ResponseIssue[];
      readonly remedy?: string | undefined;
      readonly cause?: unknown;
    },
  ) {
    super('invalid_response', message, facts);
    this.method = facts.method;
    this.route = facts.route;
    this.status = facts.status;
    this.issues = facts.issues;
  }
}
