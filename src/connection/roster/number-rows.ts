const firstCapacity = 1_024;

/**
 * Rows of whole numbers below 2^32, each kept once and numbered from 0 as they come. There are millions of them: in arrays of
 * numbers they take no work from the garbage collector, and a fraction of the room of texts.
 */
export class NumberRows {
  /** The row that is asked about. Write its numbers here, all of them, before each call. */
  readonly row: Uint32Array;
  readonly #width: number;
  /** One row after the other. */
  #rows: Uint32Array;
  /** Open addressing: for a place, the number of a row, from 1. At most half full. */
  #places: Uint32Array;
  #size = 0;

  constructor(width: number) {
    this.#width = width;
    this.row = new Uint32Array(width);
    this.#rows = new Uint32Array(firstCapacity * width);
    this.#places = new Uint32Array(firstCapacity * 2);
  }

  /** How many are kept. The next new one has this number. */
  get size(): number {
    return this.#size;
  }

  /** Whether the row is kept. */
  has(): boolean {
    return this.#places[this.#placeOf(this.row, 0)] !== 0;
  }

  /** The number of the row, which is kept from now on. */
  add(): number {
    const place = this.#placeOf(this.row, 0);
    const known = this.#places[place] ?? 0;
    if (known !== 0) return known - 1;
    this.#rows.set(this.row, this.#size * this.#width);
    this.#places[place] = ++this.#size;
    if (this.#size * 2 === this.#places.length) this.#grow();
    return this.#size - 1;
  }

  /** Where a row stands, or would. */
  #placeOf(from: Uint32Array, at: number): number {
    const places = this.#places;
    const rows = this.#rows;
    const width = this.#width;
    const mask = places.length - 1;
    let hash = 0x2c1b3c6d;
    for (let index = 0; index < width; index++) {
      hash = Math.imul(hash ^ (from[at + index] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    for (let place = (hash ^ (hash >>> 16)) & mask; ; place = (place + 1) & mask) {
      const number = places[place] ?? 0;
      if (number === 0) return place;
      const known = (number - 1) * width;
      let index = 0;
      while (index < width && rows[known + index] === from[at + index]) index++;
      if (index === width) return place;
    }
  }

  #grow(): void {
    const rows = this.#rows;
    this.#rows = new Uint32Array(rows.length * 2);
    this.#rows.set(rows);
    this.#places = new Uint32Array(this.#places.length * 2);
    for (let number = 0; number < this.#size; number++)
      this.#places[this.#placeOf(this.#rows, number * this.#width)] = number + 1;
  }
}
