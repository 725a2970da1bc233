import { isSecureUrl } from '../../transport/base-url.js';
import { cleanText } from './clean-text.js';
import type { FieldReport } from './field-report.js';
import { isPlaceholder } from './is-placeholder.js';
import { holdsSecret, secretKind } from './secret-kind.js';

const pageHosts =
  /^(?:(?:www\.)?chatgpt\.com|chat\.openai\.com|(?:admin|platform|help)\.openai\.com|dashboard\.workos\.com)$/;

/** Reads a URL that a credential will be sent to. */
export function readUrl(value: unknown, report: FieldReport, allowHttpLoopback = false): URL | undefined {
  const text = cleanText(value, report)?.replace(/^<(\S+)>$/, '$1');
  if (text === undefined) return undefined;
  if (secretKind(text) !== 'unknown' || /^bearer\s/i.test(text)) {
    report.problem(
      'secret_in_url_field',
      'This is a secret, not a URL.',
      'Put it into its own field, and the URL here.',
    );
    return undefined;
  }
  if (isPlaceholder(text)) {
    report.problem(
      'placeholder',
      'This is the URL of an example: a part of it only stands for the real one.',
      'Copy the URL whole from where it is shown.',
    );
    return undefined;
  }
  const url = parse(text);
  if (url === undefined) {
    const whole = /^[\w.-]+\.[a-z]{2,}(?:[:/]|$)/i.test(text) ? parse(`https://${text}`) : undefined;
    if (whole === undefined) {
      report.problem('not_a_url', 'This is not a URL.', 'Copy the URL whole. It starts with https://.');
    } else {
      report.problem('insecure_url', 'The URL does not start with https://.', 'Put https:// in front of it.', {
        suggestion: suggestUrl(whole),
      });
    }
    return undefined;
  }
  if (url.username !== '' || url.password !== '') {
    report.problem(
      'credentials_in_url',
      'There is a user name or a password in the URL.',
      'Remove what stands before the @ sign.',
    );
    return undefined;
  }
  if (!isSecureUrl(url, allowHttpLoopback)) {
    const isLoopback = isSecureUrl(url, true);
    report.problem(
      'insecure_url',
      'The URL does not start with https://: the secret would travel in the clear.',
      // An emulator here speaks no https: to suggest that would lead nowhere.
      isLoopback
        ? 'Use https://. For an emulator on this machine, set `dangerouslyAllowHttpLoopback: true`.'
        : 'Use the https:// address.',
      { suggestion: isLoopback ? undefined : suggestUrl(url) },
    );
    return undefined;
  }
  if (pageHosts.test(hostOf(url))) {
    report.problem(
      'web_page_url',
      'This is the address of a page for people, not of the service.',
      'Copy the URL that the page shows, not that of the page.',
    );
    return undefined;
  }
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** The host to compare: a name may end in the dot of the root, and is the same name. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/\.$/, '');
}

/** A URL as the config holds it: without a slash at the end. */
export function formatUrl(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}

function parse(text: string): URL | undefined {
  // Twice in front, `https` would be the host.
  if (/\s/.test(text) || !/^https?:\/\/(?!https?[:/])/i.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A URL fit to be suggested: nothing of it where a secret may hide. */
export function suggestUrl(url: URL, path = url.pathname): string | undefined {
  const mayHoldSecret = url.username !== '' || url.password !== '' || holdsSecret(`${url.host}${path}`);
  return mayHoldSecret ? undefined : `https://${url.host}${path.replace(/\/+$/, '')}`;
}
