import type { EcsOutcome } from './document.js';
import type { Draft } from './draft.js';
import type { Place } from './walk.js';

/** How the records of one type are told. */
export interface Stream {
  readonly name: string;
  /** Says what happened: action, category, type, outcome. */
  readonly classify: (record: Record<string, unknown>, draft: Draft) => void;
  readonly place: Place;
}

/** What a `status` says of the outcome; what is not over yet, or is not known, says nothing. */
export function outcomeOf(status: unknown): EcsOutcome | undefined {
  if (typeof status !== 'string' || status === '') return undefined;
  switch (status.toLowerCase()) {
    case 'success':
    case 'succeeded':
    case 'completed':
    case 'complete':
    case 'ok':
      return 'success';
    case 'error':
    case 'failed':
    case 'failure':
    case 'blocked':
    case 'denied':
      return 'failure';
    default:
      return 'unknown';
  }
}

/** A field of an object within a record, where there is one. */
export function within(record: Record<string, unknown>, name: string, field: string): unknown {
  const inner = record[name];
  return typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[field] : undefined;
}
