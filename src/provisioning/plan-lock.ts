import { checkObject } from '../errors/check-options.js';
import { PlanError } from '../errors/plan-error.js';
import { startTimer, untilAborted } from '../internal/abort.js';
import type { Clock } from '../internal/clock.js';
import type { JournalEntry, JournalLease, PlanJournal } from './journal.js';

/** For so long a lease holds unless it is renewed, which happens three times in it. */
const leaseMs = 60_000;

const longestReleaseMs = 100;

type EntryContent<Entry = JournalEntry> = Entry extends JournalEntry ? Omit<Entry, 'at' | 'fence'> : never;

/** A journal that is written under a lease. Whoever has lost it writes nothing more, and so sends nothing more. */
export class LeasedJournal {
  /** Aborts when the lease is lost, or an entry could not be written: then nothing more is written, and nothing sent. */
  readonly lost: AbortSignal;
  readonly #journal: PlanJournal;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  readonly #loss = new AbortController();
  #lease: JournalLease;
  #renewAt: number;
  #stopTimer: () => void = () => {};
  #isClosed = false;

  private constructor(journal: PlanJournal, lease: JournalLease, clock: Clock, signal: AbortSignal | undefined) {
    this.#journal = journal;
    this.#clock = clock;
    this.#signal = signal;
    this.#lease = lease;
    this.#renewAt = this.#nextRenewal();
    this.lost = this.#loss.signal;
    this.#startTimer();
  }

  /** @throws PlanError with code `journal_locked` while another has the lease. */
  static async open(journal: PlanJournal, clock: Clock, signal: AbortSignal | undefined): Promise<LeasedJournal> {
    const owner = crypto.randomUUID();
    const now = clock.now();
    const acquiring = (async () => journal.acquire({ owner, now, expiresAt: now + leaseMs }))();
    const lease = await untilAborted(acquiring, signal).catch((error: unknown) => {
      // Nobody else should have to wait for one that came too late.
      acquiring.then((late) => late.owner === owner && journal.release(late)).catch(() => {});
      throw error;
    });
    checkObject('journal.acquire()', lease);
    if (lease.owner !== owner) {
      const expiresAt = new Date(lease.expiresAt).toISOString();
      const who = lease.holder ?? 'another process, or one that died while it did';
      const message = `The plan, or another with the same lock, is being applied by ${who}. The lock holds until ${expiresAt}, and for longer while work goes on.`;
      throw new PlanError('journal_locked', message, { expiresAt });
    }
    return new LeasedJournal(journal, lease, clock, signal);
  }

  get owner(): string {
    return this.#lease.owner;
  }

  /** Resolves when the entry is safe. @throws PlanError with code `lock_lost`; what the store throws, from then on always. */
  async append(content: EntryContent): Promise<void> {
    this.lost.throwIfAborted();
    try {
      await this.#append(content);
    } catch (error) {
      // Nobody knows how much of it is written: what came behind it could not be read any more.
      this.#loss.abort(error);
      throw error;
    }
    this.lost.throwIfAborted();
  }

  async #append(content: EntryContent): Promise<void> {
    if (this.#clock.now() >= this.#renewAt) await this.#renew();
    this.lost.throwIfAborted();
    const at = new Date(this.#clock.now()).toISOString();
    // The parts are those of the type: what is added, each type has.
    const entry = { ...content, at, fence: this.#lease.fence } as JournalEntry;
    const appended = this.#journal.append(entry, this.#lease);
    if ((await untilAborted(Promise.resolve(appended), this.#signal)) === false) this.#lose();
  }

  /** Lets the next one begin. That the store fails, or does not answer, is not told: the lease expires. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopTimer();
    const released = (async () => this.#journal.release(this.#lease))().catch(() => {});
    if (!this.#signal?.aborted) await untilAborted(released, this.#signal);
    // No store holds up an abort for long.
    else
      await new Promise<void>((resolve) => {
        const stop = startTimer(longestReleaseMs, resolve);
        void released.then(() => {
          stop();
          resolve();
        });
      });
  }

  async #renew(): Promise<void> {
    const lease = { ...this.#lease, expiresAt: this.#clock.now() + leaseMs };
    const renewed = this.#journal.renew(lease);
    if ((await untilAborted(Promise.resolve(renewed), this.#signal)) === false) this.#lose();
    this.#lease = lease;
    this.#renewAt = this.#nextRenewal();
  }

  #lose(): never {
    const error = new PlanError('lock_lost', 'The lock was lost: somebody else applies the plan now.');
    this.#stopTimer();
    this.#loss.abort(error);
    throw error;
  }

  #nextRenewal(): number {
    return this.#clock.now() + leaseMs / 3;
  }

  #startTimer(): void {
    if (this.#isClosed || this.lost.aborted) return;
    const beat = () => {
      // A store that fails now may answer before the next write, which asks it again.
      const goOn = () => this.#startTimer();
      this.#renew().then(goOn, goOn);
    };
    const ms = leaseMs / 3;
    this.#stopTimer = this.#clock.setTimer ? this.#clock.setTimer(ms, beat) : startTimer(ms, beat);
  }
}
