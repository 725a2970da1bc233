import type { WorkspaceEventType } from '../../audit-logs/events/event-types.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import {
  checkChoice,
  checkList,
  checkNumber,
  checkObject,
  checkOptions,
  type OptionNames,
} from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { checkQuery } from '../../transport/options.js';
import type { RosterUsageTotals, UsageSource } from './person-usage.js';

/** How far reading a roster has come. Each number only grows. */
export interface RosterProgress {
  /** Members of workspaces read. */
  readonly workspaceUsers: number;
  /** Invitations into workspaces read. */
  readonly invitations: number;
  /** Service accounts of workspaces read, which takes an Admin key. */
  readonly serviceAccounts: number;
  /** Groups of the directory read. */
  readonly groups: number;
  /** Audit-log events read, for the last activity and for the costs. */
  readonly events: number;
  /** Rows of daily use read. */
  readonly usageRows: number;
  /** Log files of which something could not be read: with one or more, the last activity, or what was used, is incomplete. */
  readonly unreadFiles: number;
  /** Workspaces of which not all members could be read, or whose list of them is empty: with one or more, who is in them is not known whole. */
  readonly unreadWorkspaces: number;
  /** Workspaces of which not all invitations could be read: with one or more, nobody is said to have `no_access`. */
  readonly unreadInvitations: number;
  /**
   * Workspaces with an Admin key of which not all service accounts could be read, as where the key may not read them, or the plan has
   * none: with one or more, some may be missing. Of a workspace without such a key they are not asked for.
   */
  readonly unreadServiceAccounts: number;
  /** Users of the directory read. */
  readonly directoryUsers: number;
  /** People handed out. */
  readonly people: number;
}

/** What a roster is to tell. */
export interface RosterQuery {
  /** Reads the groups of the directory, to tell each person's. @default true */
  readonly groups?: boolean | undefined;
  /**
   * Reads events to tell when each person was last active. Without it no event is read. A log file, a line or a row of the
   * list that cannot be read stops nobody from being listed: `lastActivityIncomplete` of each person says so.
   */
  readonly lastActivity?:
    | {
        /** Log files from here on; the service keeps 30 days. @default everything the service still has */
        readonly after?: Date | string | undefined;
        /** @default AUTH_LOG, AUDIT_LOG and CONVERSATION_MESSAGE */
        readonly eventTypes?: readonly WorkspaceEventType[] | 'all' | undefined;
      }
    | undefined;
  /**
   * Reads what everybody used, by the log `COSTS` and by the daily use that the Admin API has. Without it neither is asked for. A
   * source that the key may not read (401, 403, 404) is no error, and stops nobody from being listed, nor does a file, a line
   * or a list that breaks off: `usageIncomplete` of each person says so, and `onTotals` of which source.
   */
  readonly usage?: RosterUsageQuery | undefined;
  /**
   * A workspace whose members, or whose logs, cannot be read for good. `throw` ends the iteration. A function is told of it, and
   * waited for, once for the members, once for the logs (with `eventTypes`), and once for the daily use, and everyone else is listed:
   * `workspacesIncomplete` of each person says that some members are missing, `lastActivityIncomplete` that some events are,
   * `usageIncomplete` that some use is. Where the members of no
   * workspace could be read, all is told and then the first error thrown. Invitations that cannot be read are no such
   * failure, and told to nobody: `invitationsIncomplete` of each person says so.
   * @default 'throw'
   */
  readonly onFailedPrincipal?: 'throw' | ((failed: FailedPrincipal) => unknown) | undefined;
  /** Told after each page, after each list of invitations, and after each thousand events, and waited for. One that rejects ends the iteration. */
  readonly onProgress?: ((progress: RosterProgress) => unknown) | undefined;
}

