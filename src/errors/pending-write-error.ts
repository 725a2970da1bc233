import { SdkError } from './sdk-error.js';

/** The server accepted a write and has not carried it out yet (202): whether it will, nobody knows. */
export class PendingWriteError extends SdkError<'write_pending'> {
  override readonly name = 'PendingWriteError';
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
