import type { PatchOperation } from '../schemas/patch-operation.js';
import type { ResourceSchema } from '../schemas/resource-schema.js';

export interface DiffPatchOptions {
  /** Rules of the resource's attributes. @default users and groups with the enterprise extension */
  readonly schema?: ResourceSchema | undefined;
  /** What it means that `after` lacks an attribute: it has no value, or nothing is said of it. @default 'remove' */
  readonly absent?: 'remove' | 'keep' | undefined;
  /** Treat values as equal that differ only in case, where the schema says case does not matter. @default false */
  readonly ignoreCase?: boolean | undefined;
  /** Members in one `add` operation at most. @default 100 */
  readonly chunkSize?: number | undefined;
}

/** The operations that lead from one state to another; none where nothing differs. */
export function diffPatch(before: object, after: object, options: DiffPatchOptions = {}): PatchOperation[] {
  throw new Error(`not implemented yet: ${typeof before} ${typeof after} ${String(options)}`);
}
