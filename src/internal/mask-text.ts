import { unicodePattern } from './words.js';

const mask = '[…]';
const longestInput = 4_000;
const longestOutput = 300;
const entities: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', nbsp: ' ', quot: '"' };
const noLetterBefore = '(?<![\\p{L}\\p{N}])';
const noLetterBehind = '(?![\\p{L}\\p{N}])';

// After the input is cut to a fixed length no pattern here can take more than a few milliseconds.
const patterns = (): readonly (readonly [pattern: RegExp, replacement: string | ((run: string) => string)])[] => [
  [/"[^"]*(?:"|$)/g, '"…"'],
  [/`[^`]*(?:`|$)/g, '`…`'],
  [/[“„«][^”“»]*(?:[”“»]|$)/g, '"…"'],
  // An apostrophe inside a word opens nothing.
  [unicodePattern(`${noLetterBefore}['‘].*?(?:['’]${noLetterBehind}|$)`), "'…'"],
  [/\b(?:bearer|basic)\s+\S+/gi, mask],
  [/\S+/g, (word) => (/@|%40|:\/\//i.test(word) ? mask : word)],
  [/\b(?:sk|se|pk|rk)[-_]\S{2,}/gi, mask],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, mask],
  // Keys, hashes, base64: a path such as /v1/compliance/workspaces/ has no upper case.
  [/[\w+/=-]{20,}/g, (run) => (/\d/.test(run) && (!run.includes('/') || /[A-Z]/.test(run)) ? mask : run)],
  [/[\w+=-]{40,}/g, mask],
  // Prefixed ids: user-Ab12…, proj_12…
  [/\b[A-Za-z]{2,12}[-_](?=[\w-]{0,40}\d)[\w-]{8,}/g, mask],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, mask],
  [/\+\d[\d ().-]{6,}/g, mask],
  [/\d{6,}/g, mask],
];

/**
 * Makes a server's words fit to print: one line of at most 300 characters without addresses, URLs, quoted values, tokens,
 * anything like an id, and the `known` values (the credential, what the caller sent).
 */
export function maskText(text: string, known: readonly string[] = []): string {
  let line = text;
  // The last word may have been cut in two, which would hide what it is.
  if (line.length > longestInput) line = line.slice(0, longestInput).replace(/\S*$/, '');
  line = normalise(line);
  for (const value of known) line = maskValue(line, normalise(value));
  for (const [pattern, replacement] of patterns()) line = line.replace(pattern, replacement as string);
  return line.length > longestOutput ? `${line.slice(0, longestOutput - 1).trimEnd()}…` : line;
}

/** Unifies entities, composed letters, line breaks and invisible characters. */
function normalise(text: string): string {
  return text
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (entity, decimal, hex, name: string = '') => {
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : (entities[name.toLowerCase()] ?? entity);
    })
    .normalize('NFKC')
    .replace(unicodePattern('[\\s\\p{Cc}\\p{Cf}]+'), ' ')
    .trim();
}

function maskValue(line: string, wanted: string): string {
  // One letter says nothing. Looked for first, as there may be thousands of values.
  if (wanted.length < 2 || !line.toLowerCase().includes(wanted.toLowerCase())) return line;
  const escaped = wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  // A short one counts as a whole word only: `add` must not hide in `address`, nor a name of two letters in a small word.
  const [before, after] = wanted.length < 12 ? [noLetterBefore, noLetterBehind] : ['', ''];
  return line.replace(unicodePattern(`${before}${escaped}${after}`, wanted.length < 3 ? 'gu' : 'giu'), mask);
}
