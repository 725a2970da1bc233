import type { EventIssue, EventValidator } from './event-validator.js';

const texts = ['event_id', 'type', 'timestamp'] as const;

/** The check made by default: `event_id`, `type` and `timestamp` are there, as text. Costs a hundredth of reading the record. */
export const checkEnvelope: EventValidator = (record) => {
  if (isText(record.event_id) && isText(record.type) && isText(record.timestamp)) return undefined;
  return texts
    .filter((key) => !isText(record[key]))
    .map((key): EventIssue => ({ path: [key], message: 'expected text that is not empty' }));
};

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
