import { decodeText } from './decode-text.js';
import type { Answer } from './exchange.js';
import type { TransportRequest, TransportResponse } from './transport.js';

/**
 * Reads an accepted answer as JSON, whatever its content type says; an empty one is `undefined`.
 *
 * @throws ResponseValidationError for a 2xx that is something else.
 */
export async function readAnswer(request: TransportRequest, answer: Answer): Promise<TransportResponse> {
  const { status, headers, bytes, requestId } = answer;
  // Drops a byte order mark, which JSON.parse would not take.
  const text = decodeText(bytes, headers).trim();
  let body: unknown;
  try {
    if (text !== '') body = JSON.parse(text);
  } catch {
    if (status >= 200 && status < 300) throw (await import('./not-json.js')).notJson(request, status, text);
  }
  return { status, headers, requestId, body };
}
