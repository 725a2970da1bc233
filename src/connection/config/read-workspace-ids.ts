import type { ConfigIssueCode } from '../../errors/config-error.js';
import type { FieldReport } from './field-report.js';
import { secretKind } from './secret-kind.js';
import { splitWorkspaceIds } from './split-workspace-ids.js';

const uuidForm = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const uuid = new RegExp(`^${uuidForm}$`);
const uuidInside = new RegExp(uuidForm);

const copyIt = 'Copy the workspace ID in ChatGPT under General, Workspace details.';

/** What an entry turned out to be. */
type Entry = { readonly id: string; readonly mended: boolean } | WrongEntry;

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
  let index = 0;
  for (const part of Array.isArray(value) ? value : [value]) {
    if (typeof part !== 'string') {
      report.problem('not_text', `Entry ${index + 1} is not a text.`, copyIt, { index });
      index++;
      continue;
    }
    for (const text of splitWorkspaceIds(part)) {
      const entry = readEntry(text, allowUnknownForms);
      if ('code' in entry) {
        const { code, what, remedy = copyIt, suggestion } = entry;
        report.problem(code, `Entry ${index + 1} ${what}.`, remedy, { index, suggestion });
      } else {
        const first = firstIndex.get(entry.id);
        if (entry.mended)
          report.warning('workspace_id_mended', `Entry ${index + 1} was put into the usual form.`, index);
        if (first === undefined) firstIndex.set(entry.id, index);
        else report.warning('duplicate_workspace_ids', `Entry ${index + 1} repeats entry ${first + 1}.`, index);
      }
      index++;
    }
  }
  return firstIndex.size > 0 ? [...firstIndex.keys()] : undefined;
}

function readEntry(given: string, allowUnknownForms = false): Entry {
  const text = given.replace(/^(?:urn:uuid:|[#:./])+|[#:./]+$/gi, '').toLowerCase();
  if (uuid.test(text)) return { id: text, mended: text !== given.toLowerCase() };
  if (/^[0-9a-f]{32}$/.test(text)) {
    return { id: text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), mended: true };
  }
  if (secretKind(given) !== 'unknown') {
    return {
      code: 'secret_in_workspace_ids',
      what: 'is a secret, not a workspace ID',
      remedy: 'Put it into its own field.',
    };
  }
  const suggestion = uuidInside.exec(text)?.[0];
  if (text.includes('://') || /^[\w.-]+\.[a-z]{2,}\//.test(text)) {
    return suggestion === undefined
      ? { code: 'workspace_id_in_url', what: 'is a URL, not a workspace ID' }
      : { code: 'workspace_id_in_url', what: 'is a URL that contains an ID', remedy: 'Give the ID alone.', suggestion };
  }
  if (/^org-/.test(text)) {
    return {
      code: 'organization_id',
      what: 'is an organization ID (org-…), not a workspace ID',
      remedy: `${copyIt} The organization ID has its own field.`,
    };
  }
  if (/^user-/.test(text)) return { code: 'user_id', what: 'is the ID of a person, not of a workspace', suggestion };
  if (/^(?=.*[\d-])[0-9a-f-]{4,}(?:…|\.{2,})?$/.test(text) || /…|\.{3}/.test(given)) {
    const length = text.replace(/[^0-9a-f]/g, '').length;
    return { code: 'workspace_id_cut', what: `is cut: it has ${length} of 32 letters and digits` };
  }
  if (/^\w{8}-\w{4}-\w{4}-\w{4}-\w{12}$/.test(text)) {
    return {
      code: 'unknown_workspace_id_form',
      what: 'holds a letter that no workspace ID has',
    };
  }
  if (allowUnknownForms && /^[\w.-]+$/.test(given)) return { id: given, mended: false };
  if (suggestion !== undefined || /^(?=.*\d)[a-z]+[-_][\w-]+$/.test(text)) {
    return { code: 'unknown_workspace_id_form', what: 'is not of the form that workspace IDs have', suggestion };
  }
  return { code: 'workspace_name', what: 'is a name, not an ID' };
}
