import { isRecord } from '../../internal/is-record.js';
import { idIn } from '../resource/create-resource.js';
import type { BulkResult, BulkWrite } from './bulk-request.js';

/**
 * Reads what became of each write: by `bulkId` for those that create, by location or path for the others, and only then
 * by position, since the server may answer in another order (RFC 7644 §3.7).
 *
 * @returns one result for each write, in their order; `undefined` for a body that is no answer to a bulk request.
 */
export function readBulkResponse(writes: readonly BulkWrite[], body: unknown): BulkResult[] | undefined {
  const entries = isRecord(body)
    ? Object.entries(body).find(([key]) => key.toLowerCase() === 'operations')?.[1]
    : undefined;
  if (!Array.isArray(entries)) return undefined;
  const results = writes.map((write): BulkResult => ({ ...nameOf(write), outcome: 'not_attempted' }));
  const open = new Set(writes.keys());
  const unplaced = entries.filter(isRecord).filter((entry) => !place(entry, isTheSame));
  for (const entry of unplaced) place(entry, isAlike);
  return results;

  function place(
    entry: Record<string, unknown>,
    matches: (entry: Record<string, unknown>, write: BulkWrite) => boolean,
  ) {
    for (const index of open) {
      const write = writes[index];
      if (write === undefined || !matches(entry, write)) continue;
      open.delete(index);
      results[index] = { ...nameOf(write), ...readEntry(entry) };
      return true;
    }
    return false;
  }
}

/** What names a write in its result. */
export function nameOf(write: BulkWrite): Pick<BulkResult, 'method' | 'path' | 'bulkId'> {
  const { method, path } = write;
  return { method, path, ...('bulkId' in write && { bulkId: write.bulkId }) };
}

function isTheSame(entry: Record<string, unknown>, write: BulkWrite): boolean {
  if (write.method === 'POST') return write.bulkId !== undefined && entry.bulkId === write.bulkId;
  const where = typeof entry.location === 'string' ? entry.location : entry.path;
  return isAlike(entry, write) && typeof where === 'string' && where.endsWith(write.path);
}

function isAlike(entry: Record<string, unknown>, write: BulkWrite): boolean {
  return typeof entry.method === 'string' && entry.method.toUpperCase() === write.method;
}

function readEntry(entry: Record<string, unknown>): Omit<BulkResult, 'method' | 'path'> {
  const { status: given, response, version, location } = entry;
  const status = Number(isRecord(given) ? given.code : given);
  const failure = isRecord(response) ? response : {};
  const where = typeof location === 'string' ? location : undefined;
  const id = typeof failure.id === 'string' ? failure.id : idIn(where);
  return {
    outcome: status >= 200 && status < 300 ? 'succeeded' : 'failed',
    status: Number.isInteger(status) ? status : undefined,
    ...(where !== undefined && { location: where }),
    ...(id !== undefined && { id }),
    ...(typeof version === 'string' && { version }),
    ...(typeof failure.scimType === 'string' && { scimType: failure.scimType }),
    ...(response !== undefined && { response }),
  };
}
