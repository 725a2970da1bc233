import { SdkError } from './sdk-error.js';

/** A stretch of time whose files are gone. */
export interface RetentionRange {
  readonly eventType: string;
  /** The last time up to which everything was delivered, as ISO 8601. */
  readonly from: string;
  /** Files that ended before this are gone. */
  readonly to: string;
}

/** Files that should be read are older than the service keeps them. Nothing was requested. */
export class RetentionGapError extends SdkError<'retention_gap'> {
  override readonly name = 'RetentionGapError';
  readonly ranges: readonly RetentionRange[];

  /** @hidden */
  constructor(ranges: readonly RetentionRange[]) {
    const [first] = ranges;
    const more = ranges.length > 1 ? ` and ${ranges.length - 1} more` : '';
    const what = first === undefined ? '' : ` ${first.eventType} from ${first.from} to ${first.to}${more}.`;
    super('retention_gap', `Log files are kept for 30 days, and some that should be read are gone:${what}`, {
      remedy:
        'Note the range as lost, then go on with what is left by `onRetentionGap`. Read more often than every 30 days.',
    });
    this.ranges = ranges;
  }
}
