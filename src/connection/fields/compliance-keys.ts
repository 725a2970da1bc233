import { copyWorkspaceId } from '../../errors/menus.js';
import { has, isRecord } from '../../internal/json.js';
import { isRedacted } from '../../internal/redacted.js';
import { unicodePattern } from '../../internal/words.js';
import { readWorkspaceId } from '../../transport/workspace-id.js';
import type { FieldReport } from '../form.js';
import { readSecret } from './secret.js';
import { decoration, invisible, listMarker } from './workspace-ids.js';

const howToType = 'Write the workspace ID, an equals sign and its key on one line: workspace-id = key.';
const howToGive =
  "Give an object with the workspace ID as the name and its key as the value: { 'workspace-id': 'key' }.";
const howToSet =
  'Give the key as text, or leave the entry out. Where the key is taken from a variable, see that it is set.';
const longestKey = 8_192;
const idAlone = /^["']?(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|org-[a-z0-9]+)["']?[,;]?$/i;
// As many as there are workspaces in the longest list.
const mostEntries = 1_000;

/** Reads the key for all workspaces. Keys by workspace have a field of their own. */
export function readComplianceKey(value: unknown, report: FieldReport): string | undefined {
  if (isRecord(value) && !(Symbol.iterator in value)) {
    const remedy = `Move it to ${report.nameOf('complianceApiKeys')} (\`complianceApiKeys\`).`;
    return report.problem('keys_in_key_field', 'This is an object of keys by workspace.', remedy);
  }
  const isByWorkspace =
    typeof value === 'string' && /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}["'\s]*[=:|]/i.test(value);
  if (typeof value === 'string' && idAlone.test(withoutInvisible(value))) {
    const { nameOf } = report;
    const remedy = `Move it to ${nameOf('workspaceIds')} or ${nameOf('organizationId')}, and enter the key here.`;
    return report.problem('id_in_key_field', 'This is an ID, not a key.', remedy);
  }
  if (!isByWorkspace) return readSecret(value, report);
  const remedy = `Move it to ${report.nameOf('complianceApiKeys')}.`;
  return report.problem('keys_in_key_field', 'This is a list of keys by workspace.', remedy);
}

/** A workspace or organization and its key, as they were typed. */
interface Pair {
  readonly id: string;
  readonly key: unknown;
  /** The key stood first. */
  readonly isSwapped?: boolean;
}

/** The place of an entry: its name in an object, if it may be shown, else its number, counted from 0. */
type Place = string | number;

/**
 * Reads a key for each workspace: an object by id, or a text with one `workspace-id = key` a line. An organization's `org-…`
 * may stand among them.
 */
export function readComplianceKeys(
  value: unknown,
  report: FieldReport,
  allowUnknownForms = false,
): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return undefined;
  // A `Map` would look like an object without any.
  if (typeof value !== 'string' && (!isRecord(value) || Symbol.iterator in value)) {
    return report.problem('not_text', 'This is neither text nor an object with a key for each workspace.', howToType);
  }
  const isTyped = typeof value === 'string';
  const keys = new Map<string, { readonly key: string; readonly entry: number }>();
  const pairs = pairsOf(value);
  if (pairs.length > mostEntries) {
    const message = `This holds more than ${mostEntries.toLocaleString('en')} entries.`;
    return report.problem('too_long', message, isTyped ? howToType : howToGive);
  }
  for (const [index, pair] of pairs.entries()) {
    const read = readPair(pair, index, isTyped, report, allowUnknownForms);
    if (read === undefined) continue;
    const first = keys.get(read.id);
    const entry = index + 1;
    if (first === undefined) {
      keys.set(read.id, { key: read.key, entry });
    } else if (first.key === read.key) {
      report.warning('duplicate_workspace_ids', `Entry ${entry} repeats entry ${first.entry}.`, read.place);
    } else {
      const message = `Entry ${entry} has another key for the workspace of entry ${first.entry}.`;
      const remedy = 'Keep the entry whose key is in use, and remove the other.';
      report.problem('two_keys_for_workspace', message, remedy, { index: read.place });
    }
  }
  // No assignment: an id may be `__proto__` where other forms are allowed.
  return keys.size > 0 ? Object.fromEntries([...keys].map(([id, { key }]) => [id, key])) : undefined;
}

