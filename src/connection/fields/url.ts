import { directorySync } from '../../errors/remedies.js';
import { isSecureUrl } from '../../transport/url.js';
import { holdsSecret, secretKind } from './secret.js';
import { cleanText, type FieldReport, isPlaceholder } from './text.js';

const pageHosts =
  /^(?:(?:www\.)?chatgpt\.com|chat\.openai\.com|(?:admin|platform|help)\.openai\.com|dashboard\.workos\.com)$/;

/** Reads a URL that a credential will be sent to. */
function readUrl(value: unknown, report: FieldReport, allowHttpLoopback = false): URL | undefined {
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
  const url = parseUrl(text);
  if (url === undefined) {
    const whole = /^[\w.-]+\.[a-z]{2,}(?:[:/]|$)/i.test(text) ? parseUrl(`https://${text}`) : undefined;
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
function hostOf(url: URL): string {
  return url.hostname.replace(/\.$/, '');
}

/** A URL as the config holds it: without a slash at the end. */
function formatUrl(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}

function parseUrl(text: string): URL | undefined {
  // Twice in front, `https` would be the host.
  if (/\s/.test(text) || !/^https?:\/\/(?!https?[:/])/i.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** A URL fit to be suggested: nothing of it where a secret may hide. */
function suggestUrl(url: URL, path = url.pathname): string | undefined {
  const mayHoldSecret = url.username !== '' || url.password !== '' || holdsSecret(`${url.host}${path}`);
  return mayHoldSecret ? undefined : `https://${url.host}${path.replace(/\/+$/, '')}`;
}

// As the RFC spells them: directories have bases such as /scim/v2/groups/acme.
const scimResource =
  /\/(?:(?:Users|Groups)(?:\/.*)?|Schemas(?:\/[^/]*)?|ResourceTypes(?:\/[^/]*)?|ServiceProviderConfig|Bulk|Me|\.search)$/;
// There it is known what a directory's address is, and that anything goes on after it.
const behindDirectory = /(?<=^\/scim\/v2(?:\.0)?\/[^/]+)\/.+$/;

/** Reads the SCIM URL, which ends in the key of the directory and in no resource. */
export function readScimBaseUrl(value: unknown, report: FieldReport, allowHttpLoopback = false): string | undefined {
  const url = readUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const path = url.pathname.replace(/\/+$/, '');
  const host = hostOf(url);
  const isWorkos = /(?:^|\.)workos\.com$/.test(host);
  const resource = isWorkos && behindDirectory.test(path) ? behindDirectory : scimResource;
  if (host === 'api.chatgpt.com' || host === 'api.openai.com') {
    report.problem(
      'other_service_url',
      `This is the address of the ${host === 'api.openai.com' ? 'OpenAI' : 'Compliance'} API.`,
      `Copy the SCIM URL that ChatGPT shows under ${directorySync}.`,
    );
  } else if (resource.test(path)) {
    report.problem(
      'resource_url',
      'The URL goes on after the directory, to a list or to one resource.',
      'Remove what follows the directory: /Users, /Groups and anything after them.',
      { suggestion: suggestUrl(url, path.replace(resource, '')) },
    );
  } else if (isWorkos && /^(?:\/scim(?:\/v2(?:\.0)?)?)?$/.test(path)) {
    report.problem(
      'directory_key_missing',
      'The URL ends before the part that names your directory.',
      'Copy the URL whole: after /scim/v2.0/ it has one more part, of letters and digits.',
    );
  } else {
    return formatUrl(url);
  }
  return undefined;
}

const complianceResource = /\/compliance\/(?:workspaces|organizations)(?:\/.*)?$/i;
// A proxy may have any of these in its address.
const behindVersion = /\/(?:compliance|workspaces|organizations)(?:\/.*)?$/i;

/** Reads where the Compliance API is, for those who reach it by another address. */
export function readComplianceBaseUrl(
  value: unknown,
  report: FieldReport,
  allowHttpLoopback = false,
): string | undefined {
  const url = readUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const host = hostOf(url);
  const isOpenAi = host === 'api.chatgpt.com';
  const behind = isOpenAi ? behindVersion : complianceResource;
  const path = url.pathname.replace(behind, '').replace(/\/+$/, '');
  const isVersionMissing = isOpenAi && !/^\/v\d+$/.test(path);
  if (/(?:^|\.)workos\.com$/.test(host) || host === 'api.openai.com') {
    report.problem(
      'other_service_url',
      'This is the address of another service.',
      'Leave the field empty: the Compliance API is at https://api.chatgpt.com/v1.',
    );
  } else if (behind.test(url.pathname)) {
    report.problem('resource_url', 'The URL goes on behind the version.', 'Remove /compliance and what follows it.', {
      suggestion: suggestUrl(url, isVersionMissing ? '/v1' : path),
    });
  } else if (isVersionMissing) {
    report.problem('resource_url', 'The path is not that of the Compliance API: its version is missing.', 'Add /v1.', {
      suggestion: suggestUrl(url, '/v1'),
    });
  } else {
    return formatUrl(url);
  }
  return undefined;
}
