/** Days of UTC. */
export interface UsageDays {
  /** The first, `YYYY-MM-DD`. */
  readonly from: string;
  /** The one after the last. */
  readonly to: string;
}

/** Where use is read from: the log `COSTS` of the organization, or the daily use of a workspace, of the Admin API. */
export type UsageSource = 'cost' | 'daily';

/** What one person used in some days. What is absent is not known: it is not zero. */
export interface PersonUsage extends UsageDays {
  /** What was read, of some of it at least. The two tell of the same use in two ways: never add them. */
  readonly sources: readonly UsageSource[];
  /** By the log `COSTS`, in all workspaces of the organization together. Absent where no row names the person. */
  readonly cost?: PersonCost | undefined;
  /** By the daily use of each workspace that has rows of the person. */
  readonly daily: readonly WorkspaceUsage[];
}

/** Some rows of the log `COSTS`, each counted once. */
export interface PersonCost {
  /** By unit, in the order of the alphabet. Empty where no row says what it cost. */
  readonly amounts: readonly CostAmount[];
  /** Rows: each is an hour of one kind of use. */
  readonly rows: number;
  /** Those among them of which something has no cost: where there are any, the person cost more than `amounts`, or that is not known. */
  readonly rowsWithoutCost: number;
}

/** An amount in one unit. Two units are never added: a credit has no price that is always the same. */
export interface CostAmount {
  /** In capital letters. */
  readonly unit: 'CREDITS' | 'USD' | (string & {});
  /** Exactly, as decimal text, such as `12.5`: a number would be off by a little. */
  readonly amount: string;
}

/** What was used in one workspace, by the Admin API. */
export interface WorkspaceUsage extends DailyUsageSum {
  /** UUID of the workspace. */
  readonly workspaceId: string;
}

/** Some rows of daily use. */
export interface DailyUsageSum {
  /** Rows: each is a day of one person. */
  readonly rows: number;
  /** Credits, of the rows that say them. */
  readonly credits?: UsageSum | undefined;
  /** US dollars, of the rows that say them. OpenAI's estimate of what the credits are worth is not in it. */
  readonly costUsd?: UsageSum | undefined;
}

/** A sum over the rows that have the number. */
export interface UsageSum {
  /** Exactly, as decimal text. */
  readonly amount: string;
  /** How many rows have it: fewer than all means that the sum is of some days only. */
  readonly rows: number;
}

/** How far a source could be read. `refused`: the key may not read it, is no Admin key, or it is not there. */
export type UsageStatus = 'read' | 'incomplete' | 'refused';

/** What was used by all, and how much of it is nobody's. */
export interface RosterUsageTotals extends UsageDays {
  /** Of the log `COSTS`. Absent where it was not asked for. */
  readonly cost?:
    | {
        readonly status: UsageStatus;
        /** Of all rows. */
        readonly total?: PersonCost | undefined;
        /** Of rows that name no user, or one whom no workspace of the connection lists: somebody who left, or a program. */
        readonly unattributed?: PersonCost | undefined;
        /** Rows that were not added, as nothing tells whether they repeat others, or what they are about. */
        readonly leftOutRows: number;
      }
    | undefined;
  /** Of the daily use of each workspace; `refused` of one without an Admin key. Empty where it was not asked for. */
  readonly daily: readonly {
    readonly workspaceId: string;
    readonly status: UsageStatus;
    /** Of all rows. */
    readonly total?: DailyUsageSum | undefined;
    /** Of rows of somebody whom the workspace does not list. */
    readonly unattributed?: DailyUsageSum | undefined;
    /** Rows that were not added. */
    readonly leftOutRows: number;
  }[];
}