function readPair(
  { id: typed, key: given, isSwapped }: Pair,
  index: number,
  isTyped: boolean,
  report: FieldReport,
  allowUnknownForms: boolean,
): { readonly id: string; readonly key: string; readonly place: Place } | undefined {
  const howToWrite = isTyped ? howToType : howToGive;
  const id = readId(typed, allowUnknownForms);
  const place = isTyped || isSwapped || !isId(typed) ? index : typed;
  const at = { index: place };
  // Entries of an object are not counted by whoever wrote it.
  const entry = place === index || has(id, 'code') ? `Entry ${index + 1}` : `The entry of ${id.id}`;
  if (commented.test(typed)) {
    const remedy = 'Remove the entry, or the mark before it if its key is to be used.';
    return report.problem('commented_out', `${entry} is commented out.`, remedy, at);
  }
  // Around a sign there are spaces; around the value of an object there are none.
  const key = isTyped && typeof given === 'string' ? withoutInvisible(given) : given;
  const isMissing = key === undefined || key === null || key === '';
  if (isMissing && isRedacted(typed.trim())) return void readKey(typed, entry, place, report);
  if (isMissing && has(id, 'code') && id.code === 'secret_in_workspace_ids') {
    const remedy = `${howToWrite} A key for all workspaces belongs in ${report.nameOf('complianceApiKey')}. ${copyWorkspaceId}`;
    return report.problem('key_without_workspace', `${entry} is a key without a workspace ID.`, remedy, at);
  }
  if (typeof key === 'string' && isId(key)) {
    const message = `${entry} has an ID where the key belongs.`;
    return report.problem('workspace_without_key', message, howToWrite, at);
  }
  if (has(id, 'code')) {
    const { code, what, suggestion } = id;
    if (isTyped && !isMissing && wordsBefore.test(withPlainHyphens(typed))) {
      const message = `${entry} has words before the ID.`;
      return report.problem('workspace_name', message, howToType, { ...at, suggestion });
    }
    const message = isMissing ? `${entry} ${what}.` : `In entry ${index + 1}, what stands before the key ${what}.`;
    const remedy = code === 'secret_in_workspace_ids' ? howToWrite : (id.remedy ?? copyWorkspaceId);
    return report.problem(code, message, remedy, { ...at, suggestion });
  }
  if (isMissing) {
    return report.problem('workspace_without_key', `${entry} has no key.`, isTyped ? howToType : howToSet, at);
  }
  if (isSwapped) report.warning('workspace_key_swapped', `${entry} had the key before the ID.`, place);
  if (id.corrected) report.warning('workspace_id_normalized', `${entry} was normalized.`, place);
  const secret = readKey(key, entry, place, report);
  return secret === undefined ? undefined : { id: id.id, key: secret, place };
}

/** As the field of one key is read, with the place of the entry. */
function readKey(key: unknown, entry: string, place: Place, report: FieldReport): string | undefined {
  if (typeof key === 'string' && key.length > longestKey) {
    const message = `${entry}: The key holds more than ${longestKey.toLocaleString('en')} characters.`;
    return report.problem('too_long', message, 'Copy the value alone, without what stands around it.', {
      index: place,
    });
  }
  return readSecret(key, {
    problem: (code, message, remedy, more) =>
      (code === 'secret_cut' || code === 'more_than_one_secret') && hasNameBefore(key)
        ? report.problem(
            'workspace_name',
            `${entry} has something else between the ID and the equals sign, such as a name.`,
            howToType,
            { index: place },
          )
        : code === 'secret_cut' && commentBehind.test(String(key))
          ? report.problem(
              'secret_cut',
              `${entry} has a comment behind the key.`,
              'Remove the `#` and what follows it.',
              {
                index: place,
              },
            )
          : report.problem(code, `${entry}: ${message}`, remedy, { ...more, index: place }),
    warning: (code, message) => report.warning(code, `${entry}: ${message}`, place),
    nameOf: report.nameOf,
  });
}

