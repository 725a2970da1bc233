/** What is printed in place of a secret. */
export const redacted = '[redacted]';

/** Tells what a printer left of a secret: this library's, or another's. */
export function isRedacted(text: string): boolean {
  return /^[[<(]?(?:redacted|filtered|getter)[\])>]?$/i.test(text);
}
