import { checkList } from '../errors/check-options.js';
import { PlanError } from '../errors/plan-error.js';
import type { JournalEntry, JournalFailure, JournalIntent, JournalReceipt } from './journal.js';

/** What earlier runs have left in a journal. */
export interface Recovery {
  /** Whether a run began. */
  readonly isStarted: boolean;
  /** Whether anything was sent, or may have been. */
  readonly hasWritten: boolean;
  /** By action: what is finished. */
  readonly receipts: ReadonlyMap<string, JournalReceipt>;
  /** By action, what was sent, or may have been, and is not known to have been answered. */
  readonly open: ReadonlyMap<string, readonly JournalIntent[]>;
  /** By action: what was done in part. */
  readonly partial: ReadonlyMap<string, JournalFailure>;
  /** By action: after it, others were missing who were in the group before. */
  readonly losses: ReadonlyMap<string, JournalFailure>;
  /** Actions that may have been sent twice, or are still under way. */
  readonly doubts: ReadonlySet<string>;
}

/** @throws InputError for what is no list; PlanError where the journal is that of another plan, or of a later version. */
export function recoveryFrom(entries: readonly JournalEntry[], plan: string): Recovery {
  checkList('journal.read()', entries);
  const receipts = new Map<string, JournalReceipt>();
  const open = new Map<string, readonly JournalIntent[]>();
  const partial = new Map<string, JournalFailure>();
  const losses = new Map<string, JournalFailure>();
  const doubts = new Set<string>();
  let isStarted = false;
  let hasWritten = false;
  for (const entry of entries) {
    switch (entry.type) {
      case 'start':
        if (entry.version !== 1) {
          throw new PlanError('journal_unreadable', 'The journal was written by another version of the library.');
        }
        if (entry.plan !== plan) throw new PlanError('other_journal', 'The journal is that of another plan.');
        isStarted = true;
        break;
      case 'intent':
        hasWritten = true;
        open.set(entry.action, [...(open.get(entry.action) ?? []), entry]);
        break;
      case 'receipt':
        receipts.set(entry.action, entry);
        open.delete(entry.action);
        break;
      case 'failure':
        // What is not known to have failed may still arrive.
        if (entry.outcome !== 'unknown') open.delete(entry.action);
        if (entry.outcome === 'partial') partial.set(entry.action, entry);
        if (entry.code === 'members_lost') losses.set(entry.action, entry);
        break;
      case 'doubt':
        doubts.add(entry.action);
        break;
      case 'end':
        break;
      default:
        throw new PlanError('journal_unreadable', 'The journal holds an entry of a kind that is not known.');
    }
  }
  if (!isStarted && entries.length > 0) {
    throw new PlanError('journal_unreadable', 'The journal does not say which plan it is of.');
  }
  return { isStarted, hasWritten, receipts, open, partial, losses, doubts };
}
