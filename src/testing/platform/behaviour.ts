import { checkChoice, checkNumber, checkOptions } from '../../errors/check-options.js';

/** What the platform side is like. Plain data: every switch can be set alone. */
export interface PlatformBehaviour {
  /** Events in a page at most. */
  readonly maxPageSize: number;
  /**
   * How the list runs. `newest_first`: by time, and within a second the one that was written last is first. `seconds_by_id`: by
   * time, and within a second by id, so that what comes later may stand anywhere in it. `by_arrival`: what was written last is first,
   * whatever its time. OpenAI states no order; clients have seen the newest first.
   */
  readonly listOrder: 'newest_first' | 'seconds_by_id' | 'by_arrival' | 'oldest_first';
  /** What is answered while nothing is logged. OpenAI does not say; clients have seen an empty list, 401 and 403. */
  readonly loggingOff: 'empty_list' | 401 | 403;
  /** What a key of another kind gets. OpenAI does not say; 401 is assumed. */
  readonly otherKeyStatus: 401 | 403;
}

/** As OpenAI documents it, and as clients have seen the rest. */
export const documentedPlatformBehaviour: PlatformBehaviour = {
  maxPageSize: 100,
  listOrder: 'newest_first',
  loggingOff: 'empty_list',
  otherKeyStatus: 401,
};

/** The platform side: API Platform's audit log, at a host and with a key of its own. */
export interface PlatformOptions {
  /** Whether audit logging is on from the beginning. While it is off nothing is recorded. @default true */
  readonly logging?: boolean | undefined;
  /** Requests a minute. OpenAI publishes no figure. @default no limit */
  readonly requestsPerMinute?: number | undefined;
  /** How the service differs from what is documented. */
  readonly quirks?: Partial<PlatformBehaviour> | undefined;
}

/** Refuses an option or a quirk that there is not: the service would be as documented, and the test would pass. */
export function checkPlatform(given: PlatformOptions | undefined): PlatformOptions {
  const platform = checkOptions('createEmulator({ platform })', given, {
    logging: true,
    requestsPerMinute: true,
    quirks: true,
  });
  const { logging, requestsPerMinute } = platform;
  checkChoice('logging', logging, [undefined, true, false]);
  if (requestsPerMinute !== undefined) checkNumber('requestsPerMinute', requestsPerMinute);
  checkOptions('createEmulator({ platform: { quirks } })', platform.quirks, {
    maxPageSize: true,
    listOrder: true,
    loggingOff: true,
    otherKeyStatus: true,
  });
  const { maxPageSize, listOrder, loggingOff, otherKeyStatus } = {
    ...documentedPlatformBehaviour,
    ...platform.quirks,
  };
  checkNumber('maxPageSize', maxPageSize);
  checkChoice('listOrder', listOrder, ['newest_first', 'seconds_by_id', 'by_arrival', 'oldest_first']);
  checkChoice('loggingOff', loggingOff, ['empty_list', 401, 403]);
  checkChoice('otherKeyStatus', otherKeyStatus, [401, 403]);
  return platform;
}
