import { onAbort } from '../../internal/on-abort.js';

interface Waiting {
  readonly group: string;
  readonly amount: number;
  readonly grant: () => void;
}

/**
 * Lets so much through at a time, first come first served.
 *
 * A group that holds nothing is always let through, however little is left: so nobody starves behind what others hold,
 * and something larger than the whole budget still passes, alone.
 */
export class Budget {
  readonly #total: number;
  readonly #held = new Map<string, number>();
  #used = 0;
  #queue: Waiting[] = [];

  constructor(total: number) {
    this.#total = total;
  }

  /** What is held now. */
  get used(): number {
    return this.#used;
  }

  /**
   * Waits until the amount is free.
   *
   * @returns Gives it back; calling it again does nothing.
   * @throws The signal's own reason.
   */
  async take(group: string, amount: number, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const release = onAbort(signal, () => {
        this.#queue = this.#queue.filter((other) => other !== waiting);
        reject(signal.reason);
        this.#grant();
      });
      const waiting: Waiting = {
        group,
        amount,
        grant: () => {
          release();
          resolve();
        },
      };
      this.#queue.push(waiting);
      this.#grant();
    });
    let holding = true;
    return () => {
      if (!holding) return;
      holding = false;
      this.#count(group, -1);
      this.#used -= amount;
      this.#grant();
    };
  }

  #grant(): void {
    let blocked = false;
    this.#queue = this.#queue.filter((waiting) => {
      const fits = !blocked && this.#used + waiting.amount <= this.#total;
      if (!fits && this.#held.has(waiting.group)) {
        // What came first goes first, else large ones would wait for ever.
        blocked = true;
        return true;
      }
      this.#count(waiting.group, 1);
      this.#used += waiting.amount;
      waiting.grant();
      return false;
    });
  }

  #count(group: string, change: number): void {
    const count = (this.#held.get(group) ?? 0) + change;
    if (count === 0) this.#held.delete(group);
    else this.#held.set(group, count);
  }
}
