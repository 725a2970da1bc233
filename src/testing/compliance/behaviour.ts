import { checkChoice, checkNumber, checkOptions } from '../../errors/check-options.js';

/** What the Compliance side is like. Plain data: every switch can be set alone. */
export interface ComplianceBehaviour {
  /** Log files in a page of their list at most. */
  readonly maxPageSize: number;
  /** How the list of log files runs: by time, from the newest on, or by time with each page in disorder. */
  readonly listOrder: 'oldest_first' | 'newest_first' | 'shuffled_pages';
  /** Whose `end_time` the `last_end_time` of a page is. */
  readonly lastEndTime: 'of_last_row' | 'of_first_row';
  /** Whether the list keeps to the `event_type` that was asked for. */
  readonly filtersByType: boolean;
}

/** As OpenAI documents it. */
export const documentedBehaviour: ComplianceBehaviour = {
  maxPageSize: 100,
  listOrder: 'oldest_first',
  lastEndTime: 'of_last_row',
  filtersByType: true,
};

/** Refuses a quirk, or a value of one, that there is not: the service would be as documented, and the test would pass. */
export function checkComplianceQuirks(quirks: Partial<ComplianceBehaviour>): void {
  checkOptions('createEmulator({ compliance: { quirks } })', quirks, {
    maxPageSize: true,
    listOrder: true,
    lastEndTime: true,
    filtersByType: true,
  });
  const { maxPageSize, listOrder, lastEndTime, filtersByType } = { ...documentedBehaviour, ...quirks };
  checkNumber('maxPageSize', maxPageSize);
  checkChoice('listOrder', listOrder, ['oldest_first', 'newest_first', 'shuffled_pages']);
  checkChoice('lastEndTime', lastEndTime, ['of_last_row', 'of_first_row']);
  checkChoice('filtersByType', filtersByType, [true, false]);
}
