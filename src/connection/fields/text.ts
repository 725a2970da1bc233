import { copyOrganizationId } from '../../errors/menus.js';
import { setItsSource, unsetWord } from '../../errors/remedies/remedy.js';
import type { ConfigWarningCode, FieldReport } from '../form.js';

const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;

// A base64 text may end so too: before an equals sign it is a name only if it is made of words.
const emptyLabel =
  /^(?:(?:[\w -]{0,30}(?:token|key|secret)|authorization)\s*:|(?:[a-z]{1,20}[ _-]){0,4}(?:api|scim|access)?(?:token|key|secret)\s*=)$/i;

const bearer = /^(?:authorization\s*:\s*)?bearer(?::|\s|$)\s*/i;
// A base64 text may end in its sign, and then nothing follows.
const label = /^[\w -]{0,30}(?:token|key|secret)\s*[:=]\s*(?=[^\s=])/i;

/** What comes along when a value is copied, each with what is said of it; the first two before a secret only. */
const wrappings: readonly (readonly [code: ConfigWarningCode, pattern: RegExp, message: string])[] = [
  ['bearer_removed', bearer, 'The word Bearer before the secret was removed.'],
  ['label_removed', label, 'The name before the secret was removed.'],
  // What a line of a list, of JSON or of an environment file ends in.
  ['punctuation_removed', /(?<![,;])[,;]+$/, 'A comma or semicolon after the value was removed.'],
  ['quotes_removed', /^["'`“”„‘’«»]+|(?<!["'`“”„‘’«»])["'`“”„‘’«»]+$/g, 'Quotes around the value were removed.'],
  ['spaces_removed', /^\s+|(?<!\s)\s+$/g, 'Spaces around the value were removed.'],
];

/** Nobody copies more than a few wrappings; behind so many there is no value, and each more would cost another look at all of it. */
const mostWrappings = 10;

/** Reads a text field and takes off what comes along when it is copied. Undefined where the field is empty or holds no text. */
export function cleanText(value: unknown, report: FieldReport, isSecret = false): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') return report.problem('not_text', 'This is not text.', 'Enter text.');
  let text = value.replace(invisible, '').trim();
  if (text === '') return undefined;
  const removed = new Set<ConfigWarningCode>(text === value ? [] : ['spaces_removed']);
  const here = isSecret ? wrappings : wrappings.slice(2);
  for (let round = 0, before = ''; before !== text; round += 1) {
    if (round > mostWrappings) text = '';
    before = text;
    for (const [code, pattern] of here) {
      const bare = text.replace(pattern, '');
      if (bare !== text) removed.add(code);
      text = bare;
    }
  }
  for (const [code, , message] of here) if (removed.has(code)) report.warning(code, message);
  if (text !== '' && !(isSecret && emptyLabel.test(text))) return text;
  const message = 'There is only a prefix, a name or quotes, and no value.';
  return report.problem(isSecret ? 'secret_cut' : 'not_text', message, 'Copy the whole value again.');
}

const standIn = /^(?:change-?me|your[-_ ].*|[$:]\w+|%\w+%)$/i;
const inUrl = /…|\/\.{3}|[{<][^{}<>]*[}>]|\[redacted\]/;
// Brackets may be letters of a secret: they stand for one where they are all of it, or hold a name.
const inSecret = /^\$?[{<].*[}>]$|[{<]\s*(?:id|[a-z]{3,}(?:[-_. ][a-z]+)*)\d?\s*[}>]/i;

/**
 * Tells what stands in for a value in an example, or what a template left behind where it had none: `…`, `{directory_id}`,
 * `<token>`, `${TOKEN}`, `undefined`; in a URL also as a part of its path.
 */
export function isPlaceholder(text: string, isSecret = false): boolean {
  if (isStandIn(text)) return true;
  if (isSecret) return inSecret.test(text);
  return inUrl.test(text) || pathSegments(text).some((segment) => isStandIn(segment) || inUrl.test(segment));
}

function isStandIn(text: string): boolean {
  return unsetWord(text) !== undefined || standIn.test(text);
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

const yesWords = /^(?:true|on|yes|y|1|checked|enabled)$/i;
const noWords = /^(?:|false|off|no|n|0|unchecked|disabled)$/i;

/** Reads a checkbox in any of the ways that forms and environments spell it. What is not clearly a yes is never one. */
export function readCheckbox(value: unknown, report: FieldReport): boolean {
  if (typeof value === 'boolean') return value;
  const isText = typeof value === 'string' || typeof value === 'number';
  const word = value === undefined || value === null ? '' : isText ? unquote(String(value).trim()) : '?';
  if (yesWords.test(word)) return true;
  if (!noWords.test(word)) report.problem('not_yes_or_no', 'This must be yes or no.', 'Enter true or false.');
  return false;
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2').trim();
}

/** Reads the id of an organization, `org-…`. */
export function readOrganizationId(value: unknown, report: FieldReport): string | undefined {
  return readOrganization(value, report, `${copyOrganizationId} Or leave the field empty.`);
}

/** Reads whose log the key of the API Platform opens, `org-…`. */
export function readPlatformOrganizationId(value: unknown, report: FieldReport): string | undefined {
  return readOrganization(value, report, copyPlatformOrganizationId);
}

export const copyPlatformOrganizationId =
  'Copy the organization ID (org-…) from the settings of the organization on platform.openai.com, where its key was made.';

function readOrganization(value: unknown, report: FieldReport, remedy: string): string | undefined {
  const text = cleanText(value, report);
  if (text === undefined || /^org-[A-Za-z0-9]+$/.test(text)) return text;
  const unset = unsetWord(text);
  if (unset !== undefined) return report.problem('placeholder', `This is ${unset}.`, setItsSource);
  return report.problem('not_an_organization_id', 'This is not an organization ID.', remedy);
}
