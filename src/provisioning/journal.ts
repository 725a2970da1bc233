import type { PlanActionKind, PlanConnection, PlannedMember, PlanTarget } from './plan.js';
import type { MemberOutcome, OutcomeName } from './result.js';

/**
 * Where `applyPlan` writes down what it is about to send and what became of it, so that a second start goes on where the
 * first one ended, and `revertPlan` can undo it. One journal is for one plan. It holds personal data: keys, and the
 * attributes that were changed, before and after.
 *
 * A store of your own needs a list that is appended to, and one row that is replaced only under a condition. In SQL:
 * `acquire` is `INSERT … ON CONFLICT … DO UPDATE … WHERE expires_at <= $now RETURNING *`, `append` an `INSERT … SELECT … WHERE
 * EXISTS (the row with this owner and fence)`; in PostgreSQL that row is to be locked, `FOR UPDATE`, or another could take the lease
 * between the look and the entry. One such row for a directory, shared by the journals of all plans for it, keeps
 * two plans from being applied at once.
 */
export interface PlanJournal {
  /** All entries in the order in which they were appended; none where there is no journal yet. */
  read(): Promise<readonly JournalEntry[]>;
  /**
   * Resolves when the entry is safe, also from a crash of the machine; to `false`, where the lease is no longer in force: then
   * nothing is sent any more. Where another may take the lease at any moment, look after the entry is safe.
   */
  append(entry: JournalEntry, lease: JournalLease): Promise<boolean>;
  /**
   * Takes the lease for `owner` until `expiresAt`, unless another holds it and has not expired at `now`. Gives the lease in
   * force afterwards, be it that of the other one. Each new lease has a higher `fence` than all before.
   */
  acquire(request: {
    readonly owner: string;
    /** Milliseconds since the epoch. */
    readonly now: number;
    /** Milliseconds since the epoch. */
    readonly expiresAt: number;
  }): Promise<JournalLease>;
  /** Moves the end of a lease; `false` where it is no longer in force. One that has expired and nobody has taken is. */
  renew(lease: JournalLease): Promise<boolean>;
  /** Ends a lease, if it is still in force. */
  release(lease: JournalLease): Promise<unknown>;
}

/** The right to apply a plan, for a time. */
export interface JournalLease {
  /** A name of this run, which no other has. */
  readonly owner: string;
  /** Higher than that of every lease before. */
  readonly fence: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Of another's lease, who that is, for whoever has to wait, such as `process 4711 of this machine`; if it is known. */
  readonly holder?: string | undefined;
}

/** An entry of a journal: plain JSON. */
export type JournalEntry = JournalStart | JournalIntent | JournalReceipt | JournalFailure | JournalDoubt | JournalEnd;

interface EntryBase {
  /** When it was written, as ISO 8601. */
  readonly at: string;
  /** Of the lease under which it was written. */
  readonly fence: number;
}

/** A run begins. */
export interface JournalStart extends EntryBase {
  readonly type: 'start';
  /** Of this format. */
  readonly version: 1;
  /** The hash of the plan. */
  readonly plan: string;
  readonly connection: PlanConnection;
  readonly policyDigest: string;
  readonly owner: string;
}

/** Something is about to be sent. Of members one entry for each request. */
export interface JournalIntent extends EntryBase {
  readonly type: 'intent';
  /** The id of the action. */
  readonly action: string;
  readonly kind: PlanActionKind;
  readonly target: PlanTarget;
  /** By path, what the directory held when it was read just before. Personal data. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  /** By path, what is sent. Personal data. */
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  /** Of members: whose membership this request changes. */
  readonly members?: readonly PlannedMember[] | undefined;
  /** Of members: whether they change from one group to another. */
  readonly swap?: boolean | undefined;
}

/** An action is finished: no run sends it again. */
export interface JournalReceipt extends EntryBase {
  readonly type: 'receipt';
  readonly action: string;
  readonly kind: PlanActionKind;
  /** With the id of what was created. */
  readonly target: PlanTarget;
  readonly outcome: Extract<OutcomeName, 'done' | 'already'>;
  /** Of members: what became of each. */
  readonly members?: readonly MemberOutcome[] | undefined;
  /** `baselineOf` what was read back: who has changed it since is found by it. */
  readonly seen?: string | undefined;
}

/** An action was tried, and is not finished: the next run looks at its target again. */
export interface JournalFailure extends EntryBase {
  readonly type: 'failure';
  readonly action: string;
  readonly kind: PlanActionKind;
  readonly target: PlanTarget;
  readonly outcome: Exclude<OutcomeName, 'done' | 'already'>;
  readonly code?: string | undefined;
  readonly members?: readonly MemberOutcome[] | undefined;
  /** As of a receipt, of what was done in part. */
  readonly seen?: string | undefined;
}

/** An earlier run ended between an intent and what became of it: what it sent may still arrive. */
export interface JournalDoubt extends EntryBase {
  readonly type: 'doubt';
  readonly action: string;
}

/** A run ends. */
export interface JournalEnd extends EntryBase {
  readonly type: 'end';
  readonly finished: boolean;
  /** Why it ended before the end of the plan. */
  readonly code?: string | undefined;
}

/** A journal in memory: for tests, and where nothing has to survive the program. */
export function memoryJournal(): PlanJournal {
  const entries: string[] = [];
  let inForce: JournalLease | undefined;
  let lastFence = 0;
  const isInForce = ({ owner, fence }: JournalLease) => inForce?.owner === owner && inForce.fence === fence;
  return {
    async read() {
      // Copies: what was appended stays as it was. What was written here is such an entry.
      return entries.map((text) => JSON.parse(text) as JournalEntry);
    },
    async append(entry, lease) {
      if (!isInForce(lease)) return false;
      entries.push(JSON.stringify(entry));
      return true;
    },
    async acquire({ owner, now, expiresAt }) {
      if (inForce !== undefined && inForce.owner !== owner && inForce.expiresAt > now) return inForce;
      lastFence += 1;
      inForce = { owner, fence: lastFence, expiresAt };
      return inForce;
    },
    async renew(lease) {
      if (!isInForce(lease)) return false;
      inForce = lease;
      return true;
    },
    async release(lease) {
      if (isInForce(lease)) inForce = undefined;
    },
  };
}
