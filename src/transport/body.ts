/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly requestId: string | undefined;
  /** The bytes as JSON, where that was asked for. */
  readonly body?: unknown;
}

/** Why a body could not be read whole. */
export type BodyFault = 'too_large' | 'cut';

/** What was read, and what stopped it. */
interface ReadBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fault?: BodyFault;
}

/** From here on it matters that a body is not held twice. */
const largeBody = 1024 * 1024;

/**
 * Reads a body up to `maxBytes`, then stops and lets the connection go.
 *
 * With `into`, into that memory where it is large enough.
 *
 * @throws The signal's reason, at once, also when the stream itself takes no notice.
 */
export async function readBody(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
  into?: ArrayBuffer,
): Promise<ReadBody> {
  // The length on the wire: where the body is compressed it says nothing about what comes out.
  const declared = response.headers.has('content-encoding') ? 0 : Number(response.headers.get('content-length'));
  // As long as announced, so that a large file is never held twice.
  const expected = declared > 0 && declared <= maxBytes ? declared : 0;
  let bytes = into && into.byteLength >= expected ? new Uint8Array(into) : new Uint8Array(expected);
  let length = 0;
  const finish = (fault?: BodyFault): ReadBody => ({
    bytes: length === bytes.length ? bytes : bytes.buffer === into ? bytes.subarray(0, length) : bytes.slice(0, length),
    ...(fault && { fault }),
  });
  if (response.body === null) return finish();
  const freesPieces = declared >= largeBody && isByteStream(response.body);
  const reader = response.body.getReader();
  // Ends a read that is under way at once. One listener for the body: one for each piece takes as long as copying it.
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (declared > maxBytes) return finish('too_large');
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return finish(declared > length ? 'cut' : undefined);
      const piece = value.subarray(0, maxBytes - length);
      if (length + piece.length > bytes.length) {
        const longer = new Uint8Array(Math.max(length + piece.length, 2 * bytes.length));
        longer.set(bytes.subarray(0, length));
        bytes = longer;
      }
      bytes.set(piece, length);
      length += piece.length;
      if (piece.length < value.length) return finish('too_large');
      if (freesPieces) freeMemory(value);
    }
  } catch {
    signal.throwIfAborted();
    return finish('cut');
  } finally {
    signal.removeEventListener('abort', stop);
    // Does nothing to a stream that has ended.
    stop();
  }
}

/** A byte stream gives each piece away for good (Streams standard): nobody else can hold its memory. */
function isByteStream(body: ReadableStream): boolean {
  try {
    body.getReader({ mode: 'byob' }).releaseLock();
    return true;
  } catch {
    return false;
  }
}

// The garbage collector would let the pieces of a large body pile up.
function freeMemory({ buffer, byteLength }: Uint8Array): void {
  const owned: ArrayBufferLike & { readonly transfer?: (length: number) => unknown } = buffer;
  if (byteLength === owned.byteLength) owned.transfer?.(0);
}

/** Decodes a body as its content type says; as UTF-8 where it says nothing, or what this runtime does not know. */
export function decodeText(bytes: Uint8Array, headers: Headers): string {
  const [, charset = 'utf-8'] = /;\s*charset=["']?([\w.:-]{1,40})/i.exec(headers.get('content-type') ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Tells a page for people, as proxies and sign-in pages send it, from what a service sends, whatever precedes its first tag. */
export function isWebPage(text: string, contentType: string | null = null): boolean {
  if (/^[[{]/.test(text.trimStart())) return false;
  return /^text\/html\b/i.test(contentType ?? '') || /<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 2_000));
}
