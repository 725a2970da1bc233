import { SdkError } from './sdk-error.js';

/** What is wrong with a checkpoint. */
export type CheckpointErrorCode =
  /** It is no checkpoint any more: changed, cut, or something else. */
  | 'invalid_checkpoint'
  /** It was written by a later version of the library. */
  | 'unknown_checkpoint_version';

/**
 * A checkpoint cannot be used: it was changed, cut, or written by a later version. Nothing was requested.
 *
 * @example
 * ```ts
 * import { AuditLogClient, CheckpointError, createFileCheckpointStore } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
 * const store = createFileCheckpointStore('./checkpoints');
 * try {
 *   const events = client.events({ eventTypes: ['AUTH_LOG'], resumeFrom: await store.get('auth') });
 *   for await (const event of events) console.log(event.event_id);
 * } catch (error) {
 *   if (!(error instanceof CheckpointError)) throw error;
 *   console.error(error.code, error.path.join('.'), error.remedy);
 * }
 * ```
 */
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
