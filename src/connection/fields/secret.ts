import { cleanText, type FieldReport, isPlaceholder } from './text.js';

/** Reads a token or a key. Whether it is the right one is not asked here: prefixes differ and change. */
export function readSecret(value: unknown, report: FieldReport): string | undefined {
  const secret = cleanText(value, report, true);
  if (secret === undefined) return undefined;
  if (/^[a-z]+:\/\//i.test(secret)) {
    report.problem(
      'url_in_secret_field',
      'This is a URL, not a secret.',
      'Put it into its own field, and the secret here.',
    );
  } else if (/…|\.{3}|[*•●·]{3}/.test(secret)) {
    report.problem(
      'secret_cut',
      'A part of it is missing: this is the short form that pages show.',
      'Copy it whole where it was first shown, or make a new one.',
    );
  } else if (isPlaceholder(secret, true)) {
    report.problem(
      'placeholder',
      'This only stands for a secret: nothing was put in its place.',
      'Copy the secret itself, or leave the field empty.',
    );
  } else if (/\s/.test(secret)) {
    report.problem(
      'secret_cut',
      'There is a space or a line break inside.',
      'Copy it again, in one piece and by itself.',
    );
  } else if (!/^[\x21-\x7e]+$/.test(secret)) {
    report.problem(
      'secret_unsendable',
      'There is a letter in it that no secret has.',
      'Copy it again where it was first shown.',
    );
  } else {
    return secret;
  }
  return undefined;
}

/** What a secret starts like. Most can only be told by the service itself. */
type SecretKind = 'scim_token' | 'openai_key' | 'unknown';

/** Tells a SCIM token (`se_…`) from an OpenAI key (`sk-…`) by its first letters. Other forms exist, and are not refused. */
export function secretKind(text: string): SecretKind {
  if (/^se_/i.test(text)) return 'scim_token';
  return /^sk-/i.test(text) ? 'openai_key' : 'unknown';
}

/** Whether there is something in a longer text that starts like a secret. */
export function holdsSecret(text: string): boolean {
  return /(?:^|[^a-z0-9])(?:sk-|se_)/i.test(text);
}
