import type { PlanJournal } from './journal.js';
export function fileJournal(_path: string): PlanJournal {
  throw new Error('not yet');
}
