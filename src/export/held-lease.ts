import { storeFailed } from '../errors/export-error.js';
import { openAbortScope, startTimer, untilAborted } from '../internal/abort.js';
import type { Clock } from '../internal/clock.js';
import type { SinkLease } from './sink.js';

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
    this.#stopTimer();
    await this.#renewing;
    this.lost.throwIfAborted();
    const written = await this.#ask('Writing to the store', () => this.#lease.write(...batch));
    this.#startTimer();
    return written;
  }

  /** Lets the next one begin. That the store fails, or does not answer in time, is not told: the lease expires. */
  async release(signal: AbortSignal | undefined): Promise<void> {
    this.#isReleased = true;
    this.#stopTimer();
    const released = (async () => {
      await this.#renewing;
      await this.#lease.release();
    })().catch(() => {});
    // No store holds up an abort for long, nor an end for longer than the lease.
    const patience = openAbortScope([signal?.aborted ? undefined : signal], signal?.aborted ? 100 : this.#everyMs * 3);
    await untilAborted(released, patience.signal).catch(() => {});
    patience.end();
  }

  async #renew(): Promise<void> {
    try {
      await this.#ask('Renewing the lease', () => this.#lease.renew());
      this.#startTimer();
    } catch (error) {
      this.#loss.abort(error);
    }
  }

  #startTimer(): void {
    if (this.#isReleased) return;
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
