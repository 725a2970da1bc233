/**
 * Tells what stands in for a value in an example, or what a template left behind where it had none: `…`, `{directory_id}`,
 * `<token>`, `${TOKEN}`, `undefined`.
 */
export function isPlaceholder(text: string): boolean {
  return (
    /…|\/\.{3}|[{<][^{}<>]*[}>]|^\$\w+$|^%\w+%$/.test(text) ||
    /^(?:null|undefined|none|nan|\[object \w+\]|change-?me|your[-_ ].*)$/i.test(text)
  );
}
