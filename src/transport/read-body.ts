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
  const chunks: Uint8Array[] = [];
  let length = 0;
  const { body } = response;
  const finish = (fault?: BodyFault): ReadBody => ({
    bytes: join(chunks, Math.min(length, maxBytes)),
    ...(fault && { fault }),
  });
  if (body === null) return finish();
  // The length on the wire: of the compressed body, where it is compressed.
  const isEncoded = response.headers.has('content-encoding');
  const declared = Number(response.headers.get('content-length') ?? Number.NaN);
  const reader = body.getReader();
  try {
    if (declared > maxBytes) return finish('too_large');
    for (;;) {
      const { done, value } = await untilAborted(reader.read(), signal);
      if (done) return finish(!isEncoded && declared > length ? 'cut' : undefined);
      chunks.push(value);
      length += value.byteLength;
      if (length > maxBytes) return finish('too_large');
    }
  } catch {
    signal.throwIfAborted();
    return finish('cut');
  } finally {
    // Does nothing to a stream that has ended.
    reader.cancel().catch(() => {});
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk.subarray(0, length - offset), offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
