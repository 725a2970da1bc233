import type { ConfigIssueCode } from '../errors/input-errors.js';
import { copyWorkspaceId } from '../errors/menus.js';
import { secretKind } from '../errors/remedies/key-kind.js';
import { setItsSource, unsetWord } from '../errors/remedies/remedy.js';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const uuidsInside = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What stands where the id of a workspace belongs, in words. */
export interface WrongWorkspaceId {
  readonly code: ConfigIssueCode;
  /** What follows the name of the entry, such as `is a name, not an ID`. */
  readonly what: string;
  /** Absent where the id is to be copied again. */
  readonly remedy?: string;
  readonly suggestion?: string | undefined;
}

/** Reads one id, without what stands around it. Of an id of an unknown form is known that it is more than words. */
export function readWorkspaceId(
  given: string,
  allowUnknownForms = false,
): { readonly id: string; readonly corrected: boolean } | WrongWorkspaceId {
  const text = given.replace(/^(?:urn:uuid:|[#:./])+|(?<![#:./])[#:./]+$/gi, '').toLowerCase();
  if (uuidPattern.test(text)) return { id: text, corrected: text !== given.toLowerCase() };
  const digits = text.replaceAll('-', '');
  if (/^[0-9a-f]{32}$/.test(digits)) {
    return { id: digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), corrected: true };
  }
  if (secretKind(given) !== 'unknown') {
    return { code: 'secret_in_workspace_ids', what: 'is a secret, not a workspace ID' };
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
  const unset = unsetWord(given);
  if (unset !== undefined) return { code: 'placeholder', what: `is ${unset}`, remedy: setItsSource };
  if (allowUnknownForms && /^(?=.*[\d_])[\w.-]+$/.test(given)) return { id: given, corrected: false };
  if (suggestion !== undefined || /^(?=.*\d)[a-z]+[-_][\w-]+$/.test(text)) {
    return { code: 'unknown_workspace_id_form', what: 'does not have the form of a workspace ID', suggestion };
  }
  return { code: 'workspace_name', what: 'is a name, not an ID' };
}
