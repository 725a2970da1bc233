export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly requestId: string | undefined;
  /** The bytes as JSON, where JSON was expected. */
  readonly body?: unknown;
}

/** `not_encoded`: it is not packed as its `Content-Encoding` says. */
export type BodyFault = 'too_large' | 'cut' | 'not_encoded';

interface ReadBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fault: BodyFault | undefined;
}

/** Of more, the pieces are freed as they are copied: the garbage collector would let them pile up. */
const largeBody = 64 * 1024;

/**
 * Reads a body up to `maxBytes`, into `into` where it is large enough. Rejects with the signal's reason at once, even when
 * the stream takes no notice.
 */
export async function readBody(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
  into?: ArrayBuffer,
  onPiece?: () => void,
): Promise<ReadBody> {
  // Of a compressed body, the length on the wire says nothing.
  const declared = response.headers.has('content-encoding') ? 0 : Number(response.headers.get('content-length'));
  // As long as declared, so that a large file is never held twice.
  const expected = declared > 0 && declared <= maxBytes ? declared : 0;
  let bytes = into && into.byteLength >= expected ? new Uint8Array(into) : new Uint8Array(expected);
  let length = 0;
  const finish = (fault?: BodyFault): ReadBody => {
    if (length === bytes.length) return { bytes, fault };
    if (bytes.buffer === into) return { bytes: bytes.subarray(0, length), fault };
    const whole = bytes.slice(0, length);
    freeMemory(bytes);
    return { bytes: whole, fault };
  };
  if (response.body === null) return finish();
  const freesPieces = declared >= largeBody && isByteStream(response.body);
  const reader = response.body.getReader();
  // One listener for the body: one for each piece would take as long as copying it.
  const stop = () => void reader.cancel().catch(() => {});
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (declared > maxBytes) return finish('too_large');
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return finish(declared > length ? 'cut' : undefined);
      onPiece?.();
      const piece = value.subarray(0, maxBytes - length);
      if (length + piece.length > bytes.length) {
        const longer = new Uint8Array(Math.max(length + piece.length, 2 * bytes.length));
        longer.set(bytes.subarray(0, length));
        if (bytes.buffer !== into) freeMemory(bytes);
        bytes = longer;
      }
      bytes.set(piece, length);
      length += piece.length;
      if (piece.length < value.length) return finish('too_large');
      if (freesPieces) freeMemory(value);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    return finish(isWrongEncoding(thrown) ? 'not_encoded' : 'cut');
  } finally {
    signal.removeEventListener('abort', stop);
    // Does nothing to a stream that has ended.
    stop();
  }
}

function isWrongEncoding(thrown: unknown): boolean {
  const { cause = thrown } = (thrown ?? {}) as { readonly cause?: unknown };
  const { code, message } = (cause ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  // Node and Bun; Deno and browsers. A packed body that ends early (Z_BUF_ERROR) is a cut one.
  return (
    /^(?:Z_DATA_ERROR|ERR_BROTLI|ERR_\w*PADDING|ZSTD_error)/.test(String(code)) ||
    /decoding|decompress/i.test(String(message))
  );
}

/** A byte stream transfers the memory of each piece (Streams standard): nobody else holds it. */
function isByteStream(body: ReadableStream): boolean {
  try {
    body.getReader({ mode: 'byob' }).releaseLock();
    return true;
  } catch {
    return false;
  }
}

function freeMemory({ buffer, byteLength }: Uint8Array): void {
  const owned: ArrayBufferLike & { readonly transfer?: (length: number) => unknown } = buffer;
  if (byteLength === owned.byteLength) owned.transfer?.(0);
}

/** Decodes by the charset of the content type; as UTF-8 where it is missing or unknown. */
export function decodeText(bytes: Uint8Array, headers: Headers): string {
  const [, charset = 'utf-8'] = /;\s*charset=["']?([\w.:-]{1,40})/i.exec(headers.get('content-type') ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Recognizes the HTML page of a proxy or a sign-in, whatever precedes its first tag. */
export function isWebPage(text: string, contentType: string | null = null): boolean {
  if (/^[[{]/.test(text.trimStart())) return false;
  return /^text\/html\b/i.test(contentType ?? '') || /<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 2_000));
}
