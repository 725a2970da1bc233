import type { RecordPart } from '../record-part.js';
import type { Status } from './rule.js';

/** How an action ended. */
export interface Outcome {
  readonly id: Status;
  /** As the record has it. */
  readonly code: string | undefined;
  readonly detail: string | undefined;
}

const words: ReadonlyMap<string, Status> = new Map([
  ['SUCCESS', 1],
  ['success', 1],
  ['completed', 1],
  ['ERROR', 2],
  ['BLOCKED', 2],
  ['error', 2],
  ['failed', 2],
]);

/** What the record says of how it ended, then what its action says by its name. A word that is not known is neither. */
export function outcomeOf(record: RecordPart, data: RecordPart, known: Status | undefined): Outcome {
  const word = record.own('action_result') ?? data.own('status');
  const id = known ?? (word === undefined ? 0 : (words.get(word) ?? 99));
  return {
    id,
    code: word ?? data.own('error_code'),
    detail: data.own('error_message') ?? data.own('failure_message'),
  };
}
