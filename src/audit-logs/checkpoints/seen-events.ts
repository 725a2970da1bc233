import { decodeHashes, HashBlock } from './hash-block.js';
import { type EventIdHash, hashEventId } from './hash-event-id.js';

const blocksPerWindow = 8;

/**
 * Remembers the last event ids, at least as many as asked for, to leave out those that come again.
 *
 * By their hashes, which is what a checkpoint can carry along, and which takes no memory from the garbage collector.
 */
export class SeenEvents {
  readonly #size: number;
  readonly #hash = { high: 0, low: 0 };
  /** Oldest first; the last one takes what comes. Replaced and never changed, so that a snapshot can hold on to it. */
  #blocks: readonly HashBlock[];
  #open: HashBlock;

  constructor(size: number, restored: readonly string[] = []) {
    this.#size = size;
    this.#open = this.#newBlock();
    this.#blocks = [this.#open];
    // Packed anew: else each run would leave a block that is almost empty, and none would ever go.
    for (const hash of restored.flatMap(decodeHashes)) this.#remember(hash);
  }

  /** Remembers an id. False when it was there already. */
  add(id: string): boolean {
    hashEventId(id, this.#hash);
    for (const block of this.#blocks) if (block.has(this.#hash)) return false;
    this.#remember(this.#hash);
    return true;
  }

  /** Takes note of what is remembered now. What it returns encodes that, whenever it is called. */
  snapshot(): () => string[] {
    const lengths = this.#blocks.map((block) => [block, block.length] as const);
    return () => lengths.filter(([, length]) => length > 0).map(([block, length]) => block.encode(length));
  }

  #remember(hash: EventIdHash): void {
    this.#open.add(hash);
    if (this.#open.isFull) this.#startBlock();
  }

  #startBlock(): void {
    let remembered = this.#blocks.reduce((sum, { length }) => sum + length, 0);
    const kept = this.#blocks.filter((block) => {
      const isNeeded = remembered - block.length < this.#size;
      if (!isNeeded) remembered -= block.length;
      return isNeeded;
    });
    this.#open = this.#newBlock();
    this.#blocks = [...kept, this.#open];
  }

  #newBlock(): HashBlock {
    return new HashBlock(Math.max(1, Math.ceil(this.#size / blocksPerWindow)));
  }
}
