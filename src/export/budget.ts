import { startTimer } from '../internal/abort.js';
import type { Clock } from '../internal/clock.js';
import type { ExportBudget } from './export-options.js';

/** What may still be read. */
export class Budget {
  #events: number;
  #bytes: number;
  #isOver = false;
  readonly #stopTimer: () => void;

  constructor({ maxEvents, maxBytes, maxMs }: ExportBudget, clock: Clock, onTimeUp: () => unknown) {
    this.#events = maxEvents ?? Number.POSITIVE_INFINITY;
    this.#bytes = maxBytes ?? Number.POSITIVE_INFINITY;
    const end = () => {
      this.#isOver = true;
      onTimeUp();
    };
    this.#stopTimer = maxMs === undefined ? () => {} : (clock.setTimer ?? startTimer)(maxMs, end);
  }

  get isSpent(): boolean {
    return this.#isOver || this.#events <= 0 || this.#bytes <= 0;
  }

  spend(events: number, bytes: number): void {
    this.#events -= events;
    this.#bytes -= bytes;
  }

  end(): void {
    this.#stopTimer();
  }
}
