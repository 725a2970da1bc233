import { hashId, type IdHash } from '../hash-id.js';

const blocksPerWindow = 8;

/**
 * Remembers the last event ids, at least as many as asked for, to leave out those that come again. It keeps their hashes,
 * which a checkpoint can carry along and which cost the garbage collector nothing.
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
    hashId(id, this.#hash);
    const blocks = this.#blocks;
    // Not by an iterator: this runs for each event.
    for (let index = 0; index < blocks.length; index++) if (blocks[index]?.has(this.#hash)) return false;
    this.#remember(this.#hash);
    return true;
  }

  /** Takes note of what is remembered now. What it returns encodes that, whenever it is called. */
  snapshot(): () => string[] {
    const lengths = this.#blocks.map((block) => [block, block.length] as const);
    return () => lengths.filter(([, length]) => length > 0).map(([block, length]) => block.encode(length));
  }

  #remember(hash: IdHash): void {
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

const bytesPerHash = 8;

/** Some hashes in the order they came, quick to find. It only grows, up to its capacity: old ones go with their block. */
class HashBlock {
  /** The halves of each hash, one after the other. */
  readonly #halves: Int32Array;
  /** Open addressing: for a place, the number of a hash, from 1. */
  readonly #places: Uint32Array;
  readonly #mask: number;
  #length = 0;
  /** All of it in base64, once it is full and cannot change: checkpoints may be taken often. */
  #whole: string | undefined;

  constructor(capacity: number) {
    // At most half full, so that a search ends after a step or two.
    const places = 2 ** Math.ceil(Math.log2(capacity * 2));
    this.#halves = new Int32Array(capacity * 2);
    this.#places = new Uint32Array(places);
    this.#mask = places - 1;
  }

  get length(): number {
    return this.#length;
  }

  get isFull(): boolean {
    return this.#length * 2 === this.#halves.length;
  }

  has({ high, low }: IdHash): boolean {
    const halves = this.#halves;
    const places = this.#places;
    for (let place = low & this.#mask; ; place = (place + 1) & this.#mask) {
      const number = places[place] ?? 0;
      if (number === 0) return false;
      if (halves[number * 2 - 2] === high && halves[number * 2 - 1] === low) return true;
    }
  }

  /** Adds one that is not there yet. */
  add({ high, low }: IdHash): void {
    let place = low & this.#mask;
    while (this.#places[place] !== 0) place = (place + 1) & this.#mask;
    this.#halves[this.#length * 2] = high;
    this.#halves[this.#length * 2 + 1] = low;
    this.#places[place] = ++this.#length;
  }

  /** The first so many of them in base64. */
  encode(length: number): string {
    const isWhole = this.isFull && length === this.#length;
    if (isWhole && this.#whole !== undefined) return this.#whole;
    const bytes = new Uint8Array(length * bytesPerHash);
    const view = new DataView(bytes.buffer);
    for (let half = 0; half < length * 2; half++) view.setInt32(half * 4, this.#halves[half] ?? 0, true);
    const encoded = toBase64(bytes);
    if (isWhole) this.#whole = encoded;
    return encoded;
  }
}

function decodeHashes(encoded: string): IdHash[] {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: Math.floor(bytes.length / bytesPerHash) }, (_none, index) => ({
    high: view.getInt32(index * bytesPerHash, true),
    low: view.getInt32(index * bytesPerHash + 4, true),
  }));
}

/** Base64 of all the bytes of a buffer. Node's own writes ten times as fast what checkpoints are full of. */
export function toBase64({ buffer }: Uint8Array): string {
  const { Buffer } = globalThis as {
    readonly Buffer?: { from(buffer: ArrayBufferLike): { toString(encoding: 'base64'): string } };
  };
  if (Buffer !== undefined) return Buffer.from(buffer).toString('base64');
  return btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(''));
}
