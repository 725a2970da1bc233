/** Spaces, tabs and line breaks: the grammar has single spaces only, people write more. */
export function isSpaceCode(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** What ends a name, an operator or a literal: a space, a control character, a quote, a bracket. */
export function isDelimiterCode(code: number): boolean {
  return code <= 0x22 ? code !== 0x21 : code === 0x28 || code === 0x29 || code === 0x5b || code === 0x5d;
}

/** Letters, and `$` for the `$ref` of the RFC, which its own grammar leaves out. */
export function startsNameCode(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x24;
}

/** What the name of an attribute may hold. */
export function isNameCode(code: number): boolean {
  return startsNameCode(code) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x2d;
}

/** What the URI of a schema may hold besides. */
export function isUriCode(code: number): boolean {
  return code < 0x80 && "!#%&'*+,/;=?@~".includes(String.fromCharCode(code));
}

/** What may follow a backslash in a string of JSON, besides `u`: one of `"\\/bfnrt`. */
export function isEscapeCode(code: number): boolean {
  return '"\\/bfnrt'.includes(String.fromCharCode(code));
}
