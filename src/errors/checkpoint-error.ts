import { SdkError } from './sdk-error.js';

/** What is wrong with a checkpoint. */
export type CheckpointErrorCode = 'invalid_checkpoint' | 'unknown_checkpoint_version';

/** A checkpoint cannot be used: it was changed, cut, or written by a later version. Nothing was requested. */
export class CheckpointError extends SdkError<CheckpointErrorCode> {
  override readonly name = 'CheckpointError';
  /** Where in the checkpoint, such as `['lanes', 0, 'after']`. */
  readonly path: readonly (string | number)[];

  /** @hidden */
  constructor(
    code: CheckpointErrorCode,
    message: string,
    facts: { readonly path?: readonly (string | number)[] | undefined; readonly cause?: unknown } = {},
  ) {
    const remedy =
      code === 'invalid_checkpoint'
        ? 'Restore an earlier checkpoint, or start again with `after` at the time of the last event you hold.'
        : 'Update the library to the version that wrote the checkpoint.';
    super(code, message, { remedy, cause: facts.cause });
    this.path = facts.path ?? [];
  }
}
