import type { KnownSchemas } from '../schemas/known-schemas.js';
import { type KeyIndex, MANY_NAMES } from '../schemas/stored-key.js';

/** What an operation does. */
export type Op = 'add' | 'remove' | 'replace';

/** What every operation of one patch is applied with. */
export interface PatchContext {
  readonly schemas: KnownSchemas;
  readonly tolerant: boolean;
  readonly refuseUnknown: boolean;
  /** The copy of the resource that this patch has made. It alone may be changed in place: nobody else has seen it. */
  draft: Record<string, unknown> | undefined;
  /** Kept where a patch makes many changes, so that the time for each does not grow with their number. */
  many: ManyChanges | undefined;
}

export interface ManyChanges {
  /** All copies that the patch has made: of the resource, of extensions, of complex values. */
  readonly drafts: Set<object>;
  /** Their keys, and those of what they are copies of. */
  readonly indexes: Map<object, KeyIndex>;
}

/** What a patch keeps for so many changes. */
export function manyChanges(count: number): ManyChanges | undefined {
  return count > MANY_NAMES ? { drafts: new Set(), indexes: new Map() } : undefined;
}
