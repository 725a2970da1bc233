import type { PatchError } from '../../../src/errors/scim-errors.js';
import { type ApplyPatchOptions, applyPatch } from '../../../src/scim/patch/apply.js';
import type { ReceivedPatchOperation } from '../../../src/scim/schemas/common.js';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export const tolerant: ApplyPatchOptions = { tolerant: true };

export const add = (path: string | undefined, value: unknown): ReceivedPatchOperation =>
  path === undefined ? { op: 'add', value } : { op: 'add', path, value };
export const replace = (path: string | undefined, value: unknown): ReceivedPatchOperation =>
  path === undefined ? { op: 'replace', value } : { op: 'replace', path, value };
export const remove = (path: string): ReceivedPatchOperation => ({ op: 'remove', path });

export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** Applies operations to a frozen copy, so that any write to the input throws. */
export function patched(resource: object, operations: readonly ReceivedPatchOperation[], options?: ApplyPatchOptions) {
  const input = frozen(structuredClone(resource));
  return applyPatch(input as Record<string, unknown>, frozen(structuredClone(operations)), options);
}

export function failure(
  resource: object,
  operations: readonly ReceivedPatchOperation[],
  options?: ApplyPatchOptions,
): PatchError {
  try {
    patched(resource, operations, options);
  } catch (error) {
    return error as PatchError;
  }
  throw new Error('nothing was refused');
}