/** Of which days, and by which source, what everybody used is read. */
export interface RosterUsageQuery {
  /** Days of UTC, today included, 1 to 366. The log `COSTS` has 30. @default 30 */
  readonly days?: number | undefined;
  /**
   * `cost`: the log `COSTS`, which takes an organization ID in the form, and a key with the permission for it. `daily`: the
   * daily use of each workspace that has an Admin key. @default those of the two that the form has the keys and IDs for
   */
  readonly sources?: readonly UsageSource[] | undefined;
  /** Told once, before the first person, what was used by all, and what of it is nobody's; waited for. One that rejects ends the iteration. */
  readonly onTotals?: ((totals: RosterUsageTotals) => unknown) | undefined;
}

/** What of the use a connection can be asked for. */
export interface UsageChoice {
  readonly days: number;
  readonly sources: ReadonlySet<UsageSource>;
  readonly onTotals: RosterUsageQuery['onTotals'];
}

/** A query with everything that was left out. */
export interface OwnRosterQuery extends Omit<RosterQuery, 'usage'> {
  readonly usage?: UsageChoice | undefined;
}

export const queryNames: OptionNames<RosterQuery> = {
  groups: true,
  lastActivity: true,
  usage: true,
  onFailedPrincipal: true,
  onProgress: true,
};

const mostDays = 366;
const usageNames: OptionNames<RosterUsageQuery> = { days: true, sources: true, onTotals: true };
const usageSources: readonly UsageSource[] = ['cost', 'daily'];
const sourceRemedies = {
  cost: 'Enter the organization ID in the connection form, and a key with the permission for Costs.',
  daily: 'Enter an Admin key (`sk-admin-…`) for a workspace in the connection form.',
} as const;

/** What is asked for, checked against what the connection has. @throws InputError */
export function ownQuery(
  given: RosterQuery | undefined,
  has: { readonly auditLogs: boolean } & Readonly<Record<UsageSource, boolean>>,
): OwnRosterQuery {
  const { lastActivity, usage, ...query } = checkQuery('roster()', given, queryNames);
  // `null` or `false` would pass for `undefined`, or for a choice of its own.
  if (lastActivity !== undefined) checkObject('lastActivity', lastActivity);
  if (usage !== undefined) checkObject('usage', usage);
  const own = {
    ...query,
    lastActivity: lastActivity && checkOptions('lastActivity', lastActivity, { after: true, eventTypes: true }),
  };
  if (lastActivity !== undefined && !has.auditLogs) {
    throw new InputError('The last activity is read from the audit logs, which this connection does not have.', {
      path: ['lastActivity'],
      remedy: 'Enter a Compliance API key and the workspace IDs in the connection form.',
    });
  }
  return { ...own, usage: usage && ownUsage(usage, has) };
}

function ownUsage(given: RosterUsageQuery, has: Readonly<Record<UsageSource, boolean>>): UsageChoice {
  const { days = 30, sources, onTotals } = checkOptions('usage', given, usageNames);
  checkNumber('days', days);
  if (days > mostDays) throw new InputError(`\`days\` must be ${mostDays} or less.`, { path: ['usage', 'days'] });
  if (onTotals !== undefined) checkChoice('onTotals', onTotals, [], true);
  if (sources !== undefined) checkList('sources', sources);
  if (sources?.length === 0) {
    throw new InputError('`sources` must not be empty: nothing of the use would be read.', {
      path: ['usage', 'sources'],
      remedy: 'Name `cost` or `daily`. Without `sources`, all is read that the form has the keys and IDs for.',
    });
  }
  const wanted = (sources ?? usageSources.filter((source) => has[source])).map((source) =>
    checkChoice('sources', source, usageSources),
  );
  const missing = wanted.find((source) => !has[source]);
  if (missing !== undefined) {
    throw new InputError(`This connection has nothing to read \`${missing}\` of the use from.`, {
      path: ['usage', 'sources'],
      remedy: sourceRemedies[missing],
    });
  }
  if (wanted.length === 0) {
    throw new InputError(
      'What everybody used is read from the costs of an organization, or by an Admin key: here is neither.',
      {
        path: ['usage'],
        remedy: `${sourceRemedies.cost} Or: ${sourceRemedies.daily}`,
      },
    );
  }
  return { days, sources: new Set(wanted), onTotals };
}
