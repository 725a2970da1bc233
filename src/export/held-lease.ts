import { ExportError, storeFailed } from '../errors/export-error.js';
import { openAbortScope, startTimer, untilAborted } from '../internal/abort.js';
import type { Clock } from '../internal/clock.js';
import { checkWritten, leaseLost, type SinkLease } from './sink.js';

/** How long a store is waited for that is to take a lease back: at the end of the work, and after an abort. */
const patienceMs = 1_000;
const abortPatienceMs = 100;

/**
 * A lease that is renewed while work goes on, also while no batch comes. By the clock of the client: its budget and the limits of
 * its requests go by that one too.
 */
export class HeldLease {
  /** Aborts when the lease is lost, or the store does not renew it. */
  readonly lost: AbortSignal;
  readonly #lease: SinkLease;
  readonly #everyMs: number;
  readonly #clock: Clock;
  readonly #loss = new AbortController();
  #stopTimer: () => void = () => {};
  #renewing: Promise<void> | undefined;
  #stopPatience: () => void = () => {};
  #isWriting = false;
  #isReleased = false;

  constructor(lease: SinkLease, ttlMs: number, clock: Clock) {
    this.lost = this.#loss.signal;
    this.#lease = lease;
    this.#everyMs = ttlMs / 3;
    this.#clock = clock;
    this.#startTimer();
  }

  async checkpoint(): Promise<unknown> {
    return this.#ask('Reading the checkpoint from the store', () => this.#lease.checkpoint());
  }

  async write(...batch: Parameters<SinkLease['write']>): Promise<{ readonly added: number }> {
    // Each write begins the time of the lease anew: a renewal beside it has nothing to add.
    this.#isWriting = true;
    this.#stopTimer();
    await this.#renewing;
    this.lost.throwIfAborted();
    // Whoever gave it back meanwhile was aborted, and waits for this no more.
    if (this.#isReleased) throw leaseLost(this.#lease.key);
    const written = await this.#ask('Writing to the store', () => this.#lease.write(...batch));
    checkWritten(written, batch[0].length);
    this.#isWriting = false;
    this.#startTimer();
    return written;
  }

  /**
   * Lets the next one begin. That the store fails, or does not answer at once, is not told: it may answer later, and otherwise
   * the lease expires.
   */
  async release(signal: AbortSignal | undefined): Promise<void> {
    this.#isReleased = true;
    this.#stopTimer();
    const released = (async () => {
      await this.#renewing;
      await this.#lease.release();
    })().catch(() => {});
    const isAborted = signal?.aborted === true;
    const patience = openAbortScope([isAborted ? undefined : signal], isAborted ? abortPatienceMs : patienceMs);
    await untilAborted(released, patience.signal).catch(() => {});
    patience.end();
    this.#stopPatience();
  }

  /** By the time a lease lasts: it has expired by then, and a write would wait for this for ever. */
  async #renew(): Promise<void> {
    const patience = openAbortScope([], 3 * this.#everyMs, this.#clock);
    this.#stopPatience = patience.end;
    try {
      const renewed = this.#ask('Renewing the lease', () => this.#lease.renew());
      await untilAborted(renewed, patience.signal);
      this.#startTimer();
    } catch (error) {
      this.#loss.abort(patience.expired ? unanswered() : error);
    } finally {
      patience.end();
    }
  }

  #startTimer(): void {
    this.#stopTimer();
    if (this.#isReleased || this.#isWriting) return;
    const renew = () => {
      this.#renewing = this.#renew();
    };
    this.#stopTimer = (this.#clock.setTimer ?? startTimer)(this.#everyMs, renew);
  }

  async #ask<T>(what: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw storeFailed(what, error);
    }
  }
}

function unanswered(): ExportError {
  return new ExportError(
    'store_failed',
    'Renewing the lease failed: the store did not answer for as long as one lasts.',
  );
}
