import type { FieldReport } from './field-report.js';

const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
const outerQuotes = /^["'`“”„‘’«»]+|(?<!["'`“”„‘’«»])["'`“”„‘’«»]+$/g;
// What a line of a list, of JSON or of an environment file ends in.
const punctuation = /(?<![,;])[,;]+$/;
// A base64 text may end in its sign, and then nothing follows.
const label = /^[\w -]{0,30}(?:token|key|secret)\s*[:=]\s*(?=[^\s=])/i;
const bearer = /^(?:authorization\s*:\s*)?bearer(?::|\s|$)\s*/i;

/**
 * Reads a text field and takes off what comes along when it is copied: spaces, quotes, a comma at the end, and before a
 * secret its name or `Bearer`.
 *
 * @returns The text, or nothing where the field is empty or holds no text.
 */
export function cleanText(value: unknown, report: FieldReport, isSecret = false): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') {
    report.problem('not_text', 'This is not a text.', 'Give it as a text.');
    return undefined;
  }
  let text = value.replace(invisible, '').trim();
  if (text === '') return undefined;
  let hadSpaces = text !== value;
  let hadBearer = false;
  let hadLabel = false;
  let hadQuotes = false;
  let hadPunctuation = false;
  for (let before = ''; before !== text; ) {
    before = text;
    const unprefixed = isSecret ? text.replace(bearer, '') : text;
    hadBearer ||= unprefixed !== text;
    const unlabelled = isSecret ? unprefixed.replace(label, '') : unprefixed;
    hadLabel ||= unlabelled !== unprefixed;
    const unquoted = unlabelled.replace(outerQuotes, '');
    hadQuotes ||= unquoted !== unlabelled;
    const bare = unquoted.replace(punctuation, '');
    hadPunctuation ||= bare !== unquoted;
    text = bare.trim();
    hadSpaces ||= text !== bare;
  }
  if (hadBearer) report.warning('bearer_removed', 'The word Bearer before the secret was removed.');
  if (hadLabel) report.warning('label_removed', 'The name before the secret was removed.');
  if (hadPunctuation) report.warning('punctuation_removed', 'A comma or semicolon after the value was removed.');
  if (hadQuotes) report.warning('quotes_removed', 'Quotes around the value were removed.');
  if (hadSpaces) report.warning('spaces_removed', 'Spaces around the value were removed.');
  if (text !== '') return text;
  report.problem(
    isSecret ? 'secret_cut' : 'not_text',
    'There is nothing but quotes or a prefix.',
    'Copy the value again, whole.',
  );
  return undefined;
}
