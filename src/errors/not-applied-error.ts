import { SdkError } from './sdk-error.js';

/** The server said yes to a write, and reading the resource back shows something else. */
export class NotAppliedError extends SdkError<'not_applied'> {
  override readonly name = 'NotAppliedError';
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
