/** Allocating less than this costs nothing worth saving. */
const leastBytes = 1024 * 1024;

/**
 * Keeps the memory of files that are done with for those to come. Allocated anew for each file of many megabytes, it would
 * make the garbage collector run for each of them, and let memory grow several times over.
 */
export class SpareMemory {
  readonly #most: number;
  #buffers: readonly ArrayBuffer[] = [];

  /** Keeps no more than this many bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Memory for so many bytes, used before where there is some; `undefined` where that would save nothing. */
  take(bytes: number): ArrayBuffer | undefined {
    if (bytes < leastBytes) return undefined;
    const found = this.#buffers.find((buffer) => buffer.byteLength >= bytes);
    // Those that are too small make room: files grow until they reach the service's cap, and then stay near it.
    this.#buffers = found === undefined ? [] : this.#buffers.filter((buffer) => buffer !== found);
    return found ?? new ArrayBuffer(Math.ceil(bytes / leastBytes) * leastBytes);
  }

  /** Takes back what nobody reads any more. */
  give(buffer: ArrayBuffer): void {
    const kept = this.#buffers.reduce((sum, { byteLength }) => sum + byteLength, buffer.byteLength);
    if (buffer.byteLength < leastBytes || kept > this.#most) return;
    this.#buffers = [...this.#buffers, buffer].sort((one, other) => one.byteLength - other.byteLength);
  }
}
