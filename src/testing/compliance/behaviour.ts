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
  /** What an Admin key gets that has expired. OpenAI does not say; 401 is assumed. */
  readonly expiredKeyStatus: 401 | 403;
  /** What an Admin key gets whose creator left or lost the role. OpenAI does not say; 401 is assumed. */
  readonly creatorGoneStatus: 401 | 403;
  /** What a key gets for a workspace that is not its own. OpenAI does not say; 403 is assumed. */
  readonly otherWorkspaceStatus: 401 | 403 | 404;
  /** What a legacy Compliance key gets before OpenAI has enabled it. Clients have seen 403. */
  readonly notEnabledStatus: 401 | 403;
}

/** As OpenAI documents it. */
export const documentedBehaviour: ComplianceBehaviour = {
  maxPageSize: 100,
  listOrder: 'oldest_first',
  lastEndTime: 'of_last_row',
  filtersByType: true,
  expiredKeyStatus: 401,
  creatorGoneStatus: 401,
  otherWorkspaceStatus: 403,
  notEnabledStatus: 403,
};

/** Refuses a quirk, or a value of one, that there is not: the service would be as documented, and the test would pass. */
export function checkComplianceQuirks(quirks: Partial<ComplianceBehaviour>): void {
  checkOptions('createEmulator({ compliance: { quirks } })', quirks, {
    maxPageSize: true,
    listOrder: true,
    lastEndTime: true,
    filtersByType: true,
    expiredKeyStatus: true,
    creatorGoneStatus: true,
    otherWorkspaceStatus: true,
    notEnabledStatus: true,
  });
  const whole = { ...documentedBehaviour, ...quirks };
  const { maxPageSize, listOrder, lastEndTime, filtersByType } = whole;
  checkNumber('maxPageSize', maxPageSize);
  checkChoice('listOrder', listOrder, ['oldest_first', 'newest_first', 'shuffled_pages']);
  checkChoice('lastEndTime', lastEndTime, ['of_last_row', 'of_first_row']);
  checkChoice('filtersByType', filtersByType, [true, false]);
  for (const name of ['expiredKeyStatus', 'creatorGoneStatus', 'notEnabledStatus'] as const) {
    checkChoice(name, whole[name], [401, 403]);
  }
  checkChoice('otherWorkspaceStatus', whole.otherWorkspaceStatus, [401, 403, 404]);
}
