import type { ConfigIssueCode } from '../../errors/input-errors.js';
import { copyWorkspaceId } from '../../errors/menus.js';
import { has } from '../../internal/json.js';
import type { FieldReport } from '../form.js';
import { secretKind } from './secret.js';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuidsInside = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What an entry turned out to be. */
type Entry = { readonly id: string; readonly corrected: boolean } | WrongEntry;

interface WrongEntry {
  readonly code: ConfigIssueCode;
  readonly what: string;
  readonly remedy?: string;
  readonly suggestion?: string | undefined;
}

/** Reads the list of workspaces, from one text or from an array of texts. Each workspace is kept once, in order. */
export function readWorkspaceIds(value: unknown, report: FieldReport, allowUnknownForms = false): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  const firstIndex = new Map<string, number>();
  for (const { index, text } of entriesOf(value)) {
    if (typeof text !== 'string') {
      report.problem('not_text', `Entry ${index + 1} is not text.`, copyWorkspaceId, { index });
      continue;
    }
    const entry = readWorkspaceId(text, allowUnknownForms);
    if (has(entry, 'code')) {
      const { code, what, remedy = copyWorkspaceId, suggestion } = entry;
      report.problem(code, `Entry ${index + 1} ${what}.`, remedy, { index, suggestion });
      continue;
    }
    const first = firstIndex.get(entry.id);
    if (entry.corrected) report.warning('workspace_id_normalized', `Entry ${index + 1} was normalized.`, index);
    if (first === undefined) firstIndex.set(entry.id, index);
    else report.warning('duplicate_workspace_ids', `Entry ${index + 1} repeats entry ${first + 1}.`, index);
  }
  return firstIndex.size > 0 ? [...firstIndex.keys()] : undefined;
}

// In an array each has the place of its element.
function entriesOf(value: unknown): { readonly index: number; readonly text: unknown }[] {
  if (typeof value === 'string') return splitWorkspaceIds(value).map((text, index) => ({ index, text }));
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  return parts.flatMap((part, index) =>
    (typeof part === 'string' ? splitWorkspaceIds(part) : [part]).map((text) => ({ index, text })),
  );
}

/** Reads one id, without what stands around it. */
export function readWorkspaceId(given: string, allowUnknownForms = false): Entry {
  const text = given.replace(/^(?:urn:uuid:|[#:./])+|(?<![#:./])[#:./]+$/gi, '').toLowerCase();
  if (uuidPattern.test(text)) return { id: text, corrected: text !== given.toLowerCase() };
  const digits = text.replaceAll('-', '');
  if (/^[0-9a-f]{32}$/.test(digits)) {
    return { id: digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), corrected: true };
  }
  if (secretKind(given) !== 'unknown') {
    const remedy = 'Move it to its own field.';
    return { code: 'secret_in_workspace_ids', what: 'is a secret, not a workspace ID', remedy };
  }
  // All of them: they go back into the field as they are.
  const suggestion = [...new Set(text.match(uuidsInside))].join(', ') || undefined;
  if (text.includes('://') || /^[\w.-]+\.[a-z]{2,}\//.test(text)) {
    return suggestion === undefined
      ? { code: 'workspace_id_in_url', what: 'is a URL, not a workspace ID' }
      : { code: 'workspace_id_in_url', what: 'is a URL that contains an ID', remedy: 'Enter only the ID.', suggestion };
  }
  if (/^org-/.test(text)) {
    const remedy = `${copyWorkspaceId} The organization ID has its own field.`;
    return { code: 'organization_id', what: 'is an organization ID (org-…), not a workspace ID', remedy };
  }
  if (/^user-/.test(text)) return { code: 'user_id', what: 'is the ID of a person, not of a workspace', suggestion };
  if (/^(?=.*[\d-])[0-9a-f-]{4,}(?:…|\.{2,})?$/.test(text) || /…|\.{3}/.test(given)) {
    const { length } = text.replace(/[^0-9a-f]/g, '');
    const what = length > 32 ? 'is too long: it has' : 'is cut short: it has only';
    return { code: 'workspace_id_cut', what: `${what} ${length} letters and digits instead of 32` };
  }
  if (/^\w{8}-\w{4}-\w{4}-\w{4}-\w{12}$/.test(text)) {
    return { code: 'unknown_workspace_id_form', what: 'contains a letter that no workspace ID has' };
  }
  if (allowUnknownForms && /^[\w.-]+$/.test(given)) return { id: given, corrected: false };
  if (suggestion !== undefined || /^(?=.*\d)[a-z]+[-_][\w-]+$/.test(text)) {
    return { code: 'unknown_workspace_id_form', what: 'does not have the form of a workspace ID', suggestion };
  }
  return { code: 'workspace_name', what: 'is a name, not an ID' };
}

const separators = /[,;|，；、｜\r\n\t\u2028\u2029]+/;
export const listMarker = /^\s*(?:[-*•·]|\d{1,3}[.)])\s+/;
export const decoration = /["'`“”„‘’«»{}[\]()<>]/g;
export const invisible = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/g;
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
