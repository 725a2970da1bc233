import type { BulkOperation } from './request-schemas.js';

const reference = /bulkId:([\w.-]+)/g;

/** The bulkIds an operation names, in its path and in its data. */
export function wantedBulkIds({ path, data }: BulkOperation): string[] {
  const text = `${path} ${JSON.stringify(data ?? null)}`;
  return [...text.matchAll(reference)].map(([, id = '']) => id);
}

/** The operation with ids in the place of the bulkIds. */
export function replaceBulkIds(operation: BulkOperation, ids: ReadonlyMap<string, string>): BulkOperation {
  const replaced = (text: string) => text.replace(reference, (whole, id: string) => ids.get(id) ?? whole);
  const path = replaced(operation.path);
  if (operation.data === undefined) return { ...operation, path };
  // Ids hold nothing that JSON would have to escape: they come from a URL.
  return { ...operation, path, data: JSON.parse(replaced(JSON.stringify(operation.data))) };
}
