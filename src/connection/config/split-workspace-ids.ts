const separators = /[,;|，；、｜\r\n\t\u2028\u2029]+/;
const listMarker = /^\s*(?:[-*•·]|\d{1,3}[.)])\s+/;
const decoration = /["'`“”„‘’«»{}[\]()<>]/g;
const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
// A word that no workspace name is likely to have: from here on it is an entry of its own.
const idLike = /^(?:[0-9a-f…-]{8,}|.*[0-9a-f]{8}-[0-9a-f]{4}-.*|(?:org|user|workspace|sk|se|ws)[-_].*|.*:\/\/.*)$/i;

/**
 * Splits what was typed into the field of the workspace ids: at commas, semicolons and line breaks, at spaces between
 * ids, without quotes, brackets and the marks of a list. A name of several words stays one entry.
 */
export function splitWorkspaceIds(text: string): string[] {
  return text
    .replace(invisible, '')
    .replace(/\p{Pd}/gu, '-')
    .split(separators)
    .flatMap((part) => splitAtSpaces(part.replace(listMarker, '').replace(decoration, ' ')));
}

function splitAtSpaces(part: string): string[] {
  const entries: string[] = [];
  let words: string[] = [];
  const endName = () => {
    if (words.length > 0) entries.push(words.join(' '));
    words = [];
  };
  for (const word of part.split(/\s+/)) {
    if (word === '') continue;
    if (idLike.test(word)) {
      endName();
      entries.push(word);
    } else {
      words.push(word);
    }
  }
  endName();
  return entries;
}
