import { type Clock, monotonicNow } from '../../internal/clock.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';

/** The lists and the files that wait know of the same outage: it is told once an interval, of each workspace or organization. */
export class OutageReports {
  readonly #clock: Clock;
  readonly #intervalMs: number;
  /** In monotonic time. */
  readonly #toldAtMs = new Map<string, number>();

  constructor(clock: Clock, intervalMs = 0) {
    this.#clock = clock;
    this.#intervalMs = intervalMs;
  }

  /** Whether it is time to tell of it. */
  isDue({ type, id }: AuditLogPrincipal): boolean {
    const name = `${type} ${id}`;
    const nowMs = monotonicNow(this.#clock);
    if (nowMs - (this.#toldAtMs.get(name) ?? Number.NEGATIVE_INFINITY) < this.#intervalMs) return false;
    this.#toldAtMs.set(name, nowMs);
    return true;
  }
}
