import { InputError } from '../errors/input-errors.js';
import type { TransportRequest } from '../transport/options.js';
import { parseBaseUrl } from '../transport/url.js';

/** What the Admin API has for reading, below the base URL. */
const readable = /^\/(?:manage\/workspaces\/[^/]+|analytics)(?:\/[^/]+)+$/;

// Something on the way may decode them, and then the path is another one.
const misleading = /%(?:2e|2f|5c|25|3f|23|0)/i;

/**
 * Lets nothing through but GET below `/manage/workspaces/` and `/analytics/`: the Admin API also has routes that change roles,
 * remove people and issue tokens. Judged is what will be sent, and not the template that it was made of.
 */
export function readingOnly(
  baseUrl: string,
): (request: Pick<TransportRequest, 'method' | 'body'>, url: string) => void {
  const base = basePath(baseUrl);
  return ({ method, body }, url) => {
    const { pathname } = new URL(url);
    const path = pathname.startsWith(base) ? pathname.slice(base.length) : '';
    const isReading = method === 'GET' && body === undefined;
    if (isReading && readable.test(path) && !misleading.test(path)) return;
    throw new InputError('The Admin API may only be read: nothing but GET /manage/workspaces/… and GET /analytics/….', {
      path: [isReading ? 'route' : 'method'],
      remedy: 'Give a route of the Admin API that reads. This library has none that writes.',
    });
  };
}

function basePath(baseUrl: string): string {
  // Loopback or not is judged where the request is sent.
  const { pathname } = parseBaseUrl(baseUrl, true);
  return pathname.replace(/\/+$/, '');
}
