import { isDelimiterCode, isNameCode, isUriCode, startsNameCode } from './character-codes.js';

/**
 * Finds the end of `[schema:]attribute[.subAttribute]`. Where the text is no such path, the answer is negative: the
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
