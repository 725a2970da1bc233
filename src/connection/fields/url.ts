import { customScim, directoryOfTenant } from '../../errors/menus.js';
import { connectionRemedies } from '../../errors/remedies/connection.js';
import { setItsSource, unsetWord } from '../../errors/remedies/remedy.js';
import { chatgptBaseUrl, judgeBase } from '../../transport/chatgpt-api.js';
import { isSecureUrl } from '../../transport/url.js';
import type { FieldReport } from '../form.js';
import { fieldOfSecret, holdsSecret } from './secret.js';
import { cleanText, isPlaceholder } from './text.js';

const pageHosts =
  /^(?:(?:www\.)?chatgpt\.com|chat\.openai\.com|(?:admin|platform|help)\.openai\.com|dashboard\.workos\.com)$/;

/** Reads a URL that a credential will be sent to. */
function readUrl(value: unknown, report: FieldReport, allowHttpLoopback = false): URL | undefined {
  const text = cleanText(value, report)?.replace(/^<(\S+)>$/, '$1');
  if (text === undefined) return undefined;
  const ofSecret = fieldOfSecret(text);
  if (ofSecret !== undefined || /^bearer\s/i.test(text)) {
    const place = ofSecret === undefined ? 'its own field' : report.nameOf(ofSecret);
    const remedy = `Move it to ${place}, and enter the URL here.`;
    return report.problem('secret_in_url_field', 'This is a secret, not a URL.', remedy);
  }
  const unset = unsetWord(text);
  if (unset !== undefined) return report.problem('placeholder', `This is ${unset}.`, setItsSource);
  if (isPlaceholder(text)) {
    const remedy = 'Copy the whole URL from where it is shown.';
    return report.problem('placeholder', 'This is an example: part of the URL is a placeholder.', remedy);
  }
  const url = parseUrl(text);
  if (url === undefined) {
    const completed = /^[\w.-]+\.[a-z]{2,}(?:[:/]|$)/i.test(text) ? parseUrl(`https://${text}`) : undefined;
    return completed === undefined
      ? report.problem('not_a_url', 'This is not a URL.', 'Copy the whole URL. It starts with https://.')
      : report.problem('insecure_url', 'The URL does not start with https://.', 'Put https:// in front of it.', {
          suggestion: suggestUrl(completed),
        });
  }
  if (url.username !== '' || url.password !== '') {
    const message = 'The URL contains a user name or a password.';
    return report.problem('credentials_in_url', message, 'Remove everything before the @ sign.');
  }
  if (!isSecureUrl(url, allowHttpLoopback)) {
    const isLoopback = isSecureUrl(url, true);
    return report.problem(
      'insecure_url',
      'The URL does not start with https://: the secret would travel unencrypted.',
      // An emulator here speaks no https: to suggest that would lead nowhere.
      isLoopback
        ? 'Use https://. For an emulator on this machine, set `dangerouslyAllowHttpLoopback: true` where the form is read, and in the options of `connect()`.'
        : 'Use the https:// address.',
      { suggestion: isLoopback ? undefined : suggestUrl(url) },
    );
  }
  if (pageHosts.test(hostOf(url))) {
    const message = 'This is the address of a page for people, not of the service.';
    return report.problem('web_page_url', message, 'Copy the URL that the page shows, not that of the page.');
  }
  url.hash = '';
  url.pathname = withoutEndSlashes(url.pathname);
  return url;
}

function withoutEndSlashes(path: string): string {
  // Not before each of the slashes in a row: every one of them would look at all that follow.
  return path.replace(/(?<!\/)\/+$/, '');
}

// A name may end in the dot of the root, and is the same name.
function hostOf(url: URL): string {
  return url.hostname.replace(/\.$/, '');
}

function formatUrl(url: URL): string {
  return `${url.origin}${withoutEndSlashes(url.pathname)}${url.search}`;
}

function parseUrl(text: string): URL | undefined {
  // Twice in front, `https` would be the host.
  const isUrl = /^https?:\/\/(?!https?[:/])\S+$/i.test(text) && URL.canParse(text);
  return isUrl ? new URL(text) : undefined;
}

/** A URL fit to be suggested: no part of it where a secret may hide. */
function suggestUrl(url: URL, path = url.pathname): string | undefined {
  const mayHoldSecret = url.username !== '' || url.password !== '' || holdsSecret(`${url.host}${path}`);
  return mayHoldSecret ? undefined : `https://${url.host}${withoutEndSlashes(path)}`;
}

// As the RFC spells them: directories have bases such as /scim/v2/groups/acme.
const scimResource =
  /\/(?:(?:Users|Groups)(?:\/.*)?|Schemas(?:\/[^/]*)?|ResourceTypes(?:\/[^/]*)?|ServiceProviderConfig|Bulk|Me|\.search)$/;
