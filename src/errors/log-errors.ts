import { type CheckpointErrorCode, SdkError, type SdkErrorOptions } from './sdk-error.js';

/** A stretch of time whose files are gone. */
export interface RetentionRange {
  /** The type of event, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** The last time up to which everything was delivered, as ISO 8601. */
  readonly from: string;
  /** Files that ended before this are gone. */
  readonly to: string;
}

export interface PrincipalRetentionRange extends RetentionRange {
  readonly principal: { readonly type: 'workspace' | 'organization' | 'platform'; readonly id: string };
}

const remedies: Record<CheckpointErrorCode, string> = {
  invalid_checkpoint:
    'Restore an earlier checkpoint, or start again with `after` set to the time of the last event you have.',
  unknown_checkpoint_version: 'Update the library to the version that wrote the checkpoint.',
  retention_gap:
    'Record the range as lost, then set `onRetentionGap` to continue with what is left. Read more often than every 30 days.',
};

/**
 * Reading cannot resume: the checkpoint was changed, cut short or written by a later version, or the files to be read next
 * are older than the 30 days the service keeps them. With `retention_gap` the list was asked, which told the time; otherwise
 * nothing was requested.
 */
export class CheckpointError extends SdkError<CheckpointErrorCode> {
  override readonly name = 'CheckpointError';
  /** Where in the checkpoint, such as `['partitions', 0, 'after']`. */
  readonly path: readonly (string | number)[];
  /** With `retention_gap`: what is gone, by event type. */
  readonly ranges: readonly RetentionRange[];
  // Private: a printed error must not hold ids of workspaces.
  readonly #gaps: readonly PrincipalRetentionRange[];

  /** @hidden */
  constructor(
    code: CheckpointErrorCode,
    message: string,
    facts: Partial<Pick<CheckpointError, 'path'>> & {
      readonly gaps?: readonly PrincipalRetentionRange[];
    } & Pick<SdkErrorOptions, 'cause'> = {},
  ) {
    const { path = [], gaps = [], cause } = facts;
    super(code, message, { remedy: remedies[code], cause });
    this.path = path;
    this.ranges = gaps.map(({ eventType, from, to }) => ({ eventType, from, to }));
    this.#gaps = gaps;
  }

  /** The ranges with the workspace or organization of each. Never printed with the error. */
  gaps(): readonly PrincipalRetentionRange[] {
    return this.#gaps;
  }
}

/** @internal */
export function retentionGap(gaps: readonly PrincipalRetentionRange[]): CheckpointError {
  const [first] = gaps;
  const more = gaps.length > 1 ? ` and ${gaps.length - 1} more` : '';
  const what = first === undefined ? '' : ` ${first.eventType} from ${first.from} to ${first.to}${more}.`;
  return new CheckpointError(
    'retention_gap',
    `Log files are kept for 30 days, and some of those to be read are gone:${what}`,
    { gaps },
  );
}
