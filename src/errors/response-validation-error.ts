import { SdkError } from './sdk-error.js';

/** One thing about an answer that does not fit the protocol. */
export interface ResponseIssue {
  /** Where in the answer, such as `['Resources', 3, 'id']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The server answered yes, but not in the agreed shape: an HTML page, a list without rows, a resource without an id. */
export class ResponseValidationError extends SdkError<'invalid_response'> {
  override readonly name = 'ResponseValidationError';
  readonly method: string;
  readonly route: string;
  readonly status: number;
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