// WorkOS: it is known what the address of a directory is, and that anything continues past it.
const behindDirectory = /^(\/scim\/v2(?:\.0)?\/[^/]+)\/.+$/;

/** Reads the SCIM URL, which ends in the key of the directory and in no resource. */
export function readScimBaseUrl(value: unknown, report: FieldReport, allowHttpLoopback = false): string | undefined {
  const url = readUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const path = withoutEndSlashes(url.pathname);
  const host = hostOf(url);
  const isWorkos = /(?:^|\.)workos\.com$/.test(host);
  const resource = isWorkos && behindDirectory.test(path) ? behindDirectory : scimResource;
  if (host === 'api.chatgpt.com' || host === 'api.openai.com') {
    const message = `This is the address of the ${host === 'api.openai.com' ? 'OpenAI' : 'Compliance'} API.`;
    const remedy = `Copy the SCIM URL in ChatGPT under ${customScim}. ${directoryOfTenant}`;
    return report.problem('other_service_url', message, remedy);
  }
  if (resource.test(path)) {
    const { message, remedy } = connectionRemedies.resource_url;
    return report.problem('resource_url', message, remedy, {
      suggestion: suggestUrl(url, path.replace(resource, resource === behindDirectory ? '$1' : '')),
    });
  }
  if (isWorkos && /^(?:\/scim(?:\/v2(?:\.0)?)?)?$/.test(path)) {
    const { message, remedy } = connectionRemedies.directory_key_missing;
    return report.problem('directory_key_missing', message, remedy);
  }
  return formatUrl(url);
}

/** Reads the address of a service that has its routes below it. */
function readBaseUrl(value: unknown, report: FieldReport, allowHttpLoopback: boolean): URL | undefined {
  const url = readUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  if (url.search === '' && !(typeof value === 'string' && value.includes('#'))) return url;
  const message = 'The URL has a query or a fragment, which would go out in every request.';
  const remedy = 'Remove the ? or #, and everything after it.';
  return report.problem('resource_url', message, remedy, { suggestion: suggestUrl(url) });
}

const pastPlatformVersion = /\/organization(?:\/.*)?$/;

/** Reads where the API Platform is: each region has a host of its own. */
export function readPlatformBaseUrl(
  value: unknown,
  report: FieldReport,
  allowHttpLoopback = false,
): string | undefined {
  const url = readBaseUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const path = withoutEndSlashes(url.pathname);
  if (/(?:^|\.)(?:chatgpt|workos)\.com$/.test(hostOf(url))) {
    const remedy =
      'Leave the field empty: the API Platform is at https://api.openai.com/v1, or in a region at such as https://eu.api.openai.com/v1.';
    return report.problem('other_service_url', 'This is the address of another service.', remedy);
  }
  if (pastPlatformVersion.test(path)) {
    const suggestion = suggestUrl(url, path.replace(pastPlatformVersion, ''));
    const remedy = 'Remove /organization, and everything after it.';
    return report.problem('resource_url', 'The URL continues past the version.', remedy, { suggestion });
  }
  if (/(?:^|\.)api\.openai\.com$/.test(hostOf(url)) && !/^\/v\d+$/.test(path)) {
    const message = 'This is not the path of the API Platform: its version is missing.';
    return report.problem('resource_url', message, 'Add /v1.', { suggestion: suggestUrl(url, '/v1') });
  }
  return formatUrl(url);
}

/** Reads where the Compliance API is, for those who reach it by another address. */
export function readComplianceBaseUrl(
  value: unknown,
  report: FieldReport,
  allowHttpLoopback = false,
): string | undefined {
  const url = readBaseUrl(value, report, allowHttpLoopback);
  if (url === undefined) return undefined;
  const wrong = judgeBase(url);
  switch (wrong?.fault) {
    case 'other_service': {
      const remedy = `Leave the field empty: the Compliance API is at ${chatgptBaseUrl}.`;
      return report.problem('other_service_url', 'This is the address of another service.', remedy);
    }
    case 'past_version': {
      const remedy = 'Remove /compliance, /manage or /analytics, and everything after it.';
      const suggestion = suggestUrl(url, wrong.path);
      return report.problem('resource_url', 'The URL continues past the version.', remedy, { suggestion });
    }
    case 'version_missing': {
      const message = 'This is not the path of the Compliance API: its version is missing.';
      return report.problem('resource_url', message, 'Add /v1.', { suggestion: suggestUrl(url, wrong.path) });
    }
    default:
  }
  return formatUrl(url);
}
