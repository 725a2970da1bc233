/** Keeping more than this after use would let one long line hold memory for as long as the reader lives. */
const keptBytes = 1024 * 1024;

/** The beginning of a line whose end has not arrived. Copies what it is given, so the giver may reuse its buffer. */
export class PartialLine {
  length = 0;
  #buffer = new Uint8Array(0);

  append(bytes: Uint8Array): void {
    const length = this.length + bytes.length;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.length));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.length);
    this.length = length;
  }

  /** Hands the bytes over and begins anew. They stay as they are until the next `append`. */
  take(): Uint8Array {
    const bytes = this.#buffer.subarray(0, this.length);
    this.clear();
    return bytes;
  }

  clear(): void {
    this.length = 0;
    if (this.#buffer.length > keptBytes) this.#buffer = new Uint8Array(0);
  }
}
