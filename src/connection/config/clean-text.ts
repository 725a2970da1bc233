import type { ConfigWarningCode } from './config-warning.js';
import type { FieldReport } from './field-report.js';

const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;

// A base64 text may end so too: before an equals sign it is a name only if it is made of words.
const emptyLabel =
  /^(?:(?:[\w -]{0,30}(?:token|key|secret)|authorization)\s*:|(?:[a-z]{1,20}[ _-]){0,4}(?:api|scim|access)?(?:token|key|secret)\s*=)$/i;

/** What comes along when a value is copied, each with what is said of it; the first two before a secret only. */
const wrappings: readonly (readonly [code: ConfigWarningCode, pattern: RegExp, message: string])[] = [
  [
    'bearer_removed',
    /^(?:authorization\s*:\s*)?bearer(?::|\s|$)\s*/i,
    'The word Bearer before the secret was removed.',
  ],
  // A base64 text may end in its sign, and then nothing follows.
  [
    'label_removed',
    /^[\w -]{0,30}(?:token|key|secret)\s*[:=]\s*(?=[^\s=])/i,
    'The name before the secret was removed.',
  ],
  // What a line of a list, of JSON or of an environment file ends in.
  ['punctuation_removed', /(?<![,;])[,;]+$/, 'A comma or semicolon after the value was removed.'],
  ['quotes_removed', /^["'`“”„‘’«»]+|(?<!["'`“”„‘’«»])["'`“”„‘’«»]+$/g, 'Quotes around the value were removed.'],
  ['spaces_removed', /^\s+|(?<!\s)\s+$/g, 'Spaces around the value were removed.'],
];

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
  const removed = new Set<ConfigWarningCode>(text === value ? [] : ['spaces_removed']);
  const here = isSecret ? wrappings : wrappings.slice(2);
  for (let before = ''; before !== text; ) {
    before = text;
    for (const [code, pattern] of here) {
      const bare = text.replace(pattern, '');
      if (bare !== text) removed.add(code);
      text = bare;
    }
  }
  for (const [code, , message] of here) if (removed.has(code)) report.warning(code, message);
  if (text !== '' && !(isSecret && emptyLabel.test(text))) return text;
  report.problem(
    isSecret ? 'secret_cut' : 'not_text',
    'There is nothing but quotes or a prefix, or a name with nothing behind it.',
    'Copy the value again, whole.',
  );
  return undefined;
}
