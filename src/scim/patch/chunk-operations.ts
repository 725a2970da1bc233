import { InputError } from '../../errors/input-errors.js';
import type { PatchOperation } from '../schemas/patch-operation.js';

/**
 * Splits operations, in order, into requests that change at most so many values each: servers limit how many members one
 * request may add or remove (100 at AWS). A list of members to add is split where it is longer; any other operation counts
 * as one, since values of other attributes can depend on each other (the primary one).
 *
 * @throws {InputError} `chunkSize` is not a whole number from 1.
 *
 * @example
 * ```ts
 * import { chunkOperations, diffPatch } from 'chatgpt-enterprise-sdk/scim';
 *
 * const operations = diffPatch({ members: [] }, { members: [{ value: '1' }, { value: '2' }, { value: '3' }] });
 * chunkOperations(operations, 2).length; // 2 requests
 * ```
 */
export function chunkOperations(operations: readonly PatchOperation[], chunkSize: number): PatchOperation[][] {
  if (!Number.isInteger(chunkSize) || chunkSize < 1) {
    throw new InputError('chunkSize is not a whole number from 1.', { path: ['chunkSize'] });
  }
  const chunks: PatchOperation[][] = [];
  let room = 0;
  const put = (operation: PatchOperation, weight: number): void => {
    const last = chunks.at(-1);
    if (last === undefined || weight > room) {
      chunks.push([operation]);
      room = chunkSize - weight;
    } else {
      last.push(operation);
      room -= weight;
    }
  };
  for (const operation of operations) {
    const { op, path = '', value } = operation;
    if (op !== 'add' || !/(?:^|:)members$/i.test(path) || !Array.isArray(value) || value.length < 2) {
      put(operation, 1);
      continue;
    }
    for (let start = 0; start < value.length; ) {
      // What is left of the request at hand is filled first.
      const end = start + (room > 0 ? room : chunkSize);
      const part = value.slice(start, end);
      put({ ...operation, value: part }, part.length);
      start = end;
    }
  }
  return chunks;
}
