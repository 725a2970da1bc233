const standIn = /^(?:null|undefined|none|nan|\[object \w+\]|change-?me|your[-_ ].*|[$:]\w+|%\w+%)$/i;
const inUrl = /…|\/\.{3}|[{<][^{}<>]*[}>]/;
// Brackets may be letters of a secret: they stand for one where they are all of it, or hold a name.
const inSecret = /^\$?[{<].*[}>]$|[{<]\s*(?:id|[a-z]{3,}(?:[-_. ][a-z]+)*)\d?\s*[}>]/i;

/**
 * Tells what stands in for a value in an example, or what a template left behind where it had none: `…`, `{directory_id}`,
 * `<token>`, `${TOKEN}`, `undefined`; in a URL also as a part of its path.
 */
export function isPlaceholder(text: string, isSecret = false): boolean {
  if (standIn.test(text)) return true;
  if (isSecret) return inSecret.test(text);
  return inUrl.test(text) || pathSegments(text).some((segment) => standIn.test(segment) || inUrl.test(segment));
}

function pathSegments(url: string): string[] {
  const [address = ''] = url.replace(/^[a-z]+:\/\//i, '').split(/[?#]/);
  return address.split('/').slice(1).map(decode);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
