import type { EventIdHash } from './hash-event-id.js';
import { toBase64 } from './to-base64.js';

const bytesPerHash = 8;

/** Some hashes in the order they came, quick to find. It only grows, up to its capacity: old ones go with their block. */
export class HashBlock {
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

  has({ high, low }: EventIdHash): boolean {
    const halves = this.#halves;
    const places = this.#places;
    for (let place = low & this.#mask; ; place = (place + 1) & this.#mask) {
      const number = places[place] ?? 0;
      if (number === 0) return false;
      if (halves[number * 2 - 2] === high && halves[number * 2 - 1] === low) return true;
    }
  }

  /** Adds one that is not there yet. */
  add({ high, low }: EventIdHash): void {
    let place = low & this.#mask;
    while (this.#places[place] !== 0) place = (place + 1) & this.#mask;
    this.#halves[this.#length * 2] = high;
    this.#halves[this.#length * 2 + 1] = low;
    this.#places[place] = ++this.#length;
  }

  /** The first so many of them in base64. */
  encode(length: number): string {
    if (!this.isFull || length < this.#length) return this.#encode(length);
    this.#whole ??= this.#encode(length);
    return this.#whole;
  }

  #encode(length: number): string {
    const bytes = new Uint8Array(length * bytesPerHash);
    const view = new DataView(bytes.buffer);
    for (let half = 0; half < length * 2; half++) view.setInt32(half * 4, this.#halves[half] ?? 0, true);
    return toBase64(bytes);
  }
}

/** The hashes that a block was encoded from. */
export function decodeHashes(encoded: string): EventIdHash[] {
  const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Array.from({ length: Math.floor(bytes.length / bytesPerHash) }, (_none, index) => ({
    high: view.getInt32(index * bytesPerHash, true),
    low: view.getInt32(index * bytesPerHash + 4, true),
  }));
}
