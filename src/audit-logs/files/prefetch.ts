import { onAbort } from '../../internal/abort.js';

/**
 * Runs the work of the next items while one is being used, at most `ahead` of them, and hands the results out in order. The
 * first failure, of an item or of the list of items, comes in its place. What nobody takes any more is dropped.
 */
export async function* prefetch<Item, Result>(
  items: AsyncGenerator<Item, void, undefined>,
  ahead: number,
  work: (item: Item) => Promise<Result>,
  drop?: (result: Result) => void,
): AsyncGenerator<Result, void, undefined> {
  const slots: Promise<{ readonly result: Result } | undefined>[] = [];
  const fill = () => {
    while (slots.length < ahead) {
      // Calls of an async generator queue up, so every slot gets its own item, in order.
      const slot = items.next().then(async (item) => (item.done ? undefined : { result: await work(item.value) }));
      // It is awaited in its turn; until then a failure is not unhandled.
      slot.catch(() => {});
      slots.push(slot);
    }
  };
  try {
    for (;;) {
      fill();
      const next = await slots.shift();
      if (next === undefined) return;
      fill();
      yield next.result;
    }
  } finally {
    // Not awaited: a generator in the middle of a wait takes notice only when that wait ends.
    void items.return().catch(() => {});
    for (const slot of slots) slot.then((left) => left && drop?.(left.result)).catch(() => {});
  }
}

interface Waiting {
  readonly group: string;
  readonly amount: number;
  readonly grant: () => void;
}

/**
 * Lets so much through at a time, first come first served. A group that holds nothing is always let through: so nobody
 * starves behind what others hold, and something larger than the whole budget still passes, alone.
 */
export class WeightedSemaphore {
  readonly #total: number;
  readonly #held = new Map<string, number>();
  #used = 0;
  #queue: Waiting[] = [];

  constructor(total: number) {
    this.#total = total;
  }

  get used(): number {
    return this.#used;
  }

  /** Waits until the amount is free. What it returns gives it back, once. @throws The signal's own reason. */
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

/** Allocating less than this costs nothing worth saving. */
const minPooledBytes = 64 * 1024;

/**
 * Keeps the memory of files that are done with for those to come. Allocated anew for each file, it would make the garbage collector
 * run for each one of many megabytes, and let memory grow several times over.
 */
export class BufferPool {
  readonly #most: number;
  #buffers: readonly ArrayBuffer[] = [];

  /** Keeps no more than this many bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Memory for so many bytes, used before where there is some; `undefined` where that would save nothing. */
  take(bytes: number): ArrayBuffer | undefined {
    if (bytes < minPooledBytes) return undefined;
    const found = this.#buffers.find((buffer) => buffer.byteLength >= bytes);
    // Those that are too small make room: files grow until they reach the service's cap, and then stay near it.
    this.#buffers = found === undefined ? [] : this.#buffers.filter((buffer) => buffer !== found);
    return found ?? new ArrayBuffer(Math.ceil(bytes / minPooledBytes) * minPooledBytes);
  }

  /** Takes back what nobody reads any more. */
  give(buffer: ArrayBuffer): void {
    const kept = this.#buffers.reduce((sum, { byteLength }) => sum + byteLength, buffer.byteLength);
    if (buffer.byteLength < minPooledBytes || kept > this.#most) return;
    this.#buffers = [...this.#buffers, buffer].sort((one, other) => one.byteLength - other.byteLength);
  }
}
