import type { SdkError } from '../../errors/sdk-error.js';

/** One write among several. An id that does not exist yet is written `bulkId:<name>`, wherever an id may stand. */
export type BulkWrite =
  | {
      readonly method: 'POST';
      /** Where to create, such as `/Users`. */
      readonly path: string;
      /** Name by which the other operations refer to the resource. One is made up where it is missing. */
      readonly bulkId?: string | undefined;
      /** The resource, as `create` takes it. */
      readonly data: object;
    }
  | {
      readonly method: 'PUT' | 'PATCH';
      /** What to change, such as `/Users/2819c223`, with the id encoded by `encodeURIComponent`. */
      readonly path: string;
      /** Version the resource must have. */
      readonly version?: string | undefined;
      /** The body the request would have by itself. */
      readonly data: object;
    }
  | {
      readonly method: 'DELETE';
      /** What to delete, such as `/Users/2819c223`. */
      readonly path: string;
      /** Version the resource must have. */
      readonly version?: string | undefined;
    };

/** What became of one write. */
export interface BulkResult {
  /**
   * What became of it. `not_attempted`: it was not sent, or the server did not reach it. `unknown`: it may have been carried out or not, or
   * will be later: no answer came, or none that says so (202, 408, 5xx but 501, a body that cannot be made out). Look
   * before it is sent again.
   */
  readonly outcome: 'succeeded' | 'failed' | 'not_attempted' | 'unknown';
  /** Method of the write, as it was given. */
  readonly method: BulkWrite['method'];
  /** Path of the write, as it was given. */
  readonly path: string;
  /** Name by which the others refer to it, as it was given. */
  readonly bulkId?: string | undefined;
  /** HTTP status of the write by itself. */
  readonly status?: number | undefined;
  /** `id` of the resource, where the server says which. */
  readonly id?: string | undefined;
  /** Address of the resource, as the server spells it. */
  readonly location?: string | undefined;
  /** Version of the resource after the write, to give to `ifMatch`, where the server has versions. */
  readonly version?: string | undefined;
  /** Keyword of the failure (RFC 7644 §3.12). */
  readonly scimType?: string | undefined;
  /** The body of the answer. May hold personal data. */
  readonly response?: unknown;
  /**
   * What kept the write from being answered, or from being attempted: a WriteNotConfirmedError where it was accepted (202), an
   * InputError where writes refer to one another in a circle that cannot be sent, the error of the write referred to.
   */
  readonly error?: SdkError | undefined;
}

/** How several writes are made. */
export interface BulkOptions {
  /** Stop after this many writes that failed or are `unknown`. Without it all are attempted. */
  readonly failOnErrors?: number | undefined;
}
