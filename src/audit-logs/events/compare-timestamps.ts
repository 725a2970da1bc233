import { instantOf } from '../instant.js';

/** Orders two timestamps; one that cannot be read comes first. */
export function compareTimestamps(one: string, other: string): number {
  // Spelled alike, as nearly all are, their letters are in the order of time.
  if (one.length === other.length && one.endsWith('Z') && other.endsWith('Z'))
    return one < other ? -1 : one > other ? 1 : 0;
  const [first, second] = [instantOf(one), instantOf(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}
