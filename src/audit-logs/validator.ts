import { isRecord } from '../internal/json.js';
import { looksLikePlatformEvent } from './events/event-identity.js';

/** One thing about a record that is not as documented. Never quotes the record's values. */
export interface EventIssue {
  /** Where in the record, such as `['action_data', 'user_id']`. Empty for the record itself. */
  readonly path: readonly (string | number)[];
  /** What was expected there. */
  readonly message: string;
}

/**
 * Looks at a record and says what is not as documented; nothing when all is well. It never throws and never changes the
 * record: whatever it says, the record is delivered.
 */
export type EventValidator = (record: Readonly<Record<string, unknown>>) => readonly EventIssue[] | undefined;

/** Said of what is no record: a validator does not throw. */
export const noRecord: readonly EventIssue[] = [{ path: [], message: 'expected an object' }];

const texts = ['event_id', 'type', 'timestamp'];
const textsOfPlatform = ['id', 'type'];

/**
 * The check made by default: `event_id`, `type` and `timestamp` are there, as text; of the API Platform `id`, `type` and `effective_at`. Costs a hundredth of reading the record.
 * Call it from a `validate` of your own to keep it.
 */
export const checkEnvelope: EventValidator = (record) => {
  if (!isRecord(record)) return noRecord;
  if (isText(record.event_id) && isText(record.type) && isText(record.timestamp)) return undefined;
  const keys = looksLikePlatformEvent(record) ? textsOfPlatform : texts;
  const issues = keys
    .filter((key) => !isText(record[key]))
    .map((key): EventIssue => ({ path: [key], message: 'expected non-empty text' }));
  return issues.length === 0 ? undefined : issues;
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
