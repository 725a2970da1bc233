import type { EmulatorClock } from './clock.js';
import type { Delivery } from './routes.js';

export function encodeBody(body: unknown): string | Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined || typeof body === 'string') return body;
  // Every producer of bytes in this folder allocates a plain ArrayBuffer.
  if (body instanceof Uint8Array) return body as Uint8Array<ArrayBuffer>;
  return JSON.stringify(body);
}

export function bodyBytes(body: unknown): Uint8Array<ArrayBuffer> {
  const encoded = encodeBody(body) ?? '';
  return typeof encoded === 'string' ? new TextEncoder().encode(encoded) : encoded;
}

/** The bytes of a body as they arrive. */
export async function* piecesOf(
  bytes: Uint8Array<ArrayBuffer>,
  { cut, slow }: Delivery,
  clock: EmulatorClock,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  // Another fault may have shortened the body after the place of the cut was settled.
  const end = typeof cut === 'object' ? Math.min(cut.afterBytes, bytes.length) : bytes.length;
  const size = Math.max(1, slow?.bytes ?? bytes.length);
  for (let sent = 0; sent < end; sent += size) {
    if (slow !== undefined) await clock.sleep(slow.delayMs, signal);
    yield bytes.slice(sent, Math.min(sent + size, end));
  }
  return undefined;
}
