import type { KnownSchemas } from '../schemas/known-schemas.js';

/** What every operation of one patch is applied with. */
export interface PatchContext {
  readonly schemas: KnownSchemas;
  readonly tolerant: boolean;
  readonly refuseUnknown: boolean;
  /** The copy of the resource that this patch has made. It alone may be changed in place: nobody else has seen it. */
  draft: Record<string, unknown> | undefined;
}