// A path or another sign in front may be a URL.
const wordsBefore = /^[^/]*[^/\s(:-][\s(:-]{1,10}[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}[)\s]{0,10}$/i;
const commentBehind = /^\s*\S+\s+(?:#|\/\/|--)/;

/** Whether a sign follows something that is neither the id, which was taken off, nor a secret. */
function hasNameBefore(key: unknown): boolean {
  if (typeof key !== 'string' || isSecretLike(key) || /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}|org-/i.test(key)) return false;
  const sign = key.search(/[=:]/);
  return sign > 0 && /[^=\s]/.test(key.slice(sign + 1));
}

function readId(typed: string, allowUnknownForms: boolean) {
  const text = withoutInvisible(typed).replace(unicodePattern('\\p{Pd}'), '-').replace(decoration, ' ').trim();
  return /^org-[A-Za-z0-9]+$/.test(text) ? { id: text, corrected: false } : readWorkspaceId(text, allowUnknownForms);
}

function isId(text: string): boolean {
  return !has(readId(text, false), 'code');
}

function withoutInvisible(text: string): string {
  return text.replace(invisible, '').trim();
}

/** Empty entries are none: a form has more rows than are filled in. */
function pairsOf(value: string | Readonly<Record<string, unknown>>): Pair[] {
  if (typeof value === 'string') return splitEntries(value).map(splitPair);
  return Object.entries(value).flatMap(([id, key]) => {
    if (id.trim() === '' && (key === '' || key === null || key === undefined)) return [];
    const isSwapped = typeof key === 'string' && isSecretLike(id) && isId(key);
    return isSwapped ? { id: key, key: id, isSwapped } : { id, key };
  });
}

// An id as it may be typed, with quotes around it; then the sign.
const idFirst =
  /^["'`“”„‘’«»{}[\]()<>\s]*((?:urn:uuid:)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|org-[a-z0-9]+)(?![\w-])["'`“”„‘’«»{}[\]()<>\s]*(?:[=-]>|\u2192|[=:])?/i;
const idLast =
  /(?<![\w-])((?:urn:uuid:)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|org-[a-z0-9]+)["'`“”„‘’«»{}[\]()<>\s]*$/i;
const secretLast = /(?<![\w-])(?:bearer\s+)?(?:sk-|se_).*$/is;
// Behind a space, an id with a sign after it begins an entry of its own.
const nextEntry =
  /(?<!\s)\s+(?=["']?(?:(?:urn:uuid:)?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|org-[a-z0-9]+)["']?\s*[=:])/i;

const commented = /^["'`“”„‘’«»\s]{0,10}(?:#|\/\/|--)/;

/** At commas, semicolons, bars and line breaks, also those that were written `\n`, and before each `id =`. */
function splitEntries(text: string): string[] {
  const bare = withoutInvisible(text).replace(/^\{(.*)\}$/s, '$1');
  const entries: string[] = [];
  for (const line of bare.split(/(?:[,;|，；、｜\r\n\u2028\u2029]|\\[rn])+/)) {
    for (const part of splitLine(line.replace(listMarker, ''))) {
      const entry = part.trim();
      const before = entries.at(-1) ?? '';
      if (isSecretLike(entry) && awaitsKey(before)) entries.splice(-1, 1, `${before} ${entry}`);
      else if (entry !== '') entries.push(entry);
    }
  }
  return entries;
}

/** A name before the first id is a part of its entry: counted by itself, the entries behind it would have other numbers. */
function splitLine(line: string): string[] {
  const [first = '', second, ...rest] = line.split(nextEntry);
  const isName = second !== undefined && !first.includes('=') && !isSecretLike(first) && !idFirst.test(first);
  return isName && !/[0-9a-f]{8}-[0-9a-f]{4}-/i.test(first)
    ? [`${first} ${second}`, ...rest]
    : second === undefined
      ? [first]
      : [first, second, ...rest];
}

/** Whether an entry ends behind the sign: its key may stand on the next line. */
function awaitsKey(entry: string): boolean {
  return /(?:[=:]|[=-]>|\u2192)$/.test(entry) && idFirst.exec(withPlainHyphens(entry))?.[0].length === entry.length;
}

/** An id is known when it is seen, wherever it stands, and so are most keys. Otherwise the id is what the sign follows. */
function splitPair(entry: string): Pair {
  const plain = withPlainHyphens(entry);
  const first = idFirst.exec(plain);
  if (first?.[1] !== undefined) return { id: first[1], key: entry.slice(first[0].length) };
  const last = idLast.exec(plain);
  const before = last === null ? '' : withoutSign(entry.slice(0, last.index));
  if (last?.[1] !== undefined && isSecretLike(before)) return { id: last[1], key: before, isSwapped: true };
  const secret = secretLast.exec(entry);
  if (secret !== null && secret.index > 0) return { id: withoutSign(entry.slice(0, secret.index)), key: secret[0] };
  const sign = entry.indexOf('=') >= 0 ? entry.indexOf('=') : entry.search(/:(?!\/\/)/);
  if (secret !== null || sign < 0) return { id: entry, key: undefined };
  return { id: entry.slice(0, sign), key: entry.slice(sign + 1) };
}

// As long as before: what is found in it has the same place.
function withPlainHyphens(text: string): string {
  return text.replace(unicodePattern('\\p{Pd}'), (hyphen) => '-'.repeat(hyphen.length));
}

/** What stands before the sign, without quotes. By hand: a pattern would look at a long row of spaces from each of them. */
function withoutSign(text: string): string {
  let end = endOf(text, text.length, /["'`“”„‘’«»{[(<\s]/);
  if (text.endsWith('=>', end)) end -= 2;
  else if (text.endsWith('=', end) || text.endsWith(':', end)) end -= 1;
  return text.slice(0, endOf(text, end, /["'`“”„‘’«»\s]/));
}

/** Where a text ends without any of these at its end. */
function endOf(text: string, from: number, leftOut: RegExp): number {
  let end = from;
  while (end > 0 && leftOut.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

function isSecretLike(text: string): boolean {
  return /^["'`“”„‘’«»\s]{0,10}(?:bearer\s{1,10})?(?:sk-|se_)/i.test(text);
}
