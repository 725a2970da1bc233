/**
 * One cell of a CSV file. A text that begins like a formula gets an apostrophe before it: it came from a server, and a
 * spreadsheet must not calculate it.
 */
export function csvField(value = ''): string {
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(value);
  const text = !isNumber && /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
