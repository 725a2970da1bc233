import { cleanText } from './clean-text.js';
import type { FieldReport } from './field-report.js';
import { isPlaceholder } from './is-placeholder.js';

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
