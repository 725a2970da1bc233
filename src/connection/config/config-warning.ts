/** What was put right while the form was read. */
export type ConfigWarningCode =
  /** `Bearer ` stood in front of a secret. */
  | 'bearer_removed'
  /** `token=` or the like before a secret. */
  | 'label_removed'
  /** The value stood in quotes. */
  | 'quotes_removed'
  /** A comma or semicolon after the value. */
  | 'punctuation_removed'
  /** There were spaces around the value. */
  | 'spaces_removed'
  /** The same workspace was named more than once, and is kept once. */
  | 'duplicate_workspace_ids'
  /** The id came without its hyphens, or with a prefix such as `urn:uuid:`. */
  | 'workspace_id_mended'
  /** A variable named nearly like one that is set: another program's, or a misspelt one that is not needed. */
  | 'unknown_variable';

/** Something about the form that was mended, so that whoever filled it in can be told. Holds no secret. */
export interface ConfigWarning {
  /** What was put right. */
  readonly code: ConfigWarningCode;
  /** The field, or the entry of a list, counted from 0. */
  readonly path: readonly (string | number)[];
  /** What was done, for a person. */
  readonly message: string;
}
