const BEFORE = 40;
const AFTER = 24;

/**
 * The surroundings of a position with a caret under it, for the message of an error. Only the words of the grammar and
 * the names of attributes before the position are legible; all that could be a value is masked, so that the message may
 * be logged.
 */
export function syntaxExcerpt(text: string, position: number): string {
  const start = Math.max(0, position - BEFORE);
  const end = Math.min(text.length, position + AFTER);
  const head = start === 0 ? '' : '…';
  const tail = end === text.length ? '' : '…';
  const shown = mask(text, position).slice(start, end);
  return `  ${head}${shown}${tail}\n  ${' '.repeat(head.length + position - start)}^`;
}

function mask(text: string, position: number): string {
  let compared = false;
  return text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|[^\s"()[\]]+|\s/g, (token: string, offset: number) => {
    if (token.trim() === '') return ' ';
    const isValue = compared;
    compared = /^(?:eq|ne|co|sw|ew|g[te]|l[te])$/i.test(token);
    if (token.startsWith('"')) return token.replace(/[^"]|(?!^)"(?!$)/g, '*');
    if (compared || /^(?:and|or|not|pr|true|false|null)$/i.test(token)) return token;
    const rest = text.slice(offset + token.length, offset + token.length + 8);
    const isName =
      !isValue &&
      offset < position &&
      /^[a-z$][\w$.:-]*$/i.test(token) &&
      /^(?:\s+(?:eq|ne|co|sw|ew|g[te]|l[te]|pr)\b|\[)/i.test(rest);
    return isName ? token : '*'.repeat(token.length);
  });
}
