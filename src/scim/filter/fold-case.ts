/**
 * A text without case, so that texts that differ in case alone become equal, and parts of them too: small letters, and of
 * the two small sigmas one, since which of them a capital becomes depends on what follows it.
 */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.includes('ς') ? lower.replaceAll('ς', 'σ') : lower;
}

/** Whether two texts differ in case at most. The first letters tell most apart, without writing them anew. */
export function isSameButForCase(a: string, b: string): boolean {
  if (a === b) return true;
  const first = a.charCodeAt(0);
  const other = b.charCodeAt(0);
  if (first < 0x80 && other < 0x80 && (first | 0x20) !== (other | 0x20)) return false;
  return foldCase(a) === foldCase(b);
}
