import { ExportError } from '../errors/export-error.js';
import { parseJson } from '../internal/json-limits.js';

export function leaseLost(key: string): ExportError {
  return new ExportError('lease_lost', `The lease of ${JSON.stringify(key)} is another's now. Nothing was written.`);
}

/** What stands in the store as a checkpoint. @throws ExportError `store_damaged` */
export function parseCheckpoint(stored: unknown): unknown {
  if (stored === null) return undefined;
  try {
    if (typeof stored === 'string') return parseJson(stored);
  } catch {
    // Said below, without the text.
  }
  throw new ExportError('store_damaged', 'The checkpoint in the store is not JSON: somebody has changed it.');
}
