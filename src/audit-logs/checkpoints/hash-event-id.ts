/** Bytes of one hash. */
export const hashBytes = 8;

/** Writes a hash of 64 bits: in a window of 10,000, two ids are taken for one once in 10¹⁵ events. */
export function hashEventId(id: string, into: DataView, at: number): void {
  // Two multiplicative hashes of 32 bits with rotation, mixed at the end as in MurmurHash3.
  let one = 0x2c1b3c6d;
  let other = 0x297a2d39;
  for (let index = 0; index < id.length; index++) {
    const unit = id.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x9e3779b1);
    one = (one << 13) | (one >>> 19);
    other = Math.imul(other ^ unit, 0x85ebca6b);
    other = (other << 17) | (other >>> 15);
  }
  into.setUint32(at, mix(one ^ id.length), true);
  into.setUint32(at + 4, mix(other), true);
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
