import { isSameUrn } from '../schemas/is-same-urn.js';

/** The parts of `[schema:]attribute[.subAttribute]`. */
export interface AttributePathParts {
  readonly urn?: string;
  /** Missing where the path is the URN of a schema and nothing else. */
  readonly attribute?: string;
  readonly subAttribute?: string;
}

const NO_URNS: readonly string[] = [];

/**
 * Splits an attribute path. A URN holds dots and colons of its own (`…:2.0:User`), so that its end is the last colon,
 * unless the whole path or what stands before a dotted name is a schema that is known. The syntax is not checked here.
 */
export function splitAttributePath(path: string, knownUrns: readonly string[] = NO_URNS): AttributePathParts {
  // Most paths have no colon, which is quicker to see from the front.
  const lastColon = path.includes(':') ? path.lastIndexOf(':') : -1;
  const dot = path.indexOf('.', lastColon + 1);
  if (lastColon === -1) {
    if (dot === -1) return { attribute: path };
    return { attribute: path.slice(0, dot), subAttribute: path.slice(dot + 1) };
  }
  if (knownUrns.some((urn) => isSameUrn(urn, path))) return { urn: path };
  const urn = path.slice(0, lastColon);
  if (dot === -1) return { urn, attribute: path.slice(lastColon + 1) };
  return { urn, attribute: path.slice(lastColon + 1, dot), subAttribute: path.slice(dot + 1) };
}
