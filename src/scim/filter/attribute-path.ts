import { isSameUrn } from '../schemas/names.js';

/** The end of `[schema:]attribute[.subAttribute]`, or the complement (`~`) of the position that is wrong. */
export function scanAttributePath(text: string, start: number): number {
  let nameStart = start;
  let dot = -1;
  let wrong = -1;
  let position = start;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    // Most are lower-case letters.
    if ((code >= 0x61 && code <= 0x7a) || isNameCode(code)) continue;
    if (code === 0x20) break;
    if (code === 0x3a) {
      // All before it was part of the schema's URI, which may hold more than a name.
      nameStart = position + 1;
      dot = -1;
      wrong = -1;
    } else if (code === 0x2e) {
      if (dot !== -1 && wrong === -1) wrong = position;
      dot = position;
    } else if (isDelimiterCode(code)) {
      break;
    } else if (!isUriCode(code)) {
      return ~position;
    } else if (wrong === -1) {
      wrong = position;
    }
  }
  if (nameStart === text.length || !startsNameCode(text.charCodeAt(nameStart))) return ~nameStart;
  if (wrong !== -1) return ~wrong;
  if (dot !== -1 && !startsNameCode(text.charCodeAt(dot + 1))) return ~(dot + 1);
  return position;
}

/** The end of the name of one attribute, or the complement of the start. */
export function scanAttributeName(text: string, start: number): number {
  if (!startsNameCode(text.charCodeAt(start))) return ~start;
  let position = start + 1;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if ((code < 0x61 || code > 0x7a) && !isNameCode(code)) break;
  }
  return position;
}

export function isAttributePath(text: string): boolean {
  return scanAttributePath(text, 0) === text.length && text !== '';
}

/** Whether a text is a name alone: no URN before it, no part after it. */
export function isAttributeName(text: string): boolean {
  return scanAttributeName(text, 0) === text.length;
}

interface AttributePathParts {
  readonly urn?: string;
  /** Missing where the path is the URN of a schema and nothing else. */
  readonly attribute?: string;
  readonly subAttribute?: string;
}

const NO_URNS: readonly string[] = [];

/**
 * Splits `[schema:]attribute[.subAttribute]` without a check of the syntax. A URN may contain dots and colons
 * (`…:2.0:User`): it ends at the last colon, unless the whole path is a known schema.
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

/** The grammar has single spaces only; people write more. */
export function isSpaceCode(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** Spaces, control characters, quotes and brackets end a name, an operator or a literal. */
export function isDelimiterCode(code: number): boolean {
  return code <= 0x22 ? code !== 0x21 : code === 0x28 || code === 0x29 || code === 0x5b || code === 0x5d;
}

/** Letters, and `$` for the `$ref` of the RFC, which its own grammar leaves out. */
function startsNameCode(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x24;
}

function isNameCode(code: number): boolean {
  return startsNameCode(code) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x2d;
}

function isUriCode(code: number): boolean {
  return code < 0x80 && "!#%&'*+,/;=?@~".includes(String.fromCharCode(code));
}
