import type { PatchOperation } from '../schemas/patch-operation.js';

/** Splits operations, in order, into requests with at most `chunkSize` values added or removed in each. */
export function chunkOperations(operations: readonly PatchOperation[], chunkSize: number): PatchOperation[][] {
  throw new Error(`not implemented yet: ${operations.length} ${chunkSize}`);
}
