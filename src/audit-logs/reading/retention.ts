import { retentionGap } from '../../errors/log-errors.js';
import type { Callbacks } from '../../internal/callbacks.js';
import { instantOf } from '../../internal/dates.js';
import { type AuditLogPrincipal, samePrincipal } from '../../transport/principal.js';
import type { AuditLogReadOptions } from '../query.js';
import { beforeAllFiles, earlierBy, isInFuture } from './overlap.js';
import type { Partition } from './partition.js';
import type { Look } from './partition-items.js';

/** How long log files are kept (OpenAI, Compliance Logs Platform). */
const retentionMs = 30 * 24 * 60 * 60 * 1000;

// Who asks for the last 30 days has computed them a moment ago.
const toleranceMs = 60_000;

interface WatchPlan extends Pick<AuditLogReadOptions, 'onRetentionGap'> {
  readonly partitions: readonly Partition[];
  /** The time by the service's clock, as ISO 8601. */
  readonly now: (principal: AuditLogPrincipal) => string;
  readonly callbacks: Callbacks;
}

/** Reports what should still be read and is older than the service keeps it, each range once. */
export class RetentionWatch {
  readonly #plan: WatchPlan;
  /** By principal: those of one have one clock, and are reported together. */
  readonly #begun = new Map<string, Promise<string | undefined>>();

  constructor(plan: WatchPlan) {
    this.#plan = plan;
  }

  /**
   * At first all of a principal; later what a long run, or one that was suspended, did not get in time. Returns up to when
   * something was reported. @throws CheckpointError where nobody is to be told.
   */
  check(partition: Partition, { since, isSettled }: Look): Promise<string | undefined> {
    const { principal } = partition;
    const now = this.#plan.now(principal);
    if (since !== undefined) {
      const files = isSettled ? partition.gaps.map(({ file }) => file.end_time) : [];
      return this.#report([[partition, [...(isKnownTime(since, now) ? [since] : []), ...files]]], now, isSettled);
    }
    const name = `${principal.type} ${principal.id.toLowerCase()}`;
    const check = this.#begun.get(name) ?? this.#report(this.#unreadOf(principal, now), now, true);
    this.#begun.set(name, check);
    return check;
  }

  #unreadOf(principal: AuditLogPrincipal, now: string) {
    const partitions = this.#plan.partitions.filter((partition) => samePrincipal(partition.principal, principal));
    return partitions.map((partition) => [partition, unreadSince(partition, now)] as const);
  }

  async #report(
    unread: readonly (readonly [Partition, readonly string[]])[],
    now: string,
    forgets: boolean,
  ): Promise<string | undefined> {
    const { onRetentionGap = 'throw', callbacks } = this.#plan;
    const to = earlierBy(now, retentionMs);
    const limit = instantOf(earlierBy(to, toleranceMs));
    const gaps = unread.flatMap(([{ principal, eventType }, times]) =>
      times.filter((time) => instantOf(time) < limit).map((from) => ({ principal, eventType, from, to })),
    );
    if (gaps.length === 0) return undefined;
    if (onRetentionGap === 'throw') throw retentionGap(gaps);
    for (const gap of gaps) await callbacks.callInTurn(() => onRetentionGap(gap));
    if (forgets) for (const [partition] of unread) partition.forgetBefore(to);
    return to;
  }
}

/** Whether a clock that was right can have said so. */
function isKnownTime(time: string, now: string): boolean {
  return instantOf(time) >= instantOf(beforeAllFiles) && !isInFuture(time, now);
}

/** From when on a partition still has to be read: its list, the file it stands in, and those left out. */
function unreadSince(partition: Partition, now: string): readonly string[] {
  const { current, gaps } = partition;
  const until = partition.completeUntil(now);
  const files = [...(current === undefined ? [] : [current.file]), ...gaps.map(({ file }) => file)];
  return [...(until === undefined ? [] : [until]), ...files.map((file) => file.end_time)];
}
