import type { PatchOperation } from '../schemas/patch-operation.js';
import type { ResourceSchema } from '../schemas/resource-schema.js';

export interface ApplyPatchOptions {
  /** Rules of the resource's attributes. @default users and groups with the enterprise extension */
  readonly schema?: ResourceSchema | undefined;
  /** Understand the shapes that Entra ID and Okta send. @default false */
  readonly tolerant?: boolean | undefined;
  /** What becomes of an attribute the schema does not name. @default 'keep' */
  readonly unknownAttributes?: 'keep' | 'refuse' | undefined;
}

/** The resource after the operations; the very same object where nothing changes. @throws {PatchError} */
export function applyPatch<R extends object>(
  resource: R,
  operations: readonly PatchOperation[],
  options: ApplyPatchOptions = {},
): R {
  throw new Error(`not implemented yet: ${typeof resource} ${operations.length} ${String(options)}`);
}
