import type { ConfigIssueCode } from '../../errors/input-errors.js';
import type { FieldReport } from '../form.js';
import { cleanText, isPlaceholder } from './text.js';

/** What is no secret, with what to say of it; the first that fits. */
const refusals: readonly (readonly [
  isWrong: (text: string) => boolean,
  code: ConfigIssueCode,
  message: string,
  remedy: string,
])[] = [
  [
    (text) => /^[a-z]+:\/\//i.test(text),
    'url_in_secret_field',
    'This is a URL, not a secret.',
    'Move it to its own field, and enter the secret here.',
  ],
  [
    (text) => /…|\.{3}|[*•●·]{3}/.test(text),
    'secret_cut',
    'Part of it is missing: this is the short form that pages show.',
    'Copy the whole secret from where it was first shown, or create a new one.',
  ],
  [
    (text) => isPlaceholder(text, true),
    'placeholder',
    'This is a placeholder, not a secret.',
    'Copy the secret itself, or leave the field empty.',
  ],
  [(text) => /\s/.test(text), 'secret_cut', 'It contains a space or a line break.', 'Copy it again, in one piece.'],
  [
    (text) => !/^[\x21-\x7e]+$/.test(text),
    'secret_unsendable',
    'It contains a character that no secret has.',
    'Copy it again from where it was first shown.',
  ],
];

/** Reads a token or a key. Whether it is the right one is not asked here: prefixes differ and change. */
export function readSecret(value: unknown, report: FieldReport): string | undefined {
  const secret = cleanText(value, report, true);
  if (secret === undefined) return undefined;
  const refusal = refusals.find(([isWrong]) => isWrong(secret));
  if (refusal === undefined) return secret;
  const [, code, message, remedy] = refusal;
  return report.problem(code, message, remedy);
}

/** What a secret starts like. Only the service itself can tell most of them. */
export type SecretKind = 'scim_token' | 'openai_key' | 'unknown';

/** Tells a SCIM token (`se_…`) from an OpenAI key (`sk-…`) by its first letters. Other forms exist, and are not refused. */
export function secretKind(text: string): SecretKind {
  if (/^se_/i.test(text)) return 'scim_token';
  return /^sk-/i.test(text) ? 'openai_key' : 'unknown';
}

/** Whether a longer text contains something that starts like a secret. */
export function holdsSecret(text: string): boolean {
  return /(?:^|[^a-z0-9])(?:sk-|se_)/i.test(text);
}
