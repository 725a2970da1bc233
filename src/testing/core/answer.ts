/** How an answer travels, where it does not simply arrive. */
export interface Delivery {
  /** The connection is cut: before the answer, or after this many bytes of its body. */
  readonly cut?: 'before_answer' | { readonly afterBytes: number } | undefined;
  /** The body arrives in pieces of `bytes` with `delayMs` before each. */
  readonly slow?: { readonly bytes: number; readonly delayMs: number } | undefined;
}

/** What a route says, before it becomes a `Response` or a socket's bytes: plain, so that a fault can edit it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, `undefined` sends nothing, anything else is sent as JSON. */
  readonly body?: unknown;
  readonly delivery?: Delivery | undefined;
}

/** The body as it goes over the wire. */
export function encodeBody(body: unknown): string | Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined || typeof body === 'string') return body;
  // Every producer of bytes in this folder allocates a plain ArrayBuffer.
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  return JSON.stringify(body);
}
