import type { BulkLimits } from './bulk-limits.js';
import type { BulkWrite } from './bulk-request.js';

/** A write and its place among those given. */
export interface BatchedWrite {
  readonly index: number;
  readonly write: BulkWrite;
}

// For what surrounds the operations.
const envelopeBytes = 200;

/**
 * As many of the first groups as one request may hold. A write that is too large by itself is tried all the same; of a
 * circle that is too large there is nothing to try.
 */
export function takeBatch(
  queue: readonly (readonly number[])[],
  { maxOperations, maxPayloadSize }: BulkLimits,
  largestBatch: number,
  writeAt: (index: number) => BulkWrite,
): { readonly batch: readonly BatchedWrite[]; readonly groups: number } {
  const batch: BatchedWrite[] = [];
  let bytes = envelopeBytes;
  let groups = 0;
  for (const group of queue) {
    const part = group.map((index) => ({ index, write: writeAt(index) }));
    for (const { write } of part) bytes += new TextEncoder().encode(JSON.stringify(write)).length + 1;
    const most = groups === 0 ? maxOperations : Math.min(maxOperations, largestBatch);
    const fits = batch.length + part.length <= most && bytes <= maxPayloadSize;
    if (!fits && (groups > 0 || part.length > 1)) break;
    batch.push(...part);
    groups += 1;
  }
  return { batch, groups };
}
