import { isSameUrn } from '../schemas/names.js';

/**
 * Finds the end of `[schema:]attribute[.subAttribute]`. Where the text is not such a path, the answer is negative: the
 * complement (`~`) of the position that is wrong.
 */
export function scanAttributePath(text: string, start: number): number {
  let nameStart = start;
  let dot = -1;
  let wrong = -1;
  let position = start;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    // Small letters are by far the most.
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

/** Finds the end of a name of one attribute; the answer is negative where none stands here. */
export function scanAttributeName(text: string, start: number): number {
  if (!startsNameCode(text.charCodeAt(start))) return ~start;
  let position = start + 1;
  for (; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if ((code < 0x61 || code > 0x7a) && !isNameCode(code)) break;
  }
  return position;
}

/** Whether a text is an attribute path and nothing else. */
export function isAttributePath(text: string): boolean {
  return scanAttributePath(text, 0) === text.length && text !== '';
}

/** Whether a text names one attribute: no URN before it, no part after it. */
export function isAttributeName(text: string): boolean {
  return isAttributePath(text) && !text.includes(':') && !text.includes('.');
}

/** The parts of `[schema:]attribute[.subAttribute]`. */
interface AttributePathParts {
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

/** Spaces, tabs and line breaks: the grammar has single spaces only, people write more. */
export function isSpaceCode(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** What ends a name, an operator or a literal: a space, a control character, a quote, a bracket. */
export function isDelimiterCode(code: number): boolean {
  return code <= 0x22 ? code !== 0x21 : code === 0x28 || code === 0x29 || code === 0x5b || code === 0x5d;
}

/** Letters, and `$` for the `$ref` of the RFC, which its own grammar leaves out. */
function startsNameCode(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x24;
}

/** What the name of an attribute may hold. */
function isNameCode(code: number): boolean {
  return startsNameCode(code) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x2d;
}

/** What the URI of a schema may hold besides. */
function isUriCode(code: number): boolean {
  return code < 0x80 && "!#%&'*+,/;=?@~".includes(String.fromCharCode(code));
}

/** What may follow a backslash in a string of JSON, besides `u`: one of `"\\/bfnrt`. */
export function isEscapeCode(code: number): boolean {
  return '"\\/bfnrt'.includes(String.fromCharCode(code));
}
