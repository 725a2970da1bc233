import type { AuditLogClient } from '../../audit-logs/client.js';
import { isAboutTheCall } from '../../audit-logs/failed-principals.js';
import { IncompleteListError } from '../../errors/response-errors.js';
import { untilAnswered } from '../../internal/callbacks.js';
import { tagPrincipal } from '../../transport/principal-tag.js';
import { CostIndex } from './cost-index.js';
import { DailyIndex } from './daily-index.js';
import { type LogReading, readEvents } from './logs.js';
import { isRefusal, type RosterAdmin, type RosterWorkspace } from './members.js';
import type { WorkspaceMembership } from './person.js';
import type { PersonUsage, RosterUsageTotals, UsageDays, UsageSource, UsageStatus } from './person-usage.js';
import type { UsageChoice } from './query.js';

const dayMs = 86_400_000;

interface UsageSources {
  readonly logs: LogReading;
  readonly auditLogs: Pick<AuditLogClient, 'batches'> | undefined;
  readonly workspaces: readonly RosterWorkspace[];
  /** After each page, and waited for. */
  readonly onRows: (rows: number) => Promise<void>;
}

interface DailyRead {
  readonly index: DailyIndex;
  status: UsageStatus;
}

/** Reads what was used, and tells whose it is. */
export class UsageReader {
  readonly #choice: UsageChoice;
  readonly #days: UsageDays;
  readonly #cost: CostIndex;
  #costStatus: UsageStatus = 'read';
  /** By workspace. */
  readonly #daily = new Map<string, DailyRead>();

  constructor(choice: UsageChoice, nowMs: number, organizationIds: readonly string[]) {
    const tomorrow = (Math.floor(nowMs / dayMs) + 1) * dayMs;
    this.#choice = choice;
    this.#days = { from: dayOf(tomorrow - choice.days * dayMs), to: dayOf(tomorrow) };
    this.#cost = new CostIndex(this.#days, organizationIds);
  }

  /** Whether something of what was asked for is missing. */
  get isIncomplete(): boolean {
    const statuses = [this.#costStatus, ...[...this.#daily.values()].map(({ status }) => status)];
    return statuses.some((status) => status !== 'read');
  }

  async load({ logs, auditLogs, workspaces, onRows }: UsageSources): Promise<void> {
    const { sources } = this.#choice;
    await Promise.all([
      ...(sources.has('cost') ? [this.#loadCost(auditLogs, logs)] : []),
      ...(sources.has('daily') ? workspaces : []).flatMap(({ workspaceId, admin }) =>
        admin === undefined ? this.#leaveOut(workspaceId) : [this.#loadDaily(workspaceId, admin, logs, onRows)],
      ),
    ]);
  }

  usageOf(accounts: readonly WorkspaceMembership[]): PersonUsage {
    const cost = this.#cost.costOf(accounts.map(({ userId }) => userId));
    const workspaceIds = [...new Set(accounts.map(({ workspaceId }) => workspaceId))];
    const daily = workspaceIds.flatMap((workspaceId) => {
      const own = accounts.filter((account) => account.workspaceId === workspaceId);
      const sum = this.#daily.get(workspaceId)?.index.usageOf(own.map(({ userId }) => userId));
      return sum === undefined ? [] : [{ workspaceId, ...sum }];
    });
    return { ...this.#days, sources: this.#sourcesRead(), ...(cost === undefined ? {} : { cost }), daily };
  }

  /** The same without accounts that are perhaps another person's too: whose use a row of theirs is, nothing tells. */
  withholding(userIds: readonly string[]): Pick<UsageReader, 'isIncomplete' | 'usageOf'> {
    if (userIds.length === 0) return this;
    return {
      isIncomplete: true,
      usageOf: (accounts) => this.usageOf(accounts.filter(({ userId }) => !userIds.includes(userId))),
    };
  }

  /** With what is nobody's, by who is known to a workspace, or to any. */
  totals(isKnown: (userId: string, workspaceId?: string) => boolean): RosterUsageTotals {
    const daily = [...this.#daily].map(([workspaceId, { index: sums, status }]) => ({
      workspaceId,
      status,
      ...present('total', sums.total()),
      ...present(
        'unattributed',
        sums.usageOfOthers((userId) => isKnown(userId, workspaceId)),
      ),
      leftOutRows: sums.leftOut,
    }));
    const cost = {
      status: this.#costStatus,
      ...present('total', this.#cost.total()),
      ...present(
        'unattributed',
        this.#cost.costOfOthers((userId) => isKnown(userId)),
      ),
      leftOutRows: this.#cost.leftOut,
    };
    return { ...this.#days, ...(this.#choice.sources.has('cost') ? { cost } : {}), daily };
  }

  #sourcesRead(): readonly UsageSource[] {
    const isDailyRead = [...this.#daily.values()].some(({ status }) => status !== 'refused');
    return [...this.#choice.sources].filter((source) =>
      source === 'cost' ? this.#costStatus !== 'refused' : isDailyRead,
    );
  }

  async #loadCost(auditLogs: UsageSources['auditLogs'], logs: LogReading): Promise<void> {
    const index = this.#cost;
    const after = new Date(`${this.#days.from}T00:00:00Z`);
    // What the client remembers of events is not all of a month.
    const wanted = { eventTypes: ['COSTS'], after, deduplicate: false, missesOld: true, tolerates: isRefusal };
    const { isWhole, tolerated } = await readEvents(auditLogs, wanted, logs, (event) => index.add(event));
    index.end();
    if (tolerated !== undefined && index.total() === undefined) this.#costStatus = 'refused';
    else if (!isWhole || index.leftOut > 0) this.#costStatus = 'incomplete';
  }

  /** What a workspace without an Admin key used, nothing tells. */
  #leaveOut(workspaceId: string): readonly never[] {
    this.#daily.set(workspaceId, { index: new DailyIndex(), status: 'refused' });
    return [];
  }

  async #loadDaily(
    workspaceId: string,
    admin: RosterAdmin,
    { options, signal, onFailedPrincipal }: LogReading,
    onRows: UsageSources['onRows'],
  ): Promise<void> {
    const read: DailyRead = { index: new DailyIndex(), status: 'incomplete' };
    this.#daily.set(workspaceId, read);
    const { from: startTime, to: endTime } = this.#days;
    let hasAnswered = false;
    try {
      for await (const { items } of admin.usage.iterate({ workspaceId, startTime, endTime }, options).pages()) {
        hasAnswered = true;
        for (const row of items) read.index.add(row);
        await onRows(items.length);
      }
      if (read.index.leftOut === 0) read.status = 'read';
    } catch (error) {
      if (signal.aborted || isAboutTheCall(error)) throw error;
      if (isRefusal(error)) read.status = hasAnswered ? 'incomplete' : 'refused';
      else if (!(error instanceof IncompleteListError)) {
        const principal = { type: 'workspace', id: workspaceId } as const;
        if (onFailedPrincipal === undefined || !(error instanceof Error)) throw tagPrincipal(error, principal);
        await untilAnswered(onFailedPrincipal({ principal, error: tagPrincipal(error, principal) }), [signal]);
      }
    }
  }
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function present<Name extends string, Value>(name: Name, value: Value | undefined): { readonly [Key in Name]?: Value } {
  // Computed, so that the compiler sees no more than an index.
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]: Value });
}
