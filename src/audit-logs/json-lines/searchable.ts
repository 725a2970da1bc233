/** The one thing that is needed of Node's Buffer. */
interface BufferConstructor {
  from(buffer: ArrayBufferLike, byteOffset: number, length: number): Uint8Array;
}

/** A view of the same bytes whose `indexOf` is the fastest there is: Node's Buffer finds a byte three times as fast. */
export function searchable(bytes: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as { readonly Buffer?: BufferConstructor };
  return Buffer === undefined ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
