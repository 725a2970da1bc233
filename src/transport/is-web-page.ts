/** Tells a page for people, as proxies and sign-in pages send it, from what a service sends, whatever precedes its first tag. */
export function isWebPage(text: string, contentType: string | null = null): boolean {
  if (/^[[{]/.test(text.trimStart())) return false;
  return /^text\/html\b/i.test(contentType ?? '') || /<(?:!doctype html|html|head|body)\b/i.test(text.slice(0, 2_000));
}
