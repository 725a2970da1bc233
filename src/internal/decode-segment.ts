/** Decodes a segment of a URL's path; `undefined` where its escapes are broken. */
export function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
