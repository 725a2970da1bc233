import { copyWorkspaceId } from '../../errors/menus.js';
import { has } from '../../internal/json.js';
import { unicodePattern } from '../../internal/words.js';
import { readWorkspaceId, type WrongWorkspaceId } from '../../transport/workspace-id.js';
import type { FieldReport } from '../form.js';
import { fieldOfSecret } from './secret.js';

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
      const { code, what, suggestion } = entry;
      report.problem(code, `Entry ${index + 1} ${what}.`, remedyOf(entry, text, report), { index, suggestion });
      continue;
    }
    const first = firstIndex.get(entry.id);
    if (entry.corrected) report.warning('workspace_id_normalized', `Entry ${index + 1} was normalized.`, index);
    if (first === undefined) firstIndex.set(entry.id, index);
    else report.warning('duplicate_workspace_ids', `Entry ${index + 1} repeats entry ${first + 1}.`, index);
  }
  return firstIndex.size > 0 ? [...firstIndex.keys()] : undefined;
}

function remedyOf({ code, remedy }: WrongWorkspaceId, text: string, { nameOf }: FieldReport): string {
  const field = code === 'secret_in_workspace_ids' ? fieldOfSecret(text) : undefined;
  return field === undefined ? (remedy ?? copyWorkspaceId) : `Move it to ${nameOf(field)}.`;
}

// In an array each has the place of its element.
function entriesOf(value: unknown): { readonly index: number; readonly text: unknown }[] {
  if (typeof value === 'string') return splitWorkspaceIds(value).map((text, index) => ({ index, text }));
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  return parts.flatMap((part, index) =>
    (typeof part === 'string' ? splitWorkspaceIds(part) : [part]).map((text) => ({ index, text })),
  );
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
    .replace(unicodePattern('\\p{Pd}'), '-')
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
