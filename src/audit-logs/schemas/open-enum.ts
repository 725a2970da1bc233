import * as z from 'zod/mini';

/**
 * A name this version does not know. No known name is comparable with it, so comparing `type` or `action` with a known
 * name narrows the event, as in a closed union. At run time it is any other string.
 */
export type OtherName = `${string} (unknown to this version)`;

/** Any string; the known ones are listed for the reader and for completion. */
export function openEnum<Known extends string>() {
  return z.custom<Known | (string & {})>((value) => typeof value === 'string', 'expected string');
}

/** Any string but the known ones, which have a shape of their own. */
export function otherName(known: readonly string[]) {
  return z.custom<OtherName>(
    (value) => typeof value === 'string' && !known.includes(value),
    'expected a documented shape',
  );
}
