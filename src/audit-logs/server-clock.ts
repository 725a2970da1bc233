import type { Clock } from '../internal/clock.js';
import { parseHttpDate } from '../internal/dates.js';

/** Clocks that differ by less agree: `Date` knows seconds only, and an answer takes its time. */
const agreementMs = 60_000;

/** The time by a service's clock, as far as its answers have told; by the client's own before. */
export class ServerClock {
  readonly #clock: Clock;
  /** As far as it is believed, and as the last answer told it. */
  #serverIsAheadMs: number | undefined;
  #toldAheadMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  nowMs(): number {
    return this.#clock.now() + (this.#serverIsAheadMs ?? 0);
  }

  /** Compares the clocks by an answer that has just come. */
  compare(headers: Headers): void {
    const nowMs = this.#clock.now();
    const serverNowMs = parseHttpDate(headers.get('date') ?? '', nowMs);
    // An answer out of a cache has the date of back then.
    if (serverNowMs === undefined || headers.has('age')) return;
    const difference = serverNowMs - nowMs;
    const aheadMs = Math.abs(difference) > agreementMs ? difference : 0;
    // One answer among others may come from a machine whose clock is wrong: another one has to say the same.
    const earlier = [this.#serverIsAheadMs, this.#toldAheadMs];
    const isBelieved = earlier.some((known) => known === undefined || Math.abs(aheadMs - known) <= agreementMs);
    if (isBelieved) this.#serverIsAheadMs = aheadMs;
    this.#toldAheadMs = aheadMs;
  }
}
