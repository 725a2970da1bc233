import { ResponseValidationError } from '../errors/response-errors.js';
import { isWebPage } from './is-web-page.js';
import type { TransportRequest } from './transport.js';

/** A 2xx holds something other than JSON. */
export function notJson({ method, route }: TransportRequest, status: number, text: string): ResponseValidationError {
  const what =
    isWebPage(text) || text.startsWith('<')
      ? 'an HTML page, perhaps a proxy or sign-in page'
      : 'a text that is not JSON';
  return new ResponseValidationError(`${method} ${route} was answered ${status} with ${what}.`, {
    method,
    route,
    status,
    issues: [{ path: [], message: `Expected JSON, received ${what}.` }],
    remedy: 'Check that the base URL is that of the API, and that no proxy answers in its place.',
  });
}
