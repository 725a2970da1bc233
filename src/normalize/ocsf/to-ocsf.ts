import type { NormalizableEvent } from '../event.js';
import { checkNormalizeOptions, type NormalizeOptions } from '../options.js';
import type { OcsfEvent } from './types.js';

/** How to write OCSF. */
export interface OcsfOptions extends NormalizeOptions {
  /** The version of the schema. @default '1.5.0' */
  readonly version?: '1.5.0' | undefined;
}

/** A record of an audit log as OCSF. */
export function toOcsf(_event: NormalizableEvent, options?: OcsfOptions): readonly OcsfEvent[] {
  checkNormalizeOptions('toOcsf()', options);
  return [];
}
