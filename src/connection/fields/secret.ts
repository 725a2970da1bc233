import type { ConfigIssueCode } from '../../errors/input-errors.js';
import { secretKind } from '../../errors/remedies/key-kind.js';
import { enterSecretItself, setItsSource, unsetWord } from '../../errors/remedies/remedy.js';
import { isRedacted } from '../../internal/redacted.js';
import type { FieldReport } from '../form.js';
import { cleanText, isPlaceholder } from './text.js';

const copyItself = 'Copy the secret itself, or leave the field empty.';
const copyWhole = 'Copy the whole secret from where it was first shown, or create a new one.';
const copyAgain = 'Copy it again from where it was first shown.';

// A secret of random letters may hold `sk-` by chance: a second one follows what no token has, or is of a known kind.
const secondSecret = /[^\w-](?:sk-|se_)|.sk-(?:admin|proj|svcacct)-/is;
const idInside =
  /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|(?<![\w-])org-[a-z0-9]+|org-[a-z0-9]+[^\w-]|[0-9a-f]{32}[:<>"/&]/i;

/** Entries that ran into one another. Sent as one key, another workspace's would go with it. */
function isMoreThanOne(text: string): boolean {
  // An equals sign may end a secret (base64), and stands nowhere else in one (RFC 6750 §2.1).
  // Tokens of other forms may be, or hold, a UUID.
  return /=[^=]|\|/.test(text) || secondSecret.test(text) || (/sk-|se_/i.test(text) && idInside.test(text));
}

/** What is no secret, with what to say of it; the first that fits. */
function findFault(
  text: string,
  nameOf: FieldReport['nameOf'],
): readonly [code: ConfigIssueCode, message: string, remedy: string] | undefined {
  if (/^[a-z]+:\/\//i.test(text)) {
    return [
      'url_in_secret_field',
      'This is a URL, not a secret.',
      'Move it to its own field, and enter the secret here.',
    ];
  }
  if (/…|\.{3}|[*•●·]{3}/.test(text)) {
    return ['secret_cut', 'Part of it is missing: this is the short form that pages show.', copyWhole];
  }
  if (isRedacted(text)) return ['redacted_secret', 'This is a redacted secret.', enterSecretItself];
  const unset = unsetWord(text);
  if (unset !== undefined) return ['placeholder', `This is ${unset}.`, setItsSource];
  if (isPlaceholder(text, true)) return ['placeholder', 'This is a placeholder, not a secret.', copyItself];
  if (isMoreThanOne(text)) {
    return [
      'more_than_one_secret',
      'This is more than one secret: it contains an ID, a sign (= or |) or a second secret.',
      `Enter the secret alone. Keys by workspace belong in ${nameOf('complianceApiKeys')}: put each on its own line, workspace-id = key.`,
    ];
  }
  if (/\s/.test(text)) return ['secret_cut', 'It contains a space or a line break.', 'Copy it again, in one piece.'];
  const isSendable = /^[\x21-\x7e]+$/.test(text);
  return isSendable ? undefined : ['secret_unsendable', 'It contains a character that no secret has.', copyAgain];
}

/** Reads a token or a key. Whether it is the right one is not asked here: prefixes differ and change. */
export function readSecret(value: unknown, report: FieldReport): string | undefined {
  const secret = cleanText(value, report, true);
  if (secret === undefined) return undefined;
  const fault = findFault(secret, report.nameOf);
  return fault === undefined ? secret : report.problem(...fault);
}

/** The field of a secret, where its first letters tell. */
export function fieldOfSecret(text: string): 'scimToken' | 'complianceApiKey' | undefined {
  const kind = secretKind(text);
  return kind === 'unknown' ? undefined : kind === 'scim_token' ? 'scimToken' : 'complianceApiKey';
}

export function holdsSecret(text: string): boolean {
  // In a URL, a quotation mark that was copied along ends in a digit: %22se_…. Behind a letter, only what is like a token:
  // a path may have a `base_` or a `desk-`.
  return /(?:^|[^a-z0-9]|%[\da-f]{2})(?:sk-|se_)|(?:sk-|se_)(?=[\w-]{0,80}\d)[\w-]{12}/i.test(text);
}
