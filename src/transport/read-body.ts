import { untilAborted } from '../internal/until-aborted.js';

/** Why a body could not be read whole. */
export type BodyFault = 'too_large' | 'cut';

/** What was read, and what stopped it. */
export interface ReadBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fault?: BodyFault;
}

/**
 * Reads a body up to `maxBytes`, then stops and lets the connection go.
 *
 * @throws The signal's reason, at once, also when the stream itself takes no notice.
 */
export async function readBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<ReadBody> {
  const { body } = response;
  if (body === null) return { bytes: new Uint8Array(0) };
  // The length on the wire: of the compressed body, where it is compressed.
  const isEncoded = response.headers.has('content-encoding');
  const declared = Number(response.headers.get('content-length') ?? Number.NaN);
  // Filled as the pieces come, since keeping the pieces until the end would take the memory twice.
  let bytes = new Uint8Array(!isEncoded && declared <= maxBytes ? declared : 0);
  let length = 0;
  const finish = (fault?: BodyFault): ReadBody => ({
    bytes: length === bytes.byteLength ? bytes : bytes.slice(0, length),
    ...(fault && { fault }),
  });
  const reader = body.getReader();
  try {
    if (declared > maxBytes) return finish('too_large');
    for (;;) {
      const { done, value } = await untilAborted(reader.read(), signal);
      if (done) return finish(!isEncoded && declared > length ? 'cut' : undefined);
      const piece = value.subarray(0, maxBytes - length);
      if (length + piece.byteLength > bytes.byteLength) bytes = grown(bytes, length + piece.byteLength, maxBytes);
      bytes.set(piece, length);
      length += piece.byteLength;
      if (piece.byteLength < value.byteLength) return finish('too_large');
    }
  } catch {
    signal.throwIfAborted();
    return finish('cut');
  } finally {
    // Does nothing to a stream that has ended.
    reader.cancel().catch(() => {});
  }
}

/** A copy with room for at least this much, and twice what there was, up to the limit. */
function grown(bytes: Uint8Array, least: number, most: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(least, Math.min(most, bytes.byteLength * 2)));
  larger.set(bytes);
  return larger;
}
