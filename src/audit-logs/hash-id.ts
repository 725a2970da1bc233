/** A hash of 64 bits, in two halves. */
export interface IdHash {
  high: number;
  low: number;
}

/**
 * Hashes the id of an event, or of a file, into what is given, which saves an object for each event. In a window of 10,000, two ids are taken
 * for one once in 10¹⁵ events.
 */
export function hashId(id: string, into: IdHash): void {
  // Two multiplicative hashes of 32 bits with rotation, mixed at the end as in MurmurHash3.
  let high = 0x2c1b3c6d;
  let low = 0x297a2d39;
  for (let index = 0; index < id.length; index++) {
    const unit = id.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ unit, 0x85ebca6b);
    low = (low << 17) | (low >>> 15);
  }
  into.high = mix(high ^ id.length);
  into.low = mix(low);
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
