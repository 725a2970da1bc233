/** Whether two URNs of schemas are the same: they are compared without case (RFC 7644 §3.10). */
export function isSameUrn(a: string, b: string): boolean {
  return a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());
}
