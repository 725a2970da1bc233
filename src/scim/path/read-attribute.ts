import { findKey } from '../schemas/find-key.js';

/**
 * The value of an attribute: the key with the same letters, in any case (RFC 7643 §2.1). Only what the object itself
 * holds counts, so that no name reaches its prototype.
 */
export function readAttribute(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null) return undefined;
  const fields = object as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(fields, name)) return fields[name];
  const key = findKey(fields, name.toLowerCase());
  return key === undefined ? undefined : fields[key];
}
