import { ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/is-record.js';
import type { TransportRequest, TransportResponse } from '../../transport/transport.js';
import type { FetchedPage } from '../paging/page-request.js';

/**
 * Reads the answer to a query (RFC 7644 §3.4.2), in whatever case its names are written: `Resources` may be missing where
 * nothing matches, numbers may be strings, and some servers send a bare array or, for discovery, one object.
 */
export function readList(
  request: TransportRequest,
  { body, status, requestId }: TransportResponse,
): FetchedPage<unknown> {
  if (Array.isArray(body)) return { rows: body, requestId };
  const list = new Map(isRecord(body) ? Object.entries(body).map(([key, value]) => [key.toLowerCase(), value]) : []);
  const rows = list.get('resources') ?? [];
  const totalResults = readCount(list.get('totalresults'));
  if (!Array.isArray(rows) || (totalResults === undefined && !list.has('resources'))) {
    const { method, route } = request;
    throw new ResponseValidationError(`${method} ${route} was answered without a list.`, {
      method,
      route,
      status,
      issues: [{ path: ['Resources'], message: 'expected a list of resources' }],
      remedy: 'Check that the base URL is the SCIM URL, as the set-up page shows it.',
    });
  }
  const nextCursor = list.get('nextcursor');
  return {
    rows,
    requestId,
    totalResults,
    startIndex: readCount(list.get('startindex')),
    itemsPerPage: readCount(list.get('itemsperpage')),
    nextCursor: typeof nextCursor === 'string' && nextCursor !== '' ? nextCursor : undefined,
  };
}

function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(count) ? Math.max(0, count as number) : undefined;
}
