/**
 * A pattern with classes of Unicode, such as `\p{L}`. Not a literal: V8 works such a class out whenever it parses the
 * literal, with the file and with the function again, whether it runs or not. That was an eighth of importing the package.
 */
export function unicodePattern(source: string, flags = 'gu'): RegExp {
  return new RegExp(source, flags);
}

/** The words of two characters and more: runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return text.split(unicodePattern('[^\\p{L}\\p{N}]+')).filter((word) => word.length > 1);
}
