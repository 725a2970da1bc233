import type { Clock } from '../../../src/internal/clock.js';

/**
 * What BullMQ and pg-boss do with jobs, as far as an export goes by it: a workspace is queued once, whatever is asked for; a job
 * whose worker has died is queued again when its lock has run out, which is looked for at intervals; one may be put off.
 */
export class JobQueue {
  /** Looks that were left out because the workspace was queued or exported already. */
  skipped = 0;
  /** Jobs that were given to another worker. */
  stalled = 0;
  readonly #clock: Clock;
  readonly #lockMs: number;
  readonly #known = new Map<number, number>();
  #waiting: number[] = [];
  #next = 0;

  constructor(clock: Clock, lockMs: number) {
    this.#clock = clock;
    this.#lockMs = lockMs;
  }

  get isEmpty(): boolean {
    return this.#known.size === 0;
  }

  add(job: number): void {
    if (this.#known.has(job)) {
      this.skipped += 1;
      return;
    }
    this.#push(job);
  }

  take(): number | undefined {
    const job = this.#waiting[this.#next];
    if (job === undefined) return undefined;
    this.#next += 1;
    if (this.#next > 10_000) {
      this.#waiting = this.#waiting.slice(this.#next);
      this.#next = 0;
    }
    this.#known.set(job, this.#clock.now());
    return job;
  }

  finish(job: number): void {
    this.#known.delete(job);
  }

  /** Behind those that wait, after a time. */
  again(job: number, afterMs: number): void {
    if (afterMs === 0) this.#push(job);
    else this.#clock.setTimer?.(afterMs, () => this.#push(job));
  }

  /** Its worker has died: nobody tells the queue. */
  abandon(job: number): void {
    const nowMs = this.#clock.now();
    // A worker renews its lock each half of its time.
    const takenAtMs = this.#known.get(job) ?? nowMs;
    const renewedAtMs = nowMs - ((nowMs - takenAtMs) % (this.#lockMs / 2));
    const expiresAtMs = renewedAtMs + this.#lockMs;
    const foundAtMs = Math.ceil(expiresAtMs / this.#lockMs) * this.#lockMs;
    this.#clock.setTimer?.(foundAtMs - nowMs, () => {
      this.stalled += 1;
      this.#push(job);
    });
  }

  #push(job: number): void {
    this.#known.set(job, this.#clock.now());
    this.#waiting.push(job);
  }
}
