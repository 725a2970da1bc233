import { ResponseValidationError } from '../errors/response-validation-error.js';
import type { Answer } from './exchange.js';
import { readRequestId } from './response-to-error.js';
import type { TransportRequest, TransportResponse } from './transport.js';

/**
 * Reads an accepted answer as JSON, whatever its content type says; an empty one is `undefined`.
 *
 * @throws ResponseValidationError for a 2xx that is something else.
 */
export function readAnswer({ method, route }: TransportRequest, { status, headers, bytes }: Answer): TransportResponse {
  // Drops a byte order mark, which JSON.parse would not take.
  const text = new TextDecoder().decode(bytes).trim();
  const response = { status, headers, requestId: readRequestId(headers) };
  if (text === '') return { ...response, body: undefined };
  try {
    return { ...response, body: JSON.parse(text) as unknown };
  } catch {
    if (status < 200 || status > 299) return { ...response, body: undefined };
    const what = text.startsWith('<') ? 'an HTML page, perhaps a proxy or sign-in page' : 'a text that is not JSON';
    throw new ResponseValidationError(`${method} ${route} was answered ${status} with ${what}.`, {
      method,
      route,
      status,
      issues: [{ path: [], message: `Expected JSON, received ${what}.` }],
      remedy: 'Check that the base URL is that of the API, and that no proxy answers in its place.',
    });
  }
}
