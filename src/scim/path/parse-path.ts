import type { FilterExpression } from '../filter/filter.js';

/** What a PATCH operation points at. At least one of `urn` and `attribute` is there. */
export interface PatchPath {
  /** URN of the schema, as written; missing for attributes of the core schema. */
  readonly urn?: string;
  /** Missing where the whole extension is meant. */
  readonly attribute?: string;
  /** Which values of the attribute. */
  readonly filter?: FilterExpression;
  readonly subAttribute?: string;
}

export interface PathOptions {
  /** URNs that a path is split at, longest first. @default the user, the group and the enterprise extension */
  readonly schemas?: readonly string[] | undefined;
}

/** Reads the path of a PATCH operation. @throws {PathSyntaxError | FilterSyntaxError} */
export function parsePath(text: string, options: PathOptions = {}): PatchPath {
  throw new Error(`not implemented yet: ${text} ${String(options)}`);
}
