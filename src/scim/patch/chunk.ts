import { checkList, checkNumber } from '../../errors/check-options.js';
import type { PatchOperation } from '../schemas/common.js';

/**
 * Splits operations, in order, into requests of at most `chunkSize` changes: servers limit how many members one request
 * may add or remove (100 at AWS). Each member to add counts, and a longer list is split; any other operation counts as one.
 *
 * @throws {InputError} `chunkSize` is not a positive integer.
 */
export function chunkOperations(operations: readonly PatchOperation[], chunkSize: number): PatchOperation[][] {
  checkList('operations', operations);
  checkNumber('chunkSize', chunkSize);
  const changes = operations.flatMap((operation, index) =>
    addedMembers(operation).map((member) => ({ operation, index, member })),
  );
  return chunksOf(changes, chunkSize).map((chunk) => {
    const request: PatchOperation[] = [];
    let last = -1;
    let members: unknown[] = [];
    for (const { operation, index, member } of chunk) {
      if (index !== last) {
        members = [];
        request.push(member === operation ? operation : { ...operation, value: members });
      }
      members.push(member);
      last = index;
    }
    return request;
  });
}

/** The members that an operation adds, where it adds several; else the operation itself. */
function addedMembers(operation: PatchOperation): readonly unknown[] {
  const { op, path = '', value } = operation;
  const isList = op === 'add' && /(?:^|:)members$/i.test(path) && Array.isArray(value) && value.length > 1;
  return isList ? value : [operation];
}

export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
