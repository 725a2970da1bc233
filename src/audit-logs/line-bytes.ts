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

/** What Node's Buffer decodes with inside, as do those who take after it. */
type TextBytes = Uint8Array & { utf8Slice(start: number, end: number): string };

/** A view of the same bytes whose `indexOf` is the fastest there is: Node's Buffer finds a byte three times as fast. */
export function searchable(bytes: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as {
    readonly Buffer?: { from(buffer: ArrayBufferLike, byteOffset: number, length: number): Uint8Array };
  };
  return Buffer === undefined ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The text of some bytes; what is not UTF-8 becomes U+FFFD. Node's Buffer needs no view of them, which is faster. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number, decoder: TextDecoder): string {
  // It has no type, as it is not documented: by `toString` it takes twice as long.
  if ('utf8Slice' in bytes) return (bytes as TextBytes).utf8Slice(start, end);
  return decoder.decode(bytes.subarray(start, end));
}

/** Whether a text is what the bytes say: U+FFFD may stand in them, or for what is not UTF-8. */
export function isUtf8(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (!text.includes('\ufffd')) return true;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    return true;
  } catch {
    return false;
  }
}
