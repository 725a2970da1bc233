/** The parts of `[schema:]attribute[.subAttribute]`. */
export interface AttributePathParts {
  readonly urn?: string;
  /** Missing where the path is the URN of a schema and nothing else. */
  readonly attribute?: string;
  readonly subAttribute?: string;
}

/**
 * Splits an attribute path. A URN holds dots and colons of its own (`…:2.0:User`), so that its end is the last colon,
 * unless the whole path or what stands before a dotted name is a schema that is known. The syntax is not checked here.
 */
export function splitAttributePath(path: string, knownUrns: readonly string[]): AttributePathParts {
  const lastColon = path.lastIndexOf(':');
  if (lastColon === -1) return splitName(path);
  if (isKnown(path, knownUrns)) return { urn: path };
  return { urn: path.slice(0, lastColon), ...splitName(path.slice(lastColon + 1)) };
}

/** Schema URNs are compared without case (RFC 7644 §3.10). */
function isKnown(path: string, urns: readonly string[]): boolean {
  const lower = path.toLowerCase();
  return urns.some((urn) => urn.length === path.length && urn.toLowerCase() === lower);
}

function splitName(name: string): AttributePathParts {
  const dot = name.indexOf('.');
  return dot === -1 ? { attribute: name } : { attribute: name.slice(0, dot), subAttribute: name.slice(dot + 1) };
}
